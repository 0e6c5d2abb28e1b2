import type { JSX } from 'preact'
import type { TicketKind, TicketState } from '#features/tickets/ticket.ts'
import { Badge, PlainState } from '#platform/ui/text/status.tsx'
import type { Language, Phrase } from '#platform/words.ts'

export const ticketStateWords: Record<TicketState, Phrase> = {
  'waiting-for-customer': { ja: 'ご返答待ち', en: 'Awaiting reply' },
  solved: { ja: '解決済み（ご確認待ち）', en: 'Solved, to be confirmed' },
  received: { ja: '受付', en: 'Received' },
  open: { ja: '対応中', en: 'In progress' },
  closed: { ja: '完了', en: 'Closed' },
}

export const ticketKindWords: Record<TicketKind, Phrase> = {
  fault: { ja: '故障', en: 'Fault' },
  inquiry: { ja: 'お問い合わせ', en: 'Inquiry' },
}

/** What waits for the reader is marked. */
export function TicketStateMark({ state, language }: { state: TicketState; language: Language }): JSX.Element {
  const text = ticketStateWords[state][language]
  if (state === 'closed') return <PlainState>{text}</PlainState>
  if (state === 'open' || state === 'received') return <Badge kind="current">{text}</Badge>
  return (
    <Badge kind="warning" icon="clock">
      {text}
    </Badge>
  )
}
