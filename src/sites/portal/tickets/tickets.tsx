import { serviceLabels } from '#sites/frame/guide-labels.ts'
import { ticketList } from '#features/tickets/list.ts'
import { thingOfListing } from '#features/subjects/listings.ts'
import { ButtonLink } from '#platform/ui/form/button.tsx'
import { loadSubjects } from '../subjects/load-subjects.ts'
import { NothingYet } from '../subjects/nothing-yet.tsx'
import { saidOf, SubjectHeading } from '../subjects/subject-heading.tsx'
import { subjectColumn, subjectFileColumns, subjectWords } from '../subjects/subject.tsx'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { ticketKindWords, TicketStateMark, ticketStateWords } from '#sites/frame/states/ticket-state.tsx'

const words = {
  ...subjectWords,
  title: serviceLabels.ticketList,
  lead: {
    ja: '参照できる故障・お問い合わせの状況です。',
    en: 'The faults you reported and questions you asked.',
  },
  state: { ja: '状況', en: 'State' },
  chips: { ja: '状況と種類', en: 'State and kind' },
  code: { ja: '受付番号', en: 'Number' },
  kind: { ja: '種類', en: 'Kind' },
  ticket: { ja: 'お問い合わせ', en: 'Inquiry' },
  subject: { ja: 'サービス・ご契約番号', en: 'Service and contract' },
  opened: { ja: '受付日', en: 'Received' },
  updated: { ja: '最終更新', en: 'Last updated' },
  add: { ja: '問い合わせる', en: 'Open an inquiry' },
  noMatch: { ja: '条件に合うお問い合わせがありません', en: 'No inquiry matches' },
  none: { ja: 'お問い合わせはありません', en: 'There are no inquiries' },
  noneText: {
    ja: '故障のご連絡やお問い合わせをいただくと、対応の状況をここで確認できます。',
    en: 'Once you report a fault or ask a question, you can follow it here.',
  },
}

/** お問い合わせの一覧 */
export const ticketsPage = portal.list({
  path: paths.tickets,
  allow: 'user',
  words,
  section: 'tickets',
  from: ticketList,
  load: (ctx, asked, read) => loadSubjects(ctx, asked, read),
  conditions: (view) => saidOf(view),
  about: () => thingOfListing('tickets'),
  heading: (view) => (
    <SubjectHeading
      {...view}
      listing="tickets"
      path={paths.tickets}
      action={
        <ButtonLink small icon="plus" href={paths.addTicket}>
          {view.words.add}
        </ButtonLink>
      }
    />
  ),
  empty: (view) => <NothingYet {...view} icon="help" />,
  chips: { state: { labels: ticketStateWords }, kind: { labels: ticketKindWords } },
  columns: {
    state: {
      phone: 'beside',
      cell: ({ state }, { language }) => <TicketStateMark state={state} language={language} />,
      csv: ({ state }, language) => ticketStateWords[state][language],
    },
    code: { csv: ({ code }) => code },
    kind: { csv: ({ kind }, language) => ticketKindWords[kind][language] },
    ticket: {
      header: true,
      long: true,
      cell: ({ id, code, kind, title }, { language }) => (
        <>
          <a href={paths.ticket({ id })}>{title[language]}</a>
          <div class="small-text">
            {ticketKindWords[kind][language]} <span class="number">{code}</span>
          </div>
        </>
      ),
      csv: ({ title }, language) => title[language],
    },
    subject: subjectColumn,
    ...subjectFileColumns,
    opened: {
      phone: 'hidden',
      cell: ({ openedAt }, { time }) => time(openedAt, 'date'),
      csvTime: ({ openedAt }) => openedAt,
    },
    updated: {
      phone: 'labelled',
      cell: ({ updatedAt }, { time }) => time(updatedAt),
      csvTime: ({ updatedAt }) => updatedAt,
    },
  },
  csv: paths.ticketsCsv,
})
