import type { JSX } from 'preact'
import type { Campaign } from '#features/notices/campaign.ts'
import type { Reach } from '#features/notices/reach.ts'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { numberIn } from '#platform/ui/list/list-query.tsx'
import { formatList } from '#platform/ui/text/list-format.ts'
import { Time } from '#platform/ui/text/time.tsx'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage } from '#platform/words.ts'
import { noticeKindWords } from '#sites/frame/states/notice-kind.tsx'

const words = {
  kind: { ja: '種別', en: 'Kind' },
  customers: { ja: 'お客様', en: 'Customers' },
  all: { ja: 'すべて', en: 'All' },
  services: { ja: 'サービス', en: 'Services' },
  administrators: { ja: 'ポータル管理者にだけ表示', en: 'Administrators alone' },
  important: { ja: '重要', en: 'Important' },
  yes: { ja: 'する', en: 'Yes' },
  no: { ja: 'しない', en: 'No' },
  mail: { ja: 'メールで送る', en: 'By mail' },
  reach: { ja: '表示されるユーザー', en: 'Users who are shown it' },
  users: {
    ja: (users: string, customers: string) => `${users}名（お客様${customers}社）`,
    en: (users: string, customers: string) => `${users} (${customers} customers)`,
  },
  mailed: { ja: (n: string) => `する（${n}名）`, en: (n: string) => `Yes (${n})` },
  from: { ja: '掲載開始', en: 'Shown from' },
  until: { ja: '掲載終了', en: 'Until' },
  open: { ja: '期限なし', en: 'No end' },
  by: { ja: '担当者', en: 'By' },
  updated: { ja: '最終更新', en: 'Last updated' },
}

/** Whom a notice is for, and when it is shown. */
export function CampaignFacts({
  campaign,
  reach,
  reader,
}: {
  campaign: Campaign
  reach: Reach
  reader: Reader
}): JSX.Element {
  const { language, timeZone: zone, now } = reader
  const text = inLanguage(words, language)
  const when = (at: Date): JSX.Element => <Time at={at} zone={zone} language={language} now={now} />
  const number = (n: number): string => numberIn(language, n)
  const { customers, services, isForAdministrators, isImportant, byMail, endsAt } = campaign
  return (
    <Facts
      facts={[
        { term: text.kind, value: noticeKindWords[campaign.kind][language] },
        {
          term: text.customers,
          value:
            customers === null
              ? text.all
              : formatList(
                  customers.map(({ name }) => name),
                  language,
                ),
        },
        {
          term: text.services,
          value:
            services === null
              ? text.all
              : formatList(
                  services.map(({ name }) => name[language]),
                  language,
                ),
        },
        { term: text.administrators, value: isForAdministrators ? text.yes : text.no },
        { term: text.reach, value: text.users(number(reach.users), number(reach.customers)) },
        { term: text.important, value: isImportant ? text.yes : text.no },
        { term: text.mail, value: byMail ? text.mailed(number(reach.mailed)) : text.no },
        { term: text.from, value: when(campaign.publishedAt) },
        { term: text.until, value: endsAt ? when(endsAt) : text.open },
        { term: text.by, value: campaign.madeBy },
        { term: text.updated, value: when(campaign.updatedAt) },
      ]}
    />
  )
}
