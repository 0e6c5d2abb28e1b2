import assert from 'node:assert/strict'
import { setTimeout as wait } from 'node:timers/promises'
import type { BrowserContext, Locator, Page } from 'playwright-core'
import type { Language } from '#platform/words.ts'
import { type MadeUser, password, signIn } from './make.ts'
import type { TestSite } from './site.ts'

/** What stands on the way in, as the usage guide and its reader say it. */
export const signInWords = {
  ja: {
    locale: 'ja-JP',
    signIn: 'ログイン',
    firstStep: '第一認証',
    userId: 'ユーザID(メールアドレス)',
    password: '第1パスワード',
    next: '次へ進む',
    secondStep: '第二認証',
    code: '認証コード（6桁の数字）',
    finish: 'ログインする',
    serviceMenu: 'サービスメニュー',
  },
  en: {
    locale: 'en-GB',
    signIn: 'Log in',
    firstStep: 'First step',
    userId: 'User ID (email address)',
    password: 'First password',
    next: 'Next',
    secondStep: 'Second step',
    code: 'Code (6 digits)',
    finish: 'Log in',
    serviceMenu: 'Service menu',
  },
} satisfies Record<Language, Record<string, string>>

export async function expectHeading(page: Page, heading: string | RegExp): Promise<void> {
  await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor()
}

/** Fills in the first step as it stands on the page, and sends it. */
export async function walkFirstStep(
  page: Page,
  { mail }: Pick<MadeUser, 'mail'>,
  { language = 'ja', typed = password }: { language?: Language; typed?: string } = {},
): Promise<void> {
  const words = signInWords[language]
  await expectHeading(page, words.firstStep)
  await page.getByLabel(words.userId, { exact: true }).fill(mail)
  await page.getByLabel(words.password, { exact: true }).fill(typed)
  await page.getByRole('button', { name: words.next, exact: true }).click()
}

export async function walkSecondStep(page: Page, code: string, language: Language = 'ja'): Promise<void> {
  const words = signInWords[language]
  await expectHeading(page, words.secondStep)
  await page.getByLabel(words.code, { exact: true }).fill(code)
  await page.getByRole('button', { name: words.finish, exact: true }).click()
}

/** Lends a real browser a login that was made without one: for tests of what comes after it. */
export async function lendSignIn(
  { portal, url }: TestSite,
  user: Pick<MadeUser, 'mail'>,
  to: BrowserContext,
): Promise<void> {
  const from = await signIn(portal, user)
  // Secure cookies are taken from a secure address only; where they go, the port and the scheme do not matter.
  await to.addCookies([...from.cookies].map(([name, value]) => ({ name, value, url: `https://${url.hostname}` })))
}

/** Presses Tab until this has the focus; all that has it on the way must be seen to have it. */
export async function tabTo(page: Page, wanted: Locator): Promise<void> {
  for (let stops = 0; stops < 40; stops++) {
    await page.keyboard.press('Tab')
    assert.equal(await page.evaluate<string>(hiddenFocus), '')
    if (await wanted.evaluate(isFocused)) return
  }
  assert.fail(`40 times Tab did not lead to ${String(wanted)} on ${page.url()}`)
}

/** Waits: a page moves the focus a moment after it has loaded. */
export async function expectFocus(wanted: Locator): Promise<void> {
  for (let tries = 0; tries < 50; tries++) {
    if (await wanted.evaluate(isFocused)) return
    await wait(100)
  }
  assert.fail(`the focus is not on ${String(wanted)}`)
}

// Both run in the page, hence no types of its document here.
const isFocused = (element: { ownerDocument: { activeElement: unknown } }): boolean =>
  element === element.ownerDocument.activeElement

/** The element with the focus, if neither it nor what it stands in has a ring, or it lies out of sight. */
const hiddenFocus = `(() => {
  const element = document.activeElement
  if (element === document.body) return ''
  const hasRing = (each) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(each)
    return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2
  }
  let ringed = element
  while (ringed && !hasRing(ringed)) ringed = ringed.parentElement
  const { width, top, bottom } = element.getBoundingClientRect()
  const isSeen = ringed && width > 0 && top >= 0 && bottom <= innerHeight
  return isSeen ? '' : element.cloneNode().outerHTML
})()`
