import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { after as later, hours, minutes } from '#platform/time/duration.ts'
import { wallClockOf } from '#platform/time/wall-clock.ts'
import { signIn } from '#test/make.ts'
import { emptyAffects, openOutageWorld } from '#test/outage-world.ts'
import { signInStaff } from '#test/staff.ts'
import { hiddenFields, type TestBrowser } from '#test/test-browser.ts'
import { shownAgain } from '#test/ticket-world.ts'
import { paths } from '../paths.ts'

const world = await openOutageWorld()
after(() => world[Symbol.asyncDispose]())
const { portal, make, acme, other } = world

let staff: TestBrowser
const now = (): Date => portal.program.now()
/** What a clock in Tokyo says so many milliseconds from now. */
const wall = (milliseconds: number): string => wallClockOf(later(now(), milliseconds), 'Asia/Tokyo')

before(async () => {
  staff = await signInStaff(portal, await make.staff({ roles: ['content'] }))
})

let made = 0

const filled = () => ({
  kind: 'fault',
  titleJa: '発着信ができない',
  titleEn: 'No calls',
  startsAt: wall(-hours),
  until: wall(2 * hours),
  nextUpdateAt: wall(30 * minutes),
})

/** Writes a draft, and answers its id. */
async function draft(values: Record<string, string> = {}): Promise<string> {
  const begun = await staff.post(paths.addOutage, { code: `T-${++made}`, ...filled(), ...values })
  const [, id] = /^\/outages\/([0-9a-f-]{36})\/affects$/.exec(begun.location) ?? []
  return id ?? assert.fail(`${begun.status} ${begun.location}`)
}

const setAffects = (id: string, fields: Record<string, string>, file?: string) =>
  staff.sendFile(paths.setAffects({ id }), {
    fields: { ...emptyAffects, ...fields },
    file: file === undefined ? [] : { field: 'file', name: 'numbers.csv', bytes: new TextEncoder().encode(file) },
  })

/** A draft about these contracts that was published. */
async function published(contracts: string[], values: Record<string, string> = {}): Promise<string> {
  const id = await draft(values)
  assert.equal((await setAffects(id, { contracts: contracts.join('\n') })).location, paths.publishOutage({ id }))
  const done = await staff.post(paths.publishOutage({ id }))
  assert.equal(done.location, paths.outage({ id }))
  await world.spread()
  return id
}

test('a draft is nobody’s to see until it is published; then each customer reads of the own contracts', async () => {
  const customers = await signIn(portal, acme.reader)
  const id = await draft()
  await setAffects(id, { contracts: `${acme.numbers[0]}\n${other.numbers[0]}` })
  const shown = (await staff.get(paths.publishOutage({ id }))).body
  assert.match(shown, /影響するご契約<\/dt><dd><b>2件/)
  assert.match(shown, /お客様<\/dt><dd><b>2社/)
  assert.match(shown, /画面で見られる方<\/dt><dd>2名/)
  assert.match(shown, /メールが届く方<\/dt><dd>1名/)
  assert(shown.includes('【故障発生】発着信ができない') && shown.includes('[Fault] No calls'))
  assert(!(await customers.get('/incidents')).body.includes('発着信ができない'))
  assert.equal((await staff.post(paths.publishOutage({ id }))).location, paths.outage({ id }))
  assert.match((await staff.get(paths.outage({ id }))).body, /お客様の画面に反映しています/)
  await world.spread()
  const { body } = await staff.get(paths.outage({ id }))
  assert.match(body, /2件（お客様2社）/)
  assert.doesNotMatch(body, /お客様の画面に反映しています/)
  const read = await customers.get('/incidents')
  assert(read.body.includes('発着信ができない') && read.body.includes(acme.numbers[0] ?? '-'))
  assert(!read.body.includes(other.numbers[0] ?? '-'))
  assert.equal((await world.told(acme.reader)).length, 1)
})

test('what nobody has is named with its line, in the field or the file, and what was typed stays', async () => {
  const id = await draft()
  const wrong = await setAffects(id, { contracts: `${acme.numbers[0]}\nN-NONE ${acme.numbers[1]}\n\nＮ－０` })
  const body = shownAgain(wrong)
  assert(body.includes('2行目「N-NONE」、4行目「N-0」'))
  assert(body.includes(`N-NONE ${acme.numbers[1]}`))
  const file = `お客様,ご契約番号\r\nx,${acme.numbers[0]}\r\nx,N-GONE\r\n`
  assert(shownAgain(await setAffects(id, {}, file)).includes('3行目「N-GONE」'))
  for (const [fields, said] of [
    [{ groupNumbers: 'G-NONE' }, '1行目「G-NONE」'],
    [{ sites: `${acme.code} nowhere` }, `1行目「${acme.code} nowhere」`],
    [{ sites: 'alone' }, '1行目「alone」'],
    [{}, '影響範囲が指定されていません'],
    [{ services: 'no-such-service' }, '選択したサービスが見つかりません'],
  ] as const)
    assert(shownAgain(await setAffects(id, fields)).includes(said), said)
  assert(shownAgain(await setAffects(id, {}, '')).includes('ファイルを読み込めませんでした'))
  assert(shownAgain(await setAffects(id, {}, 'PK\u0003\u0004')).includes('ファイルを読み込めませんでした'))
  const given = await setAffects(id, {}, `${acme.numbers[0]}\n${acme.numbers[1]}\n`)
  assert.equal(given.location, paths.publishOutage({ id }))
  assert.match((await staff.get(given.location)).body, /影響するご契約<\/dt><dd><b>2件/)
})

test('without a contract it is not published, nor by a form that is old; a draft can be thrown away', async () => {
  const id = await draft()
  const none = '影響するご契約が0件です。範囲を確認してください。'
  const empty = await staff.get(paths.publishOutage({ id }))
  assert(empty.body.includes(none) && !empty.body.includes('公開する</button>'))
  const version = String(await world.versionOf(id))
  const token = await staff.get(paths.withdrawOutage({ id }))
  assert.equal(token.status, 200)
  assert.equal((await staff.post(paths.withdrawOutage({ id }))).location, paths.outages)
  for (const path of [paths.publishOutage, paths.editOutage, paths.setAffects, paths.sayUpdate, paths.endOutage])
    assert.equal((await staff.get(path({ id }))).status, 404)
  const second = await draft()
  await setAffects(second, { contracts: acme.numbers[0] ?? '' })
  const page = await staff.get(paths.publishOutage({ id: second }))
  assert(page.body.includes('公開する'))
  await world.end(acme.numbers[0] ?? '')
  assert(shownAgain(await staff.post(paths.publishOutage({ id: second }), { version })).includes(none))
  await world.revive(acme.numbers[0] ?? '')
  const late = await staff.post(paths.publishOutage({ id: second }), { version: '1' })
  assert(shownAgain(late).includes('ほかの担当者が変更しました'))
  assert.equal((await staff.get(`/outages/${acme.reader.id}`)).status, 404)
})

test('an update, its correction and the end with its cause are read by customers as they were said', async () => {
  const id = await published([acme.numbers[0] ?? ''])
  const first = { step: 'investigating', textJa: '原因を調べています。', nextUpdateAt: wall(hours) }
  assert.equal((await staff.post(paths.sayUpdate({ id }), first)).location, paths.outage({ id }))
  const corrects = `${paths.sayUpdate({ id })}?corrects=1`
  assert((await staff.get(corrects)).body.includes('原因を調べています。'))
  const second = {
    step: 'identified',
    textJa: '装置の故障でした。',
    textEn: 'A device had failed.',
    nextUpdateAt: wall(hours),
  }
  assert.equal((await staff.post(corrects, second)).location, paths.outage({ id }))
  assert.equal((await staff.get(`${paths.sayUpdate({ id })}?corrects=9`)).status, 404)
  await world.spread()
  const customers = await signIn(portal, acme.reader)
  const incident = `/incidents/${await world.incidentOf(id, acme)}`
  const read = (await customers.get(incident)).body
  for (const said of ['原因を調べています。', '装置の故障でした。', 'のご案内の訂正', '原因を特定', '次回のご案内'])
    assert(read.includes(said), said)
  const passed = await staff.post(paths.sayUpdate({ id }), { textJa: '続報', nextUpdateAt: wall(-minutes) })
  assert(shownAgain(passed).includes('次回のご案内には、これからの日時を入力してください。'))
  assert(shownAgain(await staff.post(paths.sayUpdate({ id }), { textJa: '' })).includes('内容（日本語）'))
  const ended = { endsAt: wall(0), causeJa: '電源装置の故障。交換しました。', causeEn: 'A power supply failed.' }
  const future = await staff.post(paths.endOutage({ id }), { ...ended, endsAt: wall(hours) })
  assert(shownAgain(future).includes('終了日時には、現在までの日時を入力してください。'))
  assert.equal((await staff.post(paths.endOutage({ id }), ended)).location, paths.outage({ id }))
  await world.spread()
  portal.advance(minutes)
  const over = (await customers.get(incident)).body
  for (const said of ['電源装置の故障。交換しました。', '故障 終了', '復旧']) assert(over.includes(said), said)
  assert.deepEqual(
    (await world.told(acme.reader)).filter(({ incident: of }) => incident.endsWith(of)).map(({ kind }) => kind),
    ['opened', 'ended'],
  )
})

test('two members edit one outage: the second is shown what the first has changed, and what both did is merged', async () => {
  const id = await published([acme.numbers[1] ?? ''])
  const colleague = await signInStaff(portal, await make.staff({ roles: ['content'] }))
  const page = await staff.get(paths.editOutage({ id }))
  assert.equal((await colleague.post(paths.editOutage({ id }), { ...filled(), titleJa: '通話ができない' })).status, 303)
  const old = hiddenFields(page.body, paths.editOutage({ id }))
  const late = await staff.send(paths.editOutage({ id }), { ...old, ...filled(), titleEn: 'No calls at all' })
  const body = shownAgain(late)
  assert.match(body, /さんが.*に変更しました（障害・工事の編集）/)
  // As it was, as it is, and as it was typed; the field holds what the other has made of it, and one’s own.
  assert(
    body.includes('発着信ができない') && body.includes('value="通話ができない"') && body.includes('No calls at all'),
  )
  const [, to = ''] = /action="([^"]*again[^"]*)"/.exec(body) ?? []
  const again = { ...filled(), ...hiddenFields(body, paths.editOutage({ id })), titleJa: '通話ができない' }
  const merged = await staff.send(to.replaceAll('&amp;', '&') || paths.editOutage({ id }), {
    ...again,
    titleEn: 'No calls at all',
  })
  assert.equal(merged.location, paths.outage({ id }))
  const shown = (await staff.get(paths.outage({ id }))).body
  assert(shown.includes('通話ができない') && shown.includes('No calls at all'))
})

test('it is widened and narrowed by way of a page that says what would change, and those who leave are told', async () => {
  const id = await published([acme.numbers[2] ?? ''])
  const more = await setAffects(id, { contracts: `${acme.numbers[2]} ${other.numbers[2]}` })
  const asked = (await staff.get(more.location)).body
  assert.match(asked, /新しく対象になるご契約<\/dt><dd>1件/)
  assert.match(asked, /対象から外れるご契約<\/dt><dd>0件/)
  assert.match((await staff.get(paths.outage({ id }))).body, /影響範囲の変更が、まだ反映されていません/)
  await world.spread()
  assert.equal(await world.incidentOf(id, other), undefined)
  await staff.post(paths.publishOutage({ id }))
  await world.spread()
  assert(await world.incidentOf(id, other))
  portal.advance(minutes)
  await setAffects(id, { contracts: other.numbers[2] ?? '' })
  assert.match((await staff.get(paths.publishOutage({ id }))).body, /対象から外れるご契約<\/dt><dd>1件/)
  await staff.post(paths.publishOutage({ id }))
  await world.spread()
  const incident = await world.incidentOf(id, acme)
  assert.deepEqual(
    (await world.told(acme.reader)).filter((mail) => mail.incident === incident).map(({ kind }) => kind),
    ['opened', 'left'],
  )
})

test('works are withdrawn, moved and over by their times, and English is asked for by who reads it', async () => {
  const id = await published([acme.numbers[3] ?? ''], {
    kind: 'works',
    startsAt: wall(24 * hours),
    until: wall(26 * hours),
    nextUpdateAt: '',
  })
  const english = portal.consoleBrowser({ language: 'en' })
  await signInStaff(portal, await make.staff({ roles: ['content'] }), english)
  const { body } = await english.get(paths.outage({ id }))
  assert(body.includes('Works planned') && body.includes('Contracts affected'))
  const wrong = await english.post(paths.editOutage({ id }), { ...filled(), startsAt: 'now' })
  assert(shownAgain(wrong).includes('From is written like 2026-12-01T14:30.'))
  const early = await english.post(paths.editOutage({ id }), { ...filled(), until: wall(-2 * hours) })
  assert(shownAgain(early).includes('Expected end must be after it begins.'))
  const long = await english.post(paths.editOutage({ id }), { ...filled(), until: wall(63 * 24 * hours) })
  assert(shownAgain(long).includes('Works take at most 62 days.'))
  const moved = { ...filled(), startsAt: wall(48 * hours), until: wall(50 * hours), nextUpdateAt: '' }
  // Of what was published the kind stays, whatever is sent.
  assert.equal((await english.post(paths.editOutage({ id }), moved)).location, paths.outage({ id }))
  await world.spread()
  assert.match((await staff.get(paths.outage({ id }))).body, /工事 予定/)
  assert.equal((await english.post(paths.withdrawOutage({ id }))).location, paths.outage({ id }))
  await world.spread()
  assert.match((await english.get(paths.outage({ id }))).body, /Withdrawn/)
  const incident = await world.incidentOf(id, acme)
  assert.deepEqual(
    (await world.told(acme.reader)).filter((mail) => mail.incident === incident).map(({ kind }) => kind),
    ['announced', 'moved', 'cancelled'],
  )
})
