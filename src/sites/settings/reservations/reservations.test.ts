import assert from 'node:assert/strict'
import { after as afterAll, before as beforeAll, test } from 'node:test'
import { after, days, hours, minutes } from '#platform/time/duration.ts'
import { wallClockOf } from '#platform/time/wall-clock.ts'
import { testDatabase } from '#test/database.ts'
import { type TestSettings, writeSettings } from '#test/line-settings.ts'
import { carryOutAt } from '#test/reservations.ts'
import { type BothSites, makeSignOnWorld, openSettings } from '#test/sign-on.ts'
import { paths } from '../paths.ts'

const database = await testDatabase()
const world = await makeSignOnWorld(database)
const { admin, customerId, contract, path, userWith, signedIn, portal } = world
afterAll(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const beginning: TestSettings = {
  extensions: ['1001', '1002', '1003'].map((number) => ({ number })),
  groups: [{ number: '6000', kind: 'sequential', members: [{ extension: '1001' }, { extension: '1002' }] }],
  numbers: [{ number: '0300002001', target: '6000' }, { number: '05000001004' }],
}

const of = { contract }
/** What else the form of a number carries. */
const unchanged = { memo: '', calendar: '', onward: 'nothing', onwardTo: '' }
let editor: BothSites
let viewer: BothSites

beforeAll(async () => {
  const client = await admin.connect()
  await writeSettings(client, { customerId, contractId: contract }, beginning)
  client.release()
  editor = await signedIn(await userWith('edit'))
  viewer = await signedIn(await userWith('view'))
  for (const both of [editor, viewer]) await openSettings(both, path)
})

async function idOf(relation: 'inside_number' | 'external_number', number: string): Promise<string> {
  const { rows } = await admin.query<{ id: string }>(
    `select id from pbx.${relation} where contract_id = $1 and number = $2`,
    [contract, number],
  )
  return rows[0]?.id ?? assert.fail(number)
}

const wall = (at: Date, zone = 'Asia/Tokyo'): string => wallClockOf(at, zone)
const tomorrow = (): Date => after(portal.program.now(), 1 * days)

/** Binds a number at a moment, by its own page; answers the address that it leads to. */
async function bindLater(number: string, target: string, due: string) {
  const address = paths.number({ contract, id: await idOf('external_number', number) })
  const { rows } = await admin.query<{ version: number }>('select version from pbx.external_number where number = $1', [
    number,
  ])
  return editor.settings.post(address, { target, ...unchanged, version: String(rows[0]?.version), due })
}

const targetOf = async (number: string): Promise<string | null> =>
  (await admin.query<{ target: string | null }>('select target from pbx.external_number where number = $1', [number]))
    .rows[0]?.target ?? null

test('a change is reserved in its form, told wherever it concerns, and made at its moment as one that can be undone', async () => {
  const due = tomorrow()
  const reserved = await bindLater('05000001004', '1003', wall(due))
  assert.equal(reserved.status, 303, reserved.body)
  assert.equal(await targetOf('05000001004'), null)
  const shown = await editor.settings.get(reserved.location)
  assert.match(shown.body, /変更を予約しました。/)
  assert.match(shown.body, /050-0000-1004[\s\S]*着信先[\s\S]*なし[\s\S]*1003/)
  const [page] = reserved.location.split('?')
  assert(page)
  const number = paths.number({ contract, id: await idOf('external_number', '05000001004') })
  for (const address of [number, path, paths.reservations(of)]) {
    const seen = await viewer.settings.get(address)
    assert(seen.body.includes(`href="${page}"`), address)
  }
  assert.match((await viewer.settings.get(number)).body, /予約中の変更があります/)
  const listed = await viewer.settings.get(`${paths.numbers(of)}?reserved=reserved`)
  assert(listed.body.includes('050-0000-1004') && !listed.body.includes('03-0000-2001'))
  const other = paths.number({ contract, id: await idOf('external_number', '0300002001') })
  assert.doesNotMatch((await viewer.settings.get(other)).body, /予約中の変更があります/)
  assert.match((await viewer.settings.get(paths.reservationsCsv(of))).body, /予約中/)

  await carryOutAt(database, after(due, -1 * minutes))
  assert.equal(await targetOf('05000001004'), null)
  await carryOutAt(database, after(due, 1 * minutes))
  assert.equal(await targetOf('05000001004'), '1003')
  const over = await editor.settings.get(page)
  const change = /\/changes\/(\d+)"/.exec(over.body)?.[1] ?? assert.fail('leads to the change')
  const told = await editor.settings.get(paths.lineChange({ contract, change }))
  assert.match(told.body, /予約（/)
  assert.equal((await editor.settings.post(paths.lineChange({ contract, change }), {})).status, 303)
  assert.equal(await targetOf('05000001004'), null)
  assert.equal((await editor.settings.post(page, { do: 'withdraw', due: wall(due), version: '1' })).status, 422)
})

const noAbsence = { always: 'nothing', busy: 'nothing', noAnswer: 'nothing', unreachable: 'nothing' }

/** What each form of settings would send. */
async function formsOfSettings(): Promise<[string, Record<string, string>][]> {
  const group = { contract, id: await idOf('inside_number', '6000') }
  const extension = { contract, id: await idOf('inside_number', '1003') }
  const numberId = await idOf('external_number', '0300002001')
  const groupForm = {
    number: '6001',
    name: '夜間',
    kind: 'even',
    ringSeconds: '20',
    onward: 'nothing',
    onwardTo: '',
    q: '',
  }
  return [
    [
      paths.numbers(of),
      {
        [`target.${numberId}`]: '1001',
        [`memo.${numberId}`]: '受付',
        [`was.${numberId}`]: JSON.stringify(['', '', '05000001004']),
        [`version.${numberId}`]: '1',
      },
    ],
    [paths.addExtensions(of), { number: '2001', last: '2003', name: '', kana: '', ringSeconds: '20' }],
    [
      paths.extension(extension),
      { number: '1203', name: '山田', kana: '', ringSeconds: '20', callerNumber: '', isEnabled: 'on', version: '1' },
    ],
    [
      paths.absence({ contract, id: await idOf('inside_number', '1002') }),
      { ...noAbsence, busy: 'inside', busyTo: '1003', version: '1' },
    ],
    [paths.absences(of), { ...noAbsence, numbers: '1001 1003', noAnswer: 'inside', noAnswerTo: '1002' }],
    [paths.deleteExtension(extension), { replacement: '1001' }],
    [paths.addCalendar(of), { name: '夜間', w1: '18:00-24:00', holidays: 'on' }],
    [paths.addCallGroup(of), groupForm],
    [paths.callGroup(group), { ...groupForm, number: '6000', version: '1' }],
    [paths.deleteCallGroup(group), { replacement: '1001' }],
  ]
}

test('every form of settings can be reserved', async () => {
  const due = wall(after(tomorrow(), 1 * hours))
  const { rows: before } = await admin.query('select number from pbx.inside_number where contract_id = $1', [contract])
  for (const [address, form] of await formsOfSettings()) {
    assert.match((await editor.settings.get(address)).body, /<details class="commit-later"/, address)
    const wrong = await editor.settings.post(address, { ...form, due: wall(portal.program.now()) })
    assert.equal(wrong.status, 422, address)
    assert.match(wrong.body, /反映する日時が過ぎています/, address)
    const reserved = await editor.settings.post(address, { ...form, due })
    assert.equal(reserved.status, 303, `${address} ${reserved.body}`)
    const shown = await editor.settings.get(reserved.location)
    assert.equal(shown.status, 200, reserved.location)
  }
  const { rows: now } = await admin.query('select number from pbx.inside_number where contract_id = $1', [contract])
  assert.deepEqual(now, before)
  const chips = await editor.settings.get(`${paths.callGroups(of)}?reserved=reserved`)
  assert(chips.body.includes('グループ 6000'))
  assert.match((await editor.settings.get(`${paths.extensions(of)}?reserved=reserved`)).body, /1003/)
  const group = paths.callGroup({ contract, id: await idOf('inside_number', '6000') })
  assert.match((await editor.settings.get(group)).body, /予約中の変更があります/)
})

test('it has another time, is withdrawn, and is refused what cannot be reserved', async () => {
  const now = portal.program.now()
  for (const [due, why] of [
    ['2026-13-45T99:00', /形式で入力してください/],
    ['明日', /形式で入力してください/],
    [wall(after(now, -1 * hours)), /過ぎています/],
    [wall(after(now, 91 * days)), /90日後までの日時/],
  ] as const) {
    const refused = await bindLater('05000001004', '1001', due)
    assert.equal(refused.status, 422, due)
    assert.match(refused.body, why)
  }
  const reserved = await bindLater('05000001004', '1001', wall(tomorrow()))
  const [page = ''] = reserved.location.split('?')
  const later = wall(after(tomorrow(), 2 * days))
  assert.equal((await editor.settings.post(page, { do: 'move', due: wall(now), version: '1' })).status, 422)
  const moved = await editor.settings.post(page, { do: 'move', due: later, version: '1' })
  assert.equal(moved.status, 303)
  assert.match((await editor.settings.get(moved.location)).body, /反映する日時を変更しました/)
  const older = await editor.settings.post(page, { do: 'withdraw', due: later, version: '1' })
  assert.equal(older.status, 422)
  const withdrawn = await editor.settings.post(page, { do: 'withdraw', due: later, version: '2' })
  assert.equal(withdrawn.status, 303)
  assert.match((await editor.settings.get(withdrawn.location)).body, /予約を取り消しました/)
  await carryOutAt(database, after(tomorrow(), 3 * days))
  assert.equal(await targetOf('05000001004'), null)
  const { rows } = await admin.query<{ action: string }>(
    `select action from change_history where subject_id = $1 and action like 'line-reservation-%' order by at`,
    [contract],
  )
  assert(rows.some(({ action }) => action === 'line-reservation-moved'))
  assert(rows.some(({ action }) => action === 'line-reservation-withdrawn'))
})

test('of two for the same row the first is made, and the second fails and is mailed', async () => {
  const due = wall(after(tomorrow(), 5 * days))
  const first = await bindLater('05000001004', '1001', due)
  const second = await bindLater('05000001004', '1002', due)
  const [page = ''] = second.location.split('?')
  assert.match((await editor.settings.get(page)).body, /同じ設定に、ほかの予約があります/)
  await carryOutAt(database, after(tomorrow(), 5 * days + 1 * minutes))
  assert.equal(await targetOf('05000001004'), '1001')
  assert.match((await editor.settings.get(first.location)).body, /実施済み/)
  assert.match((await editor.settings.get(page)).body, /予約した後に、同じ項目が変更されていたためです/)
  const { rows } = await admin.query(`select from mail where kind = 'reservation-failed' and customer_id = $1`, [
    customerId,
  ])
  assert(rows.length > 0)
})

test('the moment is one of the line’s zone, and none of the hour that clocks leave out', async () => {
  await admin.query(`update pbx.line set time_zone = 'America/New_York' where contract_id = $1`, [contract])
  const moment = portal.program.now
  try {
    portal.program.now = () => new Date('2027-03-01T12:00:00Z')
    const both = await signedIn(await userWith('edit'))
    await openSettings(both, path)
    const address = paths.number({ contract, id: await idOf('external_number', '05000001004') })
    const bind = async (due: string) => {
      const { rows } = await admin.query<{ version: number }>(
        `select version from pbx.external_number where number = '05000001004'`,
      )
      return both.settings.post(address, { target: '1003', ...unchanged, version: String(rows[0]?.version), due })
    }
    const skipped = await bind('2027-03-14T02:30')
    assert.equal(skipped.status, 422)
    assert.match(skipped.body, /夏時間への切り替えのため存在しない時刻/)
    for (const [typed, told] of [
      ['2027-03-14T01:30', '2027-03-14T06:30:00.000Z'],
      ['2027-03-14T03:30', '2027-03-14T07:30:00.000Z'],
    ] as const) {
      const reserved = await bind(typed)
      assert.equal(reserved.status, 303, reserved.body)
      const id = /reservations\/([^?]+)/.exec(reserved.location)?.[1]
      const { rows } = await admin.query<{ due_at: Date }>('select due_at from pbx.reservation where id = $1', [id])
      assert.equal(rows[0]?.due_at.toISOString(), told)
    }
  } finally {
    portal.program.now = moment
    await admin.query(`update pbx.line set time_zone = 'Asia/Tokyo' where contract_id = $1`, [contract])
  }
})
