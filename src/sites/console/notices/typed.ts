import type { Campaign } from '#features/notices/campaign.ts'
import { wallClockOf } from '#platform/time/wall-clock.ts'

/** A notice as it stands in the fields of its form. */
export function typedOf(campaign: Campaign, zone: string): Record<string, string | readonly string[]> {
  const { kind, title, body, customers, services, publishedAt, endsAt } = campaign
  const unlessSame = (ja: string, en: string): string => (en === ja ? '' : en)
  return {
    kind,
    titleJa: title.ja,
    titleEn: unlessSame(title.ja, title.en),
    bodyJa: body.ja,
    bodyEn: unlessSame(body.ja, body.en),
    customers: (customers ?? []).map(({ code }) => code).join('\n'),
    services: (services ?? []).map(({ id }) => id),
    from: wallClockOf(publishedAt, zone),
    until: endsAt ? wallClockOf(endsAt, zone) : '',
    ...(campaign.isForAdministrators && { administrators: 'on' }),
    ...(campaign.isImportant && { important: 'on' }),
    ...(campaign.byMail && { byMail: 'on' }),
  }
}
