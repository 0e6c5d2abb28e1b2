import { serviceLabels } from '#sites/frame/guide-labels.ts'
import { orderList } from '#features/orders/list.ts'
import { ButtonLink } from '#platform/ui/form/button.tsx'
import { thingOfListing } from '#features/subjects/listings.ts'
import { loadSubjects } from '../subjects/load-subjects.ts'
import { NothingYet } from '../subjects/nothing-yet.tsx'
import { newOrdersTitle } from '../order-requests/order-trail.tsx'
import { saidOf, SubjectHeading } from '../subjects/subject-heading.tsx'
import { subjectColumn, subjectFileColumns, subjectWords } from '../subjects/subject.tsx'
import { listTitles } from '../list-titles.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { OrderStateMark, orderStateWords } from '#sites/frame/states/order-state.tsx'

const words = {
  ...subjectWords,
  title: serviceLabels.orders,
  lead: {
    ja: '参照できるお申し込みを表示しています。',
    en: 'The orders you can view.',
  },
  caption: { ja: 'お申し込みの一覧', en: 'Orders' },
  state: { ja: '進捗状況', en: 'Progress' },
  order: { ja: 'お申し込み', en: 'Order' },
  code: { ja: 'お申し込み番号', en: 'Order number' },
  subject: { ja: 'サービス・ご契約番号', en: 'Service and contract' },
  ordered: { ja: 'お申し込み日', en: 'Ordered' },
  delivery: { ja: '提供予定日', en: 'Delivery date' },
  updated: { ja: '最終更新', en: 'Last updated' },
  undecided: { ja: '未定', en: 'Not yet set' },
  requests: listTitles['order-requests'],
  add: newOrdersTitle,
  noMatch: { ja: '条件に合うお申し込みがありません', en: 'No order matches' },
  none: { ja: 'お申し込みはありません', en: 'There are no orders' },
  noneText: {
    ja: 'お申し込みがあると、進捗状況と提供予定日をここで確認できます。',
    en: 'Once something is ordered, its progress and delivery date are shown here.',
  },
}

/** お申し込みの進捗 */
export const ordersPage = portal.list({
  path: paths.orders,
  allow: 'user',
  words,
  section: 'orders',
  from: orderList,
  load: (ctx, asked, read) => loadSubjects(ctx, asked, read),
  conditions: (view) => saidOf(view),
  about: () => thingOfListing('orders'),
  heading: (view) => (
    <SubjectHeading
      {...view}
      listing="orders"
      path={paths.orders}
      action={
        <>
          <ButtonLink kind="quiet" small href={paths.requests}>
            {view.words.requests}
          </ButtonLink>
          <ButtonLink kind="quiet" small icon="plus" href={paths.newOrders}>
            {view.words.add}
          </ButtonLink>
        </>
      }
    />
  ),
  empty: (view) => <NothingYet {...view} icon="clipboard" />,
  chips: { state: { labels: orderStateWords } },
  columns: {
    state: {
      phone: 'beside',
      cell: ({ state }, { language }) => <OrderStateMark state={state} language={language} />,
      csv: ({ state }, language) => orderStateWords[state][language],
    },
    code: { csv: ({ code }) => code },
    order: {
      header: true,
      long: true,
      cell: ({ id, code, title }, { language }) => (
        <>
          <a href={paths.order({ id })}>{title[language]}</a>
          <div class="small-text number">{code}</div>
        </>
      ),
      csv: ({ title }, language) => title[language],
    },
    subject: subjectColumn,
    ...subjectFileColumns,
    ordered: { phone: 'hidden', cell: ({ orderedOn }, { day }) => day(orderedOn), csv: ({ orderedOn }) => orderedOn },
    delivery: {
      phone: 'labelled',
      cell({ deliveryOn, state }, { day, words: text }) {
        if (deliveryOn !== null) return day(deliveryOn)
        return state === 'cancelled' ? null : text.undecided
      },
      csv: ({ deliveryOn }) => deliveryOn,
    },
    updated: { csvTime: ({ updatedAt }) => updatedAt },
  },
  csv: paths.ordersCsv,
})
