import { listAddressClashes } from '#features/users/list-clashes.ts'
import { type Command, readArguments, WrongUsage } from './command.ts'
import { openOperatorDatabase } from './open-database.ts'
import { tableOf } from './table.ts'

export const addressClashesCommand: Command = {
  summary: 'lists mail addresses that customers could not register',
  help: `Usage: npm run operator -- address-clashes

Lists who gave a new user a mail address that a user of another customer has: time, customer, administrator, address, and how
often the customer has done so. The administrator was told that the address cannot be registered, and nothing else. The newest
200, the newest first.`,
  async run(args, { environment }) {
    const { positionals } = readArguments(args, {})
    if (positionals.length > 0) throw new WrongUsage(`Nothing is known to be done with "${positionals[0]}".`)
    await using opened = await openOperatorDatabase(environment)
    const clashes = await opened.database.transaction(listAddressClashes)
    const rows = clashes.map(({ localTime, customer, administrator, mail, count }) => [
      localTime,
      customer,
      administrator,
      mail,
      count,
    ])
    console.log(tableOf(['TIME', 'CUSTOMER', 'ADMINISTRATOR', 'ADDRESS', 'OF CUSTOMER'], rows))
  },
}
