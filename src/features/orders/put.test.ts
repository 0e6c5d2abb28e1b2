import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { customer, faults, type ImportTest, openImportTest } from '#test/import-file.ts'

let world: ImportTest

before(async () => {
  world = await openImportTest()
})
after(() => world[Symbol.asyncDispose]())

type Given = ReturnType<typeof customer>
type OrderGiven = Given['orders'][number]

/** The same customer, whose order says this beside what it says. */
function saying(given: Given, order: Partial<OrderGiven>): Given {
  return { ...given, orders: given.orders.map((each) => ({ ...each, ...order })) }
}

interface Kept {
  version: number
  state: string
  opening: string | null
  steps: string[]
}

async function kept(code: string): Promise<Kept> {
  const [row] = await world.query<Kept>(sql`
    select o.version, o.state, o.opening_ja as opening, array(select concat_ws(' ', p.state, p.day, p.note_ja)
      from contract_order_step p where p.order_id = o.id order by p.day) as steps
    from contract_order o join customer c on c.id = o.customer_id where c.code = ${code}`)
  return row ?? assert.fail('an order')
}

const steps: OrderGiven['steps'] = [
  { state: 'surveying', day: '2026-11-25' },
  { state: 'constructing', day: '2026-12-10', note: { ja: '午前に訪問します。' } },
]

test('steps and opening follow the file; a file that does not speak of them leaves them', async () => {
  const acme = customer('steps')
  await world.bring({ customers: [saying(acme, { steps, opening: { ja: '番号をお知らせします。' } })] })
  const first = await kept('steps')
  assert.deepEqual(first.steps, ['surveying 2026-11-25', 'constructing 2026-12-10 午前に訪問します。'])
  const [again] = await world.bring({ customers: [acme] })
  assert.deepEqual(
    again?.counts.find(({ kind }) => kind === 'orders'),
    {
      kind: 'orders',
      created: 0,
      changed: 0,
      unchanged: 1,
    },
  )
  assert.deepEqual(await kept('steps'), first)
  const [fewer] = await world.bring({ customers: [saying(acme, { steps: steps.slice(0, 1) })] })
  assert.equal(fewer?.counts.find(({ kind }) => kind === 'orders')?.changed, 1)
  const last = await kept('steps')
  assert.deepEqual(last.steps, ['surveying 2026-11-25'])
  assert.equal(last.opening, '番号をお知らせします。')
  assert(last.version > first.version)
})

test('what staff have changed later than the file knows stays; a later file changes it', async () => {
  const acme = saying(customer('worked-on'), { updatedAt: '2026-11-22T10:00:00+09:00', steps })
  await world.bring({ customers: [acme] })
  await world.query(sql`
    update contract_order o set state = 'ready', worked_on_at = '2026-11-22T11:00:00+09:00', updated_at = '2026-11-22T11:00:00+09:00'
    from customer c where c.id = o.customer_id and c.code = 'worked-on'`)
  await world.bring({ customers: [saying(acme, { state: 'constructing', steps: [] })] })
  const stayed = await kept('worked-on')
  assert.deepEqual([stayed.state, stayed.steps.length], ['ready', 2])
  await world.bring({
    customers: [saying(acme, { state: 'completed', steps: [], updatedAt: '2026-11-22T12:00:00+09:00' })],
  })
  const later = await kept('worked-on')
  assert.deepEqual([later.state, later.steps.length], ['completed', 0])
})

test('a step says something, and stands once', async () => {
  const acme = customer('wrong-steps')
  const bring = (wrong: unknown) =>
    world.bring({ customers: [{ ...acme, orders: [{ ...acme.orders[0], steps: wrong }] }] })
  await assert.rejects(bring([{ state: 'ready' }]), faults([/must have "day" or "note"/]))
  await assert.rejects(bring([{ state: 'cancelled', day: '2026-12-01' }]), faults([/state/]))
  const twice = { state: 'ready', day: '2026-12-01' }
  await assert.rejects(bring([twice, twice]), faults([/must have each state once/]))
})
