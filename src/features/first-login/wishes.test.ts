import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after as afterAll, test } from 'node:test'
import { days, hours } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import { answerRequests, askForUrl, fieldsOf } from '#test/first-login.ts'
import { makerOf, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { superuserOf } from '#test/superuser.ts'
import { mostPerKnownNetwork, mostPerNetwork } from './request-url.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
const admin = superuserOf(database)
afterAll(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

/** Wishes from one network, of addresses that nobody has; answers how many of them the worker will look at. */
async function wishFrom(ip: string, times: number): Promise<number> {
  const browser = portal.browser({ ip })
  const fields = await fieldsOf(browser, '/password-reset')
  await admin.query('truncate first_login_request')
  // As many at once as one network may have waiting.
  for (let sent = 0; sent < times; sent += 30) {
    const some = Array.from({ length: Math.min(30, times - sent) }, () =>
      browser.send('/password-reset', { ...fields, mail: `nobody-${randomUUID()}@example.com` }),
    )
    for (const { location } of await Promise.all(some)) assert.equal(location, '/password-reset/accepted')
  }
  const { rows } = await admin.query('select from first_login_request where not is_dropped')
  await answerRequests(database, portal)
  return rows.length
}

test(`of one network ${mostPerNetwork} wishes an hour are looked at, with the same answer beyond; others may go on`, async () => {
  const ip = '198.51.100.7'
  assert.equal(await wishFrom(ip, mostPerNetwork + 5), mostPerNetwork)
  const user = await make.user()
  const browser = portal.browser({ ip })
  const beyond = await askForUrl(database, portal, { mail: user.mail, browser })
  assert.equal(beyond.location, '/password-reset/accepted')
  assert.equal((await portal.mailsTo(user.mail)).length, 0)
  await askForUrl(database, portal, user)
  assert.equal((await portal.mailsTo(user.mail)).length, 1)
  portal.advance(1 * hours)
  await askForUrl(database, portal, { mail: user.mail, browser })
  assert.equal((await portal.mailsTo(user.mail)).length, 2)
})

test(`of a network from which somebody has logged in within 30 days, ${mostPerKnownNetwork}`, async () => {
  const ip = '198.51.100.8'
  await signIn(portal, await make.user(), portal.browser({ ip }))
  assert.equal(await wishFrom(ip, mostPerNetwork + 5), mostPerNetwork + 5)
  assert.equal(await wishFrom(ip, mostPerKnownNetwork), mostPerKnownNetwork - mostPerNetwork - 5)
  portal.advance(31 * days)
  assert.equal(await wishFrom(ip, mostPerNetwork + 5), mostPerNetwork)
  await signIn(portal, await make.user(), portal.browser({ ip }))
  assert.equal(await wishFrom(ip, 5), 5)
})
