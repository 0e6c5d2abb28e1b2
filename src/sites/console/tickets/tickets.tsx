import { type QueuePart, queueParts, ticketQueue } from '#features/tickets/queue.ts'
import { ticketKindWords, TicketStateMark, ticketStateWords } from '#sites/frame/states/ticket-state.tsx'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'

const words = {
  title: { ja: 'お問い合わせ・故障', en: 'Inquiries and faults' },
  lead: {
    ja: 'すべてのお客様の分を、返答の期限が近い順に表示します。',
    en: 'Of all customers, what is to be answered first at the top.',
  },
  chips: { ja: '状況と種類', en: 'State and kind' },
  part: { ja: '担当', en: 'Whose' },
  mine: { ja: '自分', en: 'Mine' },
  unassigned: { ja: '未割当', en: 'Of nobody' },
  overdue: { ja: '期限超過', en: 'Overdue' },
  noMatch: { ja: '条件に合うお問い合わせがありません', en: 'No inquiry matches' },
  state: { ja: '状況', en: 'State' },
  ticket: { ja: 'お問い合わせ', en: 'Inquiry' },
  customer: { ja: 'お客様', en: 'Customer' },
  assignee: { ja: '担当者', en: 'Assigned to' },
  nobody: { ja: 'なし', en: 'Nobody' },
  due: { ja: '返答の期限', en: 'Answer due' },
  updated: { ja: '最終更新', en: 'Last updated' },
}

const isPart = (part = ''): part is QueuePart => queueParts.some((each) => each === part)

/** What customers wait for, over all of them. */
export const ticketsPage = staffConsole.list({
  path: paths.tickets,
  allow: 'read',
  words,
  from: ticketQueue,
  async load(_ctx, { query }, read) {
    const part = isPart(query.part) ? query.part : 'all'
    return { list: await read({ part }, { part: part === 'all' ? undefined : part }), part }
  },
  narrowings: ({ data: { part }, words: text }) => [
    {
      name: 'part',
      label: text.part,
      chosen: part === 'all' ? undefined : part,
      options: (['mine', 'unassigned', 'overdue'] as const).map((value) => ({ value, label: text[value] })),
    },
  ],
  chips: { state: { labels: ticketStateWords }, kind: { labels: ticketKindWords } },
  columns: {
    state: {
      phone: 'beside',
      cell: ({ state }, { language }) => <TicketStateMark state={state} language={language} />,
    },
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
    },
    customer: { cell: ({ customer: { id, name } }) => <a href={paths.customer({ id })}>{name}</a> },
    assignee: { phone: 'labelled', cell: ({ assignee }, { words: text }) => assignee?.name ?? text.nobody },
    due: { phone: 'labelled', cell: ({ answerDueAt }, { time }) => answerDueAt && time(answerDueAt) },
    updated: { phone: 'hidden', cell: ({ updatedAt }, { time }) => time(updatedAt) },
  },
})
