import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { expectNoAxeFindings, expectNothingWiderThan, openBrowser } from '#test/browser.ts'
import { testDatabase } from '#test/database.ts'
import { answerRequests, makeNewcomer, newestUrl, newPassword, phone, sendNotice } from '#test/first-login.ts'
import { type MadeUser, makerOf } from '#test/make.ts'
import { isLongProof } from '#test/many-runs.ts'
import { openSite } from '#test/site.ts'
import { totpNow } from '#test/sign-in.ts'
import { expectFocus, expectHeading, walkFirstStep, walkSecondStep } from '#test/walk.ts'
import { seconds } from '#platform/time/duration.ts'

const database = await testDatabase()
const make = makerOf(database)
const site = await openSite(database)
const browser = await openBrowser()
const { portal, url: base } = site
after(async () => {
  await browser.close()
  await site[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

interface Variant {
  scripts: boolean
  width: 1280 | 390
  colorScheme: 'light' | 'dark'
}

const variants: Variant[] = [
  { scripts: true, width: 1280, colorScheme: 'light' },
  { scripts: true, width: 390, colorScheme: 'dark' },
  { scripts: false, width: 390, colorScheme: 'light' },
]
/** Once with scripts and once without: the pages are those of the first walk, and of others' tests. */
const fewVariants = isLongProof ? variants : variants.filter(({ colorScheme }) => colorScheme === 'light')

async function openPage({ scripts, width, colorScheme }: Variant, url: string): Promise<Page> {
  const context = await browser.newContext({
    locale: 'ja-JP',
    javaScriptEnabled: scripts,
    viewport: { width, height: 800 },
    colorScheme,
  })
  context.setDefaultTimeout(10_000)
  const page = await context.newPage()
  await page.goto(new URL(url, base).href)
  return page
}

/** Axe needs scripts, so it looks where they run. */
async function expectGood(page: Page, { scripts }: Variant, heading: string): Promise<void> {
  await expectHeading(page, heading)
  if (scripts) await expectNoAxeFindings(page)
  await expectNothingWiderThan(page, 320)
}

async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click()
}

async function showIdentity(page: Page, { mail, name }: MadeUser): Promise<void> {
  await page.getByLabel('メールアドレス').fill(mail)
  await page.getByLabel('氏名').fill(name.replace(' ', ''))
  await page.getByLabel('連絡先電話番号').fill(phone.replaceAll('-', ''))
  await press(page, '次へ進む')
}

async function keepCodes(page: Page, leads: 'ログインする' | '認証コードの入力へ進む'): Promise<void> {
  await page.getByLabel('リカバリーコードを保管しました').check()
  await press(page, leads)
}

const nameOf = ({ scripts, width, colorScheme }: Variant): string =>
  `${scripts ? 'with' : 'without'} scripts, ${width}, ${colorScheme}`

for (const variant of variants)
  test(`from the opening notice into the portal by TOTP: ${nameOf(variant)}`, async () => {
    const user = await makeNewcomer(database, null)
    const page = await openPage(variant, await sendNotice(database, portal, user))
    await expectGood(page, variant, '本人確認')
    assert.equal(page.url(), new URL('/first-login/identity', base).href, 'the key is gone from the address')
    await press(page, '次へ進む')
    await page.getByRole('heading', { name: '入力内容に問題が3件あります' }).waitFor()
    await showIdentity(page, user)
    await expectGood(page, variant, 'パスワード設定')
    await page.getByLabel('新しい第1パスワード', { exact: false }).first().fill(newPassword)
    await press(page, '次へ進む')
    await expectGood(page, variant, '第2段階認証方式')
    await page.getByLabel('TOTP').check()
    await press(page, '次へ進む')
    await expectGood(page, variant, 'TOTP設定')
    await page.getByRole('img', { name: /^認証アプリで読み取るQRコード/ }).waitFor()
    assert.equal(await page.getByRole('button', { name: 'コピーする' }).count(), variant.scripts ? 1 : 0)
    const shown = (await page.locator('.setup-key code').innerText()).replaceAll(/\s/g, '')
    const opened = (await page.getByRole('link', { name: /認証アプリで開く/ }).getAttribute('href')) ?? ''
    assert.equal(new URL(opened).searchParams.get('secret'), shown)
    await page.getByLabel('認証アプリに表示された6桁のコードを入力する').fill(totpNow(portal, { secret: shown }))
    await press(page, '設定を完了する')
    await expectGood(page, variant, 'リカバリーコード')
    assert.equal(await page.locator('.recovery-codes li').count(), 10)
    await keepCodes(page, 'ログインする')
    await expectHeading(page, 'サービスメニュー')
    await page.context().close()
  })

for (const variant of fewVariants) {
  test(`from the opening notice into the portal by MailOTP: ${nameOf(variant)}`, async () => {
    const user = await makeNewcomer(database, 'mail-otp')
    const page = await openPage(variant, await sendNotice(database, portal, user))
    await showIdentity(page, user)
    await page.getByText('初回ログイン（2/2）').waitFor()
    await page.getByLabel('新しい第1パスワード', { exact: false }).first().fill(newPassword)
    await press(page, '次へ進む')
    // Mails of one moment have no order.
    portal.advance(1 * seconds)
    await keepCodes(page, '認証コードの入力へ進む')
    await expectHeading(page, '第二認証')
    await walkSecondStep(page, await portal.newestCode(user.mail))
    await expectHeading(page, 'サービスメニュー')
    await page.context().close()
  })

  test(`a forgotten password is set anew: ${nameOf(variant)}`, async () => {
    const user = await make.user()
    const page = await openPage(variant, '/login')
    await page.getByRole('link', { name: 'パスワード再設定はこちら', exact: true }).click()
    await expectGood(page, variant, 'パスワード再設定')
    await page.getByLabel('メールアドレス').fill(user.mail)
    await press(page, 'URLを発行する')
    await expectGood(page, variant, 'お申し込みを受け付けました')
    await answerRequests(database, portal)
    await page.goto(new URL(await newestUrl(portal, user.mail), base).href)
    await showIdentity(page, user)
    await page.getByText('パスワード再設定（2/2）').waitFor()
    await page.getByLabel('新しい第1パスワード', { exact: false }).first().fill(newPassword)
    await press(page, '登録する')
    await page.getByText('第1パスワードを再設定しました。').waitFor()
    await walkFirstStep(page, user, { typed: newPassword })
    await expectHeading(page, '第二認証')
    await page.context().close()
  })
}

test('what is missing of a password is shown while it is typed', async () => {
  const user = await makeNewcomer(database, 'mail-otp')
  const [variant] = variants
  const page = await openPage(variant ?? assert.fail(), await sendNotice(database, portal, user))
  await showIdentity(page, user)
  const field = page.getByLabel('新しい第1パスワード', { exact: false }).first()
  await expectFocus(field)
  const met = (): Promise<string[]> =>
    page
      .locator('.rules [data-met=true]')
      .evaluateAll((items) => items.map((item) => item.getAttribute('data-rule') ?? ''))
  assert.deepEqual(await met(), [])
  await page.keyboard.type('123456789')
  assert.deepEqual(await met(), ['own'])
  await page.keyboard.type('0')
  assert.deepEqual(await met(), ['length', 'own'])
  await field.fill(`${user.mail}!`)
  assert.deepEqual(await met(), ['length'])
  await field.fill(newPassword)
  assert.deepEqual(await met(), ['length', 'own'])
  await page.context().close()
})
