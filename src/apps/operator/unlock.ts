import { foldLoginId, loginHash } from '#features/sign-in/login-id.ts'
import type { Transaction } from '#platform/database.ts'
import { secretsOf } from '#platform/secrets.ts'
import { type Command, Failure, readArguments, WrongUsage } from './command.ts'
import { openOperatorDatabase } from './open-database.ts'

export const unlockCommand: Command = {
  summary: 'unlocks the login of a user after too many failures',
  help: `Usage: npm run operator -- unlock MAIL

Forgets the failed logins of the user with this mail address, so that it may log in again at once. The customer's access
history notes it. Needs the SECRET_KEY of the portal, for failures are kept under a keyed hash of the login.`,
  async run(args, { config, now }) {
    const { positionals } = readArguments(args, {})
    const [mail] = positionals
    if (mail === undefined || positionals.length > 1) throw new WrongUsage('Whose login? One mail address is needed.')
    const settings = config()
    await using opened = await openOperatorDatabase(settings)
    const hash = loginHash(secretsOf(settings.secretKeys), mail)
    const wasLocked = await opened.database.transaction((tx) => unlock(tx, { loginId: foldLoginId(mail), hash, now }))
    console.log(wasLocked ? `${mail} may log in again.` : `${mail} was not locked; failures so far are forgotten.`)
  },
}

/** Answers whether the login was locked. */
async function unlock(
  tx: Transaction,
  { loginId, hash, now }: { loginId: string; hash: Buffer; now: Date },
): Promise<boolean> {
  const user = await tx
    .selectFrom('portal_user')
    .select(['id', 'customer_id', 'name'])
    .where('login_id', '=', loginId)
    .where('state', '<>', 'deleted')
    .executeTakeFirst()
  if (!user) throw new Failure(`No user has the mail address ${loginId}.`)
  const forgotten = await tx
    .deleteFrom('sign_in_guard')
    .where('login_hash', '=', hash)
    .returning('locked_until')
    .execute()
  const wasLocked = forgotten.some(({ locked_until }) => locked_until !== null && locked_until > now)
  if (wasLocked) {
    await tx
      .insertInto('access_history')
      .values({ customer_id: user.customer_id, at: now, user_id: user.id, user_name: user.name, event: 'unlocked' })
      .execute()
  }
  return wasLocked
}
