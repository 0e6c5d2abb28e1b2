import { resolve } from 'node:path'
import { type Broken, type Chain, type Head, verifyChain } from '#features/change-history/verify.ts'
import { listCustomers } from '#features/customers/list.ts'
import { houseId } from '#features/house.ts'
import type { Transaction } from '#platform/database/database.ts'
import { type Command, Failure, readArguments, WrongUsage } from './command.ts'
import { readKeptHeads } from './kept-heads.ts'
import { openOperatorDatabase } from './open-database.ts'
import { tableOf } from './table.ts'

export const verifyHistoryCommand: Command = {
  summary: 'proves that nobody has meddled with the change history',
  help: `Usage: npm run operator -- verify-history [--heads FILE] [CUSTOMER]

Computes the chain of hashes of the change history anew, of all customers and of the operator's own, (house), or of the one with
this code, and names the first row of each that was changed, removed or slipped in. Rows that the worker has not sealed yet, a minute after their commit at
most while it runs, are counted and cannot be judged; those that have waited for more than ten minutes are a fault.

  --heads FILE   what an earlier run has printed: each chain must still lead through the head of then

Keep what is printed somewhere else, and hand it to the next run: whoever cuts off the end of a chain, or makes all of it
anew, leaves no other trace.

Exit codes: 0 every chain is whole, 1 one is not.`,
  async run(args, { environment, folder, now }) {
    const { values, positionals } = readArguments(args, { heads: { type: 'string' } })
    const [code] = positionals
    if (positionals.length > 1) throw new WrongUsage('One customer or all: at most one code is needed.')
    const heads =
      values.heads === undefined ? new Map<string, Head>() : await readKeptHeads(resolve(folder, values.heads))
    await using opened = await openOperatorDatabase(environment)
    const { database } = opened
    const customers = await database.transaction((tx) => findCustomers(tx, code))
    const chains: Chain[] = []
    for (const customer of customers)
      chains.push(
        await database.transaction((tx) => verifyChain(tx, customer, { now, kept: heads.get(customer.code) })),
      )
    print(chains)
    const gone =
      code === undefined ? [...heads.keys()].filter((kept) => !customers.some((each) => each.code === kept)) : []
    const faults = [
      ...chains.flatMap(faultsOf),
      ...gone.map((kept) => `${kept}: there is no such customer any longer.`),
    ]
    if (faults.length > 0) throw new Failure(faults.join('\n'))
  },
}

/** Of the operator's own history: no customer's code has brackets. */
const houseCode = '(house)'

async function findCustomers(tx: Transaction, code: string | undefined): Promise<{ id: string; code: string }[]> {
  const house = { id: houseId, code: houseCode }
  if (code === houseCode) return [house]
  const found = await listCustomers(tx, code)
  if (code !== undefined && found.length === 0) throw new Failure(`There is no customer ${code}.`)
  return code === undefined ? [...found, house] : found
}

function print(chains: readonly Chain[]): void {
  console.log(
    tableOf(
      ['CUSTOMER', 'SEALED', 'NOT YET', 'STATE', 'HEAD'],
      chains.map(({ customer, sealed, unsealed, late, broken, head }) => [
        customer,
        sealed,
        unsealed,
        broken ? 'BROKEN' : late > 0 ? 'LATE' : 'whole',
        `${head.sequence}:${head.hash.toString('hex')}`,
      ]),
    ),
  )
}

function faultsOf({ customer, broken, late }: Chain): string[] {
  const waiting = `${late} rows have waited to be sealed for more than ten minutes. Does the worker run? Does a transaction never end?`
  return [...(broken ? [said(broken)] : []), ...(late > 0 ? [waiting] : [])].map((fault) => `${customer}: ${fault}`)
}

function said({ sequence, id, why }: Broken): string {
  const row = id === null ? `row ${sequence}` : `row ${sequence} (id ${id})`
  return `${row} ${sayings[why]}`
}

const sayings: Record<Broken['why'], string> = {
  changed: 'is not what was sealed, or what stood before it is not.',
  missing: 'is missing.',
  'before-the-checkpoint': 'should have been removed with those before the checkpoint.',
  'out-of-time': 'is much older than one before it: one of them was slipped in.',
  'in-the-future': 'is of a time that has not come: it was slipped in.',
  'other-head': 'has not the hash that was kept: the chain was made anew.',
  'cut-off': 'is missing, as is all up to the head that was kept: the end was cut off.',
  'head-removed': 'was the head that was kept, and has been removed: keep a newer one.',
}
