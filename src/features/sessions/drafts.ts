import { sql } from 'kysely'
import type { Visitor } from '#platform/context.ts'
import { after, hours } from '#platform/time/duration.ts'
import type { FormValues } from '#platform/form.ts'
import type { Actor } from '#features/actor.ts'

/** How long what was typed waits for its user to come back. */
const kept = 2 * hours

const purposeOf = (userId: string): string => `form-draft ${userId}`

/** Keeps what was typed into a form whose session had timed out. The fence is that of the timed-out session. */
export async function keepDraft({ tx, now, secrets }: Visitor, path: string, values: FormValues): Promise<void> {
  const { rows } = await sql<{
    customer_id: string | null
    user_id: string | null
  }>`select app_customer() as customer_id, app_user() as user_id`.execute(tx)
  const { customer_id, user_id } = rows[0] ?? {}
  if (!customer_id || !user_id || Object.keys(values).length === 0) return
  const fields = secrets.seal(purposeOf(user_id), JSON.stringify(values))
  await tx
    .insertInto('form_draft')
    .values({ customer_id, user_id, path, fields, expires_at: after(now, kept) })
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
