import { serviceLabels } from '#sites/frame/guide-labels.ts'
import { findServiceMenu } from '#features/service-menu/find.ts'
import {
  listTickets,
  type TicketColumn,
  ticketColumns,
  ticketKeyBy,
  type TicketList,
  type TicketsAsked,
} from '#features/tickets/list.ts'
import { type Ticket, ticketKinds, ticketStates } from '#features/tickets/ticket.ts'
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
import { ticketKindWords, TicketStateMark, ticketStateWords } from './ticket-state.tsx'

const words = {
  title: serviceLabels.ticketList,
  lead: {
    ja: '参照できる故障・お問い合わせの状況です。',
    en: 'The faults you reported and questions you asked.',
  },
  caption: serviceLabels.ticketList,
  state: { ja: '状況', en: 'State' },
  chips: { ja: '状況と種類', en: 'State and kind' },
  ticket: { ja: 'お問い合わせ', en: 'Inquiry' },
  subject: { ja: 'サービス・ご契約番号', en: 'Service and contract' },
  opened: { ja: '受付日', en: 'Received' },
  updated: { ja: '最終更新', en: 'Last updated' },
  noMatch: { ja: '条件に合うお問い合わせがありません', en: 'No inquiry matches' },
  none: { ja: 'お問い合わせはありません', en: 'There are no inquiries' },
  noneText: {
    ja: '故障のご連絡やお問い合わせをいただくと、対応の状況をここで確認できます。',
    en: 'Once you report a fault or ask a question, you can follow it here.',
  },
}

interface Data {
  query: SubjectQuery
  asked: TicketsAsked
  list: TicketList
  groups: readonly string[]
  /** How many the user sees. */
  services: number
}

const sortable: Sortable<TicketColumn> = { columns: ticketColumns, downFirst: ['opened', 'updated'] }

/** お問い合わせの一覧 */
export const ticketsPage = portal.page({
  path: paths.tickets,
  allow: 'user',
  words,
  section: 'tickets',
  async load(ctx, address): Promise<Data | typeof notFound> {
    const { services } = await findServiceMenu(ctx.tx, ctx.actor, ctx.now)
    const query = subjectQueryOf(address, services)
    if (!query) return notFound
    const asked = ticketsAsked(address, query)
    const list = await listTickets(ctx, asked)
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
          path={paths.tickets}
          service={service}
        />
        {data.list.all > 0 ? (
          <Listed {...view} />
        ) : (
          <NothingYet {...data} language={language} icon="help" heading={text.none}>
            {text.noneText}
          </NothingYet>
        )}
      </>
    )
  },
})

function ticketsAsked({ query }: PageRequest, { terms, service }: SubjectQuery): TicketsAsked {
  const sorting = sortingOf(query, sortable)
  const state = ticketStates.find((each) => each === query.state)
  const kind = ticketKinds.find((each) => each === query.kind)
  return {
    filter: { terms, serviceId: service?.id, state, kind },
    sorting,
    place: placeOf(query, { key: ticketKeyBy(sorting.by) }),
  }
}

type Shown = View<Data, typeof words>

function Listed(view: Shown) {
  const { data, words: text, reader } = view
  const { query, asked, list } = data
  const { state, kind } = asked.filter
  const unfiltered = { service: query.kept.service, ...sortingQuery(asked.sorting, sortable) }
  const kept = { ...query.kept, ...unfiltered, state, kind }
  return (
    <FilteredTable
      language={reader.language}
      path={paths.tickets}
      query={kept}
      isFiltered={query.keyword !== '' || state !== undefined || kind !== undefined}
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
  const { state, kind } = asked.filter
  return [
    chipOfAll(['state', 'kind'], { query, count: countOf(list.counts, []), language }),
    ...chipsFor(
      {
        name: 'state',
        values: ticketStates,
        chosen: state,
        labels: ticketStateWords,
        count: (value) => countOf(list.counts, [value, kind]),
      },
      query,
      language,
    ),
    ...chipsFor(
      {
        name: 'kind',
        values: ticketKinds,
        chosen: kind,
        labels: ticketKindWords,
        count: (value) => countOf(list.counts, [state, value]),
      },
      query,
      language,
    ),
  ]
}

function columnsOf({ data, words: text, reader }: Shown, query: ListQuery): Column<Ticket>[] {
  const { language, now, timeZone: zone } = reader
  const { sorting } = data.asked
  const sort = (by: TicketColumn) => sortLink({ path: paths.tickets, query, sorting, sortable }, by)
  return [
    {
      label: text.state,
      phone: 'beside',
      sort: sort('state'),
      cell: ({ state }) => <TicketStateMark state={state} language={language} />,
    },
    {
      label: text.ticket,
      header: true,
      long: true,
      cell: ({ id, code, kind, title }) => (
        <>
          <a href={paths.ticket({ id })}>{title[language]}</a>
          <div class="small-text">
            {ticketKindWords[kind][language]} <span class="number">{code}</span>
          </div>
        </>
      ),
    },
    { label: text.subject, cell: ({ subject }) => <SubjectCell subject={subject} language={language} /> },
    {
      label: text.opened,
      phone: 'hidden',
      sort: sort('opened'),
      cell: ({ openedAt }) => <Time at={openedAt} zone={zone} language={language} now={now} format="date" />,
    },
    {
      label: text.updated,
      phone: 'labelled',
      sort: sort('updated'),
      cell: ({ updatedAt }) => <Time at={updatedAt} zone={zone} language={language} now={now} />,
    },
  ]
}
