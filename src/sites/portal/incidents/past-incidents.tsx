import type { JSX } from 'preact'
import { type Contract, findContract } from '#features/contracts/find.ts'
import { type IncidentMonth, pastIncidentList } from '#features/incidents/past.ts'
import { ButtonLink } from '#platform/ui/form/button.tsx'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { EmptyState } from '#platform/ui/layout/empty-state.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { Table } from '#platform/ui/list/table.tsx'
import { notFound } from '#platform/web/page.ts'
import { inLanguage, type Language } from '#platform/words.ts'
import { serviceLabels } from '#sites/frame/guide-labels.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { incidentKindIcons, incidentKindWords } from '#sites/frame/states/incident-mark.tsx'

const words = {
  title: { ja: '過去の故障・工事', en: 'Past faults and works' },
  lead: {
    ja: '終了した故障と工事を、7年前まで表示しています。時間は、このご契約に影響した時間です。',
    en: 'Of the last 7 years. Minutes are those for which this contract was affected.',
  },
  chips: { ja: '種類', en: 'Kind' },
  contracts: serviceLabels.contractList,
  code: { ja: '管理番号', en: 'Reference' },
  kind: { ja: '種類', en: 'Kind' },
  incident: { ja: '内容', en: 'What' },
  start: { ja: '開始日時', en: 'From' },
  end: { ja: '終了日時', en: 'Until' },
  minutes: { ja: '影響時間（分）', en: 'Minutes' },
  cause: { ja: '原因と対策', en: 'Cause and remedy' },
  months: { ja: '月ごとの合計', en: 'Totals by month' },
  month: { ja: '月', en: 'Month' },
  faults: { ja: '故障', en: 'Faults' },
  works: { ja: '工事', en: 'Works' },
  noMatch: { ja: '条件に合う故障・工事はありません', en: 'No fault or works match' },
  none: { ja: '過去の故障・工事はありません', en: 'There are no past faults or works' },
  noneText: {
    ja: '故障や工事が終わると、開始と終了の日時、影響した時間、原因をここで確認できます。',
    en: 'Once a fault or works are over, you find here from when to when they were, how long, and why.',
  },
  back: { ja: 'ご契約に戻る', en: 'Back to the contract' },
}

/** What a contract has behind it: for talks on service levels. */
export const pastIncidentsPage = portal.list({
  path: paths.contractIncidents,
  allow: 'user',
  words,
  section: 'contracts',
  from: pastIncidentList,
  async load(ctx, { params: { id: contractId } }, read) {
    const contract = await findContract(ctx, contractId)
    return contract ? { list: await read({ contractId }), contract } : notFound
  },
  within: ({ contract }) => contract.service.code,
  title: ({ data: { contract }, words: text }) => `${contract.number} ${text.title}`,
  heading: ({ data: { contract }, words: text, reader: { language } }) => (
    <>
      <Breadcrumb
        language={language}
        trail={[
          { label: text.contracts, href: paths.contracts },
          { label: contract.number, href: paths.contract({ id: contract.id }) },
        ]}
        current={text.title}
      />
      <PageHeading above={nameOf(contract, language)} heading={text.title} lead={text.lead} />
    </>
  ),
  empty: ({ data: { contract }, words: text }) => (
    <EmptyState
      icon="check"
      heading={text.none}
      action={
        <ButtonLink kind="secondary" href={paths.contract({ id: contract.id })}>
          {text.back}
        </ButtonLink>
      }
    >
      {text.noneText}
    </EmptyState>
  ),
  below: ({ data: { list }, reader: { language } }) => <Months months={list.beside} language={language} />,
  chips: { kind: { labels: incidentKindWords, icons: incidentKindIcons } },
  csv: paths.contractIncidentsCsv.pattern,
  whose: ({ contract }) => contract.number,
  columns: {
    incident: {
      header: true,
      long: true,
      cell: ({ id, code, title }, { language }) => (
        <>
          <a href={paths.incident({ id })}>{title[language]}</a>
          <div class="small-text number">{code}</div>
        </>
      ),
      csv: ({ title }, language) => title[language],
    },
    code: { csv: ({ code }) => code },
    kind: {
      phone: 'beside',
      cell: ({ kind }, { language }) => incidentKindWords[kind][language],
      csv: ({ kind }, language) => incidentKindWords[kind][language],
    },
    start: { phone: 'labelled', cell: ({ startsAt }, { time }) => time(startsAt), csvTime: ({ startsAt }) => startsAt },
    end: { phone: 'labelled', cell: ({ endsAt }, { time }) => time(endsAt), csvTime: ({ endsAt }) => endsAt },
    minutes: {
      phone: 'labelled',
      number: true,
      cell: ({ minutes }) => minutes.toLocaleString('ja-JP'),
      csv: ({ minutes }) => minutes,
    },
    cause: { csv: ({ cause }, language) => cause?.[language] ?? cause?.ja ?? null },
  },
})

function nameOf({ number, service, site }: Contract, language: Language): string {
  return [number, service.name[language], site].filter(Boolean).join(language === 'ja' ? '　' : ' · ')
}

const summed = {
  times: {
    ja: (count: number, minutes: string) => `${count}件 ${minutes}分`,
    en: (count: number, minutes: string) => `${count} · ${minutes} min`,
  },
}

function Months({ months, language }: { months: readonly IncidentMonth[]; language: Language }): JSX.Element | null {
  if (months.length === 0) return null
  const text = inLanguage({ ...words, ...summed }, language)
  const sum = (count: number, minutes: number): string =>
    count === 0 ? '' : text.times(count, minutes.toLocaleString('ja-JP'))
  return (
    <Section heading={text.months}>
      <Table
        caption={text.months}
        rows={months}
        rowKey={({ month }) => month}
        columns={[
          { label: text.month, header: true, cell: ({ month }) => monthIn(month, language) },
          {
            label: text.faults,
            phone: 'labelled',
            number: true,
            cell: ({ faults, faultMinutes }) => sum(faults, faultMinutes),
          },
          {
            label: text.works,
            phone: 'labelled',
            number: true,
            cell: ({ works, worksMinutes }) => sum(works, worksMinutes),
          },
        ]}
      />
    </Section>
  )
}

function monthIn(month: string, language: Language): string {
  if (language === 'ja') return `${month.slice(0, 4)}年${Number(month.slice(5))}月`
  return new Date(`${month}-15T12:00:00Z`).toLocaleDateString('en-GB', {
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  })
}
