import { randomUUID } from 'node:crypto'
import type { Actor, Context } from '#features/actor.ts'
import { renewSessionToken } from '#features/sessions/renew-token.ts'
import type { Transaction } from '#platform/database/database.ts'
import type { KeptForm } from '#platform/form.ts'
import { done, type Outcome } from '#platform/outcome.ts'
import { after, minutes } from '#platform/time/duration.ts'
import { type AwaitedSignIn, findAwaitedConfirmation } from './awaited.ts'
import { isOfCode, passSecondStep, type SecondStep, type SecondStepProblem, tellOfRecoveryCode } from './finish.ts'
import { sendMailCode } from './send-code.ts'

/** How long one may take to show the second factor, and how long the form is kept for it. */
const awaited = 15 * minutes
/** Forms of one session that are kept at once; the oldest make room. */
const mostKept = 10

const purposeOf = ({ userId, sessionId }: Actor, id: string): string => `kept-form ${userId} ${sessionId} ${id}`

/** Asks the actor for the second factor once more, and keeps the form that needs it; answers the id of the confirmation. */
export async function beginConfirmation(ctx: Context, form: KeptForm): Promise<string> {
  const { tx, now, actor, secrets } = ctx
  const id = randomUUID()
  await tx
    .insertInto('sign_in')
    .values(({ selectFrom }) => ({
      id,
      customer_id: actor.customer.id,
      user_id: actor.userId,
      second_factor: actor.secondFactor,
      credential_epoch: selectFrom('portal_user')
        .where('customer_id', '=', actor.customer.id)
        .where('id', '=', actor.userId)
        .select('credential_epoch'),
      expires_at: after(now, awaited),
      confirms_session: actor.sessionId,
      kept_path: form.path + form.search,
      kept_form: secrets.seal(purposeOf(actor, id), JSON.stringify(form)),
    }))
    .execute()
  await eraseOldest(ctx, id)
  const signIn = actor.secondFactor === 'mail-otp' ? await findAwaitedConfirmation(ctx, id) : undefined
  // Refused, it leaves no code to wait for, and the page says so.
  if (signIn) await sendMailCode(ctx, { signInId: signIn.id, user: signIn.user })
  return id
}

export type FoundConfirmation =
  | { state: 'awaited'; form: KeptForm; signIn: AwaitedSignIn }
  /** The form was sent; or it never will be, or waits for another session. */
  | { state: 'sent' | 'over'; back: string }

/** What became of a confirmation of the actor's; undefined when there is none of this id. */
export async function findConfirmation(ctx: Context, id: string): Promise<FoundConfirmation | undefined> {
  const { tx, actor, secrets } = ctx
  const [begun, signIn] = await Promise.all([
    tx
      .selectFrom('sign_in')
      .where('customer_id', '=', actor.customer.id)
      .where('user_id', '=', actor.userId)
      .where('id', '=', id)
      .select(['kept_path', 'kept_form', 'form_sent_at'])
      .executeTakeFirst(),
    findAwaitedConfirmation(ctx, id),
  ])
  if (!begun?.kept_path) return undefined
  if (!signIn || !begun.kept_form) return { state: begun.form_sent_at ? 'sent' : 'over', back: begun.kept_path }
  // Sealed by beginConfirmation for this session: nobody else can have made it.
  const form = JSON.parse(secrets.open(purposeOf(actor, id), begun.kept_form)) as KeptForm
  return { state: 'awaited', form, signIn }
}

/** The second factor within a session. Answers the session's new token: whoever has the old one stays as they were. */
export async function finishConfirmation(ctx: Context, step: SecondStep): Promise<Outcome<string, SecondStepProblem>> {
  const passed = await passSecondStep(ctx, step)
  if (!passed.ok && isOfCode(passed.problem)) return passed
  await ctx.tx
    .updateTable('sign_in')
    .set({ kept_form: null, ...(passed.ok && { form_sent_at: ctx.now }) })
    .where('customer_id', '=', ctx.actor.customer.id)
    .where('id', '=', step.signIn.id)
    .execute()
  if (!passed.ok) return passed
  if (step.kind === 'recovery-code') await tellOfRecoveryCode(ctx, step.signIn)
  return done(await renewSessionToken(ctx, { confirmedAt: ctx.now }))
}

/** Mails a new code for a confirmation of the actor's that waits for one; undefined when there is none. */
export async function resendConfirmationCode(
  ctx: Context,
  id: string,
): Promise<Outcome<void, 'too-soon' | 'too-many-codes'> | undefined> {
  const signIn = await findAwaitedConfirmation(ctx, id)
  return signIn?.code && sendMailCode(ctx, { signInId: signIn.id, user: signIn.user })
}

async function eraseOldest({ tx, actor }: Context, newest: string): Promise<void> {
  await tx
    .updateTable('sign_in')
    .set({ kept_form: null })
    .where('customer_id', '=', actor.customer.id)
    .where('confirms_session', '=', actor.sessionId)
    .where('kept_form', 'is not', null)
    .where('id', '<>', newest)
    .where('id', 'not in', ({ selectFrom }) =>
      selectFrom('sign_in')
        .where('customer_id', '=', actor.customer.id)
        .where('confirms_session', '=', actor.sessionId)
        .where('kept_form', 'is not', null)
        .orderBy('expires_at', 'desc')
        .limit(mostKept)
        .select('id'),
    )
    .execute()
}

/** Erases what nobody can send any longer. With the operator's role. */
export async function eraseKeptForms(tx: Transaction, now: Date): Promise<void> {
  await tx
    .updateTable('sign_in')
    .set({ kept_form: null })
    .where('kept_form', 'is not', null)
    .where('expires_at', '<=', now)
    .execute()
}
