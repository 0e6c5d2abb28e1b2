import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { loadDemo } from '#features/demo/load-demo.ts'
import { openBrowser } from './browser.ts'
import { testDatabase } from './database.ts'
import { makerOf } from './make.ts'
import { postOffice } from './post-office.ts'
import { totpNow } from './sign-in.ts'
import { openSite } from './site.ts'
import { until } from './until.ts'
import { expectHeading, tabTo, walkFirstStep, walkSecondStep } from './walk.ts'

// The operator's usage guide, chapters 1, 2 and 4: whoever holds it follows it by its labels alone, on the demo's world,
// with mails that a real server has received.

const password = 'Portal-demo-2026'
const database = await testDatabase()
const site = await openSite(database)
assert(await loadDemo({ ...site.portal.program, operator: database.operator }))
const mails = await postOffice(database, await makerOf(database).user()).open()
const browser = await openBrowser()
after(async () => {
  await browser.close()
  await mails[Symbol.asyncDispose]()
  await site[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})
interface Way {
  locale: 'ja-JP' | 'en-GB'
  scripts: boolean
}

async function openPage({ locale, scripts }: Way, path = '/'): Promise<Page> {
  const context = await browser.newContext({ locale, javaScriptEnabled: scripts })
  context.setDefaultTimeout(10_000)
  const page = await context.newPage()
  await page.goto(new URL(path, site.url).href)
  return page
}

async function click(page: Page, role: 'link' | 'button', name: string | RegExp): Promise<void> {
  await page
    .getByRole(role, { name, ...(typeof name === 'string' && { exact: true }) })
    .first()
    .click()
}

/** The newest code that the server has received for an address since there were so many mails. */
async function receivedCode(address: string, before: number): Promise<string> {
  await until(async () => mails.to(address).length > before)
  const { text = '' } = mails.to(address).at(-1)?.mail ?? {}
  return /(?<!\d)\d{6}(?!\d)/.exec(text)?.[0] ?? assert.fail(text)
}

async function logIn(page: Page, mail: string): Promise<void> {
  const before = mails.to(mail).length
  await click(page, 'link', 'ログイン')
  await walkFirstStep(page, { mail }, { typed: password })
  await walkSecondStep(page, await receivedCode(mail, before))
  await expectHeading(page, 'サービスメニュー')
}

/** 1 to 6; answers the one-time URL. */
async function openingUrl(address: string): Promise<string> {
  await until(async () => mails.to(address).length === 1)
  const { from, mail } = mails.to(address)[0] ?? assert.fail('no opening mail')
  assert.equal(mail.subject, 'NTTコミュニケーションズ ビジネスポータル ユーザ登録受付メール')
  assert.match(from, /^b-portal@/)
  const { text = '' } = mail
  for (const label of [
    'ビジネスポータルパスワード登録URL',
    '有効期限：',
    'ビジネスポータルログイン画面',
    '●本メールは送信専用のメールアドレスで送信しております。',
  ])
    assert(text.includes(label), label)
  assert.match(text, /有効期限：\d{4}\/\d{2}\/\d{2} \d{2}:\d{2}:\d{2}.*日本標準時/)
  return /http:\/\/\S+\/first-login\?key=\S+/.exec(text)?.[0] ?? assert.fail(text)
}

test('chapter 1: from the opening mail to the first login', async () => {
  const address = 'suzuki@example.co.jp'
  const page = await openPage({ locale: 'ja-JP', scripts: true }, await openingUrl(address))
  await expectHeading(page, '本人確認')
  await page.getByLabel('メールアドレス').fill(address)
  await page.getByLabel('氏名').fill('鈴木　一郎')
  await page.getByLabel('連絡先電話番号').fill('０３（００００）０１０１')
  await click(page, 'button', '次へ進む')
  await expectHeading(page, 'パスワード設定')
  await page.getByLabel('新しい第1パスワード').first().fill('Ein neues Kennwort 電池')
  await click(page, 'button', '次へ進む')
  await page.getByLabel('TOTP').check()
  await click(page, 'button', '次へ進む')
  await expectHeading(page, 'TOTP設定')
  const secret = (await page.locator('.setup-key code').innerText()).replaceAll(/\s/g, '')
  await page.getByLabel(/6桁のコード/).fill(totpNow(site.portal, { secret }))
  await click(page, 'button', '設定を完了する')
  await expectHeading(page, 'リカバリーコード')
  await page.getByLabel('リカバリーコードを保管しました').check()
  await click(page, 'button', 'ログイン画面へ進む')
  // A code counts once.
  site.portal.advance(30_000)
  await walkFirstStep(page, { mail: address }, { typed: 'Ein neues Kennwort 電池' })
  await walkSecondStep(page, totpNow(site.portal, { secret }))
  await expectHeading(page, 'サービスメニュー')
  await page.getByText('どのユーザーグループにも所属していません').first().waitFor()
  await page.context().close()
})

for (const scripts of [true, false]) {
  test(`chapters 2 and 4: every label leads to its page, ${scripts ? 'with' : 'without'} scripts`, async () => {
    const page = await openPage({ locale: 'ja-JP', scripts })
    await logIn(page, 'yamada@example.co.jp')
    await page.getByPlaceholder('ご契約に関する情報、チケット、マニュアルなどが検索できます').waitFor()
    const labels: [link: string, heading: string][] = [
      ['ご契約中のサービスから選ぶ', 'サービスメニュー'],
      ['最近の操作・ピン留め', '最近の操作・ピン留め'],
      ['ポータル管理者向け', 'ポータル管理者向け'],
      ['レコメンド', 'レコメンド'],
      ['不正通信ブロック', '不正通信ブロック'],
      ['お問い合わせ', 'お問い合わせ'],
      ['マニュアル', 'マニュアル'],
      ['このページに対するご意見', 'このページに対するご意見'],
    ]
    for (const [link, heading] of labels) {
      await click(page, 'link', link)
      await expectHeading(page, heading)
    }
    await click(page, 'link', /^お知らせ/)
    await expectHeading(page, 'お知らせ')
    await walkService(page)
    await walkContracts(page, scripts)
    await page.context().close()
  })
}

/** 13 and 14: the side bar, and a service's page. */
async function walkService(page: Page): Promise<void> {
  const side = page.getByRole('navigation').filter({ has: page.getByText('データセンター') })
  assert.deepEqual((await side.getByRole('heading').allInnerTexts()).slice(0, 5), [
    'データセンター',
    '音声・ビデオ・電話',
    'アプリケーション',
    'ITマネジメント',
    'セキュリティ',
  ])
  const below: [link: string, heading: string][] = [
    ['お申し込みの進捗', 'お申し込みの進捗'],
    ['お問い合わせの一覧', 'お問い合わせの一覧'],
    ['工事・故障情報', '工事・故障情報'],
    ['ご契約・運用状況の一覧', 'ご契約・運用状況の一覧'],
  ]
  for (const [link, heading] of below) {
    await side.getByRole('link', { name: /^Arcstar Smart PBX/ }).click()
    await expectHeading(page, 'Arcstar Smart PBX')
    for (const column of ['共通', 'オプション設定'])
      await page.getByRole('heading', { name: column, exact: true }).waitFor()
    await page.getByRole('main').getByRole('link', { name: link, exact: true }).first().click()
    await expectHeading(page, heading)
  }
}

/** 20: the list, its filter, its file, a contract and its memo. */
async function walkContracts(page: Page, scripts: boolean): Promise<void> {
  for (const column of ['運用状況', 'ご契約番号', 'グループ番号', 'サービス名', '拠点', 'メモ'])
    await page.getByRole('columnheader', { name: column, exact: true }).waitFor()
  await page.getByText('合計 15 件').waitFor()
  assert.match(await page.getByRole('row').nth(1).innerText(), /故障\s+N130000042/)
  await page.getByLabel('絞り込みキーワード').fill('東京　営業')
  await page.getByLabel('絞り込みキーワード').press('Enter')
  await page.getByText('合計 1 件（全15件中）').waitFor()
  await click(page, 'link', /^編集する.*N123456789のメモ/)
  await expectHeading(page, 'メモの編集')
  const memo = `営業部 ${scripts ? 'A' : 'B'}`
  await page.getByLabel('メモ').fill(memo)
  await click(page, 'button', '適用する')
  await page.getByText('メモを変更しました。').waitFor()
  // Back on the list as it was filtered.
  await page.getByText('合計 1 件（全15件中）').waitFor()
  await click(page, 'link', 'N123456789')
  await expectHeading(page, 'N123456789')
  for (const text of [memo, 'お客様のご連絡先', '料金情報', '東京本社']) await page.getByText(text).first().waitFor()
  await page.getByRole('searchbox').first().fill('n130000042')
  await page.getByRole('searchbox').first().press('Enter')
  await expectHeading(page, 'N130000042')
}

async function skipToMain(page: Page): Promise<void> {
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
}

test('chapters 2 and 4 by the keyboard alone', async () => {
  const page = await openPage({ locale: 'ja-JP', scripts: true })
  await logIn(page, 'yamada@example.co.jp')
  await page.keyboard.press('/')
  await page.keyboard.type('営業部')
  await page.keyboard.press('Enter')
  await expectHeading(page, '「営業部」の検索結果')
  await skipToMain(page)
  await tabTo(page, page.getByRole('main').getByRole('link', { name: /^N123456789/ }))
  await page.keyboard.press('Enter')
  await expectHeading(page, 'N123456789')
  await skipToMain(page)
  await tabTo(page, page.getByRole('link', { name: 'メモを編集する' }))
  await page.keyboard.press('Enter')
  await expectHeading(page, 'メモの編集')
  await skipToMain(page)
  await tabTo(page, page.getByLabel('メモ'))
  await page.keyboard.press('End')
  await page.keyboard.type(' 1番')
  await page.keyboard.press('Enter')
  await page.getByText('メモを変更しました。').waitFor()
  await page.context().close()
})

test('the same pages in English, where nothing of the portal’s own is Japanese', async () => {
  const page = await openPage({ locale: 'en-GB', scripts: true })
  const mail = 'yamada@example.co.jp'
  const before = mails.to(mail).length
  await click(page, 'link', 'Log in')
  await walkFirstStep(page, { mail }, { language: 'en', typed: password })
  await walkSecondStep(page, await receivedCode(mail, before), 'en')
  for (const path of [
    '/services',
    '/services/smart-pbx',
    '/pinned',
    '/administration',
    '/contact',
    '/feedback',
    '/search',
  ]) {
    await page.goto(new URL(path, site.url).href)
    const main = await page.getByRole('main').innerText()
    // Names and memos of the customer's are Japanese.
    const own = main.replaceAll(
      /(大阪支店|東京本社|名古屋支店|横浜支店|札幌支店|仙台支店|福岡支店|山田 太郎|日本語)/g,
      '',
    )
    assert.doesNotMatch(own, /[ぁ-んァ-ヶ]{3}/, path)
  }
  await page.context().close()
})
