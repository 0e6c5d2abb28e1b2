import { sendOpeningNotice } from '#features/first-login/send-opening-notice.ts'
import { sendHeldNotices } from '#features/first-login/send-held-notices.ts'
import { foldLoginId } from '#features/sign-in/login-id.ts'
import { type Command, Failure, readArguments, WrongUsage } from './command.ts'
import { findUser } from './find-user.ts'
import { readMailing } from './mailing.ts'
import { openOperatorDatabase } from './open-database.ts'

export const sendOpeningNoticeCommand: Command = {
  summary: 'sends a new user the opening notice once more, or all who were never sent one',
  help: `Usage: npm run operator -- send-opening-notice MAIL
       npm run operator -- send-opening-notice --held [--customer CODE]

Sends the user with this mail address the opening notice with a new URL to register by. URLs sent before no longer work. Only
for users who await registration; who has an account sets a new password by the link on the login page. Needs the
PORTAL_URL and the SECRET_KEY of the portal, whose worker delivers the mail; "users" shows how far it has come.

  --held            all who await registration and were never sent one, such as those of an import with --hold-notices
  --customer CODE   of these, only the users of this customer`,
  async run(args, { environment, now }) {
    const options = { held: { type: 'boolean', default: false }, customer: { type: 'string' } } as const
    const { positionals, values } = readArguments(args, options)
    const [mail] = positionals
    const isOneOf = values.held ? mail === undefined : mail !== undefined && values.customer === undefined
    if (!isOneOf || positionals.length > 1) throw new WrongUsage('To whom? One mail address is needed, or --held.')
    const mailing = readMailing(environment)
    if (!mailing) throw new Failure('PORTAL_URL and SECRET_KEY are needed, those of the portal: the mail has a link.')
    await using opened = await openOperatorDatabase(environment)
    if (mail === undefined) {
      const sent = await sendHeldNotices(opened.database, { ...mailing, now }, values.customer)
      console.log(`Opening notices on their way: ${sent}.`)
      return
    }
    const notice = await opened.database.transaction(async (tx) =>
      sendOpeningNotice({ ...mailing, tx, now }, await findUser(tx, foldLoginId(mail))),
    )
    if (notice === 'not-awaited') throw new Failure(`${mail} does not await registration.`)
    if (notice === 'held')
      throw new Failure(`${mail} is outside of the period of use; the notice goes out when that begins.`)
    console.log(`The opening notice to ${mail} is on its way.`)
  },
}
