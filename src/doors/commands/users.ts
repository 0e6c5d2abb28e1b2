import { listCustomers } from '#features/customers/list.ts'
import { findLockedLogins } from '#features/sign-in/locked-logins.ts'
import { loginHash } from '#features/sign-in/login-id.ts'
import { type ListedUser, listUsersOfAll } from '#features/users/list-of-all.ts'
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
whoever awaits registration has come: queued, sent, refused, expired, or kept in the mailbox of a demo; and what the mail
server said when it did not take it. Never a password or
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
    const rows = users.map(({ mail, name, role, state, secondFactor, loginId, customer, notice, noticeProblem }) => {
      const awaited = state === 'awaiting-registration' ? noticeTold(notice, noticeProblem) : '-'
      const told = isLocked(loginId) ? `${state}, locked` : state
      return [mail, name, role, told, secondFactor ?? '-', customer, awaited]
    })
    console.log(tableOf(['MAIL', 'NAME', 'ROLE', 'STATE', 'SECOND FACTOR', 'CUSTOMER', 'NOTICE'], rows))
  },
}

function noticeTold(notice: string | null, problem: string | null): string {
  return [notice ?? '-', problem].filter(Boolean).join(': ')
}

async function findUsers(tx: Transaction, customer: string | undefined): Promise<ListedUser[]> {
  if (customer !== undefined && (await listCustomers(tx, customer)).length === 0)
    throw new Failure(`There is no customer ${customer}.`)
  return listUsersOfAll(tx, customer)
}

/** Tells of a login ID whether it is locked; of none without a key. */
function lockedAmong(locked: ReadonlySet<string>, secretKeys: readonly Buffer[]): (loginId: string) => boolean {
  if (secretKeys.length === 0) return () => false
  const secrets = secretsOf(secretKeys)
  return (loginId) => locked.has(loginHash(secrets, loginId).toString('hex'))
}
