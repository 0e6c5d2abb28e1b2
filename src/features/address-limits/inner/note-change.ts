import { type Change, type ChangeByAnybody, recordChange } from '#features/change-history/record.ts'
import { tellAdministrators } from '#features/mails/tell-administrators.ts'
import type { Visitor } from '#platform/context.ts'
import { addressLimitEmail, type LimitAction } from '../address-limit.email.ts'

/** An administrator, or without a name the operator. */
export type LimitChanger = ChangeByAnybody & Pick<Visitor, 'secrets'> & { actor: { customer: { name: string } } }

interface LimitNote extends Pick<Change, 'before' | 'after'> {
  action: LimitAction
  /** When the change falls back unless it is confirmed. */
  until?: Date
}

/** Writes into the history what became of the rules, and tells it to all administrators. */
export async function noteLimitChange(by: LimitChanger, { action, until, ...values }: LimitNote): Promise<void> {
  const subject = { kind: 'customer', id: by.actor.customer.id, name: by.actor.customer.name } as const
  await recordChange(by, { action, subject, ...values })
  await tellAdministrators(by, 'address-limit', (language, timeZone) =>
    addressLimitEmail(language, { action, until, by: by.actor.name, at: by.now, timeZone }),
  )
}
