import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { expectNoAxeFindings, openBrowser } from '#test/browser.ts'
import { testDatabase } from '#test/database.ts'
import { makerOf } from '#test/make.ts'
import { pagesOfPdf } from '#test/pdf.ts'
import { openSite } from '#test/site.ts'
import { superuserOf } from '#test/superuser.ts'
import { lendSignIn } from '#test/walk.ts'
import { paths } from '#sites/portal/paths.ts'

const database = await testDatabase()
const site = await openSite(database)
const browser = await openBrowser()
const make = makerOf(database)
const admin = superuserOf(database)
after(async () => {
  await browser.close()
  await admin.end()
  await site[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

const user = await make.user({ role: 'portal-administrator', name: '山田 太郎' })
await admin.query('update customer set name = $2 where id = $1', [user.customerId, '株式会社 印刷'])
await admin.query(
  `insert into portal_user (customer_id, mail, name, phone, role, second_factor, state)
   select $1::uuid, 'u' || n || '@' || $1::uuid || '.example', '利用者' || to_char(n, 'FM0000'), '03-0000-0000', 'general-user', 'mail-otp', 'active'
   from generate_series(1, 1203) n`,
  [user.customerId],
)

test('a printed list has all that was asked for, says so itself, and numbers its sheets', async () => {
  const context = await browser.newContext({ locale: 'ja-JP' })
  await lendSignIn(site, user, context)
  const page = await context.newPage()
  let dialogs = 0
  await page.exposeFunction('printed', () => dialogs++)
  await page.addInitScript('window.print = () => window.printed()')
  await page.goto(new URL(`${paths.users}?q=${encodeURIComponent('利用者')}&role=general-user`, site.url).href)
  await page.getByRole('link', { name: '印刷する' }).click()
  await page.getByRole('heading', { name: 'ユーザ一覧' }).waitFor()
  // Its rows come piece by piece.
  await page.waitForLoadState('load')
  assert.equal(await page.getByRole('rowheader').count(), 1203)
  assert.equal(dialogs, 1, 'the dialog opens once, by itself')
  await expectNoAxeFindings(page)
  const bytes = await page.pdf({ preferCSSPageSize: true })
  const sheets = pagesOfPdf(bytes)
  assert(sheets.length > 20, `${sheets.length} sheets`)
  const [first = ''] = sheets
  for (const said of [
    '会社名',
    '株式会社 印刷',
    '出力日時',
    '日本標準時（UTC+9）',
    '出力した人',
    '山田 太郎',
    '絞り込みキーワード：利用者',
    'ユーザー権限：一般ユーザー',
    '1,203名',
  ])
    assert(first.replaceAll('\n', '').includes(said), said)
  for (const [at, sheet] of sheets.entries()) {
    const text = sheet.replaceAll('\n', '')
    assert(text.includes(`${at + 1} / ${sheets.length}`), `sheet ${at + 1} has no number`)
    assert(text.includes('ユーザ一覧｜株式会社 印刷｜'), `sheet ${at + 1} does not say what it is`)
    assert(!text.includes('ログアウト') && !text.includes('一覧に戻る'), 'what is no part of it is printed')
  }
  const all = sheets.join('').replaceAll('\n', '')
  for (const n of ['0001', '0500', '1001', '1203']) assert(all.includes(`利用者${n}`), n)
})
