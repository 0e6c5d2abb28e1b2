import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import type pg from 'pg'
import { after as later, hours, minutes } from '#platform/time/duration.ts'
import { asUser } from '#test/as-user.ts'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { type Make, makerOf, type MadeUser } from '#test/make.ts'
import { runs } from '#test/many-runs.ts'
import { superuserOf } from '#test/superuser.ts'
import { findServiceMenu, type ServiceMenu } from './find.ts'

const now = new Date('2026-11-22T03:00:00Z')
let database: TestDatabase
let admin: pg.Pool
let make: Make
let services: string[]

before(async () => {
  database = await testDatabase()
  admin = superuserOf(database)
  make = makerOf(database)
  await make.operator()
  services = [await make.service(), await make.service(), await make.service()]
})
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const menuOf = (user: MadeUser): Promise<ServiceMenu> =>
  asUser(database, { user, now }, (tx, actor) => findServiceMenu(tx, actor, now))

// What the world may hold. Places in lists stand for what is not made yet.
interface Contract {
  service: number
  suspended: boolean
  opensIn: number | null
  isEnded: boolean
  incidents: { kind: 'fault' | 'works'; from: number; to: number | null }[]
}
interface Rule {
  layer: 'all' | 'service' | 'contract'
  place: number
  level: 'view' | 'edit'
}

const contracts = fc.array(
  fc.record<Contract>({
    service: fc.nat(2),
    suspended: fc.boolean(),
    opensIn: fc.option(fc.integer({ min: -2, max: 2 })),
    isEnded: fc.boolean(),
    incidents: fc.array(
      fc.record({
        kind: fc.constantFrom('fault' as const, 'works' as const),
        from: fc.integer({ min: -5, max: 2 }),
        to: fc.option(fc.integer({ min: 1, max: 5 })),
      }),
      { maxLength: 2 },
    ),
  }),
  { minLength: 1, maxLength: 8 },
)
const groups = fc.array(
  fc.array(
    fc.record<Rule>({
      layer: fc.constantFrom('service', 'service', 'contract', 'contract', 'contract', 'all'),
      place: fc.nat(7),
      level: fc.constantFrom('view', 'edit'),
    }),
    { maxLength: 3 },
  ),
  { maxLength: 3 },
)

test('the menu shows what the groups allow, whatever they are', async () => {
  await fc.assert(
    fc.asyncProperty(contracts, groups, async (world, rights) => {
      const user = await make.user()
      // Somebody else has the same things.
      await makeContracts((await make.user()).customerId, world)
      const ids = await makeContracts(user.customerId, world)
      for (const rules of rights) await makeGroup(user, rules, ids)
      await admin.query('select refresh_contract_status($1)', [now])
      const menu = await menuOf(user)
      const seen = world
        .map((contract, at) => ({ ...contract, id: ids[at] ?? '', at }))
        .filter((contract) => isSeen(contract, rights, world.length))
      assert.deepEqual(countsOf(menu), expectedCounts(seen))
      assert.deepEqual(
        menu.faults.map(({ contractNumber }) => contractNumber),
        await expectedFaults(seen),
      )
    }),
    { numRuns: runs({ usual: 30, many: 1_000 }) },
  )
})

async function makeContracts(customerId: string, world: readonly Contract[]): Promise<string[]> {
  const ids: string[] = []
  for (const { service, suspended, opensIn, isEnded, incidents } of world) {
    const id = await make.contract({ customerId, serviceId: services[service] ?? '' })
    ids.push(id)
    const [opens, ended] = [opensIn === null ? null : later(now, opensIn * 24 * hours), isEnded ? now : null]
    await admin.query('update contract set suspended = $2, opens_on = $3, ended_on = $4 where id = $1', [
      id,
      suspended,
      opens,
      ended,
    ])
    for (const { kind, from, to } of incidents)
      await admin.query(
        `with made as (
           insert into incident (customer_id, code, kind, title_ja, title_en, starts_at, ends_at, updated_at)
           values ($1, gen_random_uuid(), $3, '', '', $4, $5, clock_timestamp()) returning id)
         insert into incident_contract (customer_id, incident_id, contract_id) select $1, id, $2 from made`,
        [customerId, id, kind, later(now, from * minutes), to === null ? null : later(now, (from + to) * minutes)],
      )
  }
  return ids
}

async function makeGroup(
  { customerId, id }: MadeUser,
  rules: readonly Rule[],
  contractIds: readonly string[],
): Promise<void> {
  const rights = rules.map(({ layer, place, level }) => {
    if (layer === 'service') return { serviceId: services[place % services.length] ?? '', level }
    return layer === 'contract' ? { contractId: contractIds[place % contractIds.length] ?? '', level } : { level }
  })
  // One rule of a group for one thing.
  const byThing = new Map(rights.map((right) => [JSON.stringify({ ...right, level: '' }), right]))
  await make.group({ customerId, rights: [...byThing.values()], members: [id] })
}

type Placed = Contract & { id: string; at: number }

function isSeen({ service, at }: Placed, rights: readonly (readonly Rule[])[], size: number): boolean {
  const allows = ({ layer, place }: Rule): boolean =>
    layer === 'all' || (layer === 'service' ? place % services.length === service : place % size === at)
  return rights.some((rules) => rules.some(allows))
}

/** Open at this moment: begun, and not ended. */
const isOpen = ({ from, to }: Contract['incidents'][number]): boolean => from <= 0 && (to === null || from + to > 0)

function statusOf({ incidents, suspended, opensIn }: Contract): string {
  const open = incidents.filter(isOpen).map(({ kind }) => kind)
  if (open.includes('fault')) return 'fault'
  if (open.includes('works')) return 'works'
  if (suspended) return 'suspended'
  return opensIn !== null && opensIn > 0 ? 'preparing' : 'normal'
}

type Counts = Record<string, Record<string, number>>

const countsOf = ({ services: shown }: ServiceMenu): Counts =>
  Object.fromEntries(shown.map(({ id, contracts: counts }) => [id, counts]))

function expectedCounts(seen: readonly Placed[]): Counts {
  const counts: Counts = {}
  for (const contract of seen.filter(({ isEnded }) => !isEnded)) {
    const service = services[contract.service] ?? ''
    const status = statusOf(contract)
    const known = counts[service] ?? {}
    counts[service] = { ...known, [status]: (known[status] ?? 0) + 1 }
  }
  return counts
}

/** Numbers of the contracts with the three newest faults. */
async function expectedFaults(seen: readonly Placed[]): Promise<string[]> {
  const withFault = seen.flatMap(({ id, isEnded, incidents }) =>
    isEnded ? [] : incidents.filter((incident) => incident.kind === 'fault' && isOpen(incident)).map(() => id),
  )
  // Made in this order, so the last is the newest.
  const newest = withFault.slice(-3).toReversed()
  const { rows } = await admin.query<{ id: string; number: string }>(
    'select id, number from contract where id = any($1)',
    [newest],
  )
  const numbers = new Map(rows.map(({ id, number }) => [id, number]))
  return newest.map((id) => numbers.get(id) ?? '')
}
