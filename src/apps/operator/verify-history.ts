import { type Broken, type Chain, verifyChain } from '#features/change-history/verify.ts'
import type { Transaction } from '#platform/database.ts'
import { type Command, Failure, readArguments, WrongUsage } from './command.ts'
import { openOperatorDatabase } from './open-database.ts'
import { tableOf } from './table.ts'

export const verifyHistoryCommand: Command = {
  summary: 'proves that nobody has meddled with the change history',
  help: `Usage: npm run operator -- verify-history [CUSTOMER]

Computes the chain of hashes of the change history anew, of all customers or of the one with this code, and names the first
row of each that was changed, removed or slipped in. Rows that the worker has not sealed yet, a minute after their commit at
most while it runs, are counted and cannot be judged.

Keep the last column somewhere else, in a mail or on paper: whoever cuts off the end of a chain leaves no other trace.

Exit codes: 0 every chain is whole, 1 one is broken.`,
  async run(args, { environment }) {
    const { positionals } = readArguments(args, {})
    const [code] = positionals
    if (positionals.length > 1) throw new WrongUsage('One customer or all: at most one code is needed.')
    await using opened = await openOperatorDatabase(environment)
    const customers = await opened.database.transaction((tx) => findCustomers(tx, code))
    const chains: Chain[] = []
    for (const customer of customers) chains.push(await opened.database.transaction((tx) => verifyChain(tx, customer)))
    console.log(
      tableOf(
        ['CUSTOMER', 'SEALED', 'NOT YET', 'STATE', 'HEAD'],
        chains.map(({ customer, sealed, unsealed, broken, head }) => [
          customer,
          sealed,
          unsealed,
          broken ? 'BROKEN' : 'whole',
          `${head.sequence}:${head.hash}`,
        ]),
      ),
    )
    const broken = chains.flatMap((chain) => (chain.broken ? [`${chain.customer}: ${said(chain.broken)}`] : []))
    if (broken.length > 0) throw new Failure(broken.join('\n'))
  },
}

async function findCustomers(tx: Transaction, code: string | undefined): Promise<{ id: string; code: string }[]> {
  const all = tx.selectFrom('customer').select(['id', 'code']).orderBy('code')
  const found = await (code === undefined ? all : all.where('code', '=', code)).execute()
  if (code !== undefined && found.length === 0) throw new Failure(`There is no customer ${code}.`)
  return found
}

function said({ sequence, id, why }: Broken): string {
  if (id === null) return `row ${sequence} is missing.`
  const row = `row ${sequence} (id ${id})`
  if (why === 'changed') return `${row} is not what was sealed, or what stood before it is not.`
  if (why === 'out-of-time') return `${row} is much older than the one before it: it was slipped in.`
  return `${row} should have been removed with those before the checkpoint.`
}
