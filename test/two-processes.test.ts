import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { test } from 'node:test'
import pg from 'pg'
import { logInToDemo } from './demo-user.ts'
import { startOutsideServer } from './outside-server.ts'
import { startProgram } from './program.ts'
import { openSettings } from './sign-on.ts'

test('what ends a session, or takes a right, in one process does so in another at the next request', async () => {
  await using ends = new AsyncDisposableStack()
  const server = await startOutsideServer(ends, { durable: false })
  const shared = {
    ...server.settings,
    PORT: await freePort(),
    SETTINGS_PORT: await freePort(),
    SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
    LOG_LEVEL: 'error',
  }
  const onPortal = ends.use(await startProgram(shared, 'portal'))
  const onSettings = ends.use(await startProgram(shared, 'settings'))
  const both = { portal: await logInToDemo(onPortal), settings: onSettings.settingsBrowser() }
  const list = await both.portal.get('/services/smart-pbx/settings')
  const path = /href="http:\/\/localhost:\d+(\/c\/[\da-f-]+)"/.exec(list.body)?.[1] ?? assert.fail(list.body)
  assert.equal((await openSettings(both, path)).status, 200)
  // Both processes know the reader by now.
  assert.equal((await both.settings.get(path)).status, 200)
  const admin = new pg.Pool({ ...server.connection(server.superuser), max: 1 })
  ends.defer(() => admin.end())
  const change = async (to: string, wayBack: string, expected: number): Promise<void> => {
    await admin.query(to)
    assert.equal((await both.settings.get(path)).status, expected, to)
    await admin.query(wayBack)
    assert.equal((await both.settings.get(path)).status, 200, wayBack)
  }
  await admin.query('create table kept_member as select * from user_group_member')
  await change('delete from user_group_member', 'insert into user_group_member select * from kept_member', 404)
  await change(`update portal_user set state = 'suspended'`, `update portal_user set state = 'active'`, 303)
  await change('update portal_user set idle_minutes = 15', 'update portal_user set idle_minutes = null', 200)
  await both.portal.post('/logout', {}, { from: '/services' })
  const { way } = await openSettings(both, path)
  assert.deepEqual(way.slice(0, 2), ['/sign-on/settings', '/login'])
})

async function freePort(): Promise<string> {
  const holder = createServer().listen(0, '127.0.0.1')
  await once(holder, 'listening')
  const address = holder.address()
  holder.close()
  return String(typeof address === 'object' ? address?.port : address)
}
