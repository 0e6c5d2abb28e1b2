import type { Shortcut } from '#features/shortcuts/list.ts'
import type { ThingKind } from '#features/subjects/thing.ts'
import type { Route } from '#platform/web/paths.ts'
import type { Language, Phrase } from '#platform/words.ts'
import { paths } from '../paths.ts'

export const thingKindWords: Record<ThingKind, Phrase> = {
  service: { ja: 'サービス', en: 'Service' },
  contract: { ja: 'ご契約', en: 'Contract' },
  order: { ja: 'お申し込み', en: 'Order' },
  ticket: { ja: 'お問い合わせ', en: 'Ticket' },
  incident: { ja: '工事・故障', en: 'Works and faults' },
  notice: { ja: 'お知らせ', en: 'News' },
}

const pages: Record<Exclude<ThingKind, 'service'>, Route<'id'>> = {
  contract: paths.contract,
  order: paths.order,
  ticket: paths.ticket,
  incident: paths.incident,
  notice: paths.notice,
}

export function pathOf({ kind, address }: Shortcut): string {
  return kind === 'service' ? paths.service({ code: address }) : pages[kind]({ id: address })
}

/** 「ご契約 N130000042」 */
export function kindOf({ kind, number }: Shortcut, language: Language): string {
  return [thingKindWords[kind][language], number].filter(Boolean).join(' ')
}

/** 「クラウドPBX 大阪支店（N130000042）」 */
export function labelOf({ name, number }: Shortcut, language: Language): string {
  if (number === null) return name[language]
  return language === 'ja' ? `${name.ja}（${number}）` : `${name.en} (${number})`
}
