import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { Transaction } from '#platform/database/database.ts'
import { at, jsonRow, mapped, rowOrNull, value } from '#platform/database/json-row.ts'
import { after, hours } from '#platform/time/duration.ts'
import { type StaffRole, staffRoles } from '#features/house.ts'
import { staffNumber } from './find.ts'

/** What nobody of the staff does alone: one asks, another says yes, the worker does it. */
export const secondYesKinds = [
  'factor-reset',
  'administrator-made',
  'administrator-added',
  'staff-added',
  'staff-roles',
  'staff-resumed',
  'notice-published',
] as const
export type SecondYesKind = (typeof secondYesKinds)[number]

/** Who may ask for it: what concerns a customer is asked for by whoever helps customers. */
export const askersRole: Readonly<Record<SecondYesKind, StaffRole>> = {
  'factor-reset': 'support',
  'administrator-made': 'support',
  'administrator-added': 'support',
  'staff-added': 'security',
  'staff-roles': 'security',
  'staff-resumed': 'security',
  'notice-published': 'content',
}

/** How long a request waits for a yes, and what has one for the worker. */
export const secondYesLasts = 24 * hours

/** Somebody who is no user yet. */
const newPerson = z.object({ name: z.string(), phone: z.string(), mail: z.string() })
export type NewPerson = z.infer<typeof newPerson>

/** A notice to be mailed to many, as whoever asks has read it. */
const askedNotice = z.object({ id: z.string(), version: z.int(), title: z.object({ ja: z.string(), en: z.string() }) })
export type AskedNotice = z.infer<typeof askedNotice>

const secondYesFacts = z.object({
  /** Of the user it is about, when it was asked for: with others, somebody has changed the user since. */
  version: z.int().optional(),
  epoch: z.int().optional(),
  /** Erased once the request is over. */
  person: newPerson.optional(),
  /** That a member shall have. */
  roles: z.array(z.enum(staffRoles)).readonly().optional(),
  /** That the member had. */
  formerRoles: z.array(z.enum(staffRoles)).readonly().optional(),
  notice: askedNotice.optional(),
})
export type SecondYesFacts = z.infer<typeof secondYesFacts>

/** Why the worker did not do what was approved. */
export const secondYesProblems = [
  'asker-may-not',
  'decider-may-not',
  'changed',
  'signed-in',
  'not-possible',
  'address-taken',
  'too-late',
] as const
export type SecondYesProblem = (typeof secondYesProblems)[number]

export type SecondYesState = 'waiting' | 'over' | 'declined' | 'approved' | 'delayed' | 'done' | 'stopped'

export interface SecondYes {
  id: string
  kind: SecondYesKind
  state: SecondYesState
  customer: { id: string; name: string; isHouse: boolean }
  /** Who it is about, as of now; null: nobody who is a user yet. */
  user: { id: string; name: string; mail: string; phone: string; state: string; role: string } | null
  facts: SecondYesFacts
  reason: string
  askedBy: { id: string; number: string; name: string }
  askedAt: Date
  /** Null with a decision: at the command line. */
  decidedBy: { number: string; name: string } | null
  decidedAt: Date | null
  dueAt: Date | null
  carriedOutAt: Date | null
  problem: SecondYesProblem | null
}

/** Of the request `r`. */
function stateOf(now: Date): RawBuilder<SecondYesState> {
  return sql<SecondYesState>`case when r.carried_out_at is not null then 'done' when r.problem is not null then 'stopped'
    when r.decision = 'declined' then 'declined' when r.due_at > ${now} then 'delayed' when r.decision is not null then 'approved'
    when r.asked_at > ${after(now, -secondYesLasts)} then 'waiting' else 'over' end`
}

const personOf = (id: string) =>
  sql`staff_member s join portal_user p on p.id = s.user_id where s.user_id = ${sql.ref(id)}`
const number = mapped(value<number>('s.number'), staffNumber)

const secondYesRow = (now: Date) =>
  jsonRow<SecondYes>({
    id: value('r.id'),
    kind: value('r.kind'),
    state: value(stateOf(now)),
    customer: jsonRow({ id: value('c.id'), name: value('c.name'), isHouse: value('c.is_house') }),
    user: rowOrNull(
      jsonRow<NonNullable<SecondYes['user']>>({
        id: value('u.id'),
        name: value('u.name'),
        mail: value('u.mail'),
        phone: value('u.phone'),
        state: value('u.state'),
        role: value('u.role'),
      }),
      sql`portal_user u where u.customer_id = r.customer_id and u.id = r.user_id`,
    ),
    facts: mapped(value<unknown>('r.facts'), (facts) => secondYesFacts.parse(facts)),
    reason: value('r.reason'),
    askedBy: mapped(
      rowOrNull(
        jsonRow<SecondYes['askedBy']>({ id: value('p.id'), number, name: value('p.name') }),
        personOf('r.asked_by'),
      ),
      (asker) => asker ?? { id: '', number: '', name: '' },
    ),
    askedAt: at('r.asked_at'),
    decidedBy: rowOrNull(
      jsonRow<NonNullable<SecondYes['decidedBy']>>({ number, name: value('p.name') }),
      personOf('r.decided_by'),
    ),
    decidedAt: at('r.decided_at'),
    dueAt: at('r.due_at'),
    carriedOutAt: at('r.carried_out_at'),
    problem: value('r.problem'),
  })

/** How many are listed. */
export const mostSecondYes = 100

interface Asking {
  tx: Transaction
  now: Date
}

/** Those that wait for a yes, the oldest first; then the others, the newest first. */
export async function listSecondYes(asking: Asking): Promise<SecondYes[]> {
  return readSecondYes(asking, {
    where: sql`true`,
    orderBy: sql`(${stateOf(asking.now)}) = 'waiting' desc,
      case when (${stateOf(asking.now)}) = 'waiting' then r.asked_at end, r.asked_at desc, r.id`,
  })
}

export async function findSecondYes(asking: Asking, id: string): Promise<SecondYes | undefined> {
  const [request] = await readSecondYes(asking, { where: sql`r.id = ${id}`, orderBy: sql`r.id` })
  return request
}

/** Those that await a decision, or the worker, about a user or a notice. */
export async function listOpenSecondYes(
  asking: Asking,
  { customerId, userId, noticeId }: { customerId: string; userId?: string; noticeId?: string },
): Promise<SecondYes[]> {
  const about =
    userId === undefined
      ? sql`r.facts ? 'notice' and r.facts -> 'notice' ->> 'id' = ${noticeId ?? ''}`
      : sql`r.user_id = ${userId}`
  return readSecondYes(asking, {
    where: sql`r.customer_id = ${customerId} and ${about} and (${stateOf(asking.now)}) in ('waiting', 'approved', 'delayed')`,
    orderBy: sql`r.asked_at, r.id`,
  })
}

async function readSecondYes(
  { tx, now }: Asking,
  { where, orderBy }: { where: RawBuilder<unknown>; orderBy: RawBuilder<unknown> },
): Promise<SecondYes[]> {
  const shape = secondYesRow(now)
  const { rows } = await sql<{ told: Parameters<typeof shape.read>[0] }>`
    select ${shape.json} as told from staff_request r join customer c on c.id = r.customer_id
    where ${where} order by ${orderBy} limit ${sql.lit(mostSecondYes)}`.execute(tx)
  return rows.map(({ told }) => shape.read(told))
}
