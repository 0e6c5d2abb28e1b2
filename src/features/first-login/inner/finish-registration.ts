import { sql } from 'kysely'
import { recordChange } from '#features/change-history/record.ts'
import { makeRecoveryCodes } from '#features/recovery-codes/make.ts'
import type { Visitor } from '#platform/context.ts'
import type { FirstLogin } from '../find.ts'
import { sealCodes } from '../recovery-codes.ts'
import { lockChosen } from './lock-chosen.ts'
import { ownRow } from './open-row.ts'

/** Makes the user active with what was chosen on the way. False when the URL is no longer good, or of another browser. */
export async function finishRegistration(
  visitor: Visitor,
  firstLogin: FirstLogin & { totpStep?: number },
): Promise<boolean> {
  const { tx, now } = visitor
  const { customerId, userId, user, secondFactor, totpStep = 0 } = firstLogin
  const chosen = await lockChosen(visitor, firstLogin)
  if (!chosen || secondFactor === null) return false
  if (!(await activate(visitor, { ...firstLogin, secondFactor }, chosen.credential_epoch))) return false
  const credential = {
    password_hash: chosen.password_hash,
    password_changed_at: now,
    totp_secret: secondFactor === 'totp' ? chosen.totp_secret : null,
    // The code that was shown just now cannot log in as well.
    totp_last_step: totpStep,
  }
  await tx
    .insertInto('user_credential')
    .values({ customer_id: customerId, user_id: userId, ...credential })
    .onConflict((clash) => clash.column('user_id').doUpdateSet(credential))
    .execute()
  const codes = await makeRecoveryCodes(tx, { customerId, userId })
  await ownRow(visitor, firstLogin)
    .set({
      finished_at: now,
      password_hash: null,
      totp_secret: null,
      recovery_codes: sealCodes(visitor.secrets, firstLogin.id, codes),
    })
    .execute()
  await recordChange(
    { tx, now, actor: { customer: { id: customerId }, userId, name: user.name } },
    { action: 'user-registered', subject: { kind: 'user', id: userId, name: user.name }, after: { secondFactor } },
  )
  return true
}

async function activate(
  { tx }: Visitor,
  { customerId, userId, secondFactor }: FirstLogin,
  epoch: number,
): Promise<boolean> {
  const active = await tx
    .updateTable('portal_user')
    .set({ state: 'active', second_factor: secondFactor, credential_epoch: sql`credential_epoch + 1` })
    .where('customer_id', '=', customerId)
    .where('id', '=', userId)
    .where('state', '=', 'awaiting-registration')
    .where('credential_epoch', '=', epoch)
    .returning('id')
    .executeTakeFirst()
  return active !== undefined
}
