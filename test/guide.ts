import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { loadDemo } from '#features/demo/load-demo.ts'
import { openBrowser } from './browser.ts'
import { testDatabase } from './database.ts'
import type { MailServer } from './mail-server.ts'
import { makerOf } from './make.ts'
import { postOffice } from './post-office.ts'
import { type Hosts, openSite, type TestSite } from './site.ts'
import { until } from './until.ts'
import { expectHeading, signInWords, walkFirstStep, walkSecondStep } from './walk.ts'

export interface Way {
  locale: 'ja-JP' | 'en-GB'
  scripts: boolean
}

/** The demo's world as the reader of the usage guide meets it, with mails that a real server receives. */
export interface Guide extends AsyncDisposable {
  site: TestSite
  mails: MailServer
  openPage(way: Way, path?: string): Promise<Page>
}

export async function openGuide(hosts?: Hosts): Promise<Guide> {
  const ends = new AsyncDisposableStack()
  const database = ends.use(await testDatabase())
  const site = ends.use(await openSite(database, hosts))
  assert(await loadDemo({ ...site.portal.program, operator: database.operator }))
  const mails = ends.use(await postOffice(database, await makerOf(database).user()).open())
  const browser = await openBrowser()
  ends.defer(() => browser.close())
  return {
    site,
    mails,
    async openPage({ locale, scripts }, path = '/') {
      const context = await browser.newContext({ locale, javaScriptEnabled: scripts })
      context.setDefaultTimeout(10_000)
      const page = await context.newPage()
      await page.goto(new URL(path, site.url).href)
      return page
    },
    [Symbol.asyncDispose]: () => ends.disposeAsync(),
  }
}

/** What the mails to an address say last, past so many of them; waits for it. */
async function received(
  { mails }: Guide,
  address: string,
  { past, what }: { past: number; what: RegExp },
): Promise<string> {
  const find = (): string | undefined =>
    mails
      .to(address)
      .slice(past)
      .flatMap(({ mail }) => what.exec(mail.text ?? '') ?? [])
      .at(-1)
  await until(async () => find() !== undefined)
  return find() ?? assert.fail('a mail is not taken back')
}

/** The one-time URL in the newest mail to an address that has one, past so many mails. */
export async function openingUrl(guide: Guide, address: string, past = 0): Promise<string> {
  return received(guide, address, { past, what: /http:\/\/\S+\/first-login\?key=\S+/ })
}

const sixDigits = /(?<!\d)\d{6}(?!\d)/

/** From the landing page to the service menu, by a code that was mailed. */
export async function logIn(
  guide: Guide,
  page: Page,
  { mail, password = 'Portal-demo-2026' }: { mail: string; password?: string },
): Promise<void> {
  const past = guide.mails.to(mail).length
  const language = (await page.locator('html').getAttribute('lang')) === 'en' ? 'en' : 'ja'
  await click(page, 'link', signInWords[language].signIn)
  await walkFirstStep(page, { mail }, { language, typed: password })
  await walkSecondStep(page, await received(guide, mail, { past, what: sixDigits }), language)
  await expectHeading(page, signInWords[language].serviceMenu)
}

/** Presses a button that asks for the second factor of whoever has this address, and shows it: then what it says is done. */
export async function confirm(
  guide: Guide,
  page: Page,
  { mail, button }: { mail: string; button: string },
): Promise<void> {
  const past = guide.mails.to(mail).length
  await click(page, 'button', button)
  await expectHeading(page, '第二認証')
  await page.getByLabel(signInWords.ja.code).fill(await received(guide, mail, { past, what: sixDigits }))
  await click(page, 'button', '確認して実行する')
}

export async function click(page: Page, role: 'link' | 'button', name: string | RegExp): Promise<void> {
  await page
    .getByRole(role, { name, ...(typeof name === 'string' && { exact: true }) })
    .first()
    .click()
}

/** ①本人確認 and ②パスワード設定, from the mailed URL. */
export async function walkFirstLogin(
  page: Page,
  { mail, name, phone, password }: { mail: string; name: string; phone: string; password: string },
): Promise<void> {
  await expectHeading(page, '本人確認')
  await page.getByLabel('メールアドレス').fill(mail)
  await page.getByLabel('氏名').fill(name)
  await page.getByLabel('連絡先電話番号').fill(phone)
  await click(page, 'button', '次へ進む')
  await expectHeading(page, 'パスワード設定')
  await page.getByLabel('新しい第1パスワード').first().fill(password)
  await click(page, 'button', '次へ進む')
}

/** With TOTP the code that was proved just now leads in; who gets codes by mail enters one. */
export async function keepRecoveryCodes(page: Page, button: 'ログインする' | '認証コードの入力へ進む'): Promise<void> {
  await expectHeading(page, 'リカバリーコード')
  await page.getByLabel('リカバリーコードを保管しました').check()
  await click(page, 'button', button)
}

export async function keepCodesAndLogIn(guide: Guide, page: Page, mail: string): Promise<void> {
  const past = guide.mails.to(mail).length
  await keepRecoveryCodes(page, '認証コードの入力へ進む')
  await walkSecondStep(page, await received(guide, mail, { past, what: sixDigits }))
  await expectHeading(page, signInWords.ja.serviceMenu)
}

export async function expectColumns(page: Page, columns: readonly string[]): Promise<void> {
  for (const name of columns) await page.getByRole('columnheader', { name, exact: true }).waitFor()
}

/** The first link of a page leads past what stands on every page. */
export async function skipToMain(page: Page): Promise<void> {
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
}

const customersOwn =
  /(大阪支店|東京本社|名古屋支店|横浜支店|札幌支店|仙台支店|福岡支店|山田 太郎|さとう はなこ|見本の棚卸しです|日本語|(データセンター|セキュリティ)の担当者)/g

/** Fails where a page in English has Japanese of the portal's own: names and memos of the customer's are Japanese. */
export async function expectEnglish(page: Page): Promise<void> {
  const main = await page.getByRole('main').innerText()
  const own = main.replaceAll(customersOwn, '')
  assert.doesNotMatch(own, /[ぁ-んァ-ヶ]{3}/, page.url())
}
