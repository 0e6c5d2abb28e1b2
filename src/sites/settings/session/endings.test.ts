import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { hours, minutes } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, password, signIn } from '#test/make.ts'
import { type BothSites, makeSignOnWorld, openSettings, settingsCookies } from '#test/sign-on.ts'
import { paths } from '../paths.ts'

const database = await testDatabase()
const world = await makeSignOnWorld(database)
const { portal, admin, customerId, serviceId, path, userWith, signedIn } = world
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})
const make = makerOf(database)
const { session: sessionCookie } = settingsCookies

test('idle time, extension and end are one on both sites', async () => {
  const both = await signedIn(await userWith('edit'))
  await openSettings(both, path)
  const endsAt = async (browser: BothSites['portal']): Promise<unknown> =>
    JSON.parse((await browser.get('/session')).body)
  portal.advance(50 * minutes)
  await both.settings.get(path)
  // The use is noted behind the answer.
  await sleep(100)
  assert.deepEqual(await endsAt(both.portal), await endsAt(both.settings))
  portal.advance(50 * minutes)
  assert.equal((await both.portal.get('/services')).status, 200)
  portal.advance(61 * minutes)
  assert.equal((await both.settings.get(path)).status, 303)
  assert.match((await both.portal.get('/services')).location, /over=time/)
})

type End = (user: MadeUser & { groupId: string }, both: BothSites) => Promise<unknown>

/** What ends the session ends it on the settings site at the next request: it leads to the portal, which asks for the login. */
const ends: Record<string, End> = {
  'logout on the portal': (_user, { portal: browser }) => browser.post('/logout', {}, { from: '/services' }),
  'logout on the settings site': (_user, { settings }) => settings.post(paths.signOut, {}, { from: path }),
  'the session ended by an administrator': ({ id }) =>
    admin.query(`update session set ended_at = now(), end_reason = 'ended-by-administrator' where user_id = $1`, [id]),
  'the user suspended': ({ id }) => admin.query(`update portal_user set state = 'suspended' where id = $1`, [id]),
  'the user deleted by an administrator': ({ id }) => byAdministrator(`/users/${id}/delete`),
  'the second factor reset by an administrator': ({ id }) => byAdministrator(`/users/${id}/second-factor/reset`),
  'new credentials elsewhere': ({ id }) =>
    admin.query('update portal_user set credential_epoch = credential_epoch + 1 where id = $1', [id]),
  'new rules of the customer': () =>
    admin.query('update customer set policy_epoch = policy_epoch + 1 where id = $1', [customerId]),
  'idle for too long': async () => portal.advance(61 * minutes),
  'twelve hours': async (user) => {
    portal.advance(12 * hours)
    await admin.query('update session set last_used_at = $2 where user_id = $1', [user.id, portal.program.now()])
  },
}

async function byAdministrator(address: string): Promise<void> {
  const browser = await signIn(portal, await make.user({ customerId, role: 'portal-administrator' }))
  const { status } = await browser.post(address)
  assert.equal(status, 303)
}

for (const [name, end] of Object.entries(ends))
  test(`${name}: the next request of the settings site leads to the login`, async () => {
    const user = await userWith('edit')
    const both = await signedIn(user)
    await openSettings(both, path)
    assert.equal((await both.settings.get(path)).status, 200)
    await end(user, both)
    const { way } = await openSettings(both, path)
    assert.deepEqual(way.slice(0, 2), ['/sign-on/settings', '/login'])
  })

test('after the logout here a page of this site says so', async () => {
  const both = await signedIn(await userWith('edit'))
  await openSettings(both, path)
  const led = await both.settings.post(paths.signOut, {}, { from: path })
  assert.deepEqual([led.status, led.location], [303, paths.front])
  assert(!both.settings.cookies.has(sessionCookie))
  const { body } = await both.settings.get(led.location)
  assert.match(body, /ログアウトしました。/)
  assert.match(body, new RegExp(`href="${portal.program.config.portalUrl.origin}/services"`))
})

test('a right that is taken away takes the contract, and the session goes on', async () => {
  const user = await userWith('edit')
  const both = await signedIn(user)
  await openSettings(both, path)
  await admin.query('delete from user_group_right where user_group_id = $1', [user.groupId])
  const gone = await both.settings.get(path)
  const never = await both.settings.get(paths.top({ contract: randomUUID() }))
  const stranger = await make.customer()
  const foreign = await make.line({
    customerId: stranger,
    contractId: await make.contract({ customerId: stranger, serviceId }),
  })
  const theirs = await both.settings.get(paths.top({ contract: foreign }))
  assert.deepEqual([gone.status, never.status, theirs.status], [404, 404, 404])
  assert.equal((await both.settings.get('/session')).status, 200)
})

test('a right that is lowered leaves the page, and says that nothing can be changed', async () => {
  const user = await userWith('edit')
  const both = await signedIn(user)
  const { body: asBefore } = await openSettings(both, path)
  assert.match(asBefore, /参照・編集/)
  await admin.query(`update user_group_right set level = 'view' where user_group_id = $1`, [user.groupId])
  const { body } = await both.settings.get(path)
  assert.match(body, /参照のみ/)
  assert.match(body, /変更するには編集の権限が必要です/)
})

test('a contract that has ended is there no more', async () => {
  const ended = await make.line({ customerId, contractId: await make.contract({ customerId, serviceId }) })
  const user = await make.user({ customerId })
  await make.group({ customerId, rights: [{ serviceId, level: 'edit' }], members: [user.id] })
  const both = await signedIn(user)
  const page = paths.top({ contract: ended })
  assert.equal((await openSettings(both, page)).status, 200)
  await admin.query('update contract set ended_on = current_date where id = $1', [ended])
  assert.equal((await both.settings.get(page)).status, 404)
})

test('a new password puts out the cookie of the settings site, too', async () => {
  const both = await signedIn(await userWith('edit'))
  await openSettings(both, path)
  const stolen = portal.settingsBrowser()
  stolen.cookies.set(sessionCookie, both.settings.cookies.get(sessionCookie) ?? '')
  const newPassword = 'another long password, quite new'
  const changed = await both.portal.post('/profile/password', { password, newPassword })
  assert.equal(changed.status, 303)
  assert.equal((await stolen.get(path)).status, 303)
})
