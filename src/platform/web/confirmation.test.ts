import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { criticalPaths, renewAction, secondConfirmPage, secretPage } from '#test/critical-pages.tsx'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, signIn } from '#test/make.ts'
import { testPortal, testSecrets } from '#test/portal.ts'
import { secondApp, secondSite } from '#test/second-site.tsx'
import { asksForFactor, cookieOf, otherThan } from '#test/sign-in.ts'
import { type Answer, TestBrowser } from '#test/test-browser.ts'
import { minutes } from '../time/duration.ts'
import { redirect } from './page.ts'
import { formToken } from './form-token.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
after(() => database[Symbol.asyncDispose]())

const app = secondApp(portal.program, [secretPage, renewAction, secondConfirmPage])
const { secret, renew } = criticalPaths

interface Visit {
  user: MadeUser
  browser: TestBrowser
}

/** Somebody on the second site who has shown the second factor too long ago. */
async function visit(): Promise<Visit> {
  const user = await make.user()
  const browser = new TestBrowser(app, portal.program.config.settingsUrl)
  browser.cookies.set('__Host-second-session', cookieOf(await signIn(portal, user), 'session') ?? assert.fail())
  portal.advance(11 * minutes)
  return { user, browser }
}

/** A button's form, with the proof that every form of this session has. */
function press({ browser }: Visit, fields: Record<string, string>): Promise<Answer> {
  const token = formToken(testSecrets, browser.cookies.get('__Host-second-session') ?? '', renew)
  return browser.send(renew, { token, ...fields })
}

test('a secret field is kept until the code, and shown nowhere', async () => {
  const { browser, user } = await visit()
  const asked = await browser.post(secret, { name: 'Anna', secret: '4711-Geheim' })
  assert(asksForFactor(asked))
  assert.match((await browser.get(asked.location)).body, new RegExp(`<a href="${secret}">暗証番号の変更</a>`))
  assert(!(await browser.get(secret)).body.includes('4711'))
  const done = await browser.post(asked.location, { code: await portal.newestCode(user.mail) })
  assert.deepEqual([done.status, done.location], [303, secret])
  const shown = await browser.get(secret)
  assert.match(shown.body, /Anna has 4711-Geheim/)
  assert(!shown.body.includes('value="4711'))
})

test('what is wrong with a form is said before the factor is asked for, and what is not critical needs none', async () => {
  const { browser } = await visit()
  const wrong = await browser.post(secret, { name: 'Anna', secret: 'Anna' })
  assert.equal(wrong.status, 422)
  assert.match(wrong.body, /名前と同じ暗証番号/)
  assert.equal((await browser.post(secret, { name: 'Anna', secret: 'unchanged' })).location, secret)
  assert.match((await browser.get(secret)).body, /as it was/)
})

test('a critical button is pressed once, and what it says stands where it leads', async () => {
  const visitor = await visit()
  const { browser, user } = visitor
  assert.equal((await press(visitor, {})).location, secret)
  const asked = await press(visitor, { sure: 'on' })
  assert(asksForFactor(asked))
  assert.match((await browser.get(asked.location)).body, /コードの作り直し/)
  const code = await portal.newestCode(user.mail)
  assert.match((await browser.post(asked.location, { code: otherThan(code) })).body, /<form/)
  const done = await browser.post(asked.location, { code })
  assert.deepEqual([done.status, done.location], [303, secret])
  assert.match((await browser.get(secret)).body, /コードを作り直しました/)
  // Lately shown, it counts for the next one.
  assert.equal((await press(visitor, { sure: 'on' })).location, secret)
})

test('a site with something critical has a page for the second factor; what prepares is not critical', () => {
  assert.throws(() => secondApp(portal.program, [secretPage]), /Nobody can be asked/)
  const page = {
    path: '/slow',
    allow: 'user' as const,
    words: {},
    load: async () => null,
    prepare: async () => 1,
    critical: { submit: async () => redirect('/slow') },
    title: () => '',
    view: () => assert.fail('never shown'),
  }
  assert.throws(() => secondSite.page(page), /critical/)
})
