import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sealChanges } from '#features/change-history/seal.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { signInStaff } from '#test/staff.ts'
import { superuserOf } from '#test/superuser.ts'
import type { TestBrowser } from '#test/test-browser.ts'
import { until } from '#test/until.ts'
import { paths } from '../paths.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
const admin = superuserOf(database)
let staff: TestBrowser
let member: MadeUser

before(async () => {
  member = await make.staff({ roles: ['security', 'content', 'support'] })
  staff = await signInStaff(portal, member)
})
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

test('what concerns no customer stands in the house’s history, and what is done for one does not', async () => {
  const maintenance = { from: '2030-01-01T00:00', until: '2030-01-01T01:00', ja: '交換します', en: '', deed: 'set' }
  assert.equal((await staff.post(paths.portalMaintenance, maintenance)).status, 303)
  const user = await make.user({ name: '佐藤 花子', state: 'awaiting-registration' })
  await staff.post(paths.resendNotice({ customer: user.customerId, id: user.id }), { sure: 'yes' })
  // What was just done is said on the page after it.
  await staff.get(paths.queues)
  const { body } = await staff.get(paths.history)
  assert.match(body, /メンテナンスの設定/)
  assert.match(body, /交換します/)
  assert.match(body, /封印待ち/)
  assert(!body.includes('佐藤 花子'))
  // What is older is sealed first, and whoever else uses the server may still be at it.
  await until(async () => {
    await sealChanges(database.operator)
    return /\d番/.test((await staff.get(paths.history)).body)
  })
  assert.match((await staff.get(`${paths.history}?q=portal`)).body, /メンテナンスの設定/)
  assert.match((await staff.get(`${paths.history}?q=nobody-said-this`)).body, /条件に合う変更がありません/)
})

test('who looked at whom is told, of one member or of one customer', async () => {
  const [one, two] = [await make.user(), await make.user()]
  const other = await make.staff()
  const browser = await signInStaff(portal, other)
  await browser.get(paths.customer({ id: one.customerId }))
  await staff.get(paths.customer({ id: two.customerId }))
  const all = (await staff.get(paths.visits)).body
  for (const { customerId } of [one, two]) assert(all.includes(`<code>${paths.customer({ id: customerId })}</code>`))
  const ofOther = (await staff.get(`${paths.visits}?staff=${other.id}`)).body
  assert(ofOther.includes(`<code>${paths.customer({ id: one.customerId })}</code>`))
  assert(!ofOther.includes(`<code>${paths.customer({ id: two.customerId })}</code>`))
  const ofTwo = (await staff.get(`${paths.visits}?customer=${two.customerId}`)).body
  assert(!ofTwo.includes(`<code>${paths.customer({ id: one.customerId })}</code>`))
  assert.equal((await staff.get(`${paths.visits}?staff=x&customer=y`)).status, 200)
})

test('only security opens them, in both languages, by few statements', async () => {
  const reader = await signInStaff(portal, await make.staff({ roles: ['support', 'content', 'provisioning'] }))
  const english = await signInStaff(portal, await make.staff({ roles: ['security'] }))
  await english.get(`${paths.history}?lang=en`)
  for (const path of [paths.history, paths.visits]) {
    assert.equal((await reader.get(path)).status, 403)
    assert.match((await english.get(path)).body, /Our own changes/)
    await staff.get(path)
    const sent = database.statements.length
    await staff.get(path)
    const count = database.statements.length - sent
    assert(count > 0 && count <= 8, `${path}: ${count} statements`)
  }
})
