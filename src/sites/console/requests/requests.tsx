import { requestQueue } from '#features/order-requests/queue.ts'
import { orderKindWords, RequestStateMark, requestStateWords } from '#sites/frame/states/request-state.tsx'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'

const words = {
  title: { ja: '申請', en: 'Requests' },
  lead: {
    ja: 'お客様がポータルから申し込んだものです。受付を待っているものを上に表示します。',
    en: 'What customers have ordered in the portal. What waits for us stands at the top.',
  },
  noMatch: { ja: '条件に合う申請がありません', en: 'No request matches' },
  state: { ja: '状況', en: 'State' },
  request: { ja: '申請', en: 'Request' },
  customer: { ja: 'お客様', en: 'Customer' },
  subject: { ja: 'サービス・ご契約番号', en: 'Service and contract' },
  asked: { ja: '申請日時', en: 'Asked' },
  updated: { ja: '最終更新', en: 'Last updated' },
  waiting: { ja: '受付待ちの順', en: 'Waiting for us' },
}

/** What customers have asked for, over all of them. */
export const requestsPage = staffConsole.list({
  path: paths.requests,
  allow: 'read',
  words,
  from: requestQueue,
  load: async (_ctx, _asked, read) => ({ list: await read({}, {}) }),
  chips: { state: { labels: requestStateWords } },
  columns: {
    state: {
      phone: 'beside',
      cell: ({ state }, { language }) => <RequestStateMark state={state} language={language} />,
    },
    request: {
      header: true,
      long: true,
      cell: ({ id, code, title, kind }, { language }) => (
        <>
          <a href={paths.request({ id })}>{title[language]}</a>
          <div class="small-text">
            {orderKindWords[kind][language]} <span class="number">{code}</span>
          </div>
        </>
      ),
    },
    customer: { cell: ({ customer: { id, name } }) => <a href={paths.customer({ id })}>{name}</a> },
    subject: {
      cell: ({ subject: { service, contract } }, { language }) => (
        <>
          {service.name[language]}
          {contract && <div class="small-text number">{contract.number}</div>}
        </>
      ),
    },
    asked: { phone: 'labelled', cell: ({ askedAt }, { time }) => time(askedAt) },
    updated: { phone: 'hidden', cell: ({ updatedAt }, { time }) => time(updatedAt) },
  },
})
