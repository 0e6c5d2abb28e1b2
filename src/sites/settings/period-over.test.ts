import assert from 'node:assert/strict'
import { after as afterAll, test } from 'node:test'
import { minutes } from '#platform/time/duration.ts'
import { paths as portalPaths } from '#sites/portal/paths.ts'
import { testDatabase } from '#test/database.ts'
import { type BothSites, makeSignOnWorld, openSettings, settingsCookies } from '#test/sign-on.ts'

// A user's last day ends while both sites are open: nothing of it goes on, whatever was begun a moment before.

const database = await testDatabase()
const world = await makeSignOnWorld(database)
const { portal, admin, path } = world
afterAll(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

/** Somebody whose last day is in its last minute, signed in to the portal; and the moment at which it is over. */
async function lastMinute(): Promise<{ both: BothSites; at: Date }> {
  const user = await world.userWith('view')
  const { rows } = await admin.query<{ day: string; at: Date }>(
    `select d::text as day, (d + 1)::timestamp at time zone c.time_zone as at from customer c,
      lateral (select ($1::timestamptz at time zone c.time_zone)::date + 1 as d) x where c.id = $2`,
    [portal.program.now(), world.customerId],
  )
  const { day, at } = rows[0] ?? assert.fail()
  await admin.query('update portal_user set ends_on = $2 where id = $1', [user.id, day])
  moveTo(at, -1 * minutes)
  return { both: await world.signedIn(user), at }
}

const moveTo = (at: Date, by: number): void => portal.advance(at.getTime() - portal.program.now().getTime() + by)

test('the settings site and the downloads of both are open to the last moment, and then closed', async () => {
  const { both, at } = await lastMinute()
  assert.equal((await openSettings(both, path)).status, 200)
  const files = [
    [both.portal, portalPaths.contractsCsv],
    [both.settings, `${path}/numbers.csv`],
  ] as const
  moveTo(at, -1)
  assert.equal((await both.settings.get(path)).status, 200)
  for (const [browser, file] of files) assert.equal((await browser.get(file)).status, 200, file)
  moveTo(at, 0)
  for (const [browser, file] of [...files, [both.settings, path] as const]) {
    const { status, body } = await browser.get(file)
    assert.notEqual(status, 200, file)
    assert(!body.includes('N130000007'), file)
  }
  assert.doesNotMatch((await openSettings(both, path)).body, /N130000007/)
})

test('a hand-over that was begun in time is not redeemed too late', async () => {
  const { both, at } = await lastMinute()
  moveTo(at, -1)
  const toPortal = await both.settings.get(path)
  const back = await both.portal.get(inPortal(toPortal.location))
  assert.match(back.location, /code=/)
  moveTo(at, 0)
  const { pathname, search } = new URL(back.location)
  await both.settings.get(pathname + search)
  assert.equal(both.settings.cookies.get(settingsCookies.session), undefined)
  assert.doesNotMatch((await openSettings(both, path)).body, /N130000007/)
})

function inPortal(location: string): string {
  const { pathname, search } = new URL(location)
  return pathname + search
}
