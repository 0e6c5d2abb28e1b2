import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Context } from '#features/actor.ts'
import { after as later, days, hours, minutes } from '#platform/time/duration.ts'
import type { Place, RowKey } from '#platform/list/paging.ts'
import { asUser } from '#test/as-user.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf } from '#test/make.ts'
import { superuserOf } from '#test/superuser.ts'
import { findAttention } from './attention.ts'
import { type AccessEvent, accessEvents, accessResults, resultOf } from './events.ts'
import { accessList, mostLookedAt, mostSearched } from './list.ts'
import { readAccess } from './read.ts'
import type { AccessScope } from './scope.ts'

const database = await testDatabase()
const make = makerOf(database)
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

// Noon in Tokyo, of a month that has a partition of its own.
const now = new Date(`${new Date().toISOString().slice(0, 10)}T03:00:00Z`)

interface Line {
  user: MadeUser
  /** Before now. */
  ago: number
  event: AccessEvent
  ip?: string
  browser?: string
}

let yamada: MadeUser
let sato: MadeUser
let lines: Line[]

before(async () => {
  yamada = await make.user({ role: 'portal-administrator', name: '山田' })
  sato = await make.user({ customerId: yamada.customerId, name: '佐藤' })
  const other = await make.user({ name: '他社' })
  lines = Array.from({ length: 140 }, (_, at) => ({
    user: at % 3 === 0 ? yamada : sato,
    ago: at * 7 * hours + minutes,
    event: accessEvents[at % accessEvents.length] ?? 'failed',
    ip: at % 2 === 0 ? '192.0.2.7' : '2001:db8::7',
    browser: at % 5 === 0 ? 'Edge 131 (Windows)' : 'Firefox 150 (Linux)',
  }))
  await write([...lines, { user: other, ago: minutes, event: 'sign-in', ip: '198.51.100.1' }])
  // Of an ID that nobody has.
  await admin.query(
    `insert into access_history (at, event, reason, ip) values ($1, 'failed', 'wrong-password', '203.0.113.9')`,
    [later(now, -minutes)],
  )
})

async function write(all: readonly Line[]): Promise<void> {
  for (const { user, ago, event, ip = '192.0.2.7', browser = '' } of all)
    await admin.query(
      `insert into access_history (customer_id, at, user_id, user_name, event, ip, browser) values ($1, $2, $3, $4, $5, $6, $7)`,
      [user.customerId, later(now, -ago), user.id, user.name, event, ip, browser],
    )
}

const as = <T>(user: MadeUser, work: (ctx: Context) => Promise<T>): Promise<T> =>
  asUser(database, { user, now }, (_tx, _actor, ctx) => work(ctx))
const start: Place = { size: 20, page: 1, from: 'start' }
const list = (scope: AccessScope, { terms = [] as string[], place = start } = {}) =>
  as(yamada, (ctx) =>
    accessList.read(ctx, { of: scope, terms, chosen: {}, sorting: { by: 'at', descending: true }, place }),
  )

/** What the rows are told apart by, as the model has them too. */
const dayInTokyo = (at: Date): string =>
  later(at, 9 * hours)
    .toISOString()
    .slice(0, 10)
const modelOf = ({ from, to, event, result, userId }: AccessScope, terms: string[] = []): string[] =>
  lines
    .filter((line) => {
      const day = dayInTokyo(later(now, -line.ago))
      const text = `${line.user.name}\n${line.ip}\n${line.browser}`.toLowerCase()
      return (
        (event === undefined || line.event === event) &&
        (result === undefined || resultOf(line.event) === result) &&
        (userId === undefined || line.user.id === userId) &&
        (from === undefined || day >= from) &&
        (to === undefined || day <= to) &&
        terms.every((term) => text.includes(term.toLowerCase()))
      )
    })
    .map(({ ago, event: what }) => `${later(now, -ago).toISOString()} ${what}`)

const told = ({ at, event }: { at: Date; event: string }): string => `${at.toISOString()} ${event}`

test('every filter lists, counts and downloads what the model says, page by page, and nothing of anybody else', async () => {
  const day = (ago: number): string => dayInTokyo(later(now, -ago))
  const scopes: AccessScope[] = [
    {},
    ...accessEvents.map((event) => ({ event })),
    ...accessResults.map((result) => ({ result })),
    { userId: sato.id },
    { userId: yamada.id, event: 'locked' },
    { event: 'locked', result: 'success' },
    { from: day(10 * days), to: day(3 * days) },
    { from: day(3 * days), result: 'failure', userId: sato.id },
  ]
  for (const scope of scopes)
    for (const terms of [[], ['佐藤'], ['2001:db8', 'edge'], ['192.0.2.'], ['nothing']]) {
      const expected = modelOf(scope, terms)
      const what = JSON.stringify({ scope, terms })
      const seen: string[] = []
      let place: Place = start
      for (let page = 1; ; page++) {
        const { rows, total } = await list(scope, { terms, place })
        assert.equal(total, expected.length, what)
        seen.push(...rows.map(({ row }) => told(row)))
        const last: RowKey | undefined = rows.at(-1)?.key
        if (rows.length < place.size || last === undefined) break
        place = { size: 20, page: page + 1, from: { after: last } }
      }
      assert.deepEqual(seen, expected, what)
      assert.deepEqual(await download(scope, terms), expected, what)
    }
})

async function download(scope: AccessScope, terms: string[]): Promise<string[]> {
  const all: string[] = []
  let edge: RowKey | undefined
  do {
    const { rows, edge: next } = await as(yamada, (ctx) => readAccess(ctx, { ...scope, terms }, edge))
    all.push(...rows.map(told))
    edge = next
  } while (edge)
  return all
}

test('a row says who, how, from where; since when there are lines, and how long they are kept', async () => {
  const { rows, beside } = await list({ userId: sato.id })
  const [first] = rows
  assert.deepEqual(first?.row, {
    id: first?.row.id,
    at: later(now, -7 * hours - minutes),
    user: { id: sato.id, name: '佐藤' },
    event: 'sign-out',
    reason: null,
    secondFactor: null,
    ip: '2001:db8::7',
    browser: 'Firefox 150 (Linux)',
  })
  assert.deepEqual(beside, { since: later(now, -139 * 7 * hours - minutes), years: 2, userName: '佐藤' })
})

test('of a long history the counts end early and the pages go on; the file has all of it', async () => {
  const many = await make.user({ role: 'portal-administrator', name: '多数' })
  await admin.query(
    `insert into access_history (customer_id, at, user_id, user_name, event, ip)
      select $1, $2::timestamptz - n * interval '1 second', $3, '多数', case when n % 4000 = 0 then 'locked' else 'sign-in' end, '192.0.2.1'
      from generate_series(1, 12000) n`,
    [many.customerId, now, many.id],
  )
  const read = (scope: AccessScope, place = start) =>
    as(many, (ctx) =>
      accessList.read(ctx, { of: scope, terms: [], chosen: {}, sorting: { by: 'at', descending: true }, place }),
    )
  const { total, cut, rows } = await read({})
  assert.deepEqual([total, cut?.isLastPage, rows.length], [mostLookedAt, false, 20])
  // What is rare is found however far it lies back.
  assert.equal((await read({ event: 'locked' })).total, 3)
  assert.equal((await read({ result: 'failure' })).total, 3)
  let lasting = 0
  let edge: RowKey | undefined
  do {
    const part = await as(many, (ctx) => readAccess(ctx, { terms: [] }, edge))
    lasting += part.rows.length
    edge = part.edge
  } while (edge)
  assert.equal(lasting, 12_000)
  // Keywords look at the newest; without one the oldest is a page like any other.
  assert(mostSearched < lasting)
  const { rows: oldest } = await read({}, { size: 20, page: 600, from: 'end' })
  assert.deepEqual(oldest.at(-1)?.row.at, later(now, -12_000 * 1000))
  assert.deepEqual((await read({ from: '2000-01-01' })).total, mostLookedAt)
})

test('locks, and failures from networks where nobody has ever logged in, deserve attention', async () => {
  const boss = await make.user({ role: 'portal-administrator', name: '部長' })
  const mate = await make.user({ customerId: boss.customerId, name: '社員' })
  await write([
    { user: boss, ago: 300 * days, event: 'sign-in', ip: '192.0.2.200' },
    { user: boss, ago: 40 * days, event: 'sign-in', ip: '2001:db8:1:2:3::4' },
    // From a neighbour, in both families.
    { user: boss, ago: 2 * days, event: 'failed', ip: '192.0.2.1' },
    { user: boss, ago: 2 * days, event: 'failed', ip: '2001:db8:1:2:ffff::1' },
    // From elsewhere.
    { user: boss, ago: 3 * days, event: 'failed', ip: '198.51.100.1' },
    { user: mate, ago: 2 * days, event: 'failed', ip: '198.51.100.255' },
    { user: boss, ago: 1 * days, event: 'failed', ip: '2001:db8:1:3::1' },
    { user: boss, ago: 8 * days, event: 'failed', ip: '203.0.113.1' },
    { user: boss, ago: 1 * days, event: 'locked', ip: '198.51.100.1' },
    { user: boss, ago: 2 * days, event: 'locked', ip: '198.51.100.1' },
    { user: boss, ago: 9 * days, event: 'locked', ip: '198.51.100.1' },
  ])
  assert.deepEqual(await as(boss, findAttention), {
    locks: [{ userId: boss.id, userName: '部長', times: 2, at: later(now, -1 * days) }],
    strangers: [
      { network: '2001:db8:1:3::/64', times: 1, userNames: ['部長'], at: later(now, -1 * days) },
      { network: '198.51.100.0/24', times: 2, userNames: ['社員', '部長'], at: later(now, -2 * days) },
    ],
  })
  const calm = await make.user({ role: 'portal-administrator' })
  assert.deepEqual(await as(calm, findAttention), { locks: [], strangers: [] })
})
