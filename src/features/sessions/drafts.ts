import type { Visitor } from '#platform/context.ts'
import { after, hours } from '#platform/time/duration.ts'
import type { FormValues } from '#platform/form.ts'
import type { Actor } from '#features/actor.ts'
import type { SessionOwner } from './open.ts'

/** How long what was typed waits for its user to come back. */
const kept = 2 * hours

const purposeOf = (userId: string): string => `form-draft ${userId}`

export interface Draft {
  owner: SessionOwner
  path: string
  values: FormValues
}

/** Keeps what was typed into a form that is to be shown again, behind the fence that its session has entered. */
export async function keepDraft({ tx, now, secrets }: Visitor, { owner, path, values }: Draft): Promise<void> {
  const { customerId, userId } = owner
  const fields = secrets.seal(purposeOf(userId), JSON.stringify(values))
  await tx
    .insertInto('form_draft')
    .values({ customer_id: customerId, user_id: userId, path, fields, expires_at: after(now, kept) })
    .onConflict((clash) => clash.columns(['user_id', 'path']).doUpdateSet({ fields, expires_at: after(now, kept) }))
    .execute()
}

export async function readDraft(
  { tx, now, secrets }: Visitor,
  { customer, userId }: Actor,
  path: string,
): Promise<FormValues> {
  const draft = await tx
    .selectFrom('form_draft')
    .where('customer_id', '=', customer.id)
    .where('user_id', '=', userId)
    .where('path', '=', path)
    .where('expires_at', '>', now)
    .select('fields')
    .executeTakeFirst()
  // Sealed by keepDraft: nobody else can have made it.
  return draft ? (JSON.parse(secrets.open(purposeOf(userId), draft.fields)) as FormValues) : {}
}

export async function removeDraft({ tx }: Visitor, { customer, userId }: Actor, path: string): Promise<void> {
  await tx
    .deleteFrom('form_draft')
    .where('customer_id', '=', customer.id)
    .where('user_id', '=', userId)
    .where('path', '=', path)
    .execute()
}
