import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { superuserOf } from '#test/superuser.ts'
import { customer, type CustomerGiven, faults, type ImportTest, openImportTest } from '#test/import-file.ts'

let world: ImportTest

before(async () => {
  world = await openImportTest()
})
after(() => world[Symbol.asyncDispose]())

const frame = { extensions: { first: '1001', last: '6999', most: 3 }, channels: 8 }

/** A customer whose first contract has this line. */
function withLine(code: string, line: object): CustomerGiven {
  const given = customer(code)
  const [first, second] = given.contracts
  assert(first && second)
  return { ...given, contracts: [{ ...first, line }, second] }
}

const linesOf = (code: string): Promise<object[]> =>
  world.query(sql`
    select l.number, first_extension as first, last_extension as last, most_extensions as most, most_groups as groups, channels,
      park_slots as park, has_voicemail as voicemail, l.time_zone as zone
    from pbx.line l join customer c on c.id = l.customer_id where c.code = ${code}`)

test('a line stands with its contract; the same again changes nothing, and what differs is changed', async () => {
  const given = withLine('lined', frame)
  const [first] = await world.bring({ customers: [given] })
  const counted = first?.counts.find(({ kind }) => kind === 'lines')
  assert.deepEqual(counted, { kind: 'lines', created: 1, changed: 0, unchanged: 0 })
  const usual = { groups: 200, park: 3, voicemail: false, zone: 'Asia/Tokyo' }
  const number = given.contracts[0]?.number
  assert.deepEqual(await linesOf('lined'), [{ number, first: '1001', last: '6999', most: 3, channels: 8, ...usual }])
  const [again] = await world.bring({ customers: [given] })
  assert.deepEqual(again?.counts.find(({ kind }) => kind === 'lines')?.unchanged, 1)
  const wider = { ...frame, extensions: { first: '100', last: '999', most: 20_000 }, groups: 5, voicemail: true }
  const changed = { ...given, contracts: given.contracts.map((one, at) => (at === 0 ? { ...one, line: wider } : one)) }
  await world.bring({ customers: [changed] })
  const now = { groups: 5, park: 3, voicemail: true, zone: 'Asia/Tokyo' }
  assert.deepEqual(await linesOf('lined'), [{ number, first: '100', last: '999', most: 20_000, channels: 8, ...now }])
})

test('a line that the file names no longer is listed, and stays', async () => {
  const given = withLine('unnamed', frame)
  await world.bring({ customers: [given] })
  const [summary] = await world.bring({
    customers: [{ ...given, contracts: given.contracts.map(({ line: _, ...one }) => one) }],
  })
  assert.deepEqual(summary?.unnamed, [{ kind: 'lines', customer: 'unnamed', names: [given.contracts[0]?.number] }])
  assert.equal((await linesOf('unnamed')).length, 1)
})

test('a frame that would no longer hold what the customer has is refused', async () => {
  const given = withLine('full', frame)
  await world.bring({ customers: [given] })
  const admin = superuserOf(world.database)
  const [line] = await world.query<{ customer_id: string; contract_id: string }>(
    sql`select customer_id, contract_id from pbx.line where number = ${given.contracts[0]?.number}`,
  )
  const client = await admin.connect()
  await client.query('begin')
  await client.query(`select set_config('pbx.change', nextval('pbx.change_id')::text, true)`)
  await client.query(
    `insert into pbx.inside_number (customer_id, contract_id, number, kind) values ($1, $2, '1001', 'extension'), ($1, $2, '1002', 'extension'), ($1, $2, '6000', 'group')`,
    [line?.customer_id, line?.contract_id],
  )
  await client.query(
    `insert into pbx.change (customer_id, contract_id, id, at, actor_name, action, origin) values ($1, $2, currval('pbx.change_id'), now(), '', 'test', 'operator')`,
    [line?.customer_id, line?.contract_id],
  )
  await client.query('commit')
  client.release()
  await admin.end()
  const tight = { extensions: { first: '1002', last: '5999', most: 1 }, groups: 0, channels: 8 }
  const file = { ...given, contracts: given.contracts.map((one, at) => (at === 0 ? { ...one, line: tight } : one)) }
  await assert.rejects(
    world.bring({ customers: [file] }),
    faults([
      /contracts\[0\]\.line\.extensions\.most is less than the customer has already: 2$/,
      /contracts\[0\]\.line\.groups is less than the customer has already: 1$/,
      /contracts\[0\]\.line\.extensions leaves out a number that the customer uses: 1001$/,
    ]),
  )
})

const malformed: [name: string, line: object, fault: RegExp][] = [
  [
    'numbers that dial out',
    { ...frame, extensions: { first: '0100', last: '0999', most: 1 } },
    /extensions\.first must have 2 to 8 digits/,
  ],
  [
    'a range of two lengths',
    { ...frame, extensions: { first: '100', last: '1999', most: 1 } },
    /extensions\.last must have as many digits/,
  ],
  [
    'a range backwards',
    { ...frame, extensions: { first: '200', last: '199', most: 1 } },
    /extensions\.last must have as many digits/,
  ],
  ['too many extensions', { ...frame, extensions: { first: '1001', last: '6999', most: 20_001 } }, /extensions\.most/],
  ['no channel', { ...frame, channels: 0 }, /channels/],
  ['a zone that is none', { ...frame, timeZone: 'Asia/Nowhere' }, /timeZone must be the name of a time zone/],
]
for (const [name, line, fault] of malformed)
  test(`a frame with ${name} is refused`, async () => {
    await assert.rejects(world.bring({ customers: [withLine('malformed', line)] }), (error: Error) => {
      assert.match(String((error as Error & { faults?: string[] }).faults), fault)
      return true
    })
  })
