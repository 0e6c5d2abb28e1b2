import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import { scopeOf, type Rule } from '#features/rights/scope.ts'
import { after as later, hours } from '#platform/time/duration.ts'
import { asUser } from '#test/as-user.ts'
import { makerOf, type MadeUser } from '#test/make.ts'
import { runs } from '#test/many-runs.ts'
import { openSubjectWorld, subjectTime } from '#test/subject-world.ts'
import { findTicket } from './find.ts'
import { ticketList } from './list.ts'

const world = await openSubjectWorld()
after(() => world[Symbol.asyncDispose]())
const make = makerOf(world.database)
const people = await Promise.all([1, 2, 3].map(() => make.user({ customerId: world.customerId })))
const administrator = await make.user({ customerId: world.customerId, role: 'portal-administrator' })
const readers: readonly MadeUser[] = [...people, administrator]

interface Written {
  /** Among the world's services and contracts; none of both: about the portal itself. */
  service: number | undefined
  contract: number | undefined
  further: number[]
  author: number
  persons: number[]
}

const written: fc.Arbitrary<Written> = fc
  .record({
    about: fc.constantFrom('portal', 'service', 'contract'),
    service: fc.nat(2),
    contract: fc.nat(4),
    further: fc.uniqueArray(fc.nat(4), { maxLength: 2 }),
    author: fc.nat(2),
    persons: fc.uniqueArray(fc.nat(2), { maxLength: 2 }),
  })
  .map(({ about, service, contract, further, ...who }) => ({
    ...who,
    service: about === 'portal' ? undefined : service,
    contract: about === 'contract' ? contract : undefined,
    further: about === 'contract' ? further : [],
  }))

const rule = fc.record({
  service: fc.option(fc.nat(2), { nil: undefined }),
  contract: fc.option(fc.nat(4), { nil: undefined, freq: 1 }),
  level: fc.constantFrom<Rule['level'][]>('view', 'edit'),
})

/** The rules once more, in the words of the product. */
function isSeenBy(ticket: Written, reader: number, rules: readonly Rule[]): boolean {
  const seesContract = (at: number): boolean =>
    rules.some(({ service, contract }) =>
      contract ? contract === world.contracts[at]?.id : !service || service === world.contracts[at]?.serviceId,
    )
  if (ticket.contract !== undefined) return [ticket.contract, ...ticket.further].some(seesContract)
  if (ticket.service !== undefined) {
    const asked = world.services[ticket.service]
    return rules.some(({ service, contract }) => !contract && (!service || service === asked))
  }
  return readers[reader] === administrator || ticket.author === reader || ticket.persons.includes(reader)
}

test('a ticket is found and listed by whoever may see one of its contracts, its service, or takes part in one about the portal', async () => {
  const asked = fc.record({ ticket: written, reader: fc.nat(3), rules: fc.array(rule, { maxLength: 2 }) })
  await fc.assert(
    fc.asyncProperty(asked, async ({ ticket, reader, rules: drawn }) => {
      const id = await insert(ticket)
      const rules = drawn.map(({ service, contract, level }): Rule =>
        contract === undefined
          ? { service: service === undefined ? null : (world.services[service] ?? null), contract: null, level }
          : { service: null, contract: world.contracts[contract]?.id ?? null, level },
      )
      const user = readers[reader] ?? assert.fail('a reader')
      await asUser(world.database, { user, now: subjectTime }, async (_tx, actor, ctx) => {
        const as = { ...ctx, actor: { ...actor, scope: scopeOf(rules) } }
        const expected = isSeenBy(ticket, reader, rules)
        assert.equal((await findTicket(as, id))?.id, expected ? id : undefined)
        const place = { size: 100, page: 1, from: 'start' as const }
        const sorting = { by: 'updated' as const, descending: true }
        const listed = await ticketList.read(as, { terms: [], of: {}, chosen: {}, sorting, place })
        assert.equal(
          listed.rows.some(({ row }) => row.id === id),
          expected,
        )
      })
      await world.database.operator.transaction(async (tx) => {
        await sql`delete from ticket_contract where ticket_id = ${id}`.execute(tx)
        await sql`delete from ticket_person where ticket_id = ${id}`.execute(tx)
        await sql`update ticket set state = 'closed', closed_at = updated_at where id = ${id}`.execute(tx)
      })
    }),
    { numRuns: runs({ usual: 40, many: 3_000 }) },
  )
})

test('the portal’s role has no right on what staff note, not even to count it', async () => {
  const [user = assert.fail('a user')] = people
  for (const statement of ['select count(*) from ticket_note', 'insert into ticket_note default values'])
    await assert.rejects(
      asUser(world.database, { user, now: subjectTime }, (tx) => sql.raw(statement).execute(tx)),
      /permission denied/,
    )
})

let made = 0

function insert({ service, contract, further, author, persons }: Written): Promise<string> {
  const about = contract === undefined ? undefined : world.contracts[contract]
  const opened = later(subjectTime, -1 * hours)
  return world.database.operator.transaction(async (tx) => {
    const { id } = await tx
      .insertInto('ticket')
      .values({
        customer_id: world.customerId,
        service_id: about?.serviceId ?? (service === undefined ? null : (world.services[service] ?? null)),
        contract_id: about?.id ?? null,
        code: `W${++made}`,
        kind: 'inquiry',
        title_ja: '質問',
        title_en: '質問',
        state: 'received',
        origin: 'portal',
        opened_by: people[author]?.id ?? null,
        opened_at: opened,
        updated_at: later(opened, made),
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const of = { customer_id: world.customerId, ticket_id: id }
    for (const at of further)
      await tx
        .insertInto('ticket_contract')
        .values({ ...of, contract_id: world.contracts[at]?.id ?? '' })
        .execute()
    for (const at of persons)
      await tx
        .insertInto('ticket_person')
        .values({ ...of, user_id: people[at]?.id ?? '' })
        .execute()
    return id
  })
}
