import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { testDatabase } from '#test/database.ts'
import { type TestSettings, writeSettings } from '#test/line-settings.ts'
import { makerOf } from '#test/make.ts'
import { type BothSites, makeSignOnWorld, openSettings } from '#test/sign-on.ts'
import { hiddenFields } from '#test/test-browser.ts'
import { paths } from '../paths.ts'

const database = await testDatabase()
const world = await makeSignOnWorld(database)
const { admin, customerId, serviceId, contract, path, userWith, signedIn } = world
const make = makerOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const calendar = '00000000-0000-4000-8000-000000000000'
const beginning: TestSettings = {
  extensions: ['1001', '1002'].map((number) => ({ number })),
  groups: [{ number: '6000', kind: 'sequential', members: [{ extension: '1001' }, { extension: '1002' }] }],
  calendars: [
    { slots: [{ weekday: 1, opens: 540, closes: 1080 }], days: [{ day: '2027-01-01', opens: null, closes: null }] },
  ],
  numbers: [{ number: '0300002001', target: '6000', calendar: 0, closed: { inside: '6000' } }],
}
let made = 0

/** Another contract of the customer. */
async function sister(settings: TestSettings, number: string): Promise<string> {
  const id = await make.contract({ customerId, serviceId, number })
  const client = await admin.connect()
  await writeSettings(client, { customerId, contractId: id }, settings)
  client.release()
  return id
}

const numbered = (): string => `03000030${String(++made).padStart(2, '0')}`

let editor: BothSites
let other: BothSites
/** By what becomes of a copy of the group there. */
let there: Record<'none' | 'differs' | 'taken' | 'without' | 'viewed' | 'unseen' | 'narrow', string>

before(async () => {
  const client = await admin.connect()
  await writeSettings(client, { customerId, contractId: contract }, beginning)
  client.release()
  const phones = { extensions: beginning.extensions ?? [] }
  there = {
    none: await sister({ ...phones, numbers: [{ number: numbered() }] }, 'N140000001'),
    differs: await sister(
      {
        ...beginning,
        groups: [{ number: '6000', kind: 'even', members: [{ extension: '1002' }] }],
        calendars: [{ slots: [] }],
        numbers: [{ number: numbered(), calendar: 0 }],
      },
      'N140000002',
    ),
    taken: await sister({ extensions: [...phones.extensions, { number: '6000' }] }, 'N140000003'),
    without: await sister({}, 'N140000004'),
    viewed: await sister(phones, 'N140000005'),
    unseen: await sister(phones, 'N140000006'),
    narrow: await sister(phones, 'N140000007'),
  }
  await admin.query(`update pbx.line set last_extension = '5999' where contract_id = $1`, [there.narrow])
  const user = await userWith('edit')
  const rights = Object.entries(there)
    .filter(([name]) => name !== 'unseen')
    .map(([name, contractId]) => ({ contractId, level: name === 'viewed' ? ('view' as const) : ('edit' as const) }))
  await make.group({ customerId, rights, members: [user.id] })
  editor = await signedIn(user)
  other = await signedIn(await userWith('edit'))
  for (const both of [editor, other]) await openSettings(both, path)
})

async function send(address: string, form: Record<string, string | string[]>) {
  const { token = '' } = hiddenFields((await editor.settings.get(address)).body, address)
  const fields = Object.entries({ ...form, token }).flatMap(([name, values]) =>
    [values].flat().map((value): [string, string] => [name, value]),
  )
  return editor.settings.send(address, fields)
}

async function groupPath(): Promise<string> {
  const { rows } = await admin.query<{ id: string }>(
    `select id from pbx.inside_number where contract_id = $1 and number = '6000'`,
    [contract],
  )
  return paths.copyCallGroup({ contract, id: rows[0]?.id ?? assert.fail('no group') })
}

const changesIn = async (of: string): Promise<string[]> =>
  (
    await admin.query<{ id: string }>(`select id from pbx.change where contract_id = $1 and origin = 'copy'`, [of])
  ).rows.map(({ id }) => id)

test('only contracts that one may edit are offered, by keyword, and what is chosen is tried in each', async () => {
  const address = await groupPath()
  const { body } = await editor.settings.get(address)
  for (const [name, id] of Object.entries(there))
    assert.equal(body.includes(`value="${id}"`), name !== 'viewed' && name !== 'unseen', name)
  const found = await send(address, { q: 'N140000003', do: 'find' })
  assert(found.body.includes('N140000003') && !found.body.includes('N140000004'))
  assert.match((await send(address, { q: '', do: 'apply' })).body, /ご契約が選択されていません/)
  const tried = await send(address, { q: '', found: '', everything: 'on', also: 'on', do: 'try' })
  assert.equal(tried.status, 200)
  for (const sentence of [
    '異なります。適用できます',
    'このご契約では内線に使われています',
    'メンバーの内線が、このご契約にありません',
    '番号の範囲（1001〜5999）にありません',
    '適用できる 2件、すでに同じ内容 0件、適用できない 3件',
  ])
    assert(tried.body.includes(sentence), sentence)
  for (const id of Object.values(there)) assert.deepEqual(await changesIn(id), [])
})

test('each contract gets a change of its own, which is undone there, and nobody else reads what became of them', async () => {
  const address = await groupPath()
  const chosen = Object.values(there)
  const applied = await send(address, { q: '', contract: chosen, also: 'on', do: 'apply' })
  assert.equal(applied.status, 303, applied.body)
  const run = await editor.settings.get(applied.location)
  assert(run.body.includes('適用しました') && run.body.includes('N140000005') && !run.body.includes('N140000006'))
  assert.equal((await other.settings.get(applied.location)).status, 404)
  const counts = await Promise.all(
    Object.entries(there).map(async ([name, id]) => [name, (await changesIn(id)).length]),
  )
  assert.deepEqual(Object.fromEntries(counts), {
    none: 1,
    differs: 1,
    taken: 0,
    without: 0,
    viewed: 0,
    unseen: 0,
    narrow: 0,
  })
  const { rows } = await admin.query<{ kind: string; members: string[] }>(
    `select g.kind, array(select extension from pbx.call_group_member m where m.contract_id = g.contract_id and m.call_group = g.number
      order by position) as members from pbx.call_group g where number = '6000' and contract_id = any($1)`,
    [[there.none, there.differs]],
  )
  assert.deepEqual(rows, [
    { kind: 'sequential', members: ['1001', '1002'] },
    { kind: 'sequential', members: ['1001', '1002'] },
  ])
  await lookAgainAndUndo(address)
})

/** That what was copied is the same then, and is taken back where it was. */
async function lookAgainAndUndo(address: string): Promise<void> {
  const again = await send(address, { q: '', contract: [there.none, there.differs], also: 'on', do: 'try' })
  assert.match(again.body, /適用できる 0件、すでに同じ内容 2件/)
  for (const id of [there.none, there.differs]) {
    const [change = ''] = await changesIn(id)
    assert.equal((await editor.settings.post(paths.lineChange({ contract: id, change }), {})).status, 303)
  }
  const { rows: undone } = await admin.query<{ kind: string }>(
    `select kind from pbx.call_group where number = '6000' and contract_id = any($1)`,
    [[there.none, there.differs]],
  )
  assert.deepEqual(undone, [{ kind: 'even' }])
}

test('all that are found are those that were shown; what is no contract is passed over', async () => {
  const address = await groupPath()
  const earlier = await admin.query('select id from pbx.change')
  const typed = { q: '', found: 'N140000002', everything: 'on', also: 'on' }
  for (const deed of ['apply', 'try']) {
    const answer = await send(address, { ...typed, do: deed })
    assert.equal(answer.status, 200)
    assert.match(answer.body, /キーワードが変わったため/)
    assert.doesNotMatch(answer.body, /name="everything"[^>]* checked/)
  }
  assert.equal((await admin.query('select id from pbx.change')).rowCount, earlier.rowCount)
  assert.match((await send(address, { q: '', contract: 'x', do: 'try' })).body, /ご契約が選択されていません/)
})

test('without its members a group changes how it rings alone', async () => {
  const address = await groupPath()
  const applied = await send(address, { q: '', contract: [there.differs, there.without], do: 'apply' })
  assert.equal(applied.status, 303)
  const { rows } = await admin.query(
    `select g.kind, (select count(*)::int from pbx.call_group_member m where m.contract_id = g.contract_id) as members
      from pbx.call_group g where contract_id = any($1) order by members`,
    [[there.differs, there.without]],
  )
  assert.deepEqual(rows, [
    { kind: 'sequential', members: 0 },
    { kind: 'sequential', members: 1 },
  ])
})

test('business hours keep their id where they are copied, and bring where calls go when it is closed', async () => {
  const address = paths.copyCalendar({ contract, id: calendar })
  const applied = await send(address, { q: '', found: '', everything: 'on', also: 'on', do: 'apply' })
  assert.equal(applied.status, 303, applied.body)
  const { rows } = await admin.query<{ contract_id: string }>(
    `select contract_id from pbx.calendar_day where calendar_id = $1 and day = '2027-01-01'`,
    [calendar],
  )
  const have = new Set(rows.map((row) => row.contract_id))
  assert(have.has(there.none) && have.has(there.differs) && !have.has(there.unseen) && !have.has(there.viewed))
  const { rows: numbers } = await admin.query(`select closed_inside from pbx.external_number where contract_id = $1`, [
    there.differs,
  ])
  assert.deepEqual(numbers, [{ closed_inside: '6000' }])
  const again = await send(address, { q: 'N140000002', found: 'N140000002', everything: 'on', also: 'on', do: 'try' })
  assert.match(again.body, /適用できる 0件、すでに同じ内容 1件、適用できない 0件/)
})
