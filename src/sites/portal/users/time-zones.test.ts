import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type pg from 'pg'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { makerOf, type MadeUser, signIn } from '#test/make.ts'
import { type TestPortal, testPortal } from '#test/portal.ts'
import { superuserOf } from '#test/superuser.ts'
import type { TestBrowser } from '#test/test-browser.ts'
import { paths } from '../paths.ts'

let database: TestDatabase
let portal: TestPortal
let admin: pg.Pool
let administrator: MadeUser
let browser: TestBrowser

before(async () => {
  database = await testDatabase()
  portal = await testPortal(database)
  admin = superuserOf(database)
  administrator = await makerOf(database).user({ role: 'portal-administrator' })
  await admin.query(`update customer set time_zone = 'Europe/Berlin' where id = $1`, [administrator.customerId])
  browser = await signIn(portal, administrator)
})
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

/** A form's time zones in their order, the one that is chosen, and the group that stands first. */
async function zonesOn(
  path: string,
): Promise<{ values: string[]; chosen: string | undefined; group: string | undefined }> {
  const { status, body } = await browser.get(path)
  assert.equal(status, 200, path)
  const [, select = ''] = /<select[^>]*name="timeZone"[^>]*>(.*?)<\/select>/s.exec(body) ?? []
  const options = [...select.matchAll(/<option([^>]*)>([^<]*)<\/option>/g)].filter(
    ([, given]) => !given?.includes('value'),
  )
  const chosen = options.find(([option]) => option.includes('selected'))
  const [, group] = /<optgroup label="([^"]*)"/.exec(select) ?? []
  return { values: options.map(([, , zone = '']) => zone), chosen: chosen?.[2], group }
}

test("the customer's zone stands first; of a new user one is to be chosen", async () => {
  const added = await zonesOn(paths.addUser)
  assert.deepEqual(
    [added.chosen, added.group, added.values[0]],
    [undefined, 'UTC+1 中央ヨーロッパ時間', 'Europe/Berlin'],
  )
  assert(added.values.includes('Europe/Kyiv') && !added.values.includes('Europe/Kiev'))
  const { id } = administrator
  for (const path of [paths.editUser({ id }), paths.display]) {
    const { values, chosen } = await zonesOn(path)
    assert.deepEqual([values[0], chosen], ['Europe/Berlin', 'Asia/Tokyo'], path)
  }
})

test('who has an outdated name keeps it, and may choose that of today', async () => {
  await admin.query(`update portal_user set time_zone = 'Asia/Calcutta' where id = $1`, [administrator.id])
  const { chosen, values } = await zonesOn(paths.display)
  assert.deepEqual([chosen, values.includes('Asia/Kolkata')], ['Asia/Calcutta', true])
})

test('in a file each moment has its offset: of a zone with two, that of the moment', async () => {
  await admin.query(`update portal_user set time_zone = 'Europe/Berlin' where id = $1`, [administrator.id])
  await admin.query(
    `insert into access_history (customer_id, at, user_id, user_name, event)
     select $1, at, $2, 'x', 'sign-in' from unnest('{2026-10-25T00:30Z,2026-10-25T01:30Z}'::timestamptz[]) as given (at)`,
    [administrator.customerId, administrator.id],
  )
  const { body } = await browser.get(`${paths.accessHistoryCsv}?from=2026-10-01&to=2026-10-31`)
  assert.match(body, /^\uFEFF?"日時 中央ヨーロッパ時間"/)
  assert.match(body, /"2026-10-25 02:30:00\+01:00".*\r\n"2026-10-25 02:30:00\+02:00"/)
  const { body: page } = await browser.get(`${paths.accessHistory}?from=2026-10-01&to=2026-10-31`)
  assert.match(page, /02:30（UTC\+1）[\s\S]*02:30（UTC\+2）/)
})
