import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import sharp from 'sharp'
import { administratorLabels, groupLabels, menuLabels, userLabels } from '#sites/frame/guide-labels.ts'
import type { Language, Phrase } from '#platform/words.ts'
import { openBrowser } from '#test/browser.ts'
import { testDatabase } from '#test/database.ts'
import { makerOf, signIn } from '#test/make.ts'
import { someOf } from '#test/many-runs.ts'
import { skipToMain } from '#test/guide.ts'
import { openSite } from '#test/site.ts'
import { superuserOf } from '#test/superuser.ts'
import { expectHeading, lendSignIn, signInWords, tabTo } from '#test/walk.ts'
import { limitPageWords } from '../address-limits/limit-page.ts'
import { paths } from '../paths.ts'

// The eight functions under 「ポータル管理者向け」, each found by the guide's label and used to its end by the keyboard alone.

const database = await testDatabase()
const make = makerOf(database)
const site = await openSite(database)
const browser = await openBrowser()
after(async () => {
  await browser.close()
  await site[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

const logo = await sharp({ create: { width: 640, height: 128, channels: 4, background: '#06c' } })
  .png()
  .toBuffer()

interface Way {
  language: Language
  width: 1280 | 390
  scripts: boolean
}

interface Walk extends Way {
  page: Page
  main: Locator
}

const ways: readonly Way[] = (['ja', 'en'] as const).flatMap((language) =>
  ([1280, 390] as const).flatMap((width) => [true, false].map((scripts): Way => ({ language, width, scripts }))),
)

for (const way of someOf(ways, 2))
  test(`all eight by the keyboard, in ${way.language}, ${way.width} px, ${way.scripts ? 'with' : 'without'} scripts`, async () => {
    const { language, width, scripts } = way
    const administrator = await makeWorld()
    const { locale } = signInWords[language]
    const context = await browser.newContext({ locale, viewport: { width, height: 800 }, javaScriptEnabled: scripts })
    context.setDefaultTimeout(10_000)
    await lendSignIn(site, administrator, context)
    const page = await context.newPage()
    const walk: Walk = { ...way, page, main: page.getByRole('main') }
    for (const [label, use] of functions) {
      await page.goto(new URL(paths.serviceMenu, site.url).href)
      await openAdministration(walk)
      await follow(walk, label)
      await use(walk)
    }
    await context.close()
  })

/** An administrator, whose colleague is logged in, and a contract at a site. */
async function makeWorld(): Promise<{ mail: string }> {
  const administrator = await make.user({ role: 'portal-administrator', name: '山田 太郎' })
  const { customerId } = administrator
  await signIn(site.portal, await make.user({ customerId, name: '佐藤 花子' }))
  const admin = superuserOf(database)
  await admin.query(
    `with t as (insert into site (customer_id, code, name) values ($1, '1', '大阪支店') returning *)
    insert into contract (customer_id, service_id, number, site_id) select $1, $2, 'M' || left(id::text, 8), id from t`,
    [customerId, await make.service()],
  )
  await admin.end()
  return administrator
}

const said = (ja: string, en: string): Phrase => ({ ja, en })

const functions: readonly [Phrase, (walk: Walk) => Promise<void>][] = [
  [administratorLabels.users, addUser],
  [administratorLabels.userGroups, addGroup],
  [administratorLabels.accessHistory, logOutColleague],
  [administratorLabels.accessRules, tryRestriction],
  [administratorLabels.sessionTimeout, shortenTimeout],
  [administratorLabels.logo, setLogo],
  [administratorLabels.networkMap, placeSite],
  [administratorLabels.twoStepSkip, allowSkipping],
]

/** The way to the menu: its tab, in the drawer where there is no room for tabs. */
async function openAdministration({ page, language, width }: Walk): Promise<void> {
  if (width === 390)
    await press(page, page.getByRole('button', { name: said('メニュー', 'Menu')[language], exact: true }))
  const label = menuLabels.forAdministrators[language]
  await press(page, page.getByRole('link', { name: label, exact: true }))
  await expectHeading(page, label)
}

async function press(page: Page, wanted: Locator): Promise<void> {
  await tabTo(page, wanted)
  await page.keyboard.press('Enter')
}

/** Past what stands on every page to a link of its own. */
async function follow(walk: Walk, label: Phrase): Promise<void> {
  const { page, main, language } = walk
  await skipToMain(page)
  await tabTo(page, main.getByRole('link', { name: label[language] }).first())
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
}

/** By its label to a button, once what led here has loaded. */
async function pressButton({ page, main, language }: Walk, label: Phrase): Promise<void> {
  await tabTo(page, main.getByRole('button', { name: label[language], exact: true }).first())
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
}

async function type({ page, main, language }: Walk, label: Phrase, text: string): Promise<void> {
  await tabTo(page, main.getByLabel(label[language]).first())
  await page.keyboard.type(text)
}

async function expectNotice({ page, language }: Walk, notice: Phrase): Promise<void> {
  await page.getByRole('status').filter({ hasText: notice[language] }).first().waitFor()
}

async function addUser(walk: Walk): Promise<void> {
  const { page, main, language } = walk
  await expectHeading(page, userLabels.list[language])
  await follow(walk, userLabels.startAdding)
  await expectHeading(page, userLabels.addPage[language])
  await skipToMain(page)
  await type(walk, userLabels.name, '鈴木 一郎')
  await type(walk, userLabels.mailAddress, `${randomUUID()}@example.com`)
  await type(walk, userLabels.phone, '03-0000-0101')
  // The second of the factors, and the first of the roles.
  await tabTo(page, main.getByRole('radio', { name: userLabels.totp[language] }))
  await page.keyboard.press('ArrowDown')
  assert(await main.getByRole('radio', { name: userLabels.mailOtp[language] }).isChecked())
  await tabTo(page, main.getByRole('radio', { name: userLabels.generalUser[language] }))
  await page.keyboard.press('Space')
  await tabTo(page, main.getByLabel(userLabels.timeZone[language]))
  await page.keyboard.press('ArrowDown')
  await pressButton(walk, userLabels.add)
  await expectNotice(walk, said('鈴木 一郎さんを追加しました。', '鈴木 一郎 was added'))
}

async function addGroup(walk: Walk): Promise<void> {
  await follow(walk, groupLabels.startAdding)
  await expectHeading(walk.page, groupLabels.addPage[walk.language])
  await skipToMain(walk.page)
  await type(walk, said('ユーザーグループ名', 'User group name'), `受付 ${walk.width}`)
  await walk.page.keyboard.press('Enter')
  await expectNotice(walk, said('を追加しました。', 'was added'))
}

async function logOutColleague(walk: Walk): Promise<void> {
  const { page, main, language } = walk
  await follow(walk, said('ログイン中のユーザー', 'logged in'))
  await expectHeading(page, said('ログイン中のユーザー', 'Users who are logged in')[language])
  await skipToMain(page)
  await tabTo(page, main.getByRole('checkbox', { name: '佐藤 花子' }))
  await page.keyboard.press('Space')
  await pressButton(walk, said('強制ログアウトする', 'Log out'))
  await expectHeading(page, said('強制ログアウト', 'Log users out')[language])
  await skipToMain(page)
  await pressButton(walk, said('強制ログアウトする', 'Log out'))
  await expectNotice(walk, said('を終了しました。', 'Logins ended: 1'))
}

async function tryRestriction(walk: Walk): Promise<void> {
  const { page, main, language } = walk
  const { on, off, addOwn, apply } = limitPageWords
  await skipToMain(page)
  await tabTo(page, main.getByRole('radio', { name: off[language] }))
  await page.keyboard.press('ArrowUp')
  assert(await main.getByRole('radio', { name: on[language], exact: true }).isChecked())
  await pressButton(walk, said(addOwn.ja('127.0.0.1'), addOwn.en('127.0.0.1')))
  await skipToMain(page)
  await pressButton(walk, apply)
  await skipToMain(page)
  await pressButton(walk, said('元に戻す', 'Undo'))
  await expectNotice(walk, said('アクセス制限設定を元に戻しました。', 'The former access restriction applies again.'))
}

async function shortenTimeout(walk: Walk): Promise<void> {
  const { page, main, language } = walk
  await skipToMain(page)
  const field = main.getByRole('combobox', { name: said('タイムアウト時間', 'Timeout')[language] })
  await tabTo(page, field)
  await page.keyboard.press('ArrowUp')
  assert.equal(await field.inputValue(), '30')
  await pressButton(walk, said('適用する', 'Apply'))
  await expectNotice(walk, said('セッションタイムアウト設定を変更しました。', 'The session timeout was changed.'))
}

async function setLogo(walk: Walk): Promise<void> {
  const { page, main, language } = walk
  await skipToMain(page)
  const field = main.getByLabel(said('ロゴのファイル', 'File of the logo')[language])
  await tabTo(page, field)
  // The dialog that Space opens is the browser's own.
  await field.setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: logo })
  await pressButton(walk, said('確認する', 'See how it looks'))
  await skipToMain(page)
  await pressButton(walk, said('このロゴを設定する', 'Set this logo'))
  assert.equal(await page.locator('.customer-mark img').count(), 1)
}

async function placeSite(walk: Walk): Promise<void> {
  const { page, main, language } = walk
  await follow(walk, said('大阪支店', '大阪支店'))
  await expectHeading(page, said('拠点の位置', 'Place of a site')[language])
  await skipToMain(page)
  const field = main.getByRole('combobox', { name: said('都道府県', 'Prefecture')[language] })
  await tabTo(page, field)
  // 大阪府 is the 27th.
  for (let presses = 0; presses < 27; presses++) await page.keyboard.press('ArrowDown')
  assert.equal(await field.inputValue(), '27')
  await pressButton(walk, said('設定する', 'Set'))
  await expectNotice(walk, said('大阪支店の位置を設定しました。', 'The place of 大阪支店 was set.'))
}

async function allowSkipping(walk: Walk): Promise<void> {
  const { page, main, language } = walk
  await skipToMain(page)
  await tabTo(page, main.getByRole('radio', { name: said('許可しない', 'Do not allow')[language], exact: true }))
  await page.keyboard.press('ArrowUp')
  await pressButton(walk, said('適用する', 'Apply'))
  await expectNotice(walk, said('2段階認証スキップ設定を変更しました。', 'The setting was changed.'))
}
