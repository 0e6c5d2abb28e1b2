import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { addCalendar } from '#features/calendars/save.ts'
import { hours } from '#platform/time/duration.ts'
import { wallClockOf } from '#platform/time/wall-clock.ts'
import { testDatabase } from '#test/database.ts'
import { inLine } from '#test/line.ts'
import { writeSettings } from '#test/line-settings.ts'
import { type BothSites, makeSignOnWorld, openSettings } from '#test/sign-on.ts'
import { type Answer, hiddenFields } from '#test/test-browser.ts'
import { paths } from '../paths.ts'

const database = await testDatabase()
const { portal, admin, customerId, contract, path, userWith, signedIn } = await makeSignOnWorld(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

let editor: BothSites
const of = { contract }
const list = paths.calendars(of)

before(async () => {
  const client = await admin.connect()
  await writeSettings(
    client,
    { customerId, contractId: contract },
    {
      extensions: [{ number: '1001' }, { number: '1002' }],
      numbers: [{ number: '0300002001', target: '1001' }],
    },
  )
  client.release()
  editor = await signedIn(await userWith('edit'))
  await openSettings(editor, path)
})

async function post(address: string, form: Record<string, string | string[]>): Promise<Answer> {
  const { token = '' } = hiddenFields((await editor.settings.get(address)).body, address)
  const fields = Object.entries({ ...form, token }).flatMap(([name, values]) =>
    [values].flat().map((value): [string, string] => [name, value]),
  )
  return editor.settings.send(address, fields)
}

const week = { w1: '9-12 13:00-18:00', w2: '', w3: '', w4: '', w5: '22:00-翌6:00', w6: '', w7: '' }

/** Adds hours by the form; answers their id. */
async function added(name: string, more: Record<string, string | string[]> = {}): Promise<string> {
  const answer = await post(paths.addCalendar(of), { ...week, name, ...more })
  assert.equal(answer.status, 303)
  return /\/calendars\/([^/?]+)/.exec(answer.location)?.[1] ?? assert.fail(answer.location)
}

const rowsOf = async (sql: string, id: string): Promise<unknown[]> => (await admin.query<object>(sql, [id])).rows

test('hours are added with nights, lunch breaks and a closure over the New Year as one entry, and undone whole', async () => {
  const add = paths.addCalendar(of)
  const closure = { from: '2026-12-29', to: '2027-01-03', hours: '', dayName: '年末年始' }
  const shown = await post(add, { ...week, name: '本社', ...closure, do: 'add' })
  const entry = /name="entry" value="([^"]+)"/.exec(shown.body)?.[1] ?? assert.fail('the entry stands in the form')
  assert.equal(entry, '2026-12-29/2027-01-03 - 年末年始')
  const tried = await post(add, { ...week, name: '本社', entry, do: 'preview' })
  assert.match(tried.body.slice(tried.body.indexOf('<main')), /の30日間のうち、営業するのは\d+日、休むのは\d+日です。/)
  assert.deepEqual(await rowsOf(`select from pbx.calendar where contract_id = $1`, contract), [])
  const id = await added('本社', { entry })
  assert.deepEqual(
    await rowsOf(`select weekday, opens, closes from pbx.calendar_slot where calendar_id = $1 order by 1, 2`, id),
    [
      { weekday: 1, opens: 540, closes: 720 },
      { weekday: 1, opens: 780, closes: 1080 },
      { weekday: 5, opens: 1320, closes: 1800 },
    ],
  )
  const days = await rowsOf(
    `select count(*)::int as days, min(day)::text as first, max(day)::text as last, bool_and(opens is null) as closed
     from pbx.calendar_day where calendar_id = $1`,
    id,
  )
  assert.deepEqual(days, [{ days: 6, first: '2026-12-29', last: '2027-01-03', closed: true }])
  const page = await editor.settings.get(paths.calendar({ ...of, id }))
  assert.match(page.body, /value="22:00-30:00"/)
  const month = await editor.settings.get(`${paths.calendarMonth({ ...of, id })}?month=2027-01`)
  assert.match(month.body, /2027年1月の営業（本社）/)
  assert.match(month.body, /<caption[^>]*>2027年1月の営業（本社）/)
  const listed = await editor.settings.get(list)
  assert(listed.body.includes('月 9:00〜12:00、13:00〜18:00、金 22:00〜翌6:00'), 'tells the week')
  const { rows } = await admin.query<{ id: string }>(`select max(id) as id from pbx.change where contract_id = $1`, [
    contract,
  ])
  const change = paths.lineChange({ contract, change: rows[0]?.id ?? '' })
  assert.match((await editor.settings.get(change)).body, /本社 月曜日/)
  assert.equal((await editor.settings.post(change, {})).status, 303)
  assert.deepEqual(await rowsOf(`select from pbx.calendar where contract_id = $1`, contract), [])
})

test('what cannot be hours is said at its field, and nothing is a crash', async () => {
  const id = await added('誤り')
  const address = paths.calendar({ ...of, id })
  const form = { ...week, name: '誤り', version: '1' }
  const wrong: [Record<string, string | string[]>, RegExp][] = [
    [{ w3: '22:00-6:00' }, /水曜日の「22:00-6:00」は、終わりが始まりより後ではありません/],
    [{ w4: 'abc' }, /木曜日の「abc」は時間として読み取れません/],
    [{ w6: '9-12 11-13' }, /重なっています/],
    [{ from: '2026-13-01' }, /特定日の開始日は/],
    [{ from: '2027-01-05', to: '2027-01-04' }, /終了日が開始日より前です/],
    [{ from: '2027-01-05', to: '2099-01-04' }, /特定日は200日までです/],
    [{ from: '2027-01-05', hours: '9-12 13-15' }, /特定日の時間は1つだけ/],
    [{ entry: '2027-01-05/2027-01-06 -', from: '2027-01-06' }, /この期間には、ほかの特定日が含まれています/],
    [{ entry: ['2027-01-01/2027-06-01 -', '2027-07-01/2027-10-01 -'] }, /特定日は200日までです/],
    [{ name: '' }, /営業時間の名前が入力されていません/],
  ]
  for (const [given, text] of wrong) {
    const answer = await post(address, { ...form, ...given })
    assert.equal(answer.status, 422, JSON.stringify(given))
    assert.match(answer.body, text)
  }
  for (const odd of ['out 99', 'out x', 'edit 5', 'edit -1', 'nonsense', 'over', 'copy'])
    assert.equal((await post(address, { ...form, entry: 'nonsense', do: odd })).status, 200, odd)
  // Counted, not written out: else this took half a minute of everybody's.
  const centuries = Array<string>(400).fill('2000-01-01/2199-12-31 -')
  assert.equal((await post(address, { ...form, entry: centuries, do: 'over' })).status, 200)
  for (const month of ['0000-00', '2051-01', '1999-12', '2026-13', 'x', ''])
    assert.equal((await editor.settings.get(`${paths.calendarMonth({ ...of, id })}?month=${month}`)).status, 200, month)
  await added('ほか')
  const taken = await post(address, { ...form, name: 'ほか' })
  assert.match(taken.body, /同じ名前の営業時間があります/)
})

test('today can be closed or opened until a time, after which the usual hours count by themselves', async () => {
  const id = await added('臨時')
  const address = paths.overrideCalendar({ ...of, id })
  const { version = '' } = hiddenFields((await editor.settings.get(address)).body, address)
  const wall = (ahead: number): string =>
    wallClockOf(new Date(portal.program.now().getTime() + ahead * hours), 'Asia/Tokyo')
  const refused = { past: wall(-1), long: wall(32 * 24), none: '' }
  for (const until of Object.values(refused))
    assert.equal((await post(address, { what: 'close', until, version })).status, 422, until)
  assert.equal((await post(address, { what: 'open', until: wall(2), version })).status, 303)
  const state = async (): Promise<string> => (await openSettings(editor, paths.calendar({ ...of, id }))).body
  assert.match(await state(), /臨時営業中（/)
  assert.equal((await post(address, { what: 'close', until: wall(2), version })).status, 422, 'somebody was faster')
  portal.advance(2 * hours + 60_000)
  // The session is over by then, too.
  editor = await signedIn(await userWith('edit'))
  assert.doesNotMatch(await state(), /臨時営業中（/)
})

test('a number is open by its hours and leads elsewhere when closed; hours in use are not deleted', async () => {
  const id = await added('番号', { w1: '', w5: '' })
  const { rows } = await admin.query<{ id: string }>(`select id from pbx.external_number where number = '0300002001'`)
  const address = paths.number({ ...of, id: rows[0]?.id ?? '' })
  const form = { target: '1001', memo: '', calendar: id, onward: 'inside', onwardTo: '1002', version: '1' }
  const seen = await post(address, { ...form, do: 'preview' })
  assert.match(seen.body, /まだ適用していません。[\s\S]*営業時間外の着信先[\s\S]*1002/)
  for (const [wrong, text] of [
    [{ calendar: crypto.randomUUID() }, /この営業時間は、このご契約にありません/],
    [{ calendar: '' }, /営業時間を選択してください/],
    [{ onwardTo: '4711' }, /営業時間外の着信先は、このご契約にありません/],
    [{ onward: 'voicemail' }, /留守番電話を使えません/],
    [{ onward: 'outside', onwardTo: '12' }, /電話番号として読み取れません/],
  ] as const) {
    const answer = await post(address, { ...form, ...wrong })
    assert.equal(answer.status, 422)
    assert.match(answer.body, text)
  }
  assert.equal((await post(address, form)).status, 303)
  assert.match((await editor.settings.get(paths.calendar({ ...of, id }))).body, /03-0000-2001/)
  const printed = await editor.settings.get(paths.print(of))
  assert.match(printed.body, /内線・着信グループを鳴らす 1002/)
  const checks = await editor.settings.get(paths.checks(of))
  assert(checks.body.includes(paths.calendar({ ...of, id })), 'what is never open is found, and leads to its page')
  const removal = paths.deleteCalendar({ ...of, id })
  const used = await post(removal, {})
  assert.equal(used.status, 422)
  assert.match(used.body, /使っている外線番号があるため、削除できません/)
  assert.equal(
    (await post(address, { ...form, calendar: '', onward: 'nothing', onwardTo: '', version: '2' })).status,
    303,
  )
  assert.equal((await post(removal, {})).status, 303)
})

test('a contract has at most fifty', async () => {
  const user = await userWith('edit')
  const plan = { closesOnNationalHolidays: true, week: [], days: [] }
  const outcome = await inLine(database, { contractId: contract, user }, async (ctx) => {
    for (let at = 0; at < 60; at++) {
      const made = await addCalendar(ctx, { ...plan, name: `営業時間 ${at}` })
      if (!made.ok) return made.problem
    }
    return 'all'
  })
  assert.equal(outcome, 'too-many')
})
