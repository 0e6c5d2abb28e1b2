import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { formOf } from '#test/sign-in.ts'
import { hiddenFields } from '#test/test-browser.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
after(() => database[Symbol.asyncDispose]())

const display = '/profile/display'
const settings = { language: 'ja', theme: 'system', timeZone: 'Asia/Tokyo', shortcuts: 'on' }

test('of two who change the same settings the later one is told what is set now, keeps what was typed, and may apply it', async () => {
  const user = await make.user()
  const browser = await signIn(portal, user)
  const loaded = await formOf(browser, display)
  const first = await browser.send(display, { ...loaded, ...settings, theme: 'dark' })
  assert.equal(first.status, 303)

  const typed = { ...settings, theme: 'light', timeZone: 'Europe/Paris' }
  const refused = await browser.send(display, { ...loaded, ...typed })
  assert.equal(refused.status, 422)
  assert.match(refused.body, /ご自身（別の画面）が.*に変更しました（表示設定の変更）/)
  assert.match(refused.body, /<th[^>]*>配色<\/th>[\s\S]*端末の設定に従う[\s\S]*ダーク[\s\S]*ライト/)
  // Nobody else has changed the zone.
  assert.doesNotMatch(refused.body, /<th[^>]*>タイムゾーン<\/th>/)
  assert.match(refused.body, /value="light" checked/)
  assert.match(refused.body, /<option selected(="")?>Europe\/Paris/)
  assert.deepEqual(await displayOf(user), { theme: 'dark', time_zone: 'Asia/Tokyo', version: 2 })

  const again = await browser.send(display, { ...hiddenFields(refused.body, display), ...typed })
  assert.equal(again.status, 303)
  assert.deepEqual(await displayOf(user), { theme: 'light', time_zone: 'Europe/Paris', version: 3 })
})

test('what cannot be applied says nothing of another window when there was none', async () => {
  const browser = await signIn(portal, await make.user())
  const answer = await browser.post(display, { ...settings, theme: 'pink' })
  assert.equal(answer.status, 422)
  assert.doesNotMatch(answer.body, /編集を始めたとき|別の画面/)
})

test('the own zone and UTC can be chosen, though not every system lists them; an offset cannot', async () => {
  const user = await make.user()
  const zone = { time_zone: 'Asia/Kolkata' }
  await database.operator.transaction((tx) =>
    tx.updateTable('portal_user').set(zone).where('id', '=', user.id).execute(),
  )
  const browser = await signIn(portal, user)
  const loaded = await formOf(browser, display)
  const { body } = await browser.get(display)
  assert.match(body, /<option selected(="")?>Asia\/Kolkata/)
  assert.match(body, /<option>UTC</)
  assert.equal((await browser.send(display, { ...loaded, ...settings, timeZone: '+09:00' })).status, 422)
  assert.equal((await browser.send(display, { ...loaded, ...settings, timeZone: 'UTC' })).status, 303)
  assert.deepEqual(await displayOf(user), { theme: 'system', time_zone: 'UTC', version: 2 })
})

async function displayOf({ id }: MadeUser): Promise<{ theme: string; time_zone: string; version: number }> {
  return database.operator.transaction((tx) =>
    tx
      .selectFrom('portal_user')
      .where('id', '=', id)
      .select(['theme', 'time_zone', 'version'])
      .executeTakeFirstOrThrow(),
  )
}

test('what is wrong with a form is said in the language of the profile, whatever the browser speaks', async () => {
  const browser = await signIn(portal, await make.user())
  await browser.post(display, { ...settings, language: 'en' })
  const refused = await browser.post(display, { ...settings, theme: 'pink' })
  assert.equal(refused.status, 422)
  assert.match(refused.body, /Nothing is chosen for “Colours”\. Choose one\./)
  const stale = await browser.send(display, { ...settings, token: '' })
  assert.match(stale.body, /This page had expired/)
})
