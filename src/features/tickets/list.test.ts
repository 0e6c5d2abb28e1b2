import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { findContact } from '#features/contact-windows/find.ts'
import { listEventsOf } from '#features/events/list.ts'
import { after as later, hours } from '#platform/time/duration.ts'
import { expectAsRulesSay, openSubjectWorld, type SubjectRow, subjectTime } from '#test/subject-world.ts'
import { findTicket } from './find.ts'
import { ticketList } from './list.ts'
import { ticketKinds, type TicketState, ticketStates } from './ticket.ts'

interface TicketRow extends SubjectRow {
  code: string
  state: TicketState
  openedAt: Date
  updatedAt: Date
}

const world = await openSubjectWorld()
after(() => world[Symbol.asyncDispose]())

test('tickets are listed, counted, found and told of a contract as the rules allow', async () => {
  const rows: TicketRow[] = []
  for (let at = 0; at < 27; at++) rows.push(await insertTicket(at))
  await expectAsRulesSay(world, {
    rows,
    choices: fc.record({
      state: fc.option(fc.constantFrom(...ticketStates), { nil: undefined }),
      kind: fc.option(fc.constantFrom(...ticketKinds), { nil: undefined }),
    }),
    isChosen: (row, { state, kind }) => (state ?? row.state) === row.state && (!kind || row.kind.endsWith(` ${kind}`)),
    sortedBy: {
      state: ({ state, openedAt, code }) => [ticketStates.indexOf(state), -openedAt.getTime(), code],
      opened: ({ openedAt, code }) => [openedAt.getTime(), code],
      updated: ({ updatedAt, code }) => [updatedAt.getTime(), code],
    },
    list: (ctx, { filter: { terms, ...of }, ...asked }, chosen) =>
      ticketList.read(ctx, { ...asked, terms, of, chosen }),
    find: findTicket,
    listOf: async (ctx, id) => (await listEventsOf(ctx, id)).tickets,
    newest: ({ openedAt, code }) => [openedAt.getTime(), code],
  })
  const { tickets } = await world.withRules([{ service: null, contract: null, level: 'view' }], (ctx) =>
    findContact(ctx, []),
  )
  const own = rows.filter(({ customerId }) => customerId === world.customerId)
  const times = own.map(({ openedAt }) => openedAt.getTime()).toSorted((one, other) => other - one)
  assert.deepEqual(
    tickets.map(({ openedAt }) => openedAt.getTime()),
    times.slice(0, 5),
  )
})

/** Codes, times and states that come in another order each, some of them the same. */
async function insertTicket(at: number): Promise<TicketRow> {
  const about = world.abouts[at % world.abouts.length] ?? assert.fail('something to ask about')
  const code = `CODE-${(at * 7) % 27}`
  const title = at % 4 === 0 ? 'みなと支店の内線' : '質問'
  const [state, kind] = [ticketStates[at % 5] ?? 'open', ticketKinds[at % 2] ?? 'fault']
  const openedAt = later(subjectTime, -(24 + (at % 5)) * hours)
  const updatedAt = later(subjectTime, -((at * 5) % 11) * hours)
  const { id } = await world.database.operator.transaction((tx) =>
    tx
      .insertInto('ticket')
      .values({
        customer_id: about.customerId,
        contract_id: about.contract?.id ?? null,
        service_id: about.serviceId,
        code,
        kind,
        title_ja: title,
        title_en: 'A ticket',
        state,
        opened_at: openedAt,
        updated_at: updatedAt,
        closed_at: state === 'closed' ? updatedAt : null,
      })
      .returning('id')
      .executeTakeFirstOrThrow(),
  )
  const text = [code, title, 'A ticket', about.contract?.number].join('\n')
  return {
    ...about,
    id,
    code,
    text,
    kind: `${state} ${kind}`,
    state,
    openedAt,
    updatedAt,
    isThere: true,
    isListed: true,
  }
}
