import { orderQueue } from '#features/orders/queue.ts'
import { OrderStateMark, orderStateWords } from '#sites/frame/states/order-state.tsx'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { subjectColumns, subjectColumnWords } from '../subject-columns.tsx'

const words = {
  title: { ja: 'お申し込み', en: 'Orders' },
  lead: {
    ja: 'すべてのお客様のお申し込みを、進捗の順に表示します。',
    en: 'The orders of all customers, by how far they are.',
  },
  noMatch: { ja: '条件に合うお申し込みがありません', en: 'No order matches' },
  state: { ja: '進捗状況', en: 'Progress' },
  order: { ja: 'お申し込み', en: 'Order' },
  ...subjectColumnWords,
  ordered: { ja: 'お申し込み日', en: 'Ordered' },
  delivery: { ja: '提供予定日', en: 'Delivery date' },
  undecided: { ja: '未定', en: 'Not yet set' },
}

/** The orders of all customers. */
export const ordersPage = staffConsole.list({
  path: paths.orders,
  allow: 'read',
  words,
  from: orderQueue,
  load: async (_ctx, _asked, read) => ({ list: await read({}, {}) }),
  chips: { state: { labels: orderStateWords } },
  columns: {
    state: { phone: 'beside', cell: ({ state }, { language }) => <OrderStateMark state={state} language={language} /> },
    order: {
      header: true,
      long: true,
      cell: ({ id, code, title }, { language }) => (
        <>
          <a href={paths.order({ id })}>{title[language]}</a>
          <div class="small-text number">{code}</div>
        </>
      ),
    },
    ...subjectColumns,
    ordered: { phone: 'hidden', cell: ({ orderedOn }, { day }) => day(orderedOn) },
    delivery: {
      phone: 'labelled',
      cell: ({ deliveryOn }, { day, words: text }) => (deliveryOn === null ? text.undecided : day(deliveryOn)),
    },
  },
})
