import { isInPeriodOf } from '#features/periods-of-use/period.ts'
import { enqueueMail } from './enqueue.ts'
import type { Email } from './sealed.ts'
import type { ChangeBy } from '#features/change-history/record.ts'
import type { Visitor } from '#platform/context.ts'
import type { Language } from '#platform/words.ts'

/** Whoever changes something that administrators are told of. */
export type Telling = ChangeBy & Pick<Visitor, 'secrets'>

interface TellingAll extends Pick<Telling, 'tx' | 'now' | 'secrets'> {
  actor: Pick<Telling['actor'], 'customer'>
  /** Is told otherwise. */
  alsoNot?: string
}

/** Writes a mail to each administrator of the customer, who acted among them, in the language and zone of each. */
export async function tellAdministrators(
  by: TellingAll,
  kind: string,
  emailFor: (language: Language, timeZone: string) => Email,
): Promise<void> {
  const { tx, now, actor, alsoNot } = by
  const administrators = await tx
    .selectFrom('portal_user as u')
    .where('customer_id', '=', actor.customer.id)
    .where('role', '=', 'portal-administrator')
    .where('state', '=', 'active')
    .where(isInPeriodOf(actor.customer.id, now))
    .$call((query) => (alsoNot ? query.where('id', '<>', alsoNot) : query))
    .select(['id', 'mail', 'mail_language', 'time_zone'])
    .orderBy('id')
    .execute()
  for (const { id: userId, mail: address, mail_language: language, time_zone } of administrators)
    await enqueueMail(
      by,
      { customerId: actor.customer.id, userId, address, language },
      { kind, email: emailFor(language, time_zone) },
    )
}
