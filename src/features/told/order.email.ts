import { mailLabels } from '#features/mails/labels.ts'
import type { Email } from '#features/mails/sealed.ts'
import type { OrderState } from '#features/orders/order.ts'
import type { Language } from '#platform/words.ts'
import type { ToldOrder } from './order-recipients.ts'
import { wishesText } from './told.email.ts'

export interface OrderMailFacts {
  order: Pick<ToldOrder, 'code' | 'title' | 'state' | 'service' | 'contract' | 'deliveryOn' | 'hasOpening'>
  page: string
  /** Where one changes what one is told. */
  wishes: string
}

type Said = Record<Language, string>

const states: Record<OrderState, Said> = {
  received: { ja: '受付', en: 'Received' },
  surveying: { ja: '調査', en: 'Survey' },
  constructing: { ja: '工事', en: 'Construction' },
  ready: { ja: '開通待ち', en: 'Ready to open' },
  completed: { ja: '完了', en: 'Completed' },
  cancelled: { ja: '取り消し', en: 'Cancelled' },
}

const words = {
  subject: { ja: '申込状況更新通知', en: 'Order update' },
  lead: { ja: 'お申し込みの状況をお知らせします。', en: 'Here is how your order goes on.' },
  code: { ja: 'お申し込み番号：', en: 'Order number: ' },
  state: { ja: '進捗状況：', en: 'Progress: ' },
  service: { ja: 'サービス名：', en: 'Service: ' },
  contract: { ja: 'ご契約番号：', en: 'Contract: ' },
  delivery: { ja: '提供予定日：', en: 'Delivery date: ' },
  undecided: { ja: '未定', en: 'Not yet set' },
  opening: {
    ja: '開通案内があります。下記の画面でご確認ください。',
    en: 'What happens at the opening is on the page below.',
  },
  page: { ja: '詳しい状況', en: 'Details' },
} satisfies Record<string, Said>

/** 申込状況更新通知メール. The text of the 開通案内 is read on the page alone: a mail may be read by others. */
export function orderEmail(language: Language, { order, page, wishes }: OrderMailFacts): Email {
  const say = (said: Said): string => said[language]
  const { code, title, state, service, contract, deliveryOn, hasOpening } = order
  const facts = [
    `■${say(title)}`,
    `${say(words.code)}${code}`,
    `${say(words.state)}${say(states[state])}`,
    `${say(words.service)}${say(service)}`,
    ...(contract ? [`${say(words.contract)}${contract}`] : []),
    ...(state === 'cancelled'
      ? []
      : [`${say(words.delivery)}${deliveryOn?.replaceAll('-', '/') ?? say(words.undecided)}`]),
  ]
  const parts = [
    say(words.lead),
    facts.join('\n'),
    ...(hasOpening ? [say(words.opening)] : []),
    `■${say(words.page)}\n${page}`,
    `${wishesText[language]}\n${wishes}`,
    say(mailLabels.sendOnly),
  ]
  const mark = `${say(words.subject)}${language === 'ja' ? '：' : ': '}${say(states[state])}`
  const subject = language === 'ja' ? `【${mark}】${title.ja}（${code}）` : `[${mark}] ${title.en} (${code})`
  return { subject, text: `${parts.join('\n\n')}\n` }
}
