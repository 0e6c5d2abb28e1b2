import { requestList } from '#features/order-requests/list.ts'
import { thingOfListing } from '#features/subjects/listings.ts'
import { ButtonLink } from '#platform/ui/form/button.tsx'
import { orderKindWords, RequestStateMark, requestStateWords } from '#sites/frame/states/request-state.tsx'
import { listTitles } from '../list-titles.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { loadSubjects } from '../subjects/load-subjects.ts'
import { NothingYet } from '../subjects/nothing-yet.tsx'
import { saidOf, SubjectHeading } from '../subjects/subject-heading.tsx'
import { newOrdersTitle } from './order-trail.tsx'
import { subjectColumn, subjectFileColumns, subjectWords } from '../subjects/subject.tsx'

const words = {
  ...subjectWords,
  title: listTitles['order-requests'],
  lead: {
    ja: 'ポータルから申請・申し込みした内容です。通信事業者が受け付けると、お申し込みの進捗に表示されます。',
    en: 'What was asked for in the portal. Once the operator accepts it, it becomes an order.',
  },
  add: newOrdersTitle,
  state: { ja: '状況', en: 'State' },
  request: { ja: '申請', en: 'Request' },
  code: { ja: '申請番号', en: 'Request number' },
  kind: { ja: '種類', en: 'Kind' },
  subject: { ja: 'サービス・ご契約番号', en: 'Service and contract' },
  askedBy: { ja: '申請した人', en: 'Asked by' },
  asked: { ja: '申請日時', en: 'Asked' },
  updated: { ja: '最終更新', en: 'Last updated' },
  noMatch: { ja: '条件に合う申請がありません', en: 'No request matches' },
  none: { ja: '申請はありません', en: 'There are no requests' },
  noneText: {
    ja: 'サービスやご契約の画面から申し込むと、状況をここで確認できます。',
    en: 'Once you order something on the page of a service or contract, you can follow it here.',
  },
}

/** 申請の一覧 */
export const requestsPage = portal.list({
  path: paths.requests,
  allow: 'user',
  words,
  section: 'orders',
  from: requestList,
  load: (ctx, asked, read) => loadSubjects(ctx, asked, read),
  conditions: (view) => saidOf(view),
  about: () => thingOfListing('order-requests'),
  heading: (view) => (
    <SubjectHeading
      {...view}
      listing="order-requests"
      path={paths.requests}
      action={
        <ButtonLink kind="quiet" small icon="plus" href={paths.newOrders}>
          {view.words.add}
        </ButtonLink>
      }
    />
  ),
  empty: (view) => <NothingYet {...view} icon="clipboard" />,
  chips: { state: { labels: requestStateWords } },
  columns: {
    state: {
      phone: 'beside',
      cell: ({ state }, { language }) => <RequestStateMark state={state} language={language} />,
      csv: ({ state }, language) => requestStateWords[state][language],
    },
    code: { csv: ({ code }) => code },
    kind: { csv: ({ kind }, language) => orderKindWords[kind][language] },
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
      csv: ({ title }, language) => title[language],
    },
    subject: subjectColumn,
    ...subjectFileColumns,
    askedBy: { phone: 'labelled', cell: ({ askedBy }) => askedBy, csv: ({ askedBy }) => askedBy },
    asked: { phone: 'hidden', cell: ({ askedAt }, { time }) => time(askedAt), csvTime: ({ askedAt }) => askedAt },
    updated: { csvTime: ({ updatedAt }) => updatedAt },
  },
  csv: paths.requestsCsv,
})
