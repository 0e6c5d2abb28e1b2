import { serviceLabels } from '#sites/frame/guide-labels.ts'
import {
  listOrders,
  type OrderColumn,
  orderColumns,
  orderKeyBy,
  type OrderList,
  type OrdersAsked,
} from '#features/orders/list.ts'
import { type Order, orderStates } from '#features/orders/order.ts'
import { findServiceMenu } from '#features/service-menu/find.ts'
import { placeOf } from '#platform/list/paging.ts'
import { chipOfAll, chipsFor, countOf } from '#platform/ui/list/chips.ts'
import { Day } from '#platform/ui/text/day.tsx'
import { FilteredTable } from '#platform/ui/list/filtered-table.tsx'
import type { ListQuery } from '#platform/ui/list/list-query.tsx'
import { type Sortable, sortingOf, sortingQuery, sortLink } from '#platform/ui/list/sorting.ts'
import type { Column } from '#platform/ui/list/table.tsx'
import { type PageRequest, notFound, type View } from '#platform/web/page.ts'
import { NothingYet } from '../subjects/nothing-yet.tsx'
import { SubjectHeading } from '../subjects/subject-heading.tsx'
import { type SubjectQuery, subjectQueryOf } from '../subjects/subject-query.ts'
import { SubjectCell } from '../subjects/subject.tsx'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { OrderStateMark, orderStateWords } from './order-state.tsx'

const words = {
  title: serviceLabels.orders,
  lead: {
    ja: '参照できるお申し込みを表示しています。',
    en: 'The orders you can view.',
  },
  caption: { ja: 'お申し込みの一覧', en: 'Orders' },
  state: { ja: '進捗状況', en: 'Progress' },
  order: { ja: 'お申し込み', en: 'Order' },
  subject: { ja: 'サービス・ご契約番号', en: 'Service and contract' },
  ordered: { ja: 'お申し込み日', en: 'Ordered' },
  delivery: { ja: '提供予定日', en: 'Delivery date' },
  undecided: { ja: '未定', en: 'Not yet set' },
  noMatch: { ja: '条件に合うお申し込みがありません', en: 'No order matches' },
  none: { ja: 'お申し込みはありません', en: 'There are no orders' },
  noneText: {
    ja: 'お申し込みがあると、進捗状況と提供予定日をここで確認できます。',
    en: 'Once something is ordered, its progress and delivery date are shown here.',
  },
}

interface Data {
  query: SubjectQuery
  asked: OrdersAsked
  list: OrderList
  /** How many the user sees. */
  services: number
  groups: readonly string[]
}

const sortable: Sortable<OrderColumn> = { columns: orderColumns, downFirst: ['ordered'] }

/** お申し込みの進捗 */
export const ordersPage = portal.page({
  path: paths.orders,
  allow: 'user',
  words,
  section: 'orders',
  async load(ctx, address): Promise<Data | typeof notFound> {
    const { services } = await findServiceMenu(ctx.tx, ctx.actor, ctx.now)
    const query = subjectQueryOf(address, services)
    if (!query) return notFound
    const asked = ordersAsked(address, query)
    const list = await listOrders(ctx, asked)
    return { query, asked, list, services: services.length, groups: ctx.actor.groups.map(({ name }) => name) }
  },
  title: ({ words: text }) => text.title,
  view(view) {
    const { data, words: text, reader } = view
    const { language } = reader
    return (
      <>
        <SubjectHeading
          language={language}
          heading={text.title}
          lead={text.lead}
          path={paths.orders}
          service={data.query.service}
        />
        {data.list.all > 0 ? (
          <Listed {...view} />
        ) : (
          <NothingYet {...data} language={language} icon="clipboard" heading={text.none}>
            {text.noneText}
          </NothingYet>
        )}
      </>
    )
  },
})

function ordersAsked({ query }: PageRequest, { terms, service }: SubjectQuery): OrdersAsked {
  const sorting = sortingOf(query, sortable)
  return {
    filter: { terms, serviceId: service?.id, state: orderStates.find((state) => state === query.state) },
    sorting,
    place: placeOf(query, { key: orderKeyBy(sorting.by) }),
  }
}

type Shown = View<Data, typeof words>

function Listed(view: Shown) {
  const { data, words: text, reader } = view
  const { language } = reader
  const { query, asked, list } = data
  const { state } = asked.filter
  const unfiltered = { service: query.kept.service, ...sortingQuery(asked.sorting, sortable) }
  const kept = { ...query.kept, ...unfiltered, state }
  return (
    <FilteredTable
      language={language}
      path={paths.orders}
      query={kept}
      isFiltered={query.keyword !== '' || state !== undefined}
      unfiltered={unfiltered}
      keyword={query.keyword}
      chips={[
        chipOfAll(['state'], { query: kept, count: countOf(list.counts, []), language }),
        ...chipsFor(
          {
            name: 'state',
            values: orderStates,
            chosen: state,
            labels: orderStateWords,
            count: (value) => countOf(list.counts, [value]),
          },
          kept,
          language,
        ),
      ]}
      chipsLabel={text.state}
      place={asked.place}
      list={list}
      caption={text.caption}
      columns={columnsOf(view, kept)}
      rowKey={({ id }) => id}
      noMatch={text.noMatch}
    />
  )
}

function columnsOf({ data, words: text, reader: { language, now } }: Shown, query: ListQuery): Column<Order>[] {
  const { sorting } = data.asked
  const sort = (by: OrderColumn) => sortLink({ path: paths.orders, query, sorting, sortable }, by)
  return [
    {
      label: text.state,
      phone: 'beside',
      sort: sort('state'),
      cell: ({ state }) => <OrderStateMark state={state} language={language} />,
    },
    {
      label: text.order,
      header: true,
      long: true,
      cell: ({ id, code, title }) => (
        <>
          <a href={paths.order({ id })}>{title[language]}</a>
          <div class="small-text number">{code}</div>
        </>
      ),
    },
    { label: text.subject, cell: ({ subject }) => <SubjectCell subject={subject} language={language} /> },
    {
      label: text.ordered,
      phone: 'hidden',
      sort: sort('ordered'),
      cell: ({ orderedOn }) => <Day on={orderedOn} language={language} now={now} />,
    },
    {
      label: text.delivery,
      phone: 'labelled',
      sort: sort('delivery'),
      cell: ({ deliveryOn, state }) => {
        if (deliveryOn !== null) return <Day on={deliveryOn} language={language} now={now} />
        return state === 'cancelled' ? null : text.undecided
      },
    },
  ]
}
