import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { seconds } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import { password } from '#test/make.ts'
import { type BothSites, makeSignOnWorld, openSettings, settingsCookies } from '#test/sign-on.ts'
import { cookieOf } from '#test/sign-in.ts'
import { paths } from '../paths.ts'

const database = await testDatabase()
const world = await makeSignOnWorld(database)
const { portal, admin, path, userWith, signedIn } = world
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const { session: sessionCookie, verifier: verifierCookie } = settingsCookies

/** Goes as far as the address with the code, without following it. */
async function codeFor({ portal: onPortal, settings }: BothSites, to = path): Promise<string> {
  const led = await settings.get(to)
  const { pathname, search } = new URL(led.location)
  const { location } = await onPortal.get(pathname + search)
  const url = new URL(location)
  assert.equal(url.origin, settings.origin.origin)
  return url.pathname + url.search
}

test('whoever is signed in on the portal is handed over, with another token', async () => {
  const user = await userWith('edit')
  const both = await signedIn(user)
  const { status, body, way } = await openSettings(both, path)
  assert.equal(status, 200)
  assert.match(body, /N130000007/)
  assert.deepEqual(way, ['/sign-on/settings', paths.finishSignOn, path])
  const token = both.settings.cookies.get(sessionCookie)
  assert(token && token !== cookieOf(both.portal, 'session'))
  assert(!both.settings.cookies.has(verifierCookie))
  const { rows } = await admin.query<{ event: string }>(
    'select event from access_history where user_id = $1 order by id',
    [user.id],
  )
  assert.deepEqual(
    rows.map(({ event }) => event),
    ['sign-in', 'settings-opened'],
  )
})

test('to be handed over takes few statements', async () => {
  const both = await signedIn(await userWith('edit'))
  const code = await codeFor(both)
  database.statements.length = 0
  await both.settings.get(code)
  const sent = database.statements.filter((text) => !/^(begin|commit)/.test(text))
  // The code, and whose session it is now; the line of the access history.
  assert(sent.length <= 5, sent.join('\n'))
})

test('the login in between leads back to the very page', async () => {
  const user = await userWith('edit')
  const both: BothSites = { portal: portal.browser(), settings: portal.settingsBrowser() }
  const led = await both.settings.get(path)
  const asked = new URL(led.location)
  const toLogin = await both.portal.get(asked.pathname + asked.search)
  await both.portal.post(toLogin.location, { username: user.mail, password })
  const finished = await both.portal.post('/login/second-step', { code: await portal.newestCode(user.mail) })
  assert.equal(finished.location, asked.pathname + asked.search)
  const { location } = await both.portal.get(finished.location)
  const back = await both.settings.get(new URL(location).pathname + new URL(location).search)
  assert.deepEqual([back.status, back.location], [303, path])
  assert.equal((await both.settings.get(path)).status, 200)
})

test('a cookie of one site is worth nothing on the other', async () => {
  const both = await signedIn(await userWith('edit'))
  await openSettings(both, path)
  const onPortal = cookieOf(both.portal, 'session') ?? ''
  const onSettings = both.settings.cookies.get(sessionCookie) ?? ''
  const thief = portal.settingsBrowser()
  thief.cookies.set(sessionCookie, onPortal)
  assert.equal((await thief.get(path)).status, 303)
  const other = portal.browser()
  other.cookies.set('__Host-portal-session', onSettings)
  assert.equal((await other.get('/services')).status, 303)
})

test('two tabs at once sign on, each to its own page', async () => {
  const both = await signedIn(await userWith('edit'))
  const other = `${path}?tab=2`
  const [first, second] = [await codeFor(both), await codeFor(both, other)]
  assert.equal((await both.settings.get(first)).location, path)
  assert.equal((await both.settings.get(second)).location, other)
  assert.equal((await both.settings.get(path)).status, 200)
})

test('a code serves once, whoever is quicker', async () => {
  const both = await signedIn(await userWith('edit'))
  const code = await codeFor(both)
  const verifier = both.settings.cookies.get(verifierCookie) ?? assert.fail()
  const browsers = [0, 1, 2].map(() => portal.settingsBrowser())
  for (const browser of browsers) browser.cookies.set(verifierCookie, verifier)
  const answers = await Promise.all(browsers.map((browser) => browser.get(code)))
  assert.equal(answers.filter(({ status }) => status === 303).length, 1)
  // It was copied: whoever has the cookie that it made is out.
  for (const browser of browsers) assert.equal((await browser.get(path)).status, 303)
})

test('a code that is shown again ends what it began', async () => {
  const both = await signedIn(await userWith('edit'))
  const code = await codeFor(both)
  const verifier = both.settings.cookies.get(verifierCookie) ?? assert.fail()
  await both.settings.get(code)
  assert.equal((await both.settings.get(path)).status, 200)
  both.settings.cookies.set(verifierCookie, verifier)
  const again = await both.settings.get(code)
  assert.deepEqual([again.status, again.location], [200, ''])
  assert.match(again.body, /開けませんでした/)
  assert.equal((await both.settings.get(path)).status, 303)
  // The portal's own session goes on, and signs on anew.
  assert.equal((await openSettings(both, path)).status, 200)
})

test('in another browser a code is refused, and the rightful one goes on', async () => {
  const both = await signedIn(await userWith('edit'))
  const code = await codeFor(both)
  const victim = portal.settingsBrowser()
  for (const cookie of [undefined, 'whatever']) {
    if (cookie) victim.cookies.set(verifierCookie, cookie)
    assert.equal((await victim.get(code)).status, 200)
    assert(!victim.cookies.has(sessionCookie))
  }
  assert.equal((await both.settings.get(code)).status, 303)
  assert.equal((await both.settings.get(path)).status, 200)
})

test('a code is good for a minute', async () => {
  const both = await signedIn(await userWith('edit'))
  const late = await codeFor(both)
  portal.advance(61 * seconds)
  assert.equal((await both.settings.get(late)).status, 200)
  assert(!both.settings.cookies.has(sessionCookie))
  const inTime = await codeFor(both)
  portal.advance(59 * seconds)
  assert.equal((await both.settings.get(inTime)).status, 303)
})

test('what is no challenge begins nothing, and no address leads elsewhere', async () => {
  const both = await signedIn(await userWith('edit'))
  for (const challenge of ['', 'short', 'x'.repeat(44), '%00', `${'x'.repeat(42)}!`]) {
    const answer = await both.portal.get(`/sign-on/settings?challenge=${encodeURIComponent(challenge)}`)
    assert.notEqual(answer.status, 303, challenge)
  }
  const hostile = [
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example',
    '/c/../../evil',
    '/logout',
    '/sign-on/finish',
  ]
  for (const to of hostile) {
    both.settings.cookies.clear()
    const code = new URL(await codeFor(both), both.settings.origin)
    code.searchParams.set('to', to)
    assert.equal((await both.settings.get(code.pathname + code.search)).location, paths.front, to)
  }
})

test('no code, verifier or token is kept or told', async () => {
  const both = await signedIn(await userWith('edit'))
  const code = new URL(await codeFor(both), both.settings.origin).searchParams.get('code') ?? assert.fail()
  const secretsOfIt = [code, both.settings.cookies.get(verifierCookie) ?? assert.fail()]
  await openSettings(both, path)
  secretsOfIt.push(both.settings.cookies.get(sessionCookie) ?? assert.fail())
  const { rows } = await admin.query<{ text: string }>(
    `select t::text as text from hand_over t union all select t::text from session_on_site t union all select t::text from access_history t`,
  )
  for (const secret of secretsOfIt) for (const { text } of rows) assert(!text.includes(secret))
  assert.equal((await both.settings.get(path)).headers.get('referrer-policy'), 'no-referrer')
})
