import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { testDatabase } from '#test/database.ts'
import { calendarId, type TestSettings, writeSettings } from '#test/line-settings.ts'
import { type BothSites, makeSignOnWorld, openSettings } from '#test/sign-on.ts'
import { type Answer, hiddenFields } from '#test/test-browser.ts'
import { paths } from './paths.ts'

const database = await testDatabase()
const world = await makeSignOnWorld(database)
const { admin, customerId, contract, path, userWith, signedIn } = world
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const beginning: TestSettings = {
  extensions: ['1001', '1002', '1003', '1010'].map((number) => ({ number })),
  groups: [
    {
      number: '6000',
      kind: 'sequential',
      members: [{ extension: '1001' }, { extension: '1002' }, { extension: '1003' }],
    },
    { number: '6001', kind: 'even', members: [{ extension: '1010' }], afterwards: { inside: '6000' } },
  ],
  numbers: [
    { number: '0300002001', target: '6000' },
    { number: '05000001001', target: '1001' },
    { number: '05000001004' },
  ],
  calendars: [{ slots: [{ weekday: 1, opens: 540, closes: 1080 }] }],
}

let editor: BothSites
let viewer: BothSites

async function idOf(relation: 'inside_number' | 'external_number', number: string): Promise<string> {
  const { rows } = await admin.query<{ id: string }>(
    `select id from pbx.${relation} where contract_id = $1 and number = $2`,
    [contract, number],
  )
  return rows[0]?.id ?? assert.fail(number)
}

before(async () => {
  const client = await admin.connect()
  await writeSettings(client, { customerId, contractId: contract }, beginning)
  client.release()
  editor = await signedIn(await userWith('edit'))
  viewer = await signedIn(await userWith('view'))
  for (const both of [editor, viewer]) await openSettings(both, path)
})

/** Posts a form in which a name may stand several times. */
async function post(address: string, form: Record<string, string | string[]>): Promise<Answer> {
  const { token = '' } = hiddenFields((await editor.settings.get(address)).body, address)
  const fields = Object.entries({ ...form, token }).flatMap(([name, values]) =>
    [values].flat().map((value): [string, string] => [name, value]),
  )
  return editor.settings.send(address, fields)
}

const ofContract = { contract }
const csvPaths = [
  paths.numbersCsv,
  paths.extensionsCsv,
  paths.callGroupsCsv,
  paths.calendarsCsv,
  paths.lineChangesCsv,
  paths.reservationsCsv,
]

test('every page is shown to who may edit, and without forms to who may view, in both languages', async () => {
  const number = { ...ofContract, id: await idOf('external_number', '0300002001') }
  const extension = { ...ofContract, id: await idOf('inside_number', '1001') }
  const group = { ...ofContract, id: await idOf('inside_number', '6000') }
  const calendar = { ...ofContract, id: calendarId(0) }
  const addresses = [
    paths.numbers(ofContract),
    paths.number(number),
    paths.extensions(ofContract),
    paths.addExtensions(ofContract),
    ...[paths.extension, paths.deleteExtension, paths.absence].map((one) => one(extension)),
    paths.absences(ofContract),
    paths.callGroups(ofContract),
    paths.addCallGroup(ofContract),
    paths.callGroup(group),
    paths.copyCallGroup(group),
    paths.copyCalendar(calendar),
    paths.deleteCallGroup(group),
    paths.calendars(ofContract),
    paths.addCalendar(ofContract),
    ...[paths.calendar, paths.calendarMonth, paths.overrideCalendar, paths.deleteCalendar].map((one) => one(calendar)),
    `${paths.simulation(ofContract)}?called=0300002001&busy=1001&unreachable=1002`,
    paths.checks(ofContract),
    paths.lineChanges(ofContract),
    paths.reservations(ofContract),
    paths.print(ofContract),
    ...[paths.importExtensions, paths.importNumbers, paths.importCallGroups].map((one) => one(ofContract)),
  ]
  for (const address of addresses) {
    const [edits, views] = await Promise.all([editor.settings.get(address), viewer.settings.get(address)])
    assert.deepEqual([edits.status, views.status], [200, 200], address)
    assert(edits.body.includes('N130000007'), address)
    const forms = views.body.match(/<form[^>]*method="post"[^>]*action="\/c\//g) ?? []
    assert.deepEqual(forms, [], address)
  }
  for (const csv of csvPaths) {
    const file = await viewer.settings.get(csv(ofContract))
    assert.equal(file.status, 200, csv.pattern)
  }
})

test('a number is bound in its list, seen in the history, and bound back', async () => {
  const address = paths.numbers(ofContract)
  const id = await idOf('external_number', '05000001004')
  const row = {
    [`target.${id}`]: '1010',
    [`memo.${id}`]: '受付',
    [`was.${id}`]: JSON.stringify(['', '', '05000001004']),
    [`version.${id}`]: '1',
  }
  const unknown = await editor.settings.post(address, { ...row, [`target.${id}`]: '4711' })
  assert.equal(unknown.status, 422)
  assert(unknown.body.includes('「4711」は、このご契約にありません'), 'names what was typed')
  const saved = await editor.settings.post(address, row)
  assert.equal(saved.status, 303)
  const late = await editor.settings.post(address, { ...row, [`target.${id}`]: '1002' })
  assert.match(late.body, /編集を始めたとき：未割当、現在：1010[^。]* 受付。/)
  const shown = await editor.settings.get(saved.location)
  const change = /\/changes\/(\d+)"/.exec(shown.body)?.[1] ?? assert.fail('leads to the change')
  const history = await editor.settings.get(paths.lineChange({ contract, change }))
  assert(history.body.includes('050-0000-1004') && history.body.includes('1010'))
  assert.equal((await editor.settings.post(paths.lineChange({ contract, change }), {})).status, 303)
  const { rows } = await admin.query(`select target, memo from pbx.external_number where id = $1`, [id])
  assert.deepEqual(rows, [{ target: null, memo: '' }])
  assert.equal((await editor.settings.post(paths.lineChange({ contract, change }), {})).status, 422)
})

test('what several numbers would ring is seen before they are bound, and nothing is left of having seen it', async () => {
  const address = paths.numbers(ofContract)
  const [unset, bound] = [await idOf('external_number', '05000001004'), await idOf('external_number', '05000001001')]
  const numbers = 'select id, version from pbx.external_number'
  const { rows: all } = await admin.query<{ id: string; version: number }>(numbers)
  const versions = new Map(all.map(({ id, version }) => [id, String(version)]))
  const rowOf = (id: string, target: string, was: [string, string]): Record<string, string> => ({
    [`target.${id}`]: target,
    [`memo.${id}`]: was[1],
    [`was.${id}`]: JSON.stringify([...was, '05000001004']),
    [`version.${id}`]: versions.get(id) ?? '',
  })
  const asked = async (rows: Record<string, string>): Promise<Answer> =>
    editor.settings.post(address, { ...rows, do: 'preview' })
  const former = await admin.query('select number, target, version from pbx.external_number order by 1')
  const seen = await asked({ ...rowOf(unset, '6001', ['', '']), ...rowOf(bound, '1002', ['1001', '']) })
  assert.equal(seen.status, 200)
  for (const number of ['1004', '1001']) assert.match(seen.body, new RegExp(`050-0000-${number} に着信すると`))
  assert.match(seen.body, /外線 050-0000-1004 → グループ 6001（均等）/)
  assert.match(seen.body, /value="6001"/)
  assert.match((await asked(rowOf(unset, '4711', ['', '']))).body, /「4711」は、このご契約にありません/)
  assert.match((await asked(rowOf(unset, '', ['', '']))).body, /変更した行がありません/)
  // What is typed is no reason to break, whatever it is.
  const odd = { ...rowOf(unset, '1001', ['', '']), [`memo.${unset}`]: 'あ'.repeat(200), [`version.${unset}`]: 'x' }
  assert.equal((await asked(odd)).status, 200)
  const later = await admin.query('select number, target, version from pbx.external_number order by 1')
  assert.deepEqual(later.rows, former.rows)
})

test('what rings is seen before a group is saved, and nothing is left of having seen it', async () => {
  const address = paths.callGroup({ contract, id: await idOf('inside_number', '6000') })
  const form = {
    number: '6000',
    name: 'グループ 6000',
    kind: 'sequential',
    ringSeconds: '30',
    onward: 'nothing',
    onwardTo: '',
    q: '',
    version: '1',
  }
  const members = { member: ['1001', '1002', '1003'] }
  const moved = await post(address, { ...form, ...members, do: 'down 1001' })
  assert.deepEqual(
    [...moved.body.matchAll(/name="member" value="(\d+)"/g)].map(([, number]) => number),
    ['1002', '1001', '1003'],
  )
  const found = await post(address, { ...form, ...members, q: '1010', do: 'find' })
  assert(found.body.includes('value="in 1010"'), 'offers who is found')
  const seen = await post(address, { ...form, member: ['1002', '1001', '1003'], do: 'preview' })
  assert(seen.body.includes('30〜60秒 鳴る'), 'shows the plan of what was entered')
  const { rows } = await admin.query(
    `select ring_seconds from pbx.call_group where number = '6000' and contract_id = $1`,
    [contract],
  )
  assert.deepEqual(rows, [{ ring_seconds: 15 }])
  const saved = await post(address, { ...form, member: ['1002', '1001', '1003'] })
  assert.equal(saved.status, 303)
  const older = await post(address, { ...form, ...members })
  assert.equal(older.status, 422)
  assert.match(older.body, /に変更しました（着信グループの変更）/)
})

test('an extension is renumbered with all that names it, and is not deleted while it is used', async () => {
  const id = await idOf('inside_number', '1001')
  const address = paths.extension({ contract, id })
  const form = { name: '山田 太郎', kana: 'ヤマダ', ringSeconds: '20', callerNumber: '', isEnabled: 'on', version: '1' }
  const seen = async (typed: Record<string, string>) =>
    (await editor.settings.post(address, { ...form, ...typed, do: 'preview' })).body
  assert.match(await seen({ number: '1201', ringSeconds: '35' }), /まだ適用していません。[\s\S]*1201[\s\S]*35秒/)
  assert.match(await seen({ number: '1002' }), /この番号は、すでに内線または着信グループで使われています/)
  assert.match(await seen({ number: '1201', ringSeconds: 'x' }), /入力内容に誤りがあるため、確認できません/)
  assert.equal(await idOf('inside_number', '1001'), id, 'nothing of it was kept')
  assert.equal((await editor.settings.post(address, { ...form, number: '1002' })).status, 422)
  assert.equal((await editor.settings.post(address, { ...form, number: '1201' })).status, 303)
  const { rows } = await admin.query(`select target from pbx.external_number where number = '05000001001'`)
  assert.deepEqual(rows, [{ target: '1201' }])
  const removal = paths.deleteExtension({ contract, id })
  const used = await editor.settings.post(removal, { replacement: '' })
  assert.equal(used.status, 422)
  assert(used.body.includes('050-0000-1001') && used.body.includes('6000'))
  assert.equal((await editor.settings.post(removal, { replacement: '1002' })).status, 303)
  const { rows: bound } = await admin.query(`select target from pbx.external_number where number = '05000001001'`)
  assert.deepEqual(bound, [{ target: '1002' }])
})

test('several extensions are added at once, and a group is made of them', async () => {
  const add = paths.addExtensions(ofContract)
  const form = { number: '2001', last: '2003', name: '', kana: '', ringSeconds: '20' }
  assert.equal((await editor.settings.post(add, { ...form, number: '1102' })).status, 422)
  assert.equal((await editor.settings.post(add, form)).status, 303)
  const group = {
    number: '6002',
    name: '夜間',
    kind: 'simultaneous',
    ringSeconds: '20',
    onward: 'inside',
    onwardTo: '6000',
    member: ['2001', '2003'],
    paused: ['2003'],
    q: '',
  }
  const made = await post(paths.addCallGroup(ofContract), group)
  assert.equal(made.status, 303, made.body)
  const listed = await editor.settings.get(paths.callGroups(ofContract))
  assert(listed.body.includes('2名（鳴るのは1名）'))
})
