import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import {
  click,
  expectColumns,
  expectEnglish,
  keepRecoveryCodes,
  logIn,
  openGuide,
  openingUrl,
  skipToMain,
  walkFirstLogin,
} from './guide.ts'
import { totpNow } from './sign-in.ts'
import { expectHeading, tabTo } from './walk.ts'

// The operator's usage guide, chapters 1, 2 and 4: whoever holds it follows it by its labels alone, on the demo's world,
// with mails that a real server has received.

const guide = await openGuide()
const { site, mails } = guide
const newPassword = 'Ein neues Kennwort 電池'
after(() => guide[Symbol.asyncDispose]())

/** 1 to 6. */
function expectOpeningMail(address: string): void {
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
}

test('chapter 1: from the opening mail to the first login', async () => {
  const address = 'suzuki@example.co.jp'
  const url = await openingUrl(guide, address)
  expectOpeningMail(address)
  const page = await guide.openPage({ locale: 'ja-JP', scripts: true }, url)
  await walkFirstLogin(page, {
    mail: address,
    name: '鈴木　一郎',
    phone: '０３（００００）０１０１',
    password: newPassword,
  })
  await page.getByLabel('TOTP').check()
  await click(page, 'button', '次へ進む')
  await expectHeading(page, 'TOTP設定')
  const secret = (await page.locator('.setup-key code').innerText()).replaceAll(/\s/g, '')
  await page.getByLabel(/6桁のコード/).fill(totpNow(site.portal, { secret }))
  await click(page, 'button', '設定を完了する')
  await keepRecoveryCodes(page, 'ログインする')
  await expectHeading(page, 'サービスメニュー')
  await page.getByText('どのユーザーグループにも所属していません').first().waitFor()
  await page.context().close()
})

for (const scripts of [true, false]) {
  test(`chapters 2 and 4: every label leads to its page, ${scripts ? 'with' : 'without'} scripts`, async () => {
    const page = await guide.openPage({ locale: 'ja-JP', scripts })
    await logIn(guide, page, { mail: 'yamada@example.co.jp' })
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
  await expectColumns(page, ['運用状況', 'ご契約番号', 'グループ番号', 'サービス名', '拠点', 'メモ'])
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
  await expectHeading(page, `東京本社 ${memo}`)
  await page.getByText('Arcstar Smart PBX　N123456789').waitFor()
  for (const text of [memo, 'お客様のご連絡先', '料金情報', '東京本社']) await page.getByText(text).first().waitFor()
  await page.getByRole('searchbox').first().fill('n130000042')
  await page.getByRole('searchbox').first().press('Enter')
  await expectHeading(page, '大阪支店 大阪支店 営業部')
}

test('chapters 2 and 4 by the keyboard alone', async () => {
  const page = await guide.openPage({ locale: 'ja-JP', scripts: true })
  await logIn(guide, page, { mail: 'yamada@example.co.jp' })
  await page.keyboard.press('/')
  await page.keyboard.type('営業部')
  await page.keyboard.press('Enter')
  await expectHeading(page, '「営業部」の検索結果')
  await skipToMain(page)
  await tabTo(page, page.getByRole('main').getByRole('link', { name: /^N123456789/ }))
  await page.keyboard.press('Enter')
  await expectHeading(page, /^東京本社 営業部/)
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

test('the same pages and those for administrators in English, where nothing of the portal’s own is Japanese', async () => {
  const page = await guide.openPage({ locale: 'en-GB', scripts: true })
  await logIn(guide, page, { mail: 'yamada@example.co.jp' })
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
    await expectEnglish(page)
  }
  await click(page, 'link', 'For administrators')
  for (const [link, heading] of [
    ['User groups', 'User groups'],
    ['ユーザーグループ1', 'ユーザーグループ1'],
    ['Rights', 'ユーザーグループ1'],
    ['Set rights', 'Rights of the user group'],
    ['Users', 'Users'],
    ['佐藤 花子', '佐藤 花子'],
    ['Edit', 'Edit the user'],
    ['Change history', 'Change history'],
  ] as const) {
    await click(page, 'link', link)
    await expectHeading(page, heading)
    await expectEnglish(page)
  }
  await page.context().close()
})
