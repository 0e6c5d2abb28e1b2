import { recordChange } from '#features/change-history/record.ts'
import type { LineAction } from '#features/line-changes/actions.ts'
import { enqueueMail } from '#features/mails/enqueue.ts'
import { tellAdministrators } from '#features/mails/tell-administrators.ts'
import { isInPeriodOf } from '#features/periods-of-use/period.ts'
import type { Visitor } from '#platform/context.ts'
import { reservationFailedEmail } from '../reservation-failed.email.ts'
import type { ReservationProblem } from '../values.ts'

interface Failed {
  customerId: string
  contractId: string
  id: string
  /** Of the contract. */
  number: string
  dueAt: Date
  authorId: string
  authorName: string
  action: LineAction
  subject: string
  problem: ReservationProblem
}

/** Notes that a reserved change was not made, and mails it to its author, if there still is one, and to the administrators. */
export async function tellOfFailure(
  by: Pick<Visitor, 'tx' | 'now' | 'secrets' | 'settingsUrl'>,
  failed: Failed,
): Promise<void> {
  const { tx, now } = by
  const { customerId, contractId, authorId, authorName } = failed
  const actor = { customer: { id: customerId }, userId: authorId, name: authorName }
  await recordChange(
    { tx, now, actor },
    {
      action: 'line-reservation-failed',
      subject: { kind: 'contract', id: contractId, name: failed.number },
      after: { action: failed.action, about: failed.subject },
    },
  )
  const kind = 'reservation-failed'
  const email = (language: 'ja' | 'en', zone: string) => reservationFailedEmail(by, { ...failed, language, zone })
  const author = await tx
    .selectFrom('portal_user as u')
    .where('customer_id', '=', customerId)
    .where('id', '=', authorId)
    .where('state', '=', 'active')
    .where(isInPeriodOf(customerId, now))
    .select(['mail', 'mail_language as language', 'time_zone as zone'])
    .executeTakeFirst()
  if (author) {
    const { mail: address, language, zone } = author
    const to = { customerId, userId: authorId, address, language }
    await enqueueMail(by, to, { kind, email: email(language, zone) })
  }
  await tellAdministrators({ ...by, actor, alsoNot: authorId }, kind, email)
}
