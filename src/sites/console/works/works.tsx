import type { JSX } from 'preact'
import { listWorks, mostWorks, type PlannedWorks } from '#features/outages/week-of-works.ts'
import { ButtonLink } from '#platform/ui/form/button.tsx'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { hrefOf } from '#platform/ui/list/list-query.tsx'
import { Table } from '#platform/ui/list/table.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { Badge } from '#platform/ui/text/status.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import { formatTime } from '#platform/time/format.ts'
import type { Reader, View } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { Clashing } from '../outages/clashing.tsx'
import { outageStageWords } from '../outages/stage-mark.tsx'
import { outagesTitle, worksTitle } from '../outages/words.ts'
import { type Week, weekOf } from './week.ts'

const words = {
  title: worksTitle,
  list: outagesTitle,
  lead: {
    ja: '1週間の工事です。同じ時間帯に別の工事があるお客様には印を付けています。',
    en: 'The works of a week, with a mark where a customer has others at the same time.',
  },
  before: { ja: '前の週', en: 'Week before' },
  now: { ja: '今週', en: 'This week' },
  after: { ja: '次の週', en: 'Week after' },
  none: { ja: '工事はありません。', en: 'No works.' },
  most: {
    ja: `工事が多いため、開始の早いものから${mostWorks}件だけを表示しています。ほかの工事は、障害・工事の一覧で確認してください。`,
    en: `There are very many: the first ${mostWorks} are shown. Look for others in the list of faults and works.`,
  },
  time: { ja: '時間', en: 'Time' },
  works: { ja: '工事', en: 'Works' },
  customers: { ja: 'お客様', en: 'Customers' },
  count: { ja: (n: string) => `${n}社`, en: (n: string) => n },
  clash: { ja: '重なり', en: 'Clash' },
  clashes: { ja: (n: string) => `${n}社で重なり`, en: (n: string) => `Clash for ${n}` },
  open: { ja: '未定', en: 'open' },
}

interface Data {
  week: Week
  works: PlannedWorks[]
}

/** Works by week, so that nobody plans two on one customer at a time. */
export const worksPage = staffConsole.page({
  path: paths.works,
  allow: 'read',
  words,
  async load(ctx, { query }): Promise<Data> {
    const week = weekOf(query.week, { now: ctx.now, zone: ctx.actor.timeZone })
    return { week, works: await listWorks(ctx, week) }
  },
  title: ({ words: text }) => text.title,
  view(view) {
    const { data, words: text, reader } = view
    const { week, works } = data
    const at = (day: string): string => hrefOf(paths.works, { week: day })
    return (
      <>
        <Breadcrumb
          language={reader.language}
          trail={[{ label: text.list, href: paths.outages }]}
          current={text.title}
        />
        <PageHeading
          heading={text.title}
          lead={text.lead}
          actions={
            <>
              <ButtonLink kind="secondary" small icon="left" href={at(week.before)}>
                {text.before}
              </ButtonLink>
              <ButtonLink kind="secondary" small href={paths.works}>
                {text.now}
              </ButtonLink>
              <ButtonLink kind="secondary" small icon="right" href={at(week.after)}>
                {text.after}
              </ButtonLink>
            </>
          }
        />
        {works.length === mostWorks && <Notice kind="info">{text.most}</Notice>}
        {week.days.map((day) => (
          <Section key={day.on} heading={formatTime(day.from, 'date', { ...reader, zone: reader.timeZone })} small>
            <DayOfWorks
              works={works.filter(({ startsAt, endsAt }) => startsAt < day.to && (!endsAt || endsAt > day.from))}
              {...view}
            />
          </Section>
        ))}
      </>
    )
  },
})

type Shown = Pick<View<Data, typeof words>, 'words' | 'reader'>

function DayOfWorks({ works, words: text, reader }: Shown & { works: readonly PlannedWorks[] }): JSX.Element {
  const { language } = reader
  if (works.length === 0) return <p class="small-text">{text.none}</p>
  const count = (n: number): string => n.toLocaleString(language === 'ja' ? 'ja-JP' : 'en-GB')
  return (
    <Table
      caption={text.works}
      rows={works}
      rowKey={({ outageId, code, customer }) => outageId ?? `${customer?.id} ${code}`}
      columns={[
        { label: text.time, cell: (each) => <Span works={each} reader={reader} open={text.open} /> },
        { label: text.works, header: true, long: true, cell: (each) => <Name works={each} reader={reader} /> },
        {
          label: text.customers,
          phone: 'labelled',
          cell: ({ customer, customers, isDraft }) =>
            customer ? (
              <a href={paths.customer({ id: customer.id })}>{customer.name}</a>
            ) : (
              !isDraft && text.count(count(customers))
            ),
        },
        {
          label: text.clash,
          phone: 'below',
          cell: ({ clashes }) =>
            clashes.customers > 0 && (
              <>
                <Badge kind="warning" icon="warning">
                  {text.clashes(count(clashes.customers))}
                </Badge>
                <div class="small-text">
                  <Clashing clashes={clashes} language={language} />
                </div>
              </>
            ),
        },
      ]}
    />
  )
}

interface PartProps {
  works: PlannedWorks
  reader: Reader
}

function Span({ works: { startsAt, endsAt }, reader, open }: PartProps & { open: string }): JSX.Element {
  const { timeZone: zone, language, now } = reader
  return (
    <>
      <Time at={startsAt} zone={zone} language={language} now={now} />
      {' – '}
      {endsAt ? <Time at={endsAt} zone={zone} language={language} now={now} /> : open}
    </>
  )
}

function Name({ works: { outageId, title, code, isDraft }, reader: { language } }: PartProps): JSX.Element {
  return (
    <>
      {outageId === null ? title[language] : <a href={paths.outage({ id: outageId })}>{title[language]}</a>}
      <div class="small-text">
        {isDraft && `${outageStageWords.draft[language]} `}
        <span class="number">{code}</span>
      </div>
    </>
  )
}
