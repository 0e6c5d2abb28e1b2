import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type RawBuilder, sql } from 'kysely'
import { customer, type CustomerGiven, type ImportTest, openImportTest } from '#test/import-file.ts'

let world: ImportTest

before(async () => {
  world = await openImportTest()
})
after(() => world[Symbol.asyncDispose]())

const frame = { extensions: { first: '1001', last: '6999', most: 5 }, channels: 8 }
const initial = {
  extensions: [
    { number: '1001', name: '山田 太郎', kana: 'ヤマダ タロウ' },
    { number: '1002', name: '佐藤 花子', enabled: false },
  ],
  groups: [{ number: '6000', name: '代表', kind: 'sequential', members: ['1002', '1001'] }],
  bindings: { '03-0000-7001': '6000' },
  calendars: [{ name: '平日', weekdays: { '1-5': ['09:00-12:00', '13:00-18:00'], 6: ['22:00-26:00'] } }],
}
const numbers = [{ number: '03-0000-7001', memo: '代表' }, { number: '+81-50-0000-7002' }]
const whole = { ...frame, numbers, mainNumber: '0300007001', initial }

/** A customer whose first contract has this line. */
function withLine(code: string, line: object): CustomerGiven {
  const given = customer(code)
  const [first, second] = given.contracts
  assert(first && second)
  return { ...given, contracts: [{ ...first, line }, second] }
}

/** The same customer with another line. */
function relined(given: CustomerGiven, line: object): CustomerGiven {
  return { ...given, contracts: given.contracts.map((one, at) => (at === 0 ? { ...one, line } : one)) }
}

async function textsOf(code: string, selected: RawBuilder<unknown>): Promise<string[]> {
  const rows = await world.query<{ text: string }>(sql`
    select t.text from customer c join pbx.line l on l.customer_id = c.id, lateral (${selected}) t (text) where c.code = ${code} order by 1`)
  return rows.map(({ text }) => text)
}

const numbersOf = (code: string): Promise<string[]> =>
  textsOf(
    code,
    sql`select concat_ws(' ', n.number, n.memo, n.target, n.ended_on) from pbx.external_number n where n.contract_id = l.contract_id`,
  )
const changesOf = (code: string): Promise<string[]> =>
  textsOf(
    code,
    sql`select concat_ws(' ', h.action, h.origin, h.actor_name, (select count(*) from pbx.changed_row r where r.contract_id = h.contract_id and r.change_id = h.id))
    from pbx.change h where h.contract_id = l.contract_id`,
  )

test('a new number has hours from the beginning, and another target while they are closed', async () => {
  const hours = { '0300007801': { calendar: '平日', closed: '1001' }, '05000007802': { calendar: '平日' } }
  const numbered = [{ number: '03-0000-7801' }, { number: '05000007802' }, { number: '05000007803' }]
  const set = { ...frame, numbers: numbered, initial: { ...initial, bindings: {}, hours } }
  await world.bring({ customers: [withLine('hours', set)] })
  const told = sql`select concat_ws(' ', n.number, c.name, n.closed_inside) from pbx.external_number n
    left join pbx.calendar c on c.contract_id = n.contract_id and c.id = n.calendar_id where n.contract_id = l.contract_id`
  assert.deepEqual(await textsOf('hours', told), ['0300007801 平日 1001', '05000007802 平日', '05000007803'])
})

test('a new line has its numbers and what is set in the beginning, as one change of the operator’s', async () => {
  await world.bring({ customers: [withLine('filled', whole)] })
  assert.deepEqual(await numbersOf('filled'), ['0300007001 代表 6000', '05000007002 '])
  assert.deepEqual(
    await textsOf(
      'filled',
      sql`select concat_ws(' ', e.number, e.name, e.kana, e.is_enabled) from pbx.extension e where e.contract_id = l.contract_id`,
    ),
    ['1001 山田 太郎 ヤマダ タロウ t', '1002 佐藤 花子  f'],
  )
  assert.deepEqual(
    await textsOf(
      'filled',
      sql`select concat_ws(' ', m.call_group, m.position, m.extension) from pbx.call_group_member m where m.contract_id = l.contract_id`,
    ),
    ['6000 1 1002', '6000 2 1001'],
  )
  assert.deepEqual(
    await textsOf(
      'filled',
      sql`select concat_ws(' ', s.weekday, s.opens, s.closes) from pbx.calendar_slot s where s.contract_id = l.contract_id and s.weekday > 4`,
    ),
    ['5 540 720', '5 780 1080', '6 1320 1560'],
  )
  assert.deepEqual(await textsOf('filled', sql`select concat_ws(' ', l.main_number, l.extensions, l.call_groups)`), [
    '0300007001 2 1',
  ])
  const [change = ''] = await changesOf('filled')
  assert.match(change, /^line-provided operator 試験通信 \d+$/)
})

test('the same again changes nothing; numbers follow the file, and what the customer has set does not', async () => {
  const given = withLine('following', {
    ...whole,
    numbers: [{ number: '0300007101', memo: 'A' }],
    mainNumber: '0300007101',
    initial: { ...initial, bindings: {} },
  })
  await world.bring({ customers: [given] })
  await world.bring({ customers: [given] })
  assert.equal((await changesOf('following')).length, 1)
  const later = relined(given, {
    ...frame,
    numbers: [{ number: '0300007101', memo: 'B', endedOn: '2026-11-01' }, { number: '0300007102' }],
    initial: { ...initial, groups: [], bindings: {} },
  })
  await world.bring({ customers: [later] })
  assert.deepEqual(await numbersOf('following'), ['0300007101 A 2026-11-01', '0300007102 '])
  assert.deepEqual(await textsOf('following', sql`select coalesce(l.main_number, 'none')`), ['none'])
  assert.equal(
    (await textsOf('following', sql`select g.number from pbx.call_group g where g.contract_id = l.contract_id`)).length,
    1,
  )
  assert.deepEqual(await changesOf('following'), [
    'line-provided operator 試験通信 2',
    'line-provided operator 試験通信 21',
  ])
})

test('a number that the file names no longer is listed, and goes on as it is until the file ends it', async () => {
  const code = 'dropping'
  const given = withLine(code, {
    ...frame,
    numbers: [{ number: '0300008001', memo: '代表' }, { number: '05000008002' }],
    mainNumber: '0300008001',
    initial: { ...initial, bindings: { '0300008001': '6000' } },
  })
  const contract = given.contracts[0]?.number ?? ''
  await world.bring({ customers: [given] })
  const fewer = { ...frame, numbers: [{ number: '05000008002' }] }
  const [summary] = await world.bring({ customers: [relined(given, fewer)] })
  assert.deepEqual(summary?.unnamed, [{ kind: 'lineNumbers', customer: code, names: [`0300008001 (${contract})`] }])
  assert.deepEqual(await numbersOf(code), ['0300008001 代表 6000', '05000008002 '])
  const ended = { ...frame, numbers: [...fewer.numbers, { number: '0300008001', endedOn: '2026-11-01' }] }
  const [ending] = await world.bring({ customers: [relined(given, ended)] })
  assert.deepEqual(ending?.unnamed, [])
  assert.deepEqual(ending?.counts.find(({ kind }) => kind === 'lines')?.changed, 1)
  // What has ended already is missed by nobody.
  assert.deepEqual((await world.bring({ customers: [relined(given, fewer)] }))[0]?.unnamed, [])
})

test('a line whose numbers the file does not speak of keeps them, the main number too', async () => {
  const given = withLine('silent', {
    ...frame,
    numbers: [{ number: '0300007301' }],
    mainNumber: '0300007301',
  })
  await world.bring({ customers: [given] })
  const [summary] = await world.bring({ customers: [relined(given, frame)] })
  assert.deepEqual(summary?.unnamed, [])
  assert.equal(summary?.counts.find(({ kind }) => kind === 'lines')?.unchanged, 1)
  assert.deepEqual(await textsOf('silent', sql`select l.main_number`), ['0300007301'])
})

test('a number of another line is refused, and may be had once it has ended there', async () => {
  const first = withLine('holder', { ...frame, numbers: [{ number: '0300007201' }] })
  await world.bring({ customers: [first] })
  const second = withLine('seeker', { ...frame, numbers: [{ number: '0300007202' }, { number: '03-0000-7201' }] })
  await assert.rejects(world.bring({ customers: [second] }), (error: { faults?: string[] }) => {
    assert.match(
      String(error.faults),
      /contracts\[0\]\.line\.numbers\[1\]\.number is a telephone number of another line: 0300007201/,
    )
    return true
  })
  await world.bring({
    customers: [relined(first, { ...frame, numbers: [{ number: '0300007201', endedOn: '2026-11-01' }] })],
  })
  await world.bring({ customers: [second] })
  assert.deepEqual(await numbersOf('seeker'), ['0300007201 ', '0300007202 '])
})

const wrong: [name: string, line: object, fault: RegExp][] = [
  ['a number that is none', { numbers: [{ number: '12345' }] }, /numbers\[0\]\.number must be a telephone number/],
  ['a main number of nobody', { numbers, mainNumber: '0300007999' }, /mainNumber must be one of the "numbers"/],
  [
    'an extension out of range',
    { initial: { extensions: [{ number: '7001' }] } },
    /initial has a number that is not from "first" to "last": 7001/,
  ],
  [
    'an emergency number',
    { initial: { extensions: [{ number: '1101' }] } },
    /extensions\[0\]\.number must be a number that extensions/,
  ],
  [
    'a number twice',
    { initial: { extensions: [{ number: '2001' }, { number: '2001' }] } },
    /initial has a number for the second time/,
  ],
  [
    'too many extensions',
    { initial: { extensions: ['2001', '2002', '2003', '2004', '2005', '2006'].map((number) => ({ number })) } },
    /extensions has more than "most" allows/,
  ],
  [
    'a member that is no extension',
    { initial: { groups: [{ number: '6000', name: 'A', kind: 'even', members: ['1001'] }] } },
    /members has no extension: 1001/,
  ],
  [
    'a binding of nothing',
    { numbers, initial: { bindings: { '0300007001': '6000' } } },
    /is neither extension nor group: 6000/,
  ],
  [
    'a binding of another number',
    { initial: { ...initial, bindings: { '0300007998': '6000' } } },
    /bindings has none of the "numbers": 0300007998/,
  ],
  [
    'hours of no calendar',
    { numbers, initial: { ...initial, hours: { '0300007001': { calendar: '夜間' } } } },
    /has no calendar: 夜間/,
  ],
  [
    'hours backwards',
    { initial: { calendars: [{ name: 'A', weekdays: { 1: ['18:00-09:00'] } }] } },
    /must end after it begins/,
  ],
]
for (const [name, line, fault] of wrong)
  test(`a line with ${name} is refused`, async () => {
    await assert.rejects(
      world.bring({ customers: [withLine('wrong', { ...frame, ...line })] }),
      (error: { faults?: string[] }) => {
        assert.match(String(error.faults), fault)
        return true
      },
    )
  })
