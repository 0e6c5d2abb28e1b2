import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { testDatabase } from '#test/database.ts'
import { makerOf } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
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

/** As a clock in Japan shows it. */
const wall = (hours: number): string =>
  new Date(portal.program.now().getTime() + (9 + hours) * 3_600_000).toISOString().slice(0, 16)

const given = (changes: Record<string, string> = {}): Record<string, string> => ({
  from: wall(1),
  until: wall(3),
  ja: 'サーバーを交換します。',
  en: '',
  deed: 'set',
  ...changes,
})

test('works on the portal are told on its login until they are called off', async () => {
  assert.match((await staff.get(paths.maintenance)).body, /予告していません/)
  const set = await staff.post(paths.portalMaintenance, given())
  assert.deepEqual([set.status, set.location], [303, paths.maintenance], set.body)
  assert.match((await staff.get(paths.maintenance)).body, /予告中.*サーバーを交換します。/s)
  assert.match((await portal.browser().get('/login')).body, /サーバーを交換します。/)
  const ended = await staff.post(paths.portalMaintenance, given({ deed: 'end', from: '', until: '', ja: '' }))
  assert.equal(ended.status, 303, ended.body)
  assert.doesNotMatch((await portal.browser().get('/login')).body, /サーバーを交換します。/)
  const { rows } = await admin.query(
    `select action, subject_name from change_history where customer_id = house() and subject_kind = 'web-site' order by id`,
  )
  assert.deepEqual(rows, [
    { action: 'maintenance-set', subject_name: 'portal' },
    { action: 'maintenance-ended', subject_name: 'portal' },
  ])
})

test('the settings site is closed, or nothing can be changed there', async () => {
  await staff.post(paths.settingsMaintenance, given({ mode: 'closed', from: wall(-1), en: 'We replace servers.' }))
  await portal.beat()
  const closed = await portal.settingsBrowser({ language: 'en' }).get('/')
  assert.equal(closed.status, 503)
  assert.match(closed.body, /We replace servers\./)
  assert.match((await staff.get(paths.maintenance)).body, /実施中/)
  await staff.post(paths.settingsMaintenance, given({ mode: 'read-only', from: wall(-1) }))
  await portal.beat()
  assert.notEqual((await portal.settingsBrowser().get('/')).status, 503)
  const { rows } = await admin.query(`select mode, text_en from site_state where site = 'settings'`)
  assert.deepEqual(rows, [{ mode: 'read-only', text_en: 'サーバーを交換します。' }])
})

test('what is wrong is said at the field with what was typed, and of two the second is told of the first', async () => {
  const wrong: [Record<string, string>, RegExp][] = [
    [{ from: 'x' }, /日時の形式が正しくありません/],
    [{ until: '' }, /日時の形式が正しくありません/],
    [{ until: wall(0.5), from: wall(1) }, /開始より後の日時/],
    [{ from: wall(-3), until: wall(-1) }, /終了予定が過ぎています/],
    [{ ja: ' ' }, /お客様への説明が入力されていません/],
    [{ ja: 'あ'.repeat(1001) }, /1,?000文字以内/],
  ]
  for (const [changes, said] of wrong) {
    const refused = await staff.post(paths.portalMaintenance, given({ en: 'stays here', ...changes }))
    assert.notEqual(refused.status, 303)
    assert.match(refused.body, said)
    assert.match(refused.body, /stays here/)
  }
  const page = await staff.get(paths.portalMaintenance)
  const was = /name="was" value="([\w-]+)"/.exec(page.body)?.[1] ?? ''
  assert.equal((await staff.post(paths.portalMaintenance, given({ ja: '先に' }))).status, 303)
  const late = await staff.post(paths.portalMaintenance, given({ ja: '後から', was }))
  assert.match(late.body, /ほかの担当者が変更しました/)
  assert.match(late.body, /後から/)
})

test('only those for content open it, in both languages', async () => {
  const reader = await signInStaff(portal, await make.staff({ roles: ['support', 'provisioning', 'security'] }))
  const english = await signInStaff(portal, await make.staff({ roles: ['content'] }))
  await english.get(`${paths.maintenance}?lang=en`)
  for (const path of [paths.maintenance, paths.portalMaintenance, paths.settingsMaintenance]) {
    assert.equal((await reader.get(path)).status, 403)
    assert.match((await english.get(path)).body, /Maintenance/)
  }
  assert.equal((await reader.send(paths.portalMaintenance, given())).status, 403)
})
