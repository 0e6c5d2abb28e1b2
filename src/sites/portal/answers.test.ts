import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openDatabase } from '#platform/database/database.ts'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { makerOf, signIn } from '#test/make.ts'
import { type TestPortal, testPortal } from '#test/portal.ts'
import { superuserOf } from '#test/superuser.ts'
import type { Answer, TestBrowser } from '#test/test-browser.ts'
import { portalPages } from './portal.tsx'

let database: TestDatabase
let portal: TestPortal
/** Somebody's who is signed in, in each language. */
let browsers: Record<'ja' | 'en', TestBrowser>

before(async () => {
  database = await testDatabase()
  portal = await testPortal(database)
  const user = await makerOf(database).user()
  browsers = {
    ja: await signIn(portal, user),
    en: await signIn(portal, user, portal.browser({ language: 'en' })),
  }
})
after(() => database[Symbol.asyncDispose]())

const languages = ['ja', 'en'] as const
type Ask = (browser: TestBrowser) => Promise<Answer>

const asks: { status: number; ask: Ask; says: Record<'ja' | 'en', RegExp> }[] = [
  {
    status: 400,
    ask: (browser) => browser.send('/profile/display', { unknown: 'x' }),
    says: { ja: /受け付けられませんでした/, en: /could not be accepted/ },
  },
  {
    status: 403,
    ask: (browser) => browser.send('/logout', {}, { origin: 'https://evil.example.net' }),
    says: { ja: /ポータルの外から送信されたため/, en: /was not sent from the portal/ },
  },
  { status: 404, ask: (browser) => browser.get('/nowhere'), says: { ja: /見つかりません/, en: /not found/ } },
  {
    status: 413,
    ask: (browser) => browser.send('/profile/display', { theme: 'x'.repeat(65 * 1024) }),
    says: { ja: /大きすぎます/, en: /too large/ },
  },
  {
    status: 422,
    ask: (browser) => browser.post('/profile/display', { theme: 'pink' }),
    says: { ja: /配色/, en: /Colours/ },
  },
]

for (const { status, ask, says } of asks) {
  test(`${status} is a page in the reader's language that tells nothing of the inside`, async () => {
    for (const language of languages)
      assertErrorPage(await ask(browsers[language]), { status, language, says: says[language] })
  })
}

interface Expected {
  status: number
  language: 'ja' | 'en'
  says: RegExp
}

function assertErrorPage(answer: Answer, { status, language, says }: Expected): void {
  assert.equal(answer.status, status)
  assert.match(answer.headers.get('content-type') ?? '', /^text\/html/)
  assert.match(answer.body, new RegExp(`^<!doctype html><html lang="${language}"`))
  assert.match(answer.body, says)
  assertNothingOfTheInside(answer.body)
  assertSafe(answer)
}

function assertNothingOfTheInside(body: string): void {
  assert.doesNotMatch(
    body,
    /\bat \S+ \(|\.tsx?:\d|node_modules|node:|\wError:|[Pp]ostgres|select \w+ from|column|relation|portal_app|undefined|\bNaN\b|\[object/,
  )
}

/** What every answer carries, whatever it is. */
function assertSafe({ headers, status }: Answer): void {
  const policy = headers.get('content-security-policy') ?? ''
  for (const rule of ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"])
    assert(policy.includes(rule), rule)
  // Forms may lead on to the settings site, and nothing else to another site.
  const { origin } = portal.program.config.settingsUrl
  assert.doesNotMatch(policy.replace(`form-action 'self' ${origin};`, ''), /unsafe|\*|data:|http/)
  assert.equal(headers.get('x-content-type-options'), 'nosniff')
  assert.equal(headers.get('x-frame-options'), 'DENY')
  assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin')
  assert.equal(headers.get('cross-origin-resource-policy'), 'same-origin')
  assert.match(headers.get('referrer-policy') ?? '', /^(no-referrer|same-origin)$/)
  assert.equal(headers.get('x-powered-by') ?? headers.get('server'), null)
  const isPage = /^(text\/html|application\/json)/.test(headers.get('content-type') ?? '')
  if (isPage) assert.equal(headers.get('cache-control'), 'no-store', String(status))
  for (const cookie of headers.getSetCookie()) {
    assert.match(cookie, /^__Host-portal-[\w-]+=/)
    for (const attribute of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/'])
      assert(cookie.includes(`; ${attribute}`), cookie)
    assert.doesNotMatch(cookie, /domain=/i)
  }
}

test('every answer carries what keeps a browser safe', async () => {
  const stranger = portal.browser()
  const { stylesheet, script } = portal.program.assets
  for (const path of [...portalPages.map((page) => page.path), '/nowhere', '/brand/logo', stylesheet, script])
    for (const browser of [stranger, browsers.ja]) assertSafe(await browser.get(path))
  for (const { path, methods } of portalPages) if (methods.includes('POST')) assertSafe(await stranger.send(path, {}))
  assertSafe(await stranger.get('/services?lang=en'))
  assertSafe(await stranger.get('/', { host: 'evil.example.net' }))
  assertSafe(await stranger.request('/login', { method: 'HEAD' }))
  assertSafe(await stranger.request('/login', { method: 'DELETE' }))
})

test('no page has a script or style of its own, or an address elsewhere', async () => {
  for (const { path, kind } of portalPages) {
    const { body } = kind === 'page' ? await browsers.ja.get(path) : { body: '' }
    assert.doesNotMatch(body, /<script(?![^>]* src="\/assets\/)|<style|style="| on\w+="|javascript:|src="(?!\/)/, path)
  }
})

test('500: what breaks in the portal is answered with a number, by which the log has it', async () => {
  await using broken = await testDatabase()
  const its = await testPortal(broken)
  const logged: unknown[][] = []
  its.program.log.error = (...entry: unknown[]) => void logged.push(entry)
  const browser = await signIn(its, await makerOf(broken).user())
  const admin = superuserOf(broken)
  await admin.query('alter table portal_user rename column job_title to gone')
  for (const language of languages) {
    const answer = await browser.get('/profile', { 'accept-language': language })
    assertErrorPage(answer, {
      status: 500,
      language,
      says: language === 'ja' ? /表示できませんでした/ : /could not be shown/,
    })
    const [number = ''] = /E-[\w-]{8}/.exec(answer.body) ?? []
    assert.equal(JSON.stringify(logged.at(-1)).includes(number), true)
    assert.equal(number.length, 10)
  }
  await admin.query('alter table portal_user rename column gone to job_title')
  assert.equal((await browser.get('/profile')).status, 200, 'and it goes on by itself')
  await admin.end()
})

test('503: without a database every page says to come back, and when', async () => {
  const nowhere = openDatabase({ connection: { host: '/nonexistent' } })
  const its = await testPortal({ ...database, app: nowhere })
  for (const language of languages) {
    const browser = its.browser({ language })
    for (const [name, value] of browsers.ja.cookies) browser.cookies.set(name, value)
    for (const path of ['/', '/login', '/services', '/profile/display']) {
      const answer = await browser.get(path)
      assertErrorPage(answer, {
        status: 503,
        language,
        says: language === 'ja' ? /ご利用いただけません/ : /not available/,
      })
      const seconds = answer.headers.get('retry-after') ?? ''
      assert.match(seconds, /^\d+$/)
      assert(answer.body.includes(language === 'ja' ? `${seconds}秒ほどおいて` : `${seconds} seconds`))
    }
    assert.equal((await browser.send('/login', { username: 'x@example.com', password: 'x' })).status, 503)
  }
  await nowhere.close()
})
