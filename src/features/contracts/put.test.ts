import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { enterCustomer } from '#features/customers/enter.ts'
import { putCustomers } from '#features/customers/put.ts'
import type { CustomerContext } from '#features/operator-context.ts'
import { type Transaction, withSavepoint } from '#platform/database/database.ts'
import { importTime as now, type ImportTest, openImportTest } from '#test/import-file.ts'
import { until } from '#test/until.ts'
import { type ContractEntry, putContracts } from './put.ts'

let world: ImportTest

before(async () => {
  world = await openImportTest()
})
after(() => world[Symbol.asyncDispose]())

let numbers = 700_000_000
const contract = (values: Partial<ContractEntry> = {}): ContractEntry => ({
  number: `N${++numbers}`,
  service: 'phone',
  contacts: [],
  suspended: false,
  ...values,
})

async function makeCustomer(): Promise<string> {
  const code = randomUUID()
  const made = await within((tx) => putCustomers({ tx, now }, [{ code, name: code }]))
  assert(made.ok)
  return code
}

const within = <Value>(work: (tx: Transaction) => Promise<Value>): Promise<Value> =>
  world.database.operator.transaction(work)

async function asCustomer<Value>(code: string, work: (ctx: CustomerContext) => Promise<Value>): Promise<Value> {
  return within(async (tx) => {
    const entered = await enterCustomer({ tx, now }, code)
    assert(entered.ok)
    return work(entered.value)
  })
}

async function put(code: string, entries: readonly ContractEntry[]) {
  const outcome = await asCustomer(code, (ctx) => putContracts(ctx, entries))
  assert(outcome.ok)
  return outcome.value
}

async function idsOf(code: string): Promise<Map<string, string>> {
  const rows = await asCustomer(code, ({ tx, customer }) =>
    tx.selectFrom('contract').select(['number', 'id']).where('customer_id', '=', customer.id).execute(),
  )
  return new Map(rows.map(({ number, id }) => [number, id]))
}

test('of each contract it is answered what became of it, in the order given', async () => {
  const code = await makeCustomer()
  const [first, second, third] = [contract(), contract(), contract()]
  assert.deepEqual(
    (await put(code, [second, first])).map(({ was }) => was),
    ['created', 'created'],
  )
  const answers = await put(code, [first, third, { ...second, suspended: true }])
  const ids = await idsOf(code)
  assert.deepEqual(answers, [
    { id: ids.get(first.number), was: 'unchanged' },
    { id: ids.get(third.number), was: 'created' },
    { id: ids.get(second.number), was: 'changed' },
  ])
  assert.deepEqual(await put(code, [third]), [{ id: ids.get(third.number), was: 'unchanged' }])
  assert.deepEqual(await put(code, []), [])
})

test('thousands at once are answered as one is, and told as they are done', async () => {
  const code = await makeCustomer()
  const entries = Array.from({ length: 5003 }, () => contract())
  const steps: number[] = []
  const outcome = await asCustomer(code, (ctx) =>
    putContracts({ ...ctx, progress: (done) => steps.push(done) }, entries.toReversed()),
  )
  assert(outcome.ok)
  assert.deepEqual(steps, [5000, 3])
  const ids = await idsOf(code)
  assert.deepEqual(
    outcome.value.map(({ id }) => id),
    entries.map(({ number }) => ids.get(number)).toReversed(),
  )
})

test('what does not fit is refused by its code and place, and nothing is put', async () => {
  const [code, other] = [await makeCustomer(), await makeCustomer()]
  const theirs = contract()
  await put(other, [theirs])
  const good = contract()
  const refused = async (...entries: ContractEntry[]) => {
    const outcome = await asCustomer(code, (ctx) => putContracts(ctx, [good, ...entries]))
    assert(!outcome.ok)
    assert.equal(outcome.problem, outcome.misfits[0]?.problem)
    return outcome.misfits.map(({ entry, at, problem }) => [entry, at.join('.'), problem])
  }
  assert.deepEqual(await refused(good), [[1, 'number', 'stands-twice']])
  assert.deepEqual(await refused(theirs, contract({ number: 'X1' })), [
    [1, 'number', 'another-customers'],
    [2, 'number', 'unlike-pattern'],
  ])
  assert.deepEqual(
    await refused(contract({ site: 'moon', endedOn: '2999-01-01' }), contract({ service: 'teleport' })),
    [
      [1, 'site', 'unknown-site'],
      [1, 'endedOn', 'ends-in-future'],
      [2, 'service', 'unknown-service'],
    ],
  )
  assert.deepEqual(await idsOf(code), new Map())
})

test('of two customers who are given the same number at once, one has it and the other is untouched', async () => {
  const codes = [await makeCustomer(), await makeCustomer()] as const
  const disputed = contract({ groupNumber: 'first' })
  const waiting = sql`select from pg_locks where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))`
  const { late } = await asCustomer(codes[0], async (ctx) => {
    assert((await putContracts(ctx, [disputed])).ok)
    const refused = assert.rejects(put(codes[1], [{ ...disputed, groupNumber: 'second' }]), /became somebody else's/)
    // By then it has looked, has found nothing, and waits for this commit.
    await until(async () => (await waiting.execute(ctx.tx)).rows.length)
    return { late: refused }
  })
  await late
  const rows = await within((tx) =>
    tx.selectFrom('contract').select('group_number').where('number', '=', disputed.number).execute(),
  )
  assert.deepEqual(rows, [{ group_number: 'first' }])
})

test('a dry run is a door behind a savepoint', async () => {
  const code = await makeCustomer()
  const outcome = await asCustomer(code, (ctx) =>
    withSavepoint(
      ctx.tx,
      () => putContracts(ctx, [contract()]),
      () => true,
    ),
  )
  assert(outcome.ok)
  assert.deepEqual(
    outcome.value.map(({ was }) => was),
    ['created'],
  )
  assert.deepEqual(await idsOf(code), new Map())
})

test('nothing is put for a customer who is not there', async () => {
  const entered = await within((tx) => enterCustomer({ tx, now }, 'nobody'))
  assert(!entered.ok)
  assert.equal(entered.problem, 'unknown-customer')
})
