import { sql } from 'kysely'
import type { Visitor } from '#platform/context.ts'
import { at, jsonRow, rowsOf, value } from '#platform/database/json-row.ts'
import { defineList } from '#platform/list/define-list.ts'
import { byLatest, byText, byTime } from '#platform/list/sort-keys.ts'
import { ascending, descending } from '#platform/list/sorting.ts'
import { after, days, minutes } from '#platform/time/duration.ts'
import { type MailCause, mailCauses } from './causes.ts'

/** A mail that did not arrive: refused, given up, or late. */
export const failureStates = ['refused', 'expired', 'queued'] as const
export type FailureState = (typeof failureStates)[number]

/** Of whatever customer, as staff see it. */
export interface MailFailure {
  id: string
  state: FailureState
  cause: MailCause
  /** What the server said: 550 5.1.1. */
  answer: string | null
  recipient: string
  kind: string
  customer: { id: string; name: string }
  createdAt: Date
  triedAt: Date | null
  /** The address is marked as one that takes no mails. */
  isMarked: boolean
}

/** Which failures are looked at; absent: all. */
export interface FailuresOf {
  /** The part of the address behind the @. */
  domain?: string | undefined
  customer?: string | undefined
}

/** By what failures can be narrowed: where there are most of them, with how many. */
export interface FailureChoices {
  domains: { name: string; failures: number }[]
  customers: { id: string; name: string; failures: number }[]
}

/** Sooner nobody calls a mail late: the worker takes it within seconds, and a busy server is asked again. */
const lateAfter = 10 * minutes

/** What is older is of no more use to anybody. */
const shownFor = 30 * days

/** So many are counted at most: a server that was away for a night fails more than anybody reads. */
const mostCounted = 10_000

const mostChoices = 20

/** The failed mails of all customers. The house is none. */
export const mailFailures = defineList({
  seen: ({ now }: Visitor, _of: FailuresOf) => sql`seen as (
    select r.id, r.customer_id, r.state, r.recipient, r.kind, r.created_at, r.last_tried_at, c.name as customer_name,
      mail_cause(r.state, r.last_problem) as cause, mail_answer(r.last_problem) as answer,
      lower(regexp_replace(r.recipient, '^.*@', '')) as domain, u.mail_refused_at is not null and u.mail = r.recipient as is_marked
    from (
      select * from (select ${columns} from mail where state in ('refused', 'expired') and created_at > ${after(now, -shownFor)}
        order by created_at desc limit ${sql.lit(mostCounted)}) given_up
      union all
      select * from (select ${columns} from mail where state = 'queued' and created_at <= ${after(now, -lateAfter)}
          and (resent_at is null or resent_at <= ${after(now, -lateAfter)})
        order by created_at limit ${sql.lit(mostCounted)}) late) r
    join customer c on c.id = r.customer_id left join portal_user u on u.customer_id = r.customer_id and u.id = r.user_id
    where not c.is_house)`,
  row: jsonRow<MailFailure>({
    id: value('r.id'),
    state: value('r.state'),
    cause: value('r.cause'),
    answer: value('r.answer'),
    recipient: value('r.recipient'),
    kind: value('r.kind'),
    customer: jsonRow({ id: value('r.customer_id'), name: value('r.customer_name') }),
    createdAt: at('r.created_at'),
    triedAt: at('r.last_tried_at'),
    isMarked: value(sql`coalesce(r.is_marked, false)`),
  }),
  within: (_ctx, { domain, customer }) =>
    sql`${domain === undefined ? sql`true` : sql`r.domain = ${domain}`} and ${customer === undefined ? sql`true` : sql`r.customer_id = ${customer}`}`,
  search: ['r.recipient', 'r.customer_name'],
  facets: {
    state: { values: failureStates, column: 'r.state' },
    cause: { values: mailCauses, column: 'r.cause' },
  },
  sortedBy: {
    created: descending(byTime('r.created_at')),
    customer: ascending(byText('r.customer_name'), byLatest('r.created_at')),
    recipient: ascending(byText('r.domain'), byText('r.recipient'), byLatest('r.created_at')),
  },
  last: [byText(sql`r.id::text`)],
  beside: () =>
    jsonRow<FailureChoices>({
      domains: rowsOf(jsonRow({ name: value<string>('most.domain'), failures: value<number>('most.failures') }), {
        from: sql`(select domain, count(*) as failures from seen group by domain
          order by count(*) desc, domain limit ${sql.lit(mostChoices)}) most`,
        orderBy: sql`most.failures desc, most.domain`,
      }),
      customers: rowsOf(
        jsonRow({
          id: value<string>('most.id'),
          name: value<string>('most.name'),
          failures: value<number>('most.failures'),
        }),
        {
          from: sql`(select customer_id as id, customer_name as name, count(*) as failures from seen group by customer_id, customer_name
            order by count(*) desc, customer_name limit ${sql.lit(mostChoices)}) most`,
          orderBy: sql`most.failures desc, most.name`,
        },
      ),
    }),
})

const columns = sql`id, customer_id, user_id, state, recipient, kind, created_at, last_tried_at, last_problem`
