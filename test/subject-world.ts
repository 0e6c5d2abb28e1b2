import assert from 'node:assert/strict'
import fc from 'fast-check'
import { type Rule, scopeOf } from '#features/rights/scope.ts'
import type { Context } from '#features/actor.ts'
import type { Place, RowKey } from '#platform/list/paging.ts'
import { asUser } from './as-user.ts'
import { type TestDatabase, testDatabase } from './database.ts'
import { makerOf } from './make.ts'
import { runs } from './many-runs.ts'

/** Two customers with contracts of three services, and somebody of the first one. */
export interface SubjectWorld extends AsyncDisposable {
  database: TestDatabase
  customerId: string
  services: readonly string[]
  /** Of the first customer; the last has ended. */
  contracts: readonly Contract[]
  /** Of the other customer. */
  otherContract: Contract
  /** One after another, what a row can be about: contracts, services, and at last a contract of the other customer. */
  abouts: readonly (About & { customerId: string })[]
  /** Works with the rights that these rules give. */
  withRules: <T>(rules: readonly Rule[], work: (ctx: Context) => Promise<T>) => Promise<T>
}

interface Contract {
  id: string
  number: string
  serviceId: string
  hasEnded: boolean
}

/** The moment of the test. */
export const subjectTime = new Date('2026-11-22T03:00:00Z')

export async function openSubjectWorld(): Promise<SubjectWorld> {
  const database = await testDatabase()
  const make = makerOf(database)
  const user = await make.user()
  const { customerId } = user
  const otherCustomerId = await make.customer()
  const services = [await make.service(), await make.service(), await make.service()]
  const contractOf = async (customer: string, at: number): Promise<Contract> => {
    const number = `N${customer.slice(0, 8)}${at}`
    const serviceId = services[at % 3] ?? assert.fail('three services')
    const id = await make.contract({ customerId: customer, serviceId, number })
    return { id, number, serviceId, hasEnded: false }
  }
  const contracts: Contract[] = []
  for (let at = 0; at < 5; at++) contracts.push(await contractOf(customerId, at))
  const last = contracts.at(-1) ?? assert.fail('five contracts')
  last.hasEnded = true
  await database.operator.transaction((tx) =>
    tx.updateTable('contract').set({ ended_on: '2026-11-01' }).where('id', '=', last.id).execute(),
  )
  const otherContract = await contractOf(otherCustomerId, 0)
  return {
    database,
    customerId,
    services,
    contracts,
    otherContract,
    abouts: [
      // What such a row says of a service does not count: the contract's own does.
      ...contracts.map((contract, at) => ({ customerId, contract, serviceId: services[at % 2] ?? contract.serviceId })),
      ...services.map((serviceId) => ({ customerId, contract: undefined, serviceId })),
      { customerId: otherCustomerId, contract: otherContract, serviceId: otherContract.serviceId },
    ],
    withRules: (rules, work) =>
      asUser(database, { user, now: subjectTime }, (_tx, actor, ctx) =>
        work({ ...ctx, actor: { ...actor, scope: scopeOf(rules) } }),
      ),
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  }
}

/** Up to three rules, most of them for few things, so that few rows are seen and some are not. */
function rulesIn({ services, contracts }: SubjectWorld): fc.Arbitrary<Rule[]> {
  const level = fc.constantFrom<Rule['level'][]>('view', 'edit')
  const nothing = fc.constant(null)
  const service = fc.constantFrom(...services)
  const contract = fc.constantFrom(...contracts.map(({ id }) => id))
  const rule = fc.oneof(
    { weight: 1, arbitrary: fc.record<Rule>({ service: nothing, contract: nothing, level }) },
    { weight: 3, arbitrary: fc.record<Rule>({ service, contract: nothing, level }) },
    { weight: 4, arbitrary: fc.record<Rule>({ service: nothing, contract, level }) },
  )
  return fc.array(rule, { maxLength: 3 })
}

/** What a row is about. */
interface About {
  contract: Contract | undefined
  serviceId: string
}

/** The rules once more, in the words of the product: for all, for the service, for the contract itself. */
function mayBeSeen(rules: readonly Rule[], { contract, serviceId }: About): boolean {
  return rules.some((rule) => {
    if (rule.contract) return rule.contract === contract?.id
    return rule.service === null || rule.service === (contract?.serviceId ?? serviceId)
  })
}

/** A row as a test has put it in. */
export interface SubjectRow extends About {
  id: string
  customerId: string
  /** What keywords find. */
  text: string
  /** By what it is counted. */
  kind: string
  /** Whether there is a page of it, for whoever may see it; and whether it is listed. */
  isThere: boolean
  isListed: boolean
}

interface Asked<By extends string> {
  filter: { terms: readonly string[]; serviceId?: string | undefined }
  sorting: { by: By; descending: boolean }
  place: Place
}

interface Listed {
  rows: readonly { row: { id: string }; key: RowKey }[]
  total: number
  all: number
  counts: Partial<Record<string, number>>
}

type SortKey<Row> = (row: Row) => (string | number)[]

/** What orders, tickets and incidents have in common, to be compared with rows that a test knows. */
export interface SubjectNoun<Row extends SubjectRow, By extends string, Choice extends object> {
  rows: readonly Row[]
  /** What can be chosen by chips; undefined in it is anything. */
  choices: fc.Arbitrary<Choice>
  isChosen: (row: Row, choice: Choice) => boolean
  sortedBy: Record<By, SortKey<Row>>
  list: (ctx: Context, asked: Asked<By>, choice: Choice) => Promise<Listed>
  find: (ctx: Context, id: string) => Promise<{ id: string } | undefined>
  listOf: (ctx: Context, contractId: string) => Promise<{ id: string }[]>
  /** How `listOf` sorts, the other way round. */
  newest: SortKey<Row>
}

/** List, counts, pages of single rows and the rows of a contract show what the rules allow, whatever is asked. */
export async function expectAsRulesSay<Row extends SubjectRow, By extends string, Choice extends object>(
  world: SubjectWorld,
  noun: SubjectNoun<Row, By, Choice>,
): Promise<void> {
  // Object.keys of a complete record.
  const columns = Object.keys(noun.sortedBy) as By[]
  const asked = fc.record({
    rules: rulesIn(world),
    choice: noun.choices,
    by: fc.constantFrom(...columns),
    descending: fc.boolean(),
    serviceId: fc.option(fc.constantFrom(...world.services), { nil: undefined, freq: 2 }),
    term: fc.option(fc.constantFrom('みなと', 'ﾐﾅﾄ', 'N', '7', '%', 'CODE-1'), { nil: undefined, freq: 2 }),
    size: fc.integer({ min: 1, max: 8 }),
  })
  await fc.assert(
    fc.asyncProperty(asked, async ({ rules, choice, by, descending, serviceId, term, size }) => {
      const seen = noun.rows.filter((row) => row.customerId === world.customerId && mayBeSeen(rules, row))
      const within = seen.filter((row) => row.isListed && (!serviceId || serviceOf(row) === serviceId))
      const found = within.filter((row) => !term || fold(row.text).includes(fold(term)))
      const shown = found.filter((row) => noun.isChosen(row, choice)).toSorted(inOrderOf(noun.sortedBy[by]))
      await world.withRules(rules, async (ctx) => {
        const ids = await walkPages(async (place) => {
          const filter = { terms: term ? [term] : [], serviceId }
          const list = await noun.list(ctx, { filter, sorting: { by, descending }, place }, choice)
          assert.deepEqual([list.all, list.total], [within.length, shown.length])
          assert.deepEqual(list.counts, countsOf(found))
          return list
        }, size)
        assert.deepEqual(ids, idsOf(descending ? shown.toReversed() : shown))
        await expectSingles(ctx, { world, noun, seen })
      })
    }),
    { numRuns: runs({ usual: 25, many: 5_000 }) },
  )
}

/** What is found by an id, or told of a contract. */
async function expectSingles<Row extends SubjectRow, By extends string, Choice extends object>(
  ctx: Context,
  { world, noun, seen }: { world: SubjectWorld; noun: SubjectNoun<Row, By, Choice>; seen: readonly Row[] },
): Promise<void> {
  for (const row of noun.rows) {
    const expected = seen.includes(row) && row.isThere ? row.id : undefined
    assert.equal((await noun.find(ctx, row.id))?.id, expected)
  }
  for (const { id } of [...world.contracts, world.otherContract]) {
    const ofContract = seen.filter((row) => row.isThere && row.contract?.id === id)
    const newest = ofContract.toSorted(inOrderOf(noun.newest)).toReversed()
    assert.deepEqual(idsOf(await noun.listOf(ctx, id)), idsOf(newest.slice(0, 10)))
  }
}

/** The ids of all pages of a list, read from the first page on; from the last page back they must be the same. */
async function walkPages(list: (place: Place) => Promise<Listed>, size: number): Promise<string[]> {
  const forth: string[] = []
  let page = 1
  for (let from: Place['from'] = 'start'; ; page++) {
    const { rows, total } = await list({ size, page, from })
    assert(rows.length <= size)
    forth.push(...rows.map(({ row }) => row.id))
    const last = rows.at(-1)
    if (!last || forth.length >= total) break
    from = { after: last.key }
  }
  const back: string[] = []
  for (let from: Place['from'] = 'end'; page > 0; page--) {
    const { rows, total } = await list({ size, page, from })
    assert.equal(rows.length, Math.min(size, total - (page - 1) * size))
    back.unshift(...rows.map(({ row }) => row.id))
    if (rows[0]) from = { before: rows[0].key }
  }
  assert.deepEqual(back, forth)
  return forth
}

function serviceOf({ contract, serviceId }: About): string {
  return contract?.serviceId ?? serviceId
}

/** Full-width letters and katakana are written so already. */
function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll('-', '').replaceAll('みなと', 'ミナト')
}

function countsOf(rows: readonly SubjectRow[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { kind } of rows) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}

function idsOf(rows: readonly { id: string }[]): string[] {
  return rows.map(({ id }) => id)
}

function inOrderOf<Row>(key: SortKey<Row>): (one: Row, other: Row) => number {
  return (one, other) => {
    const [left, right] = [key(one), key(other)]
    const at = left.findIndex((part, index) => part !== right[index])
    return at === -1 ? 0 : (left[at] ?? '') < (right[at] ?? '') ? -1 : 1
  }
}
