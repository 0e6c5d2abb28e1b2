import { listSecondYes, mostSecondYes, type SecondYes } from '#features/staff/second-yes.ts'
import { EmptyState } from '#platform/ui/layout/empty-state.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { type Column, Table } from '#platform/ui/list/table.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import type { View } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { SecondYesStateMark } from './second-yes-state.tsx'
import { kindWords } from './second-yes-words.ts'

const words = {
  title: { ja: '二人目の承認', en: 'Second yes' },
  lead: {
    ja: '一人の担当者だけでは行えない操作の依頼です。依頼した人とは別のセキュリティの担当者が承認すると、実行されます。依頼から24時間で期限が切れます。',
    en: 'What no member of staff does alone. Once another member responsible for security approves it, it is done. A request waits for 24 hours.',
  },
  waiting: { ja: '承認待ち', en: 'Awaiting a second yes' },
  none: { ja: '承認待ちの依頼はありません', en: 'Nothing awaits a second yes' },
  noneText: { ja: '依頼されると、ここに表示されます。', en: 'What is asked for will stand here.' },
  past: { ja: 'これまでの依頼', en: 'Past requests' },
  most: {
    ja: `新しいものから、あわせて${mostSecondYes}件までを表示しています。`,
    en: `Up to ${mostSecondYes} are shown.`,
  },
  kind: { ja: '依頼', en: 'Request' },
  whom: { ja: '対象', en: 'Whom' },
  by: { ja: '依頼した人', en: 'Asked by' },
  at: { ja: '依頼日時', en: 'Asked at' },
  state: { ja: '状態', en: 'State' },
  own: { ja: '自社', en: 'Own staff' },
}

/** What waits for a second yes, and what has had one or not. */
export const secondYesPage = staffConsole.page({
  path: paths.secondYes,
  allow: 'security',
  words,
  load: async (ctx) => listSecondYes(ctx),
  title: ({ words: text }) => text.title,
  view(view) {
    const { data, words: text } = view
    const waiting = data.filter(({ state }) => state === 'waiting')
    const past = data.filter(({ state }) => state !== 'waiting')
    return (
      <>
        <PageHeading heading={text.title} lead={text.lead} />
        {waiting.length === 0 ? (
          <EmptyState icon="check" heading={text.none}>
            {text.noneText}
          </EmptyState>
        ) : (
          <Section heading={text.waiting}>
            <SecondYesTable {...view} rows={waiting} caption={text.waiting} />
          </Section>
        )}
        {past.length > 0 && (
          <Section heading={text.past}>
            {data.length === mostSecondYes && <p class="small-text">{text.most}</p>}
            <SecondYesTable {...view} rows={past} caption={text.past} />
          </Section>
        )}
      </>
    )
  },
})

interface SecondYesTableProps extends View<SecondYes[], typeof words> {
  rows: readonly SecondYes[]
  caption: string
}

function SecondYesTable({ rows, caption, words: text, reader }: SecondYesTableProps) {
  const { timeZone: zone, language, now } = reader
  const columns: Column<SecondYes>[] = [
    {
      label: text.kind,
      header: true,
      cell: ({ id, kind }) => <a href={paths.secondYesRequest({ id })}>{kindWords[kind][language]}</a>,
    },
    {
      label: text.whom,
      cell: ({ customer, user, facts }) => (
        <>
          {user?.name ?? facts.person?.name ?? facts.notice?.title[language]}
          <div class="small-text">{customer.isHouse ? text.own : customer.name}</div>
        </>
      ),
    },
    { label: text.by, phone: 'labelled', cell: ({ askedBy }) => askedBy.name },
    {
      label: text.at,
      phone: 'labelled',
      cell: ({ askedAt }) => <Time at={askedAt} zone={zone} language={language} now={now} />,
    },
    {
      label: text.state,
      phone: 'beside',
      cell: ({ state }) => <SecondYesStateMark state={state} language={language} />,
    },
  ]
  return <Table caption={caption} columns={columns} rows={rows} rowKey={({ id }) => id} />
}
