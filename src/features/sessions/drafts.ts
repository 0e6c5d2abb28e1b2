import type { Visitor } from '#platform/context.ts'
import { after, hours } from '#platform/time/duration.ts'
import type { FormDraft, FormValues } from '#platform/form.ts'
import type { Actor } from '#features/actor.ts'
import { enterFence } from './fence.ts'
import type { SessionOwner } from './open.ts'

/** How long what was typed waits for its user to come back. */
const kept = 2 * hours

const purposeOf = (userId: string): string => `form-draft ${userId}`

/** Of one user at once; the oldest make room. */
const mostKept = 50
/** Bytes of what was typed: no form that is posted is longer, but its signs may need more room here. */
const longestKept = 64 * 1024

export interface Draft extends FormDraft {
  owner: SessionOwner
  path: string
}

/** Keeps what was typed into a form that is to be shown again. Its session may be over: then its fence was not entered. */
export async function keepDraft(
  { tx, now, secrets }: Visitor,
  { owner, path, values, wrong }: Draft,
  lastsMs: number = kept,
): Promise<void> {
  const { customerId, userId } = owner
  const typed = JSON.stringify(values)
  // On two lines, since JSON as it is written here has one.
  const lines = [Buffer.byteLength(typed) > longestKept ? '' : typed, ...(wrong ? [JSON.stringify(wrong)] : [])]
  const fields = secrets.seal(purposeOf(userId), lines.join('\n'))
  await enterFence(tx, customerId)
  await tx
    .insertInto('form_draft')
    .values({ customer_id: customerId, user_id: userId, path, fields, expires_at: after(now, lastsMs) })
    .onConflict((clash) => clash.columns(['user_id', 'path']).doUpdateSet({ fields, expires_at: after(now, lastsMs) }))
    .execute()
  await tx
    .deleteFrom('form_draft')
    .where('customer_id', '=', customerId)
    .where('user_id', '=', userId)
    .where('path', 'in', ({ selectFrom }) =>
      selectFrom('form_draft as d')
        .where('d.customer_id', '=', customerId)
        .where('d.user_id', '=', userId)
        .where('d.path', '<>', path)
        .select('d.path')
        .orderBy('d.expires_at', 'desc')
        .orderBy('d.path')
        .offset(mostKept - 1),
    )
    .execute()
}

export async function readDraft(
  { tx, now, secrets }: Visitor,
  { customer, userId }: Actor,
  path: string,
): Promise<Partial<FormDraft>> {
  const draft = await tx
    .selectFrom('form_draft')
    .where('customer_id', '=', customer.id)
    .where('user_id', '=', userId)
    .where('path', '=', path)
    .where('expires_at', '>', now)
    .select('fields')
    .executeTakeFirst()
  return draft ? opened(secrets, userId, draft.fields) : {}
}

/** The same, and removes it: to one of those who ask at once. */
export async function takeDraft(
  { tx, now, secrets }: Visitor,
  { customer, userId }: Actor,
  path: string,
): Promise<FormValues | undefined> {
  const draft = await tx
    .deleteFrom('form_draft')
    .where('customer_id', '=', customer.id)
    .where('user_id', '=', userId)
    .where('path', '=', path)
    .where('expires_at', '>', now)
    .returning('fields')
    .executeTakeFirst()
  return draft && opened(secrets, userId, draft.fields).values
}

/** Sealed by keepDraft: nobody else can have made it. */
function opened(secrets: Visitor['secrets'], userId: string, fields: Buffer): Partial<FormDraft> {
  const [values, wrong] = secrets.open(purposeOf(userId), fields).split('\n')
  return {
    ...(values && { values: JSON.parse(values) as FormValues }),
    ...(wrong && { wrong: JSON.parse(wrong) as FormDraft['wrong'] }),
  }
}

export async function removeDraft({ tx }: Visitor, { customer, userId }: Actor, path: string): Promise<void> {
  await tx
    .deleteFrom('form_draft')
    .where('customer_id', '=', customer.id)
    .where('user_id', '=', userId)
    .where('path', '=', path)
    .execute()
}
