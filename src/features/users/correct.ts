import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'
import { recordChange } from '#features/change-history/record.ts'
import { wishForUrl } from '#features/first-login/wish-for-url.ts'
import type { Confirmed } from '#platform/context.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { isAddressTaken } from './inner/claim-address.ts'
import type { User } from './user.ts'

/** What proves who somebody is who has not registered yet. */
export interface Identity {
  name: string
  phone: string
  mail: string
}

/**
 * Whether staff alone may put right who a user is: of an administrator, and of whoever has to register again, the name, the address and
 * the number are what two have agreed on (decision 78). The database holds it, too.
 */
export function mayBeCorrected({ state, role, lastSignInAt }: Pick<User, 'state' | 'role' | 'lastSignInAt'>): boolean {
  return state === 'awaiting-registration' && role === 'general-user' && lastSignInAt === null
}

/**
 * Corrects what staff had wrong of a user who awaits registration. With another address, URLs that went to the old one are void,
 * and the worker mails a new one. In the context of staff that works for the customer.
 */
export async function correctIdentity(
  ctx: Confirmed<Context>,
  user: User,
  identity: Identity,
): Promise<Outcome<void, 'not-awaiting' | 'address-taken'>> {
  const { tx, actor } = ctx
  const isMoved = identity.mail !== user.mail
  if (isMoved && !(await isOwnAddress(ctx, user, identity.mail)) && (await isAddressTaken(ctx, identity.mail)))
    return refuse('address-taken')
  const corrected = await tx
    .updateTable('portal_user')
    .set({
      ...identity,
      version: sql`version + 1`,
      ...(isMoved && { credential_epoch: sql`credential_epoch + 1` }),
    })
    .where('customer_id', '=', actor.customer.id)
    .where('id', '=', user.id)
    .where('version', '=', user.version)
    .where('state', '=', 'awaiting-registration')
    .where('role', '=', 'general-user')
    .where('last_sign_in_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  if (!corrected) return refuse('not-awaiting')
  const names = (['name', 'phone', 'mail'] as const).filter((each) => identity[each] !== user[each])
  const values = (of: Identity): Record<string, string> => Object.fromEntries(names.map((each) => [each, of[each]]))
  if (names.length > 0)
    await recordChange(ctx, {
      action: 'user-changed',
      subject: { kind: 'user', id: user.id, name: identity.name },
      before: values(user),
      after: values(identity),
    })
  if (isMoved) await wishForUrl(ctx, identity.mail)
  return done()
}

/** The same address in another way of writing it. */
async function isOwnAddress({ tx, actor }: Context, { id }: User, mail: string): Promise<boolean> {
  const own = await tx
    .selectFrom('portal_user')
    .where('customer_id', '=', actor.customer.id)
    .where('id', '=', id)
    .where('login_id', '=', sql<string>`fold_text(${mail})`)
    .select('id')
    .executeTakeFirst()
  return own !== undefined
}
