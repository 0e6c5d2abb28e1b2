import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { findIncident } from '#features/incidents/find.ts'
import { moveContract } from '#features/contract-moves/move.ts'
import { after as later, hours } from '#platform/time/duration.ts'
import { asUser } from '#test/as-user.ts'
import { runs } from '#test/many-runs.ts'
import { editorOf, spreadAll } from '#test/outages.ts'
import { mailedTo, makeReader, makeToldCustomer, openToldWorld, tellAll, type ToldCustomer } from '#test/told-world.ts'
import type { Affects } from './affects.ts'
import { endOutage, sayOfOutage, withdrawOutage } from './edit.ts'
import type { OutageEdit, OutageEditor } from './editor.ts'
import { publishOutage } from './publish.ts'
import { type OutageEntry, putOutages } from './put.ts'
import { findReach } from './reach.ts'
import { setAffects } from './set-affects.ts'
import { spreadOutage } from './spread.ts'

const world = await openToldWorld()
after(() => world[Symbol.asyncDispose]())
const customers = [await makeToldCustomer(world), await makeToldCustomer(world)]
const [acme, other] = customers as [ToldCustomer, ToldCustomer]
const ctxOf = <T>(work: (ctx: Parameters<typeof spreadOutage>[0]) => Promise<T>): Promise<T> =>
  world.database.operator.transaction((tx) => work({ tx, now: world.now }))

const asEditor = <T>(work: (ctx: OutageEditor) => Promise<T>): Promise<T> =>
  world.database.operator.transaction((tx) => work(editorOf(tx, world.now)))

let made = 0

async function put(affects: Affects, more: Partial<OutageEntry> = {}): Promise<string> {
  const time = world.now.toISOString()
  const title = { ja: '発着信ができない', en: 'No calls' }
  const entry = {
    code: `X-${++made}`,
    kind: 'fault' as const,
    title,
    affects,
    startsAt: time,
    updatedAt: time,
    ...more,
  }
  const done = await ctxOf((ctx) => putOutages(ctx, [entry]))
  assert(done.ok, JSON.stringify(done))
  return done.value[0]?.id ?? ''
}

/** The numbers of the contracts that are in the copies now. */
async function concerned(outage: string): Promise<string[]> {
  const { rows } = await world.admin.query<{ number: string }>(
    `select k.number from incident i join incident_contract c on c.customer_id = i.customer_id and c.incident_id = i.id
     join contract k on k.id = c.contract_id where i.outage_id = $1 and c.left_at is null order by k.number`,
    [outage],
  )
  return rows.map(({ number }) => number)
}

const serviceCode = async (id: string): Promise<string> =>
  (await world.admin.query<{ code: string }>('select code from service where id = $1', [id])).rows[0]?.code ?? ''

test('an outage comes to the contracts for which all that is named holds, and to those named by number', async () => {
  const all = customers.flatMap(({ contracts }) => contracts)
  const groups = ['G1', 'G2']
  for (const [at, { id }] of all.entries())
    await world.admin.query('update contract set group_number = $2 where id = $1', [id, groups[at % 3] ?? null])
  const codes = new Map<string, string>()
  for (const { serviceId } of all) codes.set(serviceId, await serviceCode(serviceId))
  const anyOf = <T>(values: readonly T[]) => fc.option(fc.subarray([...values], { minLength: 1 }), { nil: undefined })
  const anyAffects = fc
    .record({
      services: anyOf([...codes.values()]),
      groupNumbers: anyOf(groups),
      contracts: anyOf(all.map(({ number }) => number)),
    })
    .filter((given) => Object.values(given).some((named) => named !== undefined))
  const check = async (affects: Affects): Promise<void> => {
    const { services, groupNumbers, contracts = [] } = affects
    const isFiltered = services !== undefined || groupNumbers !== undefined
    const expected = all.filter(
      ({ serviceId, number }, at) =>
        contracts.includes(number) ||
        (isFiltered &&
          (services?.includes(codes.get(serviceId) ?? '') ?? true) &&
          (groupNumbers?.includes(groups[at % 3] ?? '-') ?? true)),
    )
    const numbers = expected.map(({ number }) => number).toSorted((one, two) => (one < two ? -1 : 1))
    const outage = await put(affects)
    assert.deepEqual(await concerned(outage), numbers)
    const reach = await ctxOf((ctx) => findReach(ctx, { affects, kind: 'fault' }))
    assert.equal(reach.contracts, numbers.length)
    await world.admin.query("update outage set ends_at = starts_at + interval '1 second' where id = $1", [outage])
  }
  await fc.assert(fc.asyncProperty(anyAffects, check), { numRuns: runs({ usual: 20, many: 1_000 }) })
})

const numberAt = ({ contracts }: ToldCustomer, at: number): string => contracts[at]?.number ?? ''

test('it is told, said on, widened, narrowed and ended in each customer by what it is, and each reads of its own alone', async () => {
  const reader = await makeReader(world, acme)
  const outage = await put({ contracts: [numberAt(acme, 0), numberAt(other, 0)] })
  await tellAll(world)
  const edit = async (work: (edit: OutageEdit) => Promise<{ ok: boolean }>): Promise<void> => {
    const { rows } = await world.admin.query<{ version: number }>('select version from outage where id = $1', [outage])
    assert((await work({ id: outage, version: rows[0]?.version ?? 0 })).ok)
    await spreadAll(world.database, world.now)
  }
  world.now = later(world.now, hours)
  const said = { text: { ja: '調査しています。' }, step: 'investigating' as const, nextUpdateAt: null }
  await edit((of) => asEditor((ctx) => sayOfOutage(ctx, of, said)))
  const wider = { contracts: [numberAt(acme, 0), numberAt(acme, 1)], keepsNumbers: false }
  await edit((of) => asEditor((ctx) => setAffects(ctx, of, wider)))
  // It waits until somebody has seen whom it reaches.
  assert.deepEqual(new Set(await concerned(outage)), new Set([numberAt(acme, 0), numberAt(other, 0)]))
  await edit((of) => asEditor((ctx) => publishOutage(ctx, of)))
  assert.deepEqual(await concerned(outage), [numberAt(acme, 0), numberAt(acme, 1)])
  const { rows } = await world.admin.query<{ id: string }>(
    'select id from incident where outage_id = $1 and customer_id = $2',
    [outage, acme.customerId],
  )
  const seen = () =>
    asUser(world.database, { user: reader, now: world.now }, (_tx, _actor, ctx) => findIncident(ctx, rows[0]?.id ?? ''))
  const shown = await seen()
  assert.deepEqual(
    [shown?.updates[0]?.text.ja, shown?.step, shown?.contracts],
    ['調査しています。', 'investigating', 1],
  )
  const stale = await asEditor((ctx) => sayOfOutage(ctx, { id: outage, version: 1 }, said))
  assert(!stale.ok && stale.problem === 'changed-meanwhile')
  await edit((of) =>
    asEditor((ctx) => endOutage(ctx, { ...of, kind: 'fault' }, { endsAt: world.now, cause: { ja: '落雷' } })),
  )
  assert.deepEqual([(await seen())?.phase, (await seen())?.cause], ['over', { ja: '落雷' }])
  await tellAll(world)
  const kinds = (await mailedTo(world, acme)).map(({ kind, n }) => `${kind} ${n}`)
  assert.deepEqual(kinds, ['ended 1', 'opened 1'])
  assert.deepEqual(await mailedTo(world, other), [])
})

test('what is withdrawn is over everywhere and comes to nobody new', async () => {
  const outage = await put(
    { contracts: [numberAt(acme, 2)] },
    { kind: 'works', startsAt: later(world.now, hours).toISOString() },
  )
  assert((await asEditor((ctx) => withdrawOutage(ctx, { id: outage, version: 1 }))).ok)
  await world.admin.query('update outage set affects = $2 where id = $1', [
    outage,
    JSON.stringify({ contracts: [numberAt(other, 2)] }),
  ])
  await ctxOf((ctx) => spreadOutage(ctx, outage))
  const { rows } = await world.admin.query<{ customer_id: string; over: boolean }>(
    'select customer_id, withdrawn_at is not null as over from incident where outage_id = $1',
    [outage],
  )
  assert.deepEqual(rows, [{ customer_id: acme.customerId, over: true }])
})

test('a contract that moves to another customer is concerned there, and no more here', async () => {
  const outage = await put({ contracts: [numberAt(acme, 3)] })
  const { rows } = await world.admin.query<{ code: string }>('select code from customer where id = $1', [
    other.customerId,
  ])
  const moved = await ctxOf((ctx) => moveContract(ctx, { number: numberAt(acme, 3), to: rows[0]?.code ?? '' }))
  assert(moved.ok)
  const { rows: now } = await world.admin.query<{ customer_id: string }>(
    `select c.customer_id from incident i join incident_contract c on c.customer_id = i.customer_id and c.incident_id = i.id
     where i.outage_id = $1 and c.left_at is null`,
    [outage],
  )
  assert.deepEqual(now, [{ customer_id: other.customerId }])
})
