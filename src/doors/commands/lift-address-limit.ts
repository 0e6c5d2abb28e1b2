import { liftAddressLimit } from '#features/address-limits/lift.ts'
import { listCustomers } from '#features/customers/list.ts'
import { readSecretKeys } from '#program/config.ts'
import { secretsOf } from '#platform/security/secrets.ts'
import { type Command, Failure, readArguments, WrongUsage } from './command.ts'
import { openOperatorDatabase } from './open-database.ts'

export const liftAddressLimitCommand: Command = {
  summary: 'lifts the restriction by IP address of a customer who is locked out',
  help: `Usage: npm run operator -- lift-address-limit CUSTOMER

Switches 「アクセス制限設定」 off for the customer with this code, a change on trial too: from the next request on its users come in
from any address. The list and who is restricted stay as they are, to be switched on again. All portal administrators are told by
mail, and the change history notes it. Needs the SECRET_KEY of the portal, for mails are sealed until they are sent.`,
  async run(args, { environment, now }) {
    const { positionals } = readArguments(args, {})
    const [code] = positionals
    if (code === undefined || positionals.length > 1) throw new WrongUsage('Whose? One code of a customer is needed.')
    const secretKeys = readSecretKeys(environment)
    if (secretKeys.length === 0)
      throw new Failure('SECRET_KEY is needed, that of the portal: mails are sealed until they are sent.')
    await using opened = await openOperatorDatabase(environment)
    const wasOn = await opened.database.transaction(async (tx) => {
      const [customer] = await listCustomers(tx, code)
      if (!customer) throw new Failure(`No customer has the code ${code}.`)
      return liftAddressLimit({ tx, now, secrets: secretsOf(secretKeys) }, customer)
    })
    console.log(wasOn ? `${code} is restricted no longer.` : `${code} was not restricted; nothing was changed.`)
  },
}
