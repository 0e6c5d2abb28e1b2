import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import type { JudgedFile } from '#features/attachments/attachment.ts'
import { keepFiles } from '#features/attachments/keep.ts'
import { recordChange } from '#features/change-history/record.ts'
import type { Answers } from '#features/order-forms/answers.ts'
import { fileFieldOf, type OrderForm } from '#features/order-forms/form.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { after, hours } from '#platform/time/duration.ts'
import { listApprovers } from './readers.ts'
import type { RequestState } from './request.ts'
import { tellApprovers, tellAsker } from './tell.ts'

/** What is asked for, judged already: the user may edit what it is about. */
export interface NewRequest {
  serviceId: string
  /** Null: a new one. */
  contractId: string | null
  form: OrderForm
  answers: Answers
  /** Of the question for files. */
  files: readonly JudgedFile[]
  wishedOn: string | null
  needsApproval: boolean
  /** The request that this one goes on with. */
  follows: string | null
}

export interface MadeRequest {
  id: string
  code: string
  state: RequestState
}

/** Of one user within any hour. */
const mostRequests = 20

/** Asks for it: of the customer's administrators, or at once of the operator. Where nobody could ever approve, nothing is asked. */
export async function askForOrder(
  ctx: Context,
  given: NewRequest,
): Promise<Outcome<MadeRequest, 'nobody-can-approve' | 'too-many-requests' | 'thing-full' | 'customer-full'>> {
  // Of one customer's requests at the same time each waits for the one before: the count is then the one that counts.
  const drawn = await drawNumber(ctx)
  if (await hasAskedTooMuch(ctx)) return refuse('too-many-requests')
  const { actor, now, tx } = ctx
  const by = { tx, now, customer: actor.customer }
  if (given.needsApproval && (await listApprovers(by, given, actor.userId)).length === 0)
    return refuse('nobody-can-approve')
  const follows = await findFollowed(ctx, given.follows)
  const made = await insertRequest(ctx, { ...given, follows }, drawn)
  const kept = await keepFiles(by, { about: 'request', id: made.id, message: null }, given.files)
  if (!kept.ok) return kept
  const { name } = given.form
  await recordChange(ctx, {
    action: 'order-request-made',
    subject: { kind: 'order-request', id: made.id, name: made.code },
    after: { order: name.ja },
  })
  const told = { ...by, secrets: ctx.secrets, portalUrl: ctx.portalUrl }
  if (given.needsApproval) await tellApprovers(told, made.id)
  await tellAsker(told, made.id, given.needsApproval ? 'awaiting-approval' : 'sent')
  return done(made)
}

async function drawNumber({ tx, actor }: Context): Promise<number> {
  const { last_number: drawn } = await tx
    .insertInto('order_request_counter')
    .values({ customer_id: actor.customer.id, last_number: 1 })
    .onConflict((clash) =>
      clash.column('customer_id').doUpdateSet({ last_number: sql`order_request_counter.last_number + 1` }),
    )
    .returning('last_number')
    .executeTakeFirstOrThrow()
  return drawn
}

async function hasAskedTooMuch({ tx, now, actor }: Context): Promise<boolean> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from order_request
    where customer_id = ${actor.customer.id} and asked_by = ${actor.userId} and asked_at > ${after(now, -1 * hours)}`.execute(
    tx,
  )
  return (rows[0]?.n ?? 0) >= mostRequests
}

/** Only what the user has asked for before is gone on with. */
async function findFollowed({ tx, actor }: Context, id: string | null): Promise<string | null> {
  if (id === null) return null
  const followed = await tx
    .selectFrom('order_request')
    .where('customer_id', '=', actor.customer.id)
    .where('id', '=', id)
    .where('asked_by', '=', actor.userId)
    .select('id')
    .executeTakeFirst()
  return followed?.id ?? null
}

/** The names of the files are the answer to the question for them. */
function withFiles({ form, answers, files }: NewRequest): Answers {
  const field = fileFieldOf(form)
  return field && files.length > 0 ? { ...answers, [field.code]: files.map(({ name }) => name) } : answers
}

function insertRequest({ tx, now, actor }: Context, given: NewRequest, drawn: number): Promise<MadeRequest> {
  const { form, needsApproval } = given
  return tx
    .insertInto('order_request')
    .values({
      customer_id: actor.customer.id,
      code: `R${String(drawn).padStart(7, '0')}`,
      service_id: given.serviceId,
      contract_id: given.contractId,
      kind: form.kind,
      title_ja: form.name.ja,
      title_en: form.name.en,
      form: JSON.stringify(form),
      answers: JSON.stringify(withFiles(given)),
      wished_on: given.wishedOn,
      state: needsApproval ? 'awaiting-approval' : 'sent',
      asked_by: actor.userId,
      asked_by_name: actor.name,
      asked_at: now,
      follows: given.follows,
      updated_at: now,
    })
    .returning(['id', 'code', sql<RequestState>`state`.as('state')])
    .executeTakeFirstOrThrow()
}
