import { foldLoginId } from '#features/sign-in/login-id.ts'
import { unlockUser } from '#features/sign-in/unlock.ts'
import { readSecretKeys } from '#program/config.ts'
import { openLog } from '#platform/log.ts'
import { secretsOf } from '#platform/security/secrets.ts'
import { type Command, Failure, readArguments, WrongUsage } from './command.ts'
import { findUser } from './find-user.ts'
import { openOperatorDatabase } from './open-database.ts'

export const unlockCommand: Command = {
  summary: 'unlocks the login of a user after too many failures',
  help: `Usage: npm run operator -- unlock MAIL

Forgets the failed logins of the user with this mail address and gives back the codes that may be tried in an hour, so that
the user may log in again at once. The customer's access history notes it. Needs the SECRET_KEY of the portal, for failures
are kept under a keyed hash of the login.`,
  async run(args, { environment, now }) {
    const { positionals } = readArguments(args, {})
    const [mail] = positionals
    if (mail === undefined || positionals.length > 1) throw new WrongUsage('Whose login? One mail address is needed.')
    const secretKeys = readSecretKeys(environment)
    if (secretKeys.length === 0)
      throw new Failure('SECRET_KEY is needed, that of the portal: failures are kept under a keyed hash of the login.')
    await using opened = await openOperatorDatabase(environment)
    const by = { now, secrets: secretsOf(secretKeys), log: openLog('warn') }
    const wasKeptOut = await opened.database.transaction(async (tx) =>
      unlockUser({ ...by, tx }, await findUser(tx, foldLoginId(mail))),
    )
    console.log(wasKeptOut ? `${mail} may log in again.` : `${mail} was not locked; failures so far are forgotten.`)
  },
}
