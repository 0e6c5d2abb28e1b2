import { listAddressClashes } from '#features/users/list-clashes.ts'
import { listUsedUpBudgets, refillAddressBudgets } from '#features/users/used-up-budgets.ts'
import { type Command, Failure, readArguments, WrongUsage } from './command.ts'
import { openOperatorDatabase } from './open-database.ts'
import { tableOf } from './table.ts'

export const addressClashesCommand: Command = {
  summary: 'lists mail addresses that customers could not register',
  help: `Usage: npm run operator -- address-clashes [--refill CUSTOMER]

Lists who gave a user a mail address that a user of another customer has: time, customer, administrator, address, and how
often the customer has done so. The administrator was told that the address cannot be registered, and nothing else. The newest
200, the newest first.

An administrator may do so 10 times in 24 hours, and all of a customer together 30 times. After that every new address is refused
to them in the same words, whoever has it. Who has come so far is listed below, with the time when it ends.

  --refill CUSTOMER   let the administrators of this customer give addresses again at once`,
  async run(args, { environment, now }) {
    const { values, positionals } = readArguments(args, { refill: { type: 'string' } })
    if (positionals.length > 0) throw new WrongUsage(`Nothing is known to be done with "${positionals[0]}".`)
    await using opened = await openOperatorDatabase(environment)
    const { refill } = values
    if (refill !== undefined) {
      const isThere = await opened.database.transaction((tx) => refillAddressBudgets(tx, refill))
      if (!isThere) throw new Failure(`There is no customer ${refill}.`)
      console.log(`The administrators of ${refill} may give addresses again.`)
      return
    }
    const { clashes, usedUp } = await opened.database.transaction(async (tx) => ({
      clashes: await listAddressClashes(tx),
      usedUp: await listUsedUpBudgets(tx, now),
    }))
    const rows = clashes.map(({ localTime, customer, administrator, mail, count }) => [
      localTime,
      customer,
      administrator,
      mail,
      count,
    ])
    console.log(tableOf(['TIME', 'CUSTOMER', 'ADMINISTRATOR', 'ADDRESS', 'OF CUSTOMER'], rows))
    if (usedUp.length === 0) return
    const ends = usedUp.map(({ localTime, customer, administrator }) => [localTime, customer, administrator ?? 'all'])
    console.log(`\n${tableOf(['REFUSED UNTIL', 'CUSTOMER', 'ADMINISTRATOR'], ends)}`)
  },
}
