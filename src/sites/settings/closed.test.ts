import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { maintenanceCommand } from '#doors/commands/maintenance.ts'
import { WrongUsage } from '#doors/commands/command.ts'
import { after as later, days, hours, minutes } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import { urlOf } from '#test/import-file.ts'
import { makeSignOnWorld, openSettings } from '#test/sign-on.ts'
import { paths } from './paths.ts'

const database = await testDatabase()
const { portal, admin, serviceId, path, userWith, signedIn } = await makeSignOnWorld(database)
const { rows } = await admin.query<{ code: string }>(
  `update service set settings_name = '{"ja": "PBX", "en": "PBX"}' where id = $1 returning code`,
  [serviceId],
)
const list = `/services/${rows[0]?.code}/settings?list`
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

/** By the operator's command line. */
function maintain(...args: string[]): Promise<void> {
  return maintainOf('settings', ...args)
}

function maintainOf(...args: string[]): Promise<void> {
  return maintenanceCommand.run(args, {
    environment: { DATABASE_URL: urlOf(database.appConfig), DATABASE_OWNER_URL: urlOf(database.ownerConfig) },
    folder: '',
    now: portal.program.now(),
    interrupted: new AbortController().signal,
  })
}

const at = (milliseconds: number): string => `${later(portal.program.now(), milliseconds).toISOString().slice(0, 19)}Z`
const words = ['--text', '設備の更新', '--text-en', 'New equipment']
const from = (begin: number, end: number): string[] => ['--from', at(begin), '--until', at(end), ...words]

test('while it is closed every page says so and until when, and health and portal go on', async (t) => {
  t.mock.method(console, 'log', () => undefined)
  const both = await signedIn(await userWith('edit'))
  await openSettings(both, path)
  await maintain(...from(-1 * minutes, 2 * hours))
  // Processes learn of it with their next beat.
  await portal.beat()
  for (const address of [path, paths.front, paths.finishSignOn, paths.session, '/nowhere', paths.logo]) {
    const { status, body, headers } = await both.settings.get(address)
    assert.equal(status, 503, address)
    for (const text of ['ご利用いただけません', '設備の更新', '再開の予定：']) assert(body.includes(text), text)
    assert(Number(headers.get('retry-after')) > 7000)
    assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'/)
  }
  assert.equal((await both.settings.send(path, {})).status, 503)
  assert.match((await both.settings.get('/', { 'accept-language': 'en' })).body, /New equipment/)
  assert.equal((await both.settings.get('/healthz')).body, 'ok')
  const { body } = await both.portal.get(list)
  for (const text of ['ただいまご利用いただけません。', '設備の更新']) assert(body.includes(text), text)
  assert.doesNotMatch(body, /href="[^"]*\/c\//)
  // Whoever has one contract is told, and not sent there.
  assert.equal((await both.portal.get(list.replace('?list', ''))).status, 200)
  portal.advance(2 * hours + 1 * minutes)
  const again = await signedIn(await userWith('edit'))
  assert.equal((await openSettings(again, path)).status, 200)
  assert.doesNotMatch((await again.portal.get(list)).body, /設備の更新/)
})

test('while nothing can be changed, settings can be looked at, by whoever could change them, too', async (t) => {
  t.mock.method(console, 'log', () => undefined)
  const both = await signedIn(await userWith('edit'))
  await openSettings(both, path)
  await maintain(...from(-1 * minutes, 2 * hours), '--read-only')
  await portal.beat()
  const { status, body } = await both.settings.get(path)
  assert.equal(status, 200)
  assert.match(body, /設備の更新/)
  assert.match((await both.portal.get(list)).body, /参照のみできます。/)
  await maintain('--end')
  assert.doesNotMatch((await both.settings.get(path)).body, /設備の更新/)
})

test('it is announced a week before', async (t) => {
  t.mock.method(console, 'log', () => undefined)
  const both = await signedIn(await userWith('edit'))
  await maintain(...from(5 * days, 6 * days))
  assert.match((await both.portal.get(list)).body, /工事を予定しています。/)
  await maintain(...from(10 * days, 11 * days))
  assert.doesNotMatch((await both.portal.get(list)).body, /設備の更新/)
  await maintain('--end')
})

test('a site that says nothing for two minutes is told of, and its links stay', async (t) => {
  const { mock } = t.mock.method(console, 'log', () => undefined)
  const both = await signedIn(await userWith('edit'))
  await portal.beat()
  assert.doesNotMatch((await both.portal.get(list)).body, /応答がありません/)
  portal.advance(3 * minutes)
  const { body } = await both.portal.get(list)
  assert.match(body, /応答がありません/)
  assert.match(body, /設定を変更する/)
  await maintain()
  assert.match(String(mock.calls.at(-1)?.arguments[0]), /^Last heard of: \d{4}-/)
})

test('the portal cannot be made read-only, and there is no third site', async () => {
  await assert.rejects(maintainOf('portal', ...from(1 * days, 2 * days), '--read-only'), WrongUsage)
  await assert.rejects(maintainOf('console', '--end'), WrongUsage)
})

test('works on the portal are announced to whoever is about to log in, and not once they are over', async (t) => {
  const { mock } = t.mock.method(console, 'log', () => undefined)
  const stranger = portal.browser()
  const settings = portal.settingsBrowser()
  const pages = async (language = 'ja'): Promise<string[]> => {
    const headers = { 'accept-language': language }
    const answers = [
      await stranger.get('/', headers),
      await stranger.get('/login', headers),
      await settings.get(paths.front, headers),
    ]
    return answers.map(({ status, body }) => (status === 200 ? body : assert.fail(String(status))))
  }
  await maintainOf('portal', ...from(8 * days, 9 * days))
  for (const body of await pages()) assert.doesNotMatch(body, /設備の更新/)
  await maintainOf('portal', ...from(6 * days, 7 * days))
  for (const body of await pages()) assert.match(body, /ビジネスポータルの工事を予定しています。.*設備の更新.*期間：/s)
  for (const body of await pages('en')) assert.match(body, /Maintenance of the portal is planned\..*New equipment/s)
  await maintainOf('portal', ...from(-1 * minutes, 1 * hours))
  for (const body of await pages()) assert.match(body, /工事中です。ご利用いただけないことがあります。/)
  // It is not closed, and the settings site is none of its business.
  assert.equal((await signedIn(await userWith('edit'))).portal.cookies.size > 0, true)
  await maintain()
  assert.match(String(mock.calls.at(-2)?.arguments[0]), /^No maintenance of the settings site/)
  await maintainOf('portal', '--end')
  assert.match(String(mock.calls.at(-1)?.arguments[0]), /^No maintenance of the portal/)
  for (const body of await pages()) assert.doesNotMatch(body, /設備の更新/)
})

const [begin, end] = ['2026-12-05T22:00+09:00', '2026-12-06T02:00+09:00']
const wrong: Record<string, string[]> = {
  'no end': ['--from', begin, ...words],
  'no offset': ['--from', '2026-12-05T22:00', '--until', end, ...words],
  'no such day': ['--from', '2026-13-05T22:00+09:00', '--until', end, ...words],
  'an end before its beginning': ['--from', end, '--until', begin, ...words],
  'times that are over': ['--from', '2020-12-05T22:00+09:00', '--until', '2020-12-06T02:00+09:00', ...words],
  'no text': ['--from', begin, '--until', end],
}
for (const [name, args] of Object.entries(wrong))
  test(`a maintenance with ${name} is not understood`, () => assert.rejects(maintain(...args), WrongUsage))
