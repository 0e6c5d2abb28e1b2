import type { Audience, CampaignText } from '#features/notices/campaign.ts'
import { findCustomersByCode } from '#features/notices/choices.ts'
import type { NoticeKind } from '#features/notices/list.ts'
import type { StaffContext } from '#features/staff/context.ts'
import { momentAt } from '#platform/time/wall-clock.ts'
import { type Problem, problemAt } from '#platform/web/page.ts'
import { inLanguage } from '#platform/words.ts'

const words = {
  unknown: {
    ja: (codes: string) => `このお客様コードはありません：${codes}。コードを直してください。`,
    en: (codes: string) => `No customer has these codes: ${codes}. Correct them.`,
  },
  many: {
    ja: 'お客様コードは500件までです。対象を分けるか、空欄にしてください。',
    en: 'Up to 500 codes can be given. Split them, or leave the field empty for all.',
  },
  time: {
    ja: '日時の形式が正しくありません。2026-12-05T22:00の形式で入力してください。',
    en: 'This is not a time such as 2026-12-05T22:00.',
  },
  order: {
    ja: '掲載終了は、掲載開始より後の日時を入力してください。',
    en: 'It must end after it begins to be shown.',
  },
}

const mostCustomers = 500

interface Given {
  kind: NoticeKind
  titleJa: string
  titleEn: string
  bodyJa: string
  bodyEn: string
  customers: string
  services: readonly string[]
  administrators?: 'on' | undefined
  important?: 'on' | undefined
  byMail?: 'on' | undefined
  from: string
  until: string
}

/** What a form says, or what is wrong with it. */
export async function writtenIn(
  ctx: StaffContext,
  given: Given,
): Promise<{ written: CampaignText & Audience } | { problem: Problem }> {
  const text = inLanguage(words, ctx.language)
  const refuse = (field: keyof Given, said: string): { problem: Problem } => ({ problem: problemAt(field, said) })
  const codes = [...new Set(given.customers.split(/[\s,、，]+/).filter(Boolean))]
  if (codes.length > mostCustomers) return refuse('customers', text.many)
  const { ids, unknown } = await findCustomersByCode(ctx.tx, codes)
  if (unknown.length > 0) return refuse('customers', text.unknown(unknown.slice(0, 20).join(', ')))
  const zone = ctx.actor.timeZone
  const publishedAt = momentAt(given.from, zone)
  if (!publishedAt) return refuse('from', text.time)
  const endsAt = given.until === '' ? null : momentAt(given.until, zone)
  if (endsAt === undefined) return refuse('until', text.time)
  if (endsAt && endsAt <= publishedAt) return refuse('until', text.order)
  return {
    written: {
      kind: given.kind,
      title: { ja: given.titleJa, en: given.titleEn || given.titleJa },
      body: { ja: given.bodyJa, en: given.bodyEn || given.bodyJa },
      isImportant: given.important === 'on',
      byMail: given.byMail === 'on',
      publishedAt,
      endsAt,
      customers: codes.length === 0 ? null : ids,
      services: given.services.length === 0 ? null : given.services,
      isForAdministrators: given.administrators === 'on',
    },
  }
}
