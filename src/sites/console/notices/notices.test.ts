import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { mailNotices, publishNotices } from '#features/notices/publish.ts'
import { days, hours } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, signIn } from '#test/make.ts'
import { testPortal, testSecrets, testUrl } from '#test/portal.ts'
import { signInStaff } from '#test/staff.ts'
import { superuserOf } from '#test/superuser.ts'
import type { TestBrowser } from '#test/test-browser.ts'
import { paths } from '../paths.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
const admin = superuserOf(database)
let staff: TestBrowser

before(async () => {
  staff = await signInStaff(portal, await make.staff({ roles: ['content'] }))
})
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const written = (changes: Record<string, string> = {}): Record<string, string> => ({
  kind: 'news',
  titleJa: '年末年始の窓口',
  titleEn: '',
  bodyJa: '12月29日から1月3日まで休みます。\n故障は受け付けます。',
  bodyEn: '',
  customers: '',
  from: '2020-01-01T00:00',
  until: '',
  ...changes,
})

async function draft(changes: Record<string, string> = {}): Promise<string> {
  const { status, location, body } = await staff.post(paths.addNotice, written(changes))
  assert.equal(status, 303, body)
  return location
}

const idOf = (path: string): string => path.split('/').at(-1) ?? ''
async function publish(path: string): Promise<void> {
  const answer = await staff.post(path, { deed: 'publish' })
  assert.deepEqual([answer.status, answer.location], [303, path], answer.body)
  await work(path)
}

async function work(path: string): Promise<void> {
  await database.operator.transaction((tx) => publishNotices({ tx, now: portal.program.now() }, idOf(path)))
}

async function mail(path: string): Promise<void> {
  const teller = { database: database.operator, now: portal.program.now, secrets: testSecrets, portalUrl: testUrl }
  await mailNotices(teller, idOf(path))
}

const codeOf = async (customerId: string): Promise<string> =>
  (await admin.query<{ code: string }>('select code from customer where id = $1', [customerId])).rows[0]?.code ?? ''

const sees = async (browser: TestBrowser, title: string): Promise<boolean> =>
  (await browser.get('/notices')).body.includes(title)

/** An administrator, a colleague who sees one contract of the first of two services, and somebody else's user. */
async function makeReaders() {
  const [chosen, other] = [await make.user({ role: 'portal-administrator' }), await make.user()]
  const member = await make.user({ customerId: chosen.customerId })
  const [serviceId, another] = [await make.service(), await make.service()]
  const contractId = await make.contract({ customerId: chosen.customerId, serviceId })
  await make.contract({ customerId: chosen.customerId, serviceId: another })
  await make.group({
    customerId: chosen.customerId,
    rights: [{ level: 'view', contractId }],
    members: [member.id],
  })
  const [administrator, person] = [await signIn(portal, chosen), await signIn(portal, member)]
  return { chosen, serviceId, another, administrator, person, stranger: await signIn(portal, other) }
}

async function wish(user: MadeUser): Promise<void> {
  const browser = await signIn(portal, user)
  const fields = { topic: 'news', scope: 'all', service: '', site: '', contract: '' }
  assert.equal((await browser.post('/profile/mails', fields)).status, 303)
}

test('a draft is shown to nobody, looks as customers will see it, and once published is read by all', async () => {
  const reader = await signIn(portal, await make.user())
  const path = await draft({ important: 'on' })
  const { body } = await staff.get(path)
  assert.match(body, /お客様の画面での表示/)
  assert.match(body, /12月29日から1月3日まで休みます。/)
  assert.equal(await sees(reader, '年末年始の窓口'), false)
  await publish(path)
  const list = (await reader.get('/notices')).body
  assert.match(list, /重要.*年末年始の窓口/s)
  const [, id = ''] = /href="\/notices\/([0-9a-f-]{36})"/.exec(list) ?? []
  assert.match((await reader.get(`/notices/${id}`)).body, /故障は受け付けます。/)
  // What was published can be taken back, and not changed.
  assert.equal((await staff.get(`${path}/edit`)).status, 404)
  assert.match((await staff.get(path)).body, /取り下げる/)
  await staff.post(path, { deed: 'withdraw' })
  await work(path)
  assert.equal(await sees(reader, '年末年始の窓口'), false)
  assert.equal((await reader.get(`/notices/${id}`)).status, 404)
  const { rows } = await admin.query(
    `select string_agg(action, ' ' order by id) as done from change_history where subject_id = $1`,
    [idOf(path)],
  )
  assert.deepEqual(rows, [{ done: 'notice-published notice-withdrawn' }])
})

test('it is for the customers, services and administrators that were chosen, and for nobody else', async () => {
  const { chosen, serviceId, another, administrator, person, stranger } = await makeReaders()
  const ofCustomer = `お客様だけ ${chosen.id}`
  await publish(await draft({ titleJa: ofCustomer, customers: await codeOf(chosen.customerId) }))
  assert.deepEqual(
    [await sees(administrator, ofCustomer), await sees(person, ofCustomer), await sees(stranger, ofCustomer)],
    [true, true, false],
  )
  const forAdministrators = `管理者だけ ${chosen.id}`
  await publish(await draft({ titleJa: forAdministrators, administrators: 'on' }))
  assert.deepEqual([await sees(administrator, forAdministrators), await sees(person, forAdministrators)], [true, false])
  const ofService = `サービスだけ ${chosen.id}`
  await publish(await draft({ titleJa: ofService, services: serviceId }))
  assert.deepEqual([await sees(person, ofService), await sees(stranger, ofService)], [true, false])
  const ofOther = `別のサービス ${chosen.id}`
  const path = await draft({ titleJa: ofOther, services: another })
  await publish(path)
  assert.equal(await sees(person, ofOther), false)
  // Neither the address nor the search leads round it.
  const { rows } = await admin.query<{ id: string }>('select id from notice where campaign_id = $1', [idOf(path)])
  assert.equal((await person.get(`/notices/${rows[0]?.id}`)).status, 404)
  assert(
    !(await person.get(`/search?q=${encodeURIComponent('別のサービス')}`)).body.includes(`/notices/${rows[0]?.id}`),
  )
  // Made into notices once more, it is the same.
  await work(path)
  assert.equal((await admin.query('select from notice where campaign_id = $1', [idOf(path)])).rowCount, 1)
})

test('by mail it goes once to whoever wishes news and may read it, as long as the address works and it is shown', async () => {
  const wisher = await make.user({ state: 'active' })
  const { customerId } = wisher
  const [unwished, bad] = [await make.user({ customerId }), await make.user({ customerId })]
  await wish(wisher)
  await wish(bad)
  await admin.query('update portal_user set mail_refused_at = now() where id = $1', [bad.id])
  const title = `メールあり ${wisher.id}`
  const path = await draft({ titleJa: title, customers: await codeOf(customerId), byMail: 'on' })
  assert.match((await staff.get(path)).body, /する（1名）/)
  await publish(path)
  const jobs = `select from graphile_worker.jobs where task_identifier = 'mail-notices' and key = $1`
  assert.equal((await admin.query(jobs, [`mail notices ${idOf(path)}`])).rowCount, 1)
  await mail(path)
  await mail(path)
  const mails = await portal.mailsTo(wisher.mail)
  const told = mails.filter(({ subject }) => subject.includes(title))
  assert.equal(told.length, 1)
  assert.match(told[0]?.text ?? '', /https:\/\/portal\.example\.jp\/notices\/[0-9a-f-]{36}/)
  assert.match(told[0]?.unsubscribeUrl ?? '', /\/unsubscribe\?key=/)
  for (const { mail: address } of [unwished, bad])
    assert(!(await portal.mailsTo(address)).some(({ subject }) => subject.includes(title)), address)
  // What was withdrawn before is not mailed.
  const late = await draft({ titleJa: `後で ${wisher.id}`, customers: await codeOf(customerId), byMail: 'on' })
  await publish(late)
  await staff.post(late, { deed: 'withdraw' })
  await work(late)
  await mail(late)
  assert(!(await portal.mailsTo(wisher.mail)).some(({ subject }) => subject.includes('後で')))
})

test('nothing that is over is published', async () => {
  const over = await draft({ until: '2020-01-02T00:00' })
  assert.match((await staff.post(over, { deed: 'publish' })).body, /掲載終了の日時を過ぎています/)
})

test('it is shown from the time that was said, until the time that was said', async () => {
  const reader = await signIn(portal, await make.user())
  const wall = (at: number): string =>
    new Date(portal.program.now().getTime() + 9 * hours + at).toISOString().slice(0, 16)
  const title = '期間のあるお知らせ'
  await publish(await draft({ titleJa: title, from: wall(1 * hours), until: wall(2 * days) }))
  assert.equal(await sees(reader, title), false)
  portal.advance(61 * 60_000)
  const again = await signIn(portal, await make.user())
  assert.equal(await sees(again, title), true)
  staff = await signInStaff(portal, await make.staff({ roles: ['content'] }))
})

test('what is wrong is said at the field, with what was typed; two who edit do not undo each other', async () => {
  const wrong: [Record<string, string>, RegExp][] = [
    [{ titleJa: '' }, /件名が入力されていません/],
    [{ bodyJa: ' ' }, /本文が入力されていません/],
    [{ customers: 'no-such-1 no-such-2' }, /このお客様コードはありません：no-such-1, no-such-2/],
    [{ customers: '(house)' }, /このお客様コードはありません：\(house\)/],
    [{ from: 'あした' }, /日時の形式が正しくありません/],
    [{ until: '2019-01-01T00:00' }, /掲載開始より後の日時/],
    [{ titleJa: 'あ'.repeat(201) }, /件名は200文字以内/],
    [{ services: 'x' }, /サービス/],
  ]
  for (const [changes, said] of wrong) {
    const refused = await staff.post(paths.addNotice, written({ bodyJa: '残る本文', ...changes }))
    assert.notEqual(refused.status, 303)
    assert.match(refused.body, said)
    if (!('bodyJa' in changes)) assert.match(refused.body, /残る本文/)
  }
  const path = await draft()
  const form = await staff.get(`${path}/edit`)
  const version = /name="version" value="(\d+)"/.exec(form.body)?.[1] ?? ''
  assert.equal((await staff.post(`${path}/edit`, written({ titleJa: '先に' }))).status, 303)
  const late = await staff.post(`${path}/edit`, { ...written({ titleJa: '後から' }), version })
  assert.match(late.body, /ほかの担当者が変更または公開しました/)
  assert.match(late.body, /後から/)
  assert.match((await staff.post(path, { deed: 'publish', version })).body, /ほかの担当者が変更しました/)
  assert.match((await staff.get(`${paths.addNotice}?like=${idOf(path)}`)).body, /value="先に"/)
})

test('only those for content open it, in both languages, and the list is a handful of statements', async () => {
  const path = await draft()
  const reader = await signInStaff(portal, await make.staff({ roles: ['support', 'provisioning', 'security'] }))
  for (const each of [paths.notices, paths.addNotice, path, `${path}/edit`])
    assert.equal((await reader.get(each)).status, 403, each)
  assert.equal((await reader.send(path, { deed: 'publish', version: '1' })).status, 403)
  const english = await signInStaff(portal, await make.staff({ roles: ['content'] }))
  await english.get(`${path}?lang=en`)
  assert.match((await english.get(path)).body, /As customers see it/)
  assert.match((await english.get(paths.addNotice)).body, /Save the draft/)
  await staff.get(paths.notices)
  const sent = database.statements.length
  await staff.get(paths.notices)
  const count = database.statements.length - sent
  assert(count > 0 && count <= 8, `${count} statements`)
})
