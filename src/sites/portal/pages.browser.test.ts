import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { BrowserContext, Page } from 'playwright-core'
import { minutes } from '#platform/time/duration.ts'
import { openBrowser } from '#test/browser.ts'
import { testDatabase } from '#test/database.ts'
import { expectGood, type GoodPage, isComplaint } from '#test/good-page.ts'
import { makerOf, password, signIn } from '#test/make.ts'
import { openSite } from '#test/site.ts'
import type { Variant } from '#test/variants.ts'
import { lendSignIn, signInWords } from '#test/walk.ts'

const database = await testDatabase()
const make = makerOf(database)
const site = await openSite(database)
const failing = { transaction: () => Promise.reject(new Error('planted')), close: () => Promise.resolve() }
const failingSite = await openSite({ ...database, app: failing })
const browser = await openBrowser()
const { portal, url } = site
after(async () => {
  await browser.close()
  await Promise.all([site, failingSite].map((each) => each[Symbol.asyncDispose]()))
  await database[Symbol.asyncDispose]()
})

/** Whoever looks at a page. `reader` is an administrator and may see contracts in every state, `newcomer` is in no group. */
const readers = ['visitor', 'reader', 'newcomer'] as const
type Reader = (typeof readers)[number]

interface Seen extends GoodPage {
  reader?: Reader
  open: (page: Page) => Promise<unknown>
}

const goTo = (path: string) => (page: Page) => page.goto(new URL(path, url).href)
/** Opens a page and sends its form as it stands. */
const send = (path: string) => async (page: Page) => {
  await goTo(path)(page)
  await press(page)
}

async function press(page: Page): Promise<void> {
  await Promise.all([page.waitForEvent('load'), page.locator('main form').first().locator('.button').last().click()])
}

const signInTitle = { ja: '第一認証（1/2）ログイン', en: 'First step (1/2): log in' }
const secondTitle = { ja: '第二認証（2/2）ログイン', en: 'Second step (2/2): log in' }
const resetTitle = { ja: 'パスワード再設定', en: 'Password reset' }
const menuTitle = { ja: 'サービスメニュー', en: 'Service menu' }
const serviceTitle = { ja: 'Arcstar Smart PBX', en: 'Arcstar Smart PBX' }
const shortcutsTitle = { ja: '最近の操作・ピン留め', en: 'Recent and pinned' }
const passwordTitle = { ja: 'パスワードの変更', en: 'Change password' }
const codesTitle = { ja: 'リカバリーコード', en: 'Recovery codes' }
const notFoundTitle = { ja: 'ページが見つかりません', en: 'Page not found' }

/** Each in the state that the one before it leaves behind. */
const pages: Seen[] = [
  { name: 'landing', title: { ja: '', en: '' }, open: goTo('/') },
  { name: 'login', title: signInTitle, open: goTo('/login') },
  { name: 'login with problems', title: signInTitle, hasProblems: true, open: send('/login') },
  { name: 'login after a time-out', title: signInTitle, open: goTo('/login?over=time&return=/profile') },
  { name: 'second step by TOTP', title: secondTitle, open: (page) => begin(page, 'totp') },
  { name: 'second step by mail', title: secondTitle, open: (page) => begin(page, 'mail-otp') },
  { name: 'second step with a problem', title: secondTitle, hasProblems: true, open: press },
  {
    name: 'recovery code',
    title: { ja: 'リカバリーコードでログイン（2/2）', en: 'Log in with a recovery code (2/2)' },
    open: goTo('/login/recovery-code'),
  },
  {
    name: 'a URL that is not good',
    title: { ja: 'このURLは使用できません', en: 'This URL cannot be used' },
    open: goTo('/first-login'),
  },
  { name: 'password reset', title: resetTitle, open: goTo('/password-reset') },
  { name: 'password reset with a problem', title: resetTitle, hasProblems: true, open: press },
  {
    name: 'password reset, asked for',
    title: { ja: 'お申し込みを受け付けました', en: 'We have received your request' },
    open: goTo('/password-reset/accepted'),
  },
  {
    name: 'help on the first login',
    title: { ja: 'パスワードの設定手順', en: 'How to set your password' },
    open: goTo('/help/first-login'),
  },
  { name: 'not found, before login', title: notFoundTitle, open: goTo('/nothing') },
  {
    name: 'a form from elsewhere',
    title: { ja: 'ポータルの外から送信されたため、受け付けませんでした', en: 'This was not sent from the portal' },
    open: async (page) => {
      await page.goto(`data:text/html,<form method="post" action="${new URL('/login', url).href}"><button>x`)
      await Promise.all([page.waitForURL(new URL('/login', url).href), page.getByRole('button').click()])
    },
  },
  {
    name: 'a failure of our own',
    title: { ja: '画面を表示できませんでした', en: 'The page could not be shown' },
    open: (page) => page.goto(new URL('/login', failingSite.url).href),
  },
  { name: 'service menu', title: menuTitle, reader: 'reader', open: goTo('/services') },
  { name: 'service menu without a group', title: menuTitle, reader: 'newcomer', open: goTo('/services') },
  {
    name: 'service',
    title: serviceTitle,
    reader: 'reader',
    open: async (page) => {
      await goTo('/services')(page)
      await page.getByRole('main').getByRole('link', { name: serviceTitle.ja }).first().click()
      await page.waitForURL(/\/services\/./)
    },
  },
  { name: 'service, pinned', title: serviceTitle, reader: 'reader', open: press },
  { name: 'shortcuts', title: shortcutsTitle, reader: 'reader', open: goTo('/pinned') },
  { name: 'shortcuts without any', title: shortcutsTitle, reader: 'newcomer', open: goTo('/pinned') },
  {
    name: 'for administrators',
    title: { ja: 'ポータル管理者向け', en: 'For administrators' },
    reader: 'reader',
    open: goTo('/administration'),
  },
  { name: 'profile', title: { ja: 'プロフィール', en: 'Profile' }, reader: 'reader', open: goTo('/profile') },
  { name: 'password', title: passwordTitle, reader: 'reader', open: goTo('/profile/password') },
  {
    name: 'password with problems',
    title: passwordTitle,
    reader: 'reader',
    hasProblems: true,
    open: send('/profile/password'),
  },
  {
    name: 'sessions',
    title: { ja: 'ログイン中のブラウザ', en: 'Where you are logged in' },
    reader: 'reader',
    open: goTo('/profile/sessions'),
  },
  { name: 'display', title: { ja: '表示設定', en: 'Display' }, reader: 'reader', open: goTo('/profile/display') },
  { name: 'display, changed', title: { ja: '表示設定', en: 'Display' }, reader: 'reader', open: press },
  { name: 'not found', title: notFoundTitle, reader: 'reader', open: goTo('/nothing') },
  { name: 'recovery codes', title: codesTitle, reader: 'reader', open: goTo('/profile/recovery-codes') },
  { name: 'recovery codes just made', title: codesTitle, reader: 'reader', open: press },
  {
    name: 'second factor within a session',
    title: { ja: '確認が必要な操作：リカバリーコード', en: 'To be confirmed: Recovery codes' },
    reader: 'reader',
    open: async (page) => {
      portal.advance(11 * minutes)
      await send('/profile/recovery-codes')(page)
    },
  },
  {
    name: 'second factor within a session, too late',
    title: { ja: '第二認証の確認', en: 'Confirm with your second factor' },
    reader: 'reader',
    open: async (page) => {
      portal.advance(15 * minutes)
      await page.reload()
    },
  },
]

async function begin(page: Page, secondFactor: 'totp' | 'mail-otp'): Promise<void> {
  const { mail } = await make.user({ secondFactor })
  await goTo('/login')(page)
  await page.locator('input[name=username]').fill(mail)
  await page.locator('input[name=password]').fill(password)
  await press(page)
}

const all: Variant[] = [
  { language: 'ja', width: 1280, colorScheme: 'light' },
  { language: 'en', width: 390, colorScheme: 'dark' },
]
/** Colours and words do not depend on the width: a few pages show it. */
const rest: Variant[] = [
  { language: 'ja', width: 390, colorScheme: 'light' },
  { language: 'ja', width: 390, colorScheme: 'dark' },
  { language: 'en', width: 1280, colorScheme: 'light' },
  { language: 'en', width: 1280, colorScheme: 'dark' },
]
const few = ['login with problems', 'service menu', 'sessions']

for (const variant of [...all, ...rest]) {
  const chosen = all.includes(variant) ? pages : pages.filter(({ name }) => few.includes(name))
  test(`${chosen.length} pages in ${Object.values(variant).join(', ')}`, async () => {
    await using contexts = await openContexts(variant)
    for (const seen of chosen) {
      const page = contexts.pages[seen.reader ?? 'visitor']
      await seen.open(page)
      await expectGood(page, seen, variant)
    }
    assert.deepEqual(contexts.problems, [])
  })
}

for (const language of ['ja', 'en'] as const) {
  test(`the mailbox of the demo in ${language}`, async () => {
    const variant: Variant = { language, width: 390, colorScheme: 'light' }
    await using contexts = await openContexts(variant)
    const page = contexts.pages.visitor
    for (const state of ['queued', 'kept'] as const) {
      await database.operator.transaction((tx) => tx.updateTable('mail').set({ state }).execute())
      await goTo('/demo/mailbox')(page)
      const name = 'mailbox'
      await expectGood(page, { name, title: { ja: 'デモの受信箱', en: 'Mailbox of the demo' } }, variant)
    }
    assert.deepEqual(contexts.problems, [])
  })
}

/** A browser for each reader, and what all of them complained of. */
async function openContexts({ language, width, colorScheme }: Variant) {
  const problems: string[] = []
  const open = async (reader: Reader): Promise<Page> => {
    const viewport = { width, height: 800 }
    const context = await browser.newContext({ locale: signInWords[language].locale, viewport, colorScheme })
    context.setDefaultTimeout(10_000)
    context.on(
      'console',
      (message) => isComplaint(message) && problems.push(`${message.text()} at ${message.page()?.url()}`),
    )
    context.on('weberror', (error) => problems.push(error.error().message))
    if (reader !== 'visitor') await signInAs(reader, context)
    return context.newPage()
  }
  const [visitor, reader, newcomer] = [await open('visitor'), await open('reader'), await open('newcomer')]
  return {
    pages: { visitor, reader, newcomer },
    problems,
    [Symbol.asyncDispose]: async () => {
      for (const page of [visitor, reader, newcomer]) await page.context().close()
    },
  }
}

async function signInAs(reader: 'reader' | 'newcomer', context: BrowserContext): Promise<void> {
  const user = await make.user({ role: reader === 'reader' ? 'portal-administrator' : 'general-user' })
  if (reader === 'reader') {
    const { customerId } = user
    const serviceId = await make.service({ name: 'Arcstar Smart PBX' })
    const contractId = await make.contract({ customerId, serviceId })
    await make.contract({ customerId, serviceId: await make.service() })
    await make.fault({ customerId, contractId })
    await make.group({ customerId, members: [user.id], rights: [{ level: 'view' }] })
    // A second browser of the same user.
    await signIn(portal, user)
    portal.advance(1 * minutes)
  }
  await lendSignIn(site, user, context)
}
