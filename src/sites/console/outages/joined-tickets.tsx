import type { JSX } from 'preact'
import type { JoinedTickets } from '#features/tickets/of-incident.ts'
import { Section } from '#platform/ui/layout/section.tsx'
import { numberIn } from '#platform/ui/list/list-query.tsx'
import { Table } from '#platform/ui/list/table.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage } from '#platform/words.ts'
import { TicketStateMark } from '#sites/frame/states/ticket-state.tsx'
import { paths } from '../paths.ts'

const words = {
  tickets: { ja: 'この障害・工事についてのお問い合わせ', en: 'Inquiries about it' },
  answer: { ja: 'まとめて返答する', en: 'Answer them together' },
  ticket: { ja: 'お問い合わせ', en: 'Inquiry' },
  customer: { ja: 'お客様', en: 'Customer' },
  state: { ja: '状況', en: 'State' },
  opened: { ja: '受付日時', en: 'Received' },
  count: {
    ja: (total: string, open: string) => `${total}件（うち完了していないもの${open}件）`,
    en: (total: string, open: string) => `${total} (not closed: ${open})`,
  },
  first: {
    ja: (shown: string) => `完了していないものから${shown}件を表示しています。`,
    en: (shown: string) => `The first ${shown} are shown, those that are not closed before others.`,
  },
}

interface JoinedProps {
  outage: { id: string }
  tickets: JoinedTickets
  mayAnswer: boolean
  reader: Reader
}

/** The inquiries that were joined to an outage, and the way to answer all of them. */
export function Joined({ outage, tickets, mayAnswer, reader }: JoinedProps): JSX.Element {
  const { language, timeZone: zone, now } = reader
  const text = inLanguage(words, language)
  const { rows, total, open } = tickets
  const number = (n: number): string => numberIn(language, n)
  return (
    <Section
      heading={text.tickets}
      action={mayAnswer && open > 0 && <a href={paths.answerTickets({ id: outage.id })}>{text.answer}</a>}
    >
      <p class="small-text">
        {text.count(number(total), number(open))} {rows.length < total && text.first(number(rows.length))}
      </p>
      <Table
        caption={text.tickets}
        rows={rows}
        rowKey={({ id }) => id}
        columns={[
          {
            label: text.ticket,
            header: true,
            cell: ({ id, code, title }) => (
              <>
                <a href={paths.ticket({ id })}>{title[language]}</a>
                <div class="small-text number">{code}</div>
              </>
            ),
          },
          { label: text.customer, phone: 'labelled', cell: ({ customer }) => customer.name },
          {
            label: text.state,
            phone: 'beside',
            cell: ({ state }) => <TicketStateMark state={state} language={language} />,
          },
          {
            label: text.opened,
            phone: 'labelled',
            cell: ({ openedAt }) => <Time at={openedAt} zone={zone} language={language} now={now} />,
          },
        ]}
      />
    </Section>
  )
}
