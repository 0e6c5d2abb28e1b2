import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { days } from '#platform/time/duration.ts'
import { asUser } from '#test/as-user.ts'
import { openTicketWorld } from '#test/ticket-world.ts'
import { assignTicket } from './answer.ts'
import { type QueuePart, ticketQueue } from './queue.ts'

const world = await openTicketWorld()
after(() => world[Symbol.asyncDispose]())
const { database, portal, make, versionOf, asStaff } = world

test('staff see the tickets of every customer: their own, those of nobody, and those whose answer is late', async () => {
  const member = await make.user()
  const browser = await world.browserWith('edit')
  const [taken, left, answered] = [await world.open(browser), await world.open(browser), await world.open(browser)]
  const version = await versionOf(taken)
  assert((await asStaff((ctx) => assignTicket(ctx, taken, { to: member.id, version }))).ok)
  await world.answer(answered, 'waiting-for-customer')
  const foreign = await make.customer()
  const contractId = await make.contract({ customerId: foreign, serviceId: world.serviceId })
  const theirs = await make.ticket({ customerId: foreign, contractId })
  portal.advance(2 * days)
  const idsIn = (part: QueuePart): Promise<string[]> =>
    // What surrounds a reader is a user's; the statements are sent as staff.
    asUser(database, { user: member, now: portal.program.now() }, (_tx, actor, ctx) =>
      database.staff.transaction(async (tx) => {
        const asked = { terms: [], of: { part }, chosen: {}, sorting: { by: 'due' as const, descending: false } }
        const place = { size: 20, page: 1, from: 'start' as const }
        const { rows } = await ticketQueue.read({ ...ctx, tx, actor }, { ...asked, place })
        return rows.map(({ row }) => row.id)
      }),
    )
  assert.deepEqual(await idsIn('mine'), [taken])
  assert.deepEqual(new Set(await idsIn('unassigned')), new Set([left, answered, theirs]))
  assert.deepEqual(new Set(await idsIn('overdue')), new Set([taken, left]))
  const all = await idsIn('all')
  assert.deepEqual(new Set(all), new Set([taken, left, answered, theirs]))
  assert.deepEqual(new Set(all.slice(0, 2)), new Set([taken, left]))
})
