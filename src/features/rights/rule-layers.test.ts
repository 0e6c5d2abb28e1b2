import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import { enterFence } from '#features/sessions/fence.ts'
import { testDatabase } from '#test/database.ts'
import { makerOf } from '#test/make.ts'
import { effectiveOf, layers } from './layers.ts'
import { type Level, levels } from './level.ts'
import { layerAt, layerNumberOf, ruledLevels, touches, touchesService } from './rule-layers.ts'
import { levelOf, scopeOf } from './scope.ts'

const database = await testDatabase()
const make = makerOf(database)
after(() => database[Symbol.asyncDispose]())
const customerId = await make.customer()
const services = [await make.service(), await make.service()]
const contracts = await Promise.all(
  [...services, ...services].map(async (serviceId) => ({
    id: await make.contract({ customerId, serviceId }),
    serviceId,
  })),
)

/** Everything that a rule can be for, and what is given for it. */
const things = [
  { service: null, contract: null },
  ...services.map((service) => ({ service, contract: null })),
  ...contracts.map(({ id }) => ({ service: null, contract: id })),
]
const settings = fc.array(fc.constantFrom(null, ...levels), { minLength: things.length, maxLength: things.length })

interface Told {
  id: string
  level: Level | null
  /** Of the rules that touch the contract. */
  given: { layer: string; level: Level }[]
  /** Of those for its service or all services. */
  wider: number
}

test('what rules come to for a contract is the same in the database and in the program', async () => {
  await fc.assert(
    fc.asyncProperty(settings, async (set) => {
      const rules = things.flatMap((thing, at) => (set[at] ? [{ ...thing, level: set[at] }] : []))
      const told = new Map((await ask(rules)).map(({ id, ...contract }) => [id, contract]))
      for (const contract of contracts) {
        const touching = rules.filter(
          (rule) =>
            (rule.contract ?? contract.id) === contract.id &&
            (rule.service ?? contract.serviceId) === contract.serviceId,
        )
        const given = layers.flatMap((layer) =>
          touching.filter((rule) => layerOf(rule) === layer).map(({ level }) => ({ layer, level })),
        )
        const level = levelOf(scopeOf(rules), contract)
        assert.equal(effectiveOf(Object.fromEntries(given.map((each) => [each.layer, each.level]))).level, level)
        assert.deepEqual(told.get(contract.id), {
          level,
          given,
          wider: given.filter(({ layer }) => layer !== 'contract').length,
        })
      }
    }),
    { numRuns: 100 },
  )
})

function layerOf({ service, contract }: (typeof things)[number]): (typeof layers)[number] {
  return contract ? 'contract' : service ? 'service' : 'all'
}

async function ask(rules: readonly object[]): Promise<Told[]> {
  const { byLayer, joins, highestOf } = ruledLevels('level')
  const columns = { id: 'k.id', service: 'k.service_id' }
  const { rows } = await database.app.transaction(async (tx) => {
    await enterFence(tx, customerId)
    return sql<Told>`
      with rule as materialized (
        select service as service_id, contract as contract_id, level
        from jsonb_to_recordset(${JSON.stringify(rules)}::jsonb) as g (service uuid, contract uuid, level right_level)
      ), ${byLayer}
      select k.id, ${highestOf('level')} as level, coalesce((
          select json_agg(json_build_object('layer', ${layerAt('x.number')}, 'level', x.level) order by x.number)
          from (select rule.level, ${layerNumberOf('rule')} as number from rule where ${touches('rule', columns)}) x), '[]') as given,
        (select count(*)::int from rule where contract_id is null and ${touchesService('rule', 'k.service_id')}) as wider
      from contract k ${joins} where k.customer_id = ${customerId}`.execute(tx)
  })
  return rows
}

test('of what is given equally, the narrowest layer counts as the reason', () => {
  assert.deepEqual(effectiveOf({ all: 'edit', service: 'view', contract: 'edit' }), { level: 'edit', by: 'contract' })
  assert.deepEqual(effectiveOf({ all: 'edit', service: 'view', contract: null }), { level: 'edit', by: 'all' })
  assert.deepEqual(effectiveOf({ service: null }), { level: null, by: null })
})
