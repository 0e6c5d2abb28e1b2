import assert from 'node:assert/strict'
import { listEventsOf } from '#features/events/list.ts'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { expectAsRulesSay, openSubjectWorld, type SubjectRow, subjectTime } from '#test/subject-world.ts'
import { findOrder } from './find.ts'
import { orderList } from './list.ts'
import { type OrderState, orderStates } from './order.ts'

interface OrderRow extends SubjectRow {
  code: string
  kind: OrderState
  orderedOn: string
  deliveryOn: string | null
}

const world = await openSubjectWorld()
after(() => world[Symbol.asyncDispose]())

test('orders are listed, counted, found and told of a contract as the rules allow', async () => {
  const rows: OrderRow[] = []
  for (let at = 0; at < 27; at++) rows.push(await insertOrder(at))
  await expectAsRulesSay(world, {
    rows,
    choices: fc.record({ state: fc.option(fc.constantFrom(...orderStates), { nil: undefined }) }),
    isChosen: ({ kind }, { state }) => state === undefined || kind === state,
    sortedBy: {
      ordered: ({ orderedOn, code }) => [orderedOn, code],
      delivery: ({ deliveryOn, code }) => [deliveryOn ?? 'never', code],
      state: ({ kind, code }) => [orderStates.indexOf(kind), code],
    },
    list: (ctx, { filter: { terms, ...of }, ...asked }, chosen) => orderList.read(ctx, { ...asked, terms, of, chosen }),
    find: findOrder,
    listOf: async (ctx, id) => (await listEventsOf(ctx, id)).orders,
    newest: ({ orderedOn, code }) => [orderedOn, code],
  })
})

/** Codes, days and states that come in another order each, some of them the same. */
async function insertOrder(at: number): Promise<OrderRow> {
  const about = world.abouts[at % world.abouts.length] ?? assert.fail('something to order')
  const code = `CODE-${(at * 7) % 27}`
  const title = at % 4 === 0 ? 'みなと支店の増設' : '新設'
  const kind = orderStates[at % orderStates.length] ?? 'received'
  const orderedOn = `2026-10-${10 + (at % 5)}`
  const deliveryOn = at % 3 === 0 ? null : `2026-12-${10 + (at % 4)}`
  const { id } = await world.database.operator.transaction((tx) =>
    tx
      .insertInto('contract_order')
      .values({
        customer_id: about.customerId,
        contract_id: about.contract?.id ?? null,
        service_id: about.serviceId,
        code,
        title_ja: title,
        title_en: 'An order',
        state: kind,
        ordered_on: orderedOn,
        delivery_on: deliveryOn,
        updated_at: subjectTime,
      })
      .returning('id')
      .executeTakeFirstOrThrow(),
  )
  const text = [code, title, 'An order', about.contract?.number].join('\n')
  return { ...about, id, code, text, kind, orderedOn, deliveryOn, isThere: true, isListed: true }
}
