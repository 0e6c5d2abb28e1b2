import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import { enterFence } from '#features/sessions/fence.ts'
import { testDatabase } from '#test/database.ts'
import { makerOf } from '#test/make.ts'
import { runs } from '#test/many-runs.ts'
import { may } from './may.ts'
import { type Rule, type Scope, scopeOf } from './scope.ts'
import { seenBy } from './seen.ts'

const database = await testDatabase()
const make = makerOf(database)
after(() => database[Symbol.asyncDispose]())

const customerId = await make.customer()
const services = [await make.service(), await make.service(), await make.service()]
const contracts = await Promise.all(
  [...services, ...services].map(async (serviceId) => ({
    id: await make.contract({ customerId, serviceId }),
    serviceId,
  })),
)

const level = fc.constantFrom<Rule['level'][]>('view', 'edit')
const rules = fc.array(
  fc.oneof(
    { weight: 1, arbitrary: fc.record<Rule>({ service: fc.constant(null), contract: fc.constant(null), level }) },
    {
      weight: 3,
      arbitrary: fc.record<Rule>({ service: fc.constantFrom(...services), contract: fc.constant(null), level }),
    },
    {
      weight: 5,
      arbitrary: fc.record<Rule>({
        service: fc.constant(null),
        contract: fc.constantFrom(...contracts.map(({ id }) => id)),
        level,
      }),
    },
  ),
  { maxLength: 4 },
)

test('the database finds the contracts that may be viewed, and no other', async () => {
  await fc.assert(
    fc.asyncProperty(rules, async (given) => {
      const scope = scopeOf(given)
      const viewed = contracts.filter((contract) => may({ scope }, 'view', contract)).map(({ id }) => id)
      assert.deepEqual(await findSeen(scope), viewed.toSorted())
    }),
    { numRuns: runs({ usual: 100, many: 10_000 }) },
  )
})

async function findSeen(scope: Scope): Promise<string[]> {
  const { ruled, isSeen } = seenBy(scope)
  const seen = isSeen({ id: 'k.id', service: 'k.service_id' })
  const { rows } = await database.app.transaction(async (tx) => {
    await enterFence(tx, customerId)
    return sql<{ id: string }>`
      with ${ruled} select id from contract k where customer_id = ${customerId} and ${seen} order by id`.execute(tx)
  })
  return rows.map(({ id }) => id)
}
