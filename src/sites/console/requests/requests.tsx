import { requestQueue } from '#features/order-requests/queue.ts'
import { orderKindWords, RequestStateMark, requestStateWords } from '#sites/frame/states/request-state.tsx'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { subjectColumns, subjectColumnWords } from '../subject-columns.tsx'

const words = {
  title: { ja: '申請', en: 'Requests' },
  lead: {
    ja: 'お客様がポータルから申し込んだものです。受付を待っているものを上に表示します。',
    en: 'What customers have ordered in the portal. What waits for us stands at the top.',
  },
  noMatch: { ja: '条件に合う申請がありません', en: 'No request matches' },
  state: { ja: '状況', en: 'State' },
  request: { ja: '申請', en: 'Request' },
  ...subjectColumnWords,
  asked: { ja: '申請日時', en: 'Asked' },
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
    ...subjectColumns,
    asked: { phone: 'labelled', cell: ({ askedAt }, { time }) => time(askedAt) },
  },
})
