import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { after as later, days, hours } from '#platform/time/duration.ts'
import { signIn } from '#test/make.ts'
import { testSecrets, testUrl } from '#test/portal.ts'
import { openTicketWorld, sendFiles } from '#test/ticket-world.ts'
import { paths } from '#sites/portal/paths.ts'
import { closeSolvedTickets } from './close-solved.ts'
import { putTickets, type TicketEntry } from './put.ts'

const world = await openTicketWorld()
after(() => world[Symbol.asyncDispose]())
const { database, portal, customerId, filled } = world

async function put(entry: TicketEntry): Promise<string> {
  const done = await database.operator.transaction((tx) =>
    putTickets({ tx, now: portal.program.now(), customer: { id: customerId, code: '' } }, [entry]),
  )
  return done.ok ? (done.value[0]?.was ?? 'nothing') : done.problem
}

const entry = (changes: Partial<TicketEntry> = {}): TicketEntry => ({
  code: 'T-1',
  service: filled['service'] ?? '',
  contract: 'N130000042',
  kind: 'inquiry',
  title: { ja: '元の件名', en: 'Title of the file' },
  state: 'open',
  openedAt: '2026-01-01T10:00:00+09:00',
  updatedAt: '2026-01-01T10:00:00+09:00',
  ...changes,
})

const said = (text: string): NonNullable<TicketEntry['messages']>[number] => ({
  at: '2026-01-01T11:00:00+09:00',
  by: 'operator',
  author: '窓口',
  text,
})

interface Stored {
  id: string
  title_ja: string
  state: string
  version: number
  texts: string[]
  further: number
}

async function stored(code: string): Promise<Stored> {
  const { rows } = await database.operator.transaction((tx) =>
    sql<Stored>`
      select id, title_ja, state, version,
        array(select text from ticket_message m where m.ticket_id = r.id order by number) as texts,
        (select count(*)::int from ticket_contract f where f.ticket_id = r.id) as further
      from ticket r where customer_id = ${customerId} and code = ${code}`.execute(tx),
  )
  return rows[0] ?? assert.fail(code)
}

test('a file brings messages and further contracts once, in order, and takes none away', async () => {
  const given = entry({ contracts: ['N130000043'], messages: [said('一'), said('二')] })
  assert.equal(await put(given), 'created')
  assert.equal(await put(given), 'unchanged')
  const { version } = await stored('T-1')
  assert.equal(await put({ ...given, messages: [said('二'), said('三')] }), 'changed')
  const { texts, further, ...now } = await stored('T-1')
  assert.deepEqual([texts, further], [['一', '二', '三'], 1])
  assert(now.version > version)
  assert.equal(await put({ ...given, contracts: ['N999'] }), 'unknown-contract')
  assert.equal(await put({ ...given, contracts: [] }), 'changed')
  assert.equal((await stored('T-1')).further, 0)
})

test('of what was opened in the portal a file changes the state alone, and of what was written to later not even that', async () => {
  const browser = await world.browserWith('edit')
  const id = await world.open(browser)
  const code = /Q\d{7}/.exec((await browser.get(paths.ticket({ id }))).body)?.[0] ?? assert.fail('a code')
  const soon = later(portal.program.now(), 1 * hours).toISOString()
  const answered = entry({ code, state: 'waiting-for-customer', updatedAt: soon, messages: [said('型番は')] })
  assert.equal(await put(answered), 'changed')
  const waiting = await stored(code)
  assert.deepEqual(
    [waiting.title_ja, waiting.state, waiting.texts.at(-1)],
    ['発信できません', 'waiting-for-customer', '型番は'],
  )
  portal.advance(2 * hours)
  const again = await world.browserWith('edit')
  await sendFiles(again, paths.ticket({ id }), { fields: { text: 'X-100', deed: 'reply' } })
  assert.equal(await put(answered), 'unchanged')
  assert.equal((await stored(code)).state, 'open')
})

test('what is solved is said to be about to be closed once, two days before, and closed after a week', async () => {
  const user = await world.userWith('edit')
  const id = await world.open(await signIn(portal, user))
  await world.answer(id, 'solved')
  const run = (): Promise<void> =>
    database.operator.transaction((tx) =>
      closeSolvedTickets({ tx, now: portal.program.now(), secrets: testSecrets, portalUrl: testUrl }),
    )
  const subjects = async (): Promise<number> =>
    (await portal.mailsTo(user.mail)).filter(({ subject }) => subject.includes('まもなく完了')).length
  for (const [passed, mails, state] of [
    [4 * days, 0, 'solved'],
    [1 * days, 1, 'solved'],
    [1 * days, 1, 'solved'],
    [1 * days, 1, 'closed'],
  ] as const) {
    portal.advance(passed)
    await run()
    const { rows } = await database.operator.transaction((tx) =>
      sql<{ state: string }>`select state from ticket where id = ${id}`.execute(tx),
    )
    assert.deepEqual([await subjects(), rows[0]?.state], [mails, state])
  }
})

test('an entry names the fault that it is about; one that names none leaves what was said', async () => {
  const fault = await world.make.fault({ customerId, contractId: world.contractId })
  const code = await database.operator.transaction(async (tx) => {
    const { code: named } = await tx
      .selectFrom('incident')
      .where('id', '=', fault)
      .select('code')
      .executeTakeFirstOrThrow()
    return named
  })
  const of = async (): Promise<string | null> =>
    (
      await database.operator.transaction((tx) =>
        tx.selectFrom('ticket').where('code', '=', 'T-9').select('incident_id').executeTakeFirstOrThrow(),
      )
    ).incident_id
  assert.equal(await put(entry({ code: 'T-9', incident: 'none' })), 'unknown-incident')
  assert.equal(await put(entry({ code: 'T-9', incident: code })), 'created')
  assert.equal(await of(), fault)
  assert.equal(await put(entry({ code: 'T-9', incident: code })), 'unchanged')
  assert.equal(await put(entry({ code: 'T-9' })), 'unchanged')
  assert.equal(await of(), fault)
})
