import { siteLabels } from '#sites/frame/guide-labels.ts'
import { findServiceMenu } from '#features/service-menu/find.ts'
import {
  type BlockedDay,
  type BlockedKind,
  type BlockedSubject,
  type BlockedTraffic,
  daysShown,
  findBlockedTraffic,
} from '#features/threat-blocking/find.ts'
import { formatList } from '#platform/ui/text/list-format.ts'
import { ButtonLink } from '#platform/ui/form/button.tsx'
import { Bar } from '#platform/ui/text/bar.tsx'
import { Day } from '#platform/ui/text/day.tsx'
import { EmptyState } from '#platform/ui/layout/empty-state.tsx'
import { numberIn } from '#platform/ui/list/list-query.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { type Column, Table } from '#platform/ui/list/table.tsx'
import type { View } from '#platform/web/page.ts'
import { NoContracts } from '../subjects/no-contracts.tsx'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'

const words = {
  title: siteLabels.threatBlocking,
  lead: {
    ja: (services: string) => `直近${daysShown}日間に${services}が遮断した、不正な通信の件数です。`,
    en: (services: string) => `Malicious traffic that ${services} blocked in the last ${daysShown} days.`,
  },
  total: { ja: '合計', en: 'Total' },
  ofThese: { ja: (kinds: string) => `（${kinds}）`, en: (kinds: string) => ` (${kinds})` },
  count: { ja: (n: string) => `${n}件`, en: (n: string) => n },
  byDay: { ja: '日ごとの件数', en: 'By day' },
  byDayText: { ja: '記録のある日を、新しいものから表示しています。', en: 'Days with records, newest first.' },
  day: { ja: '日付', en: 'Day' },
  blocked: { ja: '遮断した件数', en: 'Blocked' },
  others: { ja: 'その他', en: 'Others' },
  ofKind: { ja: (kind: string, n: string) => `${kind} ${n}件`, en: (kind: string, n: string) => `${kind}: ${n}` },
  byContract: { ja: 'ご契約ごとの件数', en: 'By contract' },
  most: {
    ja: (shown: string, all: string) => `${all}件のご契約のうち、件数の多い${shown}件を表示しています。`,
    en: (shown: string, all: string) => `The ${shown} with the most, of ${all} contracts.`,
  },
  contract: { ja: 'ご契約', en: 'Contract' },
  whole: { ja: 'サービス全体', en: 'The service as a whole' },
  service: { ja: 'サービス・拠点', en: 'Service and site' },
  none: {
    ja: `直近${daysShown}日間に遮断した通信の記録はありません`,
    en: `Nothing was recorded as blocked in the last ${daysShown} days`,
  },
  noneText: {
    ja: (services: string) => `${services}が不正な通信を遮断すると、日ごと、ご契約ごとの件数をここで確認できます。`,
    en: (services: string) => `When ${services} blocks malicious traffic, it is shown here by day and by contract.`,
  },
  noSource: {
    ja: '不正な通信を遮断するサービスのご契約がありません',
    en: 'You have no service that blocks malicious traffic',
  },
  security: { ja: '不正な通信を遮断するサービス', en: 'a service that blocks malicious traffic' },
  back: { ja: 'サービスメニューに戻る', en: 'Back to the service menu' },
}

interface Data {
  traffic: BlockedTraffic
  /** Services that the user sees, by their ids. */
  services: ReadonlySet<string>
  groups: readonly string[]
}

/** 不正通信ブロック */
export const threatBlockingPage = portal.page({
  path: paths.threatBlocking,
  allow: 'user',
  words,
  section: 'threat-blocking',
  async load(ctx): Promise<Data> {
    const [{ services }, traffic] = await Promise.all([
      findServiceMenu(ctx.tx, ctx.actor, ctx.now),
      findBlockedTraffic(ctx),
    ])
    return {
      traffic,
      services: new Set(services.map(({ id }) => id)),
      groups: ctx.actor.groups.map(({ name }) => name),
    }
  },
  title: ({ words: text }) => text.title,
  view: (view) => (
    <>
      <PageHeading heading={view.words.title} lead={view.words.lead(sourcesOf(view))} />
      {view.data.traffic.days.length > 0 ? <Blocked {...view} /> : <Nothing {...view} />}
    </>
  ),
})

type Shown = View<Data, typeof words>

/** The services by name that such counts come from. */
function sourcesOf({ data: { traffic }, words: text, reader: { language } }: Shown): string {
  const names = traffic.sources.map(({ name }) => name[language])
  return names.length > 0 ? formatList(names, language) : text.security
}

/** Says what would stand here, and from which service it comes. */
function Nothing(view: Shown) {
  const { data, words: text, reader } = view
  const { traffic, services, groups } = data
  if (services.size === 0) return <NoContracts groups={groups} language={reader.language} />
  const hasSource = traffic.sources.some(({ id }) => services.has(id))
  return (
    <EmptyState
      icon="shield"
      heading={hasSource ? text.none : text.noSource}
      action={
        <ButtonLink kind="secondary" href={paths.serviceMenu}>
          {text.back}
        </ButtonLink>
      }
    >
      {text.noneText(sourcesOf(view))}
    </EmptyState>
  )
}

function Blocked(view: Shown) {
  const { data, words: text, reader } = view
  const { language } = reader
  const { days, kinds, subjects, subjectCount } = data.traffic
  const total = days.reduce((sum, day) => sum + day.count, 0)
  return (
    <>
      <p class="list-total">
        {text.total} <b>{text.count(numberIn(language, total))}</b>
        {text.ofThese(kindsLine(kinds, view))}
      </p>
      <Section heading={text.byDay} action={text.byDayText}>
        <Table caption={text.byDay} rows={days} rowKey={({ day }) => day} columns={dayColumns(view)} />
      </Section>
      <Section
        heading={text.byContract}
        action={
          subjects.length < subjectCount &&
          text.most(numberIn(language, subjects.length), numberIn(language, subjectCount))
        }
      >
        <Table
          caption={text.byContract}
          rows={subjects}
          rowKey={({ contract, service }) => contract?.id ?? service.ja}
          columns={subjectColumns(view)}
        />
      </Section>
    </>
  )
}

function kindsLine(kinds: readonly BlockedKind[], { words: text, reader: { language } }: Shown): string {
  const named = kinds.map(({ kind, count }) => text.ofKind(kind[language], numberIn(language, count)))
  return formatList(named, language)
}

/** Kinds that have a column of their own; those of which there are fewest share one. */
const mostColumns = 4

/** A bar for each day, and its figures by kind. */
function dayColumns(view: Shown): Column<BlockedDay>[] {
  const { data, words: text, reader } = view
  const { language, now } = reader
  const { days, kinds } = data.traffic
  const most = Math.max(...days.map(({ count }) => count))
  const alone = kinds.length > mostColumns + 1 ? kinds.slice(0, mostColumns) : kinds
  const number = (n: number): string => numberIn(language, n)
  return [
    { label: text.day, header: true, cell: ({ day }) => <Day on={day} language={language} now={now} /> },
    {
      label: text.blocked,
      phone: 'beside',
      cell: ({ count }) => (
        <>
          <Bar value={count} most={most} />
          <span class="number">{text.count(number(count))}</span>
        </>
      ),
    },
    ...alone.map(({ kind }): Column<BlockedDay> => ({
      label: kind[language],
      number: true,
      phone: 'labelled',
      cell: (day) => number(countIn(day, [kind])),
    })),
    ...(alone.length < kinds.length
      ? [
          {
            label: text.others,
            number: true,
            phone: 'labelled',
            cell: (day: BlockedDay) =>
              number(
                day.count -
                  countIn(
                    day,
                    alone.map(({ kind }) => kind),
                  ),
              ),
          } as const,
        ]
      : []),
  ]
}

function countIn({ kinds }: BlockedDay, of: readonly BlockedKind['kind'][]): number {
  const counted = kinds.filter(({ kind }) => of.some(({ ja }) => ja === kind.ja))
  return counted.reduce((sum, { count }) => sum + count, 0)
}

function subjectColumns({ words: text, reader: { language } }: Shown): Column<BlockedSubject>[] {
  return [
    {
      label: text.contract,
      header: true,
      cell: ({ contract }) => (contract ? <ContractLink {...contract} /> : text.whole),
    },
    {
      label: text.service,
      long: true,
      cell: ({ contract, service }) => [service[language], contract?.site].filter(Boolean).join(' '),
    },
    {
      label: text.blocked,
      number: true,
      phone: 'beside',
      cell: ({ count }) => text.count(numberIn(language, count)),
    },
  ]
}

/** A contract that has ended has no page. */
function ContractLink({ id, number }: { id: string | null; number: string }) {
  return id === null ? <>{number}</> : <a href={paths.contract({ id })}>{number}</a>
}
