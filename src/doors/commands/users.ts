import { openingNoticeState } from '#features/first-login/notice-state.ts'
import { loginHash } from '#features/sign-in/login-id.ts'
import { readSecretKeys } from '#program/config.ts'
import type { Transaction } from '#platform/database/database.ts'
import { secretsOf } from '#platform/security/secrets.ts'
import { type Command, Failure, readArguments, WrongUsage } from './command.ts'
import { openOperatorDatabase } from './open-database.ts'
import { tableOf } from './table.ts'

export const usersCommand: Command = {
  summary: 'lists the users, of all customers or of one',
  help: `Usage: npm run operator -- users [--customer CODE]

Lists mail address, name, role, state, second factor and customer of each user, and how far the newest opening notice to
whoever awaits registration has come: queued, sent, refused, expired, or kept in the mailbox of a demo. Never a password or
a secret: the command line cannot read them. Whether a login is locked is told where the SECRET_KEY of the portal is set, for failures are kept under
a keyed hash of the login.

  --customer CODE   only the users of this customer`,
  async run(args, { environment, now }) {
    const { values, positionals } = readArguments(args, { customer: { type: 'string' } })
    if (positionals.length > 0) throw new WrongUsage(`Nothing is known to be done with "${positionals[0]}".`)
    const secretKeys = readSecretKeys(environment)
    await using opened = await openOperatorDatabase(environment)
    const { users, locked } = await opened.database.transaction(async (tx) => ({
      users: await findUsers(tx, values.customer),
      locked: await findLockedLogins(tx, now),
    }))
    const isLocked = lockedAmong(locked, secretKeys)
    const rows = users.map(({ mail, name, role, state, second_factor, login_id, customer, notice }) => {
      const awaited = state === 'awaiting-registration' ? notice : null
      const told = isLocked(login_id) ? `${state}, locked` : state
      return [mail, name, role, told, second_factor ?? '-', customer, awaited ?? '-']
    })
    console.log(tableOf(['MAIL', 'NAME', 'ROLE', 'STATE', 'SECOND FACTOR', 'CUSTOMER', 'NOTICE'], rows))
  },
}

async function findUsers(tx: Transaction, customer: string | undefined) {
  if (customer !== undefined) await expectCustomer(tx, customer)
  const all = tx
    .selectFrom('portal_user as u')
    .innerJoin('customer', 'customer.id', 'u.customer_id')
    .select(['mail', 'u.name', 'role', 'state', 'second_factor', 'login_id', 'customer.code as customer'])
    .select(openingNoticeState.as('notice'))
    .where('state', '<>', 'deleted')
    .orderBy('customer.code')
    .orderBy('login_id')
  return (customer === undefined ? all : all.where('customer.code', '=', customer)).execute()
}

async function expectCustomer(tx: Transaction, code: string): Promise<void> {
  const found = await tx.selectFrom('customer').select('id').where('code', '=', code).executeTakeFirst()
  if (!found) throw new Failure(`There is no customer ${code}.`)
}

/** Hashes in hexadecimal: which login IDs they belong to, only who has the key can tell. */
async function findLockedLogins(tx: Transaction, now: Date): Promise<ReadonlySet<string>> {
  const rows = await tx.selectFrom('sign_in_guard').select('login_hash').where('locked_until', '>', now).execute()
  return new Set(rows.map(({ login_hash }) => login_hash.toString('hex')))
}

/** Tells of a login ID whether it is locked; of none without a key. */
function lockedAmong(locked: ReadonlySet<string>, secretKeys: readonly Buffer[]): (loginId: string) => boolean {
  if (secretKeys.length === 0) return () => false
  const secrets = secretsOf(secretKeys)
  return (loginId) => locked.has(loginHash(secrets, loginId).toString('hex'))
}
