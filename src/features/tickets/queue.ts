import { type RawBuilder, sql } from 'kysely'
import type { Visitor } from '#platform/context.ts'
import { at, jsonRow, phrase, rowOrNull, value } from '#platform/database/json-row.ts'
import { defineList } from '#platform/list/define-list.ts'
import { byInteger, byLatest, byText, byTime } from '#platform/list/sort-keys.ts'
import { ascending, descending } from '#platform/list/sorting.ts'
import type { Phrase } from '#platform/words.ts'
import { type TicketKind, ticketKinds, type TicketState, ticketStates } from './ticket.ts'

/** Which tickets a member of staff looks at: the own ones, those of nobody, those whose answer is late, or all. */
export const queueParts = ['mine', 'unassigned', 'overdue', 'all'] as const
export type QueuePart = (typeof queueParts)[number]

/** A ticket of any customer, as staff see it. */
export interface QueuedTicket {
  id: string
  code: string
  kind: TicketKind
  title: Phrase
  state: TicketState
  customer: { id: string; name: string }
  /** The member of staff who has it. */
  assignee: { id: string; name: string } | null
  answerDueAt: Date | null
  openedAt: Date
  updatedAt: Date
}

/** A member of staff, whose role reads the tickets of every customer. */
type StaffReader = Visitor & { actor: { userId: string } }

/** The tickets of all customers. */
export const ticketQueue = defineList({
  seen: (_ctx: StaffReader, _of: { part: QueuePart }) => sql`seen as (
    select r.*, c.name as customer_name from ticket r join customer c on c.id = r.customer_id where not c.is_house)`,
  row: jsonRow<QueuedTicket>({
    id: value('r.id'),
    code: value('r.code'),
    kind: value('r.kind'),
    title: phrase('r.title'),
    state: value('r.state'),
    customer: jsonRow({ id: value('r.customer_id'), name: value('r.customer_name') }),
    assignee: rowOrNull(
      jsonRow({ id: value<string>('u.id'), name: value<string>('u.name') }),
      sql`portal_user u where u.id = r.assigned_to`,
    ),
    answerDueAt: at('r.answer_due_at'),
    openedAt: at('r.opened_at'),
    updatedAt: at('r.updated_at'),
  }),
  within: ({ actor, now }, { part }) => isIn(part, { staffId: actor.userId, now }),
  search: ['r.code', 'r.title_ja', 'r.title_en', 'r.customer_name'],
  facets: {
    state: { values: ticketStates, column: 'r.state' },
    kind: { values: ticketKinds, column: 'r.kind' },
  },
  sortedBy: {
    // What is to be answered first; then what waits for the customer, and at last what is closed.
    due: ascending(byTime('r.answer_due_at'), byInteger(isClosed()), byLatest('r.updated_at')),
    opened: descending(byTime('r.opened_at')),
    updated: descending(byTime('r.updated_at')),
  },
  last: [byText('r.code'), byText(sql`r.id::text`)],
})

function isClosed(): RawBuilder<unknown> {
  return sql`(r.state = 'closed')::integer`
}

/** Of a row `r`: it belongs into this part of the queue. */
function isIn(part: QueuePart, { staffId, now }: { staffId: string; now: Date }): RawBuilder<unknown> {
  if (part === 'all') return sql`true`
  if (part === 'mine') return sql`r.assigned_to = ${staffId} and r.state <> 'closed'`
  if (part === 'unassigned') return sql`r.assigned_to is null and r.state <> 'closed'`
  return sql`r.answer_due_at < ${now} and r.state <> 'closed'`
}
