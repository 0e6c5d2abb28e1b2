import { serviceLabels } from '#sites/frame/guide-labels.ts'
import { findServiceMenu } from '#features/service-menu/find.ts'
import {
  type IncidentColumn,
  incidentColumns,
  incidentKeyBy,
  type IncidentList,
  type IncidentsAsked,
  listIncidents,
} from '#features/incidents/list.ts'
import { type Incident, incidentKinds, incidentPhases } from '#features/incidents/incident.ts'
import { placeOf } from '#platform/list/paging.ts'
import { chipOfAll, chipsFor, countOf } from '#platform/ui/list/chips.ts'
import { FilteredTable } from '#platform/ui/list/filtered-table.tsx'
import type { ListQuery } from '#platform/ui/list/list-query.tsx'
import { type Sortable, sortingOf, sortingQuery, sortLink } from '#platform/ui/list/sorting.ts'
import type { Column } from '#platform/ui/list/table.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import { type PageRequest, notFound, type View } from '#platform/web/page.ts'
import { NothingYet } from '../subjects/nothing-yet.tsx'
import { SubjectHeading } from '../subjects/subject-heading.tsx'
import { type SubjectQuery, subjectQueryOf } from '../subjects/subject-query.ts'
import { SubjectCell } from '../subjects/subject.tsx'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { incidentKindIcons, incidentKindWords, IncidentMark, incidentPhaseWords } from './incident-mark.tsx'

const words = {
  title: serviceLabels.worksAndFaults,
  lead: {
    ja: '発生中の故障、実施中と予定の工事、過去90日間に終了したものを表示しています。',
    en: 'Faults and works that are going on or planned, and those of the last 90 days.',
  },
  caption: { ja: '工事・故障の一覧', en: 'Works and faults' },
  phase: { ja: '状況', en: 'State' },
  chips: { ja: '種類と状況', en: 'Kind and state' },
  incident: { ja: '内容', en: 'What' },
  subject: { ja: 'サービス・ご契約番号', en: 'Service and contract' },
  start: { ja: '開始日時', en: 'From' },
  end: { ja: '終了日時', en: 'Until' },
  unknown: { ja: '未定', en: 'Not yet known' },
  noMatch: { ja: '条件に合う工事・故障はありません', en: 'No works or fault matches' },
  none: { ja: '工事・故障はありません', en: 'There are no works or faults' },
  noneText: {
    ja: '故障が発生したときや、工事の予定があるときに、ここでお知らせします。',
    en: 'When there is a fault, or works are planned, you find it here.',
  },
}

interface Data {
  query: SubjectQuery
  asked: IncidentsAsked
  list: IncidentList
  groups: readonly string[]
  /** How many the user sees. */
  services: number
}

const sortable: Sortable<IncidentColumn> = { columns: incidentColumns, downFirst: ['start'] }

/** 工事・故障情報 */
export const incidentsPage = portal.page({
  path: paths.incidents,
  allow: 'user',
  words,
  section: 'incidents',
  async load(ctx, address): Promise<Data | typeof notFound> {
    const { services } = await findServiceMenu(ctx.tx, ctx.actor, ctx.now)
    const query = subjectQueryOf(address, services)
    if (!query) return notFound
    const asked = incidentsAsked(address, query)
    const list = await listIncidents(ctx, asked)
    return { query, asked, list, services: services.length, groups: ctx.actor.groups.map(({ name }) => name) }
  },
  title: ({ words: text }) => text.title,
  view(view) {
    const { data, words: text, reader } = view
    const { language } = reader
    const { service } = data.query
    return (
      <>
        <SubjectHeading
          language={language}
          heading={text.title}
          lead={text.lead}
          path={paths.incidents}
          service={service}
        />
        {data.list.all > 0 ? (
          <Listed {...view} />
        ) : (
          <NothingYet {...data} language={language} icon="wrench" heading={text.none}>
            {text.noneText}
          </NothingYet>
        )}
      </>
    )
  },
})

function incidentsAsked({ query }: PageRequest, { terms, service }: SubjectQuery): IncidentsAsked {
  const sorting = sortingOf(query, sortable)
  const kind = incidentKinds.find((each) => each === query.kind)
  const phase = incidentPhases.find((each) => each === query.phase)
  return {
    filter: { terms, serviceId: service?.id, kind, phase },
    sorting,
    place: placeOf(query, { key: incidentKeyBy(sorting.by) }),
  }
}

type Shown = View<Data, typeof words>

function Listed(view: Shown) {
  const { data, words: text, reader } = view
  const { query, asked, list } = data
  const { kind, phase } = asked.filter
  const unfiltered = { service: query.kept.service, ...sortingQuery(asked.sorting, sortable) }
  const kept = { ...query.kept, ...unfiltered, kind, phase }
  return (
    <FilteredTable
      language={reader.language}
      path={paths.incidents}
      query={kept}
      isFiltered={query.keyword !== '' || kind !== undefined || phase !== undefined}
      unfiltered={unfiltered}
      keyword={query.keyword}
      chips={chipsOf(view, kept)}
      chipsLabel={text.chips}
      place={asked.place}
      list={list}
      caption={text.caption}
      columns={columnsOf(view, kept)}
      rowKey={({ id }) => id}
      noMatch={text.noMatch}
    />
  )
}

/** Each choice is counted within the other. */
function chipsOf({ data: { asked, list }, reader: { language } }: Shown, query: ListQuery) {
  const { kind, phase } = asked.filter
  return [
    chipOfAll(['kind', 'phase'], { query, count: countOf(list.counts, []), language }),
    ...chipsFor(
      {
        name: 'kind',
        values: incidentKinds,
        chosen: kind,
        labels: incidentKindWords,
        icons: incidentKindIcons,
        count: (value) => countOf(list.counts, [value, phase]),
      },
      query,
      language,
    ),
    ...chipsFor(
      {
        name: 'phase',
        values: incidentPhases,
        chosen: phase,
        labels: incidentPhaseWords,
        count: (value) => countOf(list.counts, [kind, value]),
      },
      query,
      language,
    ),
  ]
}

function columnsOf({ data, words: text, reader }: Shown, query: ListQuery): Column<Incident>[] {
  const { language, now, timeZone: zone } = reader
  const { sorting } = data.asked
  const sort = (by: IncidentColumn) => sortLink({ path: paths.incidents, query, sorting, sortable }, by)
  return [
    {
      label: text.phase,
      phone: 'beside',
      sort: sort('urgency'),
      cell: (incident) => <IncidentMark incident={incident} language={language} />,
    },
    {
      label: text.incident,
      header: true,
      long: true,
      cell: ({ id, code, title }) => (
        <>
          <a href={paths.incident({ id })}>{title[language]}</a>
          <div class="small-text number">{code}</div>
        </>
      ),
    },
    {
      label: text.subject,
      sort: sort('contract'),
      cell: ({ subject }) => <SubjectCell subject={subject} language={language} />,
    },
    {
      label: text.start,
      phone: 'labelled',
      sort: sort('start'),
      cell: ({ startsAt }) => <Time at={startsAt} zone={zone} language={language} now={now} />,
    },
    {
      label: text.end,
      phone: 'labelled',
      cell: ({ endsAt }) => (endsAt ? <Time at={endsAt} zone={zone} language={language} now={now} /> : text.unknown),
    },
  ]
}
