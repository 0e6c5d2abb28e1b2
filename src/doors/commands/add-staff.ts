import { addStaff } from '#features/staff/add.ts'
import { type StaffRole, staffRoles } from '#features/house.ts'
import { mailAddress, phoneNumber, userValues } from '#features/users/values.ts'
import { type Command, Failure, readArguments, WrongUsage } from './command.ts'
import { readMailing } from './mailing.ts'
import { openOperatorDatabase } from './open-database.ts'

export const addStaffCommand: Command = {
  summary: 'makes somebody a member of staff, who works in the console',
  help: `Usage: npm run operator -- add-staff MAIL --name NAME --phone NUMBER [--role ROLE]...

Makes the person with this mail address a member of staff and mails a URL by which password and authenticator app are set in
the console; or gives a member who is there more roles. Name and telephone number are what the person has to show. Needs
CONSOLE_URL, PORTAL_URL and SECRET_KEY, for the mail has a link.

  --role ROLE   one of ${staffRoles.join(', ')}; may be given several times. Everybody may read`,
  async run(args, { environment, now }) {
    const options = {
      name: { type: 'string' },
      phone: { type: 'string' },
      role: { type: 'string', multiple: true, default: [] as string[] },
    } as const
    const { positionals, values } = readArguments(args, options)
    const [mail] = positionals
    if (mail === undefined || positionals.length > 1) throw new WrongUsage('Who? One mail address is needed.')
    const person = {
      mail: valueOf('The mail address', mailAddress.safeParse(mail)),
      name: valueOf('--name', userValues.name.safeParse(values.name)),
      phone: valueOf('--phone', phoneNumber.safeParse(values.phone)),
      roles: values.role.map(roleNamed),
    }
    const mailing = readMailing(environment)
    if (!mailing?.consoleUrl)
      throw new Failure('CONSOLE_URL, PORTAL_URL and SECRET_KEY are needed, those of the portal: the mail has a link.')
    await using opened = await openOperatorDatabase(environment)
    const added = await opened.database.transaction((tx) => addStaff({ tx, now, mailing }, person))
    if (!added.ok) throw new Failure(`A customer's user has the mail address ${person.mail}.`)
    console.log(
      added.value.isNew
        ? `${person.mail} is a member of staff; the mail to register is on its way.`
        : `${person.mail} was a member of staff, and has the roles now.`,
    )
  },
}

type Parsed = { success: true; data: string } | { success: false }

function valueOf(what: string, parsed: Parsed): string {
  if (parsed.success) return parsed.data
  throw new WrongUsage(`${what} is missing, or is none.`)
}

function roleNamed(name: string): StaffRole {
  const role = staffRoles.find((each) => each === name)
  if (role) return role
  throw new WrongUsage(`There is no role "${name}": ${staffRoles.join(', ')}.`)
}
