import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { administratorLabels, menuLabels } from '#sites/frame/guide-labels.ts'
import { expectNoAxeFindings, expectNothingWiderThan, openBrowser } from '#test/browser.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf } from '#test/make.ts'
import { openSite } from '#test/site.ts'
import { superuserOf } from '#test/superuser.ts'
import { expectHeading, lendSignIn } from '#test/walk.ts'
import { paths } from '../paths.ts'

// A day's work with 60 contracts and 300 users: as many clicks as it takes, and nothing that was ticked is lost on the way.

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

interface World {
  administrator: MadeUser
  /** Of 25 people each. */
  sales: string
  support: string
}

async function makeWorld(): Promise<World> {
  const administrator = await make.user({ role: 'portal-administrator', name: '山田 太郎' })
  const { customerId } = administrator
  await make.user({ customerId, role: 'portal-administrator', name: '佐藤 花子' })
  const services = [await make.service({ name: 'クラウドPBX' }), await make.service({ name: 'インターネット接続' })]
  for (const [at, serviceId] of services.entries())
    await admin.query(
      `insert into contract (customer_id, service_id, number) select $1, $2, 'N' || (900000000 + n) || '-' || $3 from generate_series(1, 30) n`,
      [customerId, serviceId, `${at}${customerId.slice(0, 8)}`],
    )
  const [pbx, line] = services
  const rights = [{ level: 'edit' as const, ...(pbx && { serviceId: pbx }) }]
  const sales = await make.group({ customerId, name: '営業部', rights })
  const support = await make.group({
    customerId,
    name: 'サポート部',
    rights: [{ level: 'view', ...(line && { serviceId: line }) }],
  })
  await admin.query(
    `insert into portal_user (customer_id, mail, name, phone, role, second_factor, state)
     select $1, 'u' || n || '-' || $2 || '@example.com', '利用者' || to_char(n, 'FM000'), '03-0000-0000', 'general-user', 'mail-otp', 'active'
     from generate_series(1, 298) n`,
    [customerId, customerId.slice(0, 8)],
  )
  await admin.query(
    `insert into user_group_member (customer_id, user_group_id, user_id)
     select u.customer_id, $2::uuid, u.id from portal_user u where u.customer_id = $1 and u.name between '利用者001' and '利用者025'
     union all select u.customer_id, $3::uuid, u.id from portal_user u where u.customer_id = $1 and u.name between '利用者026' and '利用者050'`,
    [customerId, sales, support],
  )
  return { administrator, sales, support }
}

async function membersOf(groupId: string): Promise<string[]> {
  const { rows } = await admin.query<{ name: string }>(
    'select u.name from user_group_member m join portal_user u on u.id = m.user_id where m.user_group_id = $1 order by 1',
    [groupId],
  )
  return rows.map(({ name }) => name)
}

/** A page, and how often somebody has clicked on it. To choose from a list is two clicks: to open it, and the choice. */
interface Clicked {
  page: Page
  clicks: number
}

async function click(on: Clicked, role: 'link' | 'button', name: string | RegExp): Promise<void> {
  on.clicks++
  await Promise.all([on.page.waitForEvent('load'), on.page.getByRole('main').getByRole(role, { name }).first().click()])
}

async function choose(on: Clicked, label: string, option: string): Promise<void> {
  on.clicks += 2
  const select = on.page.getByRole('main').getByLabel(label)
  await Promise.all([on.page.waitForEvent('load'), select.selectOption({ label: option })])
}

async function openPage(world: World, { width, scripts = true }: { width: number; scripts?: boolean }): Promise<Page> {
  const context = await browser.newContext({
    locale: 'ja-JP',
    javaScriptEnabled: scripts,
    viewport: { width, height: 720 },
  })
  context.setDefaultTimeout(10_000)
  await lendSignIn(site, world.administrator, context)
  return context.newPage()
}

/** At the end of the list, where the bar covers no row: what is half covered is no target of its size. */
async function expectGood(page: Page): Promise<void> {
  await page.evaluate('scrollTo(0, document.body.scrollHeight)')
  await expectNoAxeFindings(page)
  await expectNothingWiderThan(page, 320)
}

const ticked = (page: Page) => page.locator('.ticked-bar p')

for (const width of [1366, 390])
  test(`25 people go from one group to another in 8 clicks, at ${width}`, async () => {
    const world = await makeWorld()
    const page = await openPage(world, { width })
    const on: Clicked = { page, clicks: 0 }
    await page.goto(new URL(paths.administration, site.url).href)
    await expectHeading(page, menuLabels.forAdministrators.ja)
    await click(on, 'link', administratorLabels.users.ja)
    await choose(on, 'ユーザーグループ', '営業部')
    await expectGood(page)
    await click(on, 'button', '該当25名をすべて選択')
    await page.getByText('25名を選択中').waitFor()
    await click(on, 'button', '別のグループへ移す')
    await expectHeading(page, '別のグループへの移動')
    await choose(on, '移動先のグループ', 'サポート部')
    await page.getByText('一部のご契約について、25名が参照できなくなり').first().waitFor()
    await page.getByText('クラウドPBX：参照・編集 → 権限なし（30件）').first().waitFor()
    await page.getByText('インターネット接続：権限なし → 参照のみ（30件）').first().waitFor()
    await expectGood(page)
    await click(on, 'button', '別のグループへ移す')
    await page.getByText('25名を「営業部」から「サポート部」へ移しました。').waitFor()
    assert(on.clicks <= 8, `${on.clicks} clicks`)
    assert.deepEqual(await membersOf(world.sales), [])
    assert.equal((await membersOf(world.support)).length, 50)
    // The list is where it was left, and so are the ticks.
    assert.equal(await page.getByLabel('ユーザーグループ', { exact: true }).inputValue(), world.sales)
    await page.getByText('25名を選択中').waitFor()
    await page.context().close()
  })

test('who is ticked stays so through pages, keywords, sizes and cancelling, with and without scripts', async () => {
  const world = await makeWorld()
  for (const scripts of [true, false]) {
    const page = await openPage(world, { width: 1366, scripts })
    await page.goto(new URL(`${paths.users}?sort=name`, site.url).href)
    const press = (name: string) => page.getByRole('main').getByRole('button', { name, exact: true }).first().click()
    await press('選択を解除する')
    await page.getByRole('checkbox', { name: /利用者002/ }).check()
    await press('次のページ')
    await page.getByRole('checkbox', { name: /利用者030/ }).check()
    await page.getByLabel('絞り込みキーワード').fill('利用者29')
    await page.getByLabel('絞り込みキーワード').press('Enter')
    await page.getByRole('checkbox', { name: /利用者290/ }).check()
    await page.getByLabel('表示件数').selectOption('50')
    if (!scripts) await page.getByRole('button', { name: '変更する' }).click()
    await page.waitForURL(/size=50/)
    assert.match((await ticked(page).textContent()) ?? '', /^3名を選択中$/)
    await press('一時停止する')
    await expectHeading(page, 'ユーザーの一時停止')
    for (const name of ['利用者002', '利用者030', '利用者290'])
      await page.getByRole('rowheader', { name, exact: true }).waitFor()
    await page.getByRole('link', { name: 'キャンセル' }).click()
    assert.equal(new URL(page.url()).searchParams.get('size'), '50')
    assert.match((await ticked(page).textContent()) ?? '', /^3名を選択中$/)
    assert(await page.getByRole('checkbox', { name: /利用者290/ }).isChecked())
    await page.context().close()
  }
})

test('the box in the head ticks the page, is half-ticked by some, and the bar stays in view', async () => {
  const world = await makeWorld()
  const page = await openPage(world, { width: 1366 })
  await page.goto(new URL(`${paths.users}?size=100`, site.url).href)
  const head = page.getByRole('checkbox', { name: 'このページのすべてを選択する' })
  const isHalf = () => page.evaluate<boolean>(`document.querySelector('[data-ticks-page]').indeterminate`)
  await page.getByRole('checkbox', { name: /利用者002/ }).check()
  assert.equal(await isHalf(), true)
  await head.check()
  assert.equal(await isHalf(), false)
  assert.match((await ticked(page).textContent()) ?? '', /^100名を選択中$/)
  const { y = 0, height = 0 } = (await page.locator('.ticked-bar').boundingBox()) ?? {}
  assert(y > 0 && y + height <= 720, `${y} ${height}`)
  const first = (await page.locator('tbody tr').first().boundingBox())?.y ?? 0
  assert(first <= 380, `the first row begins at ${first}`)
  await page.context().close()
})

test('the list is narrowed by role, group or none, factor and last login, each with its count', async () => {
  const world = await makeWorld()
  const page = await openPage(world, { width: 1366 })
  await page.goto(new URL(paths.users, site.url).href)
  const on: Clicked = { page, clicks: 0 }
  const total = () => page.locator('.list-total').textContent()
  await choose(on, 'ユーザーグループ', '所属なし')
  assert.match((await total()) ?? '', /250/)
  await choose(on, 'ユーザー権限', 'ポータル管理者')
  assert.match((await total()) ?? '', /合計 2 名/)
  await choose(on, 'ユーザーグループ', 'ユーザーグループ：すべて')
  await choose(on, 'ユーザー権限', '一般ユーザー')
  await choose(on, '第2段階認証方式', 'TOTP')
  await page.getByText('条件に合うユーザーがいません').waitFor()
  await choose(on, '第2段階認証方式', 'MailOTP')
  await admin.query(
    `update portal_user set last_sign_in_at = now() - interval '91 days' where customer_id = $1 and name between '利用者001' and '利用者007'`,
    [world.administrator.customerId],
  )
  await choose(on, '最終ログイン', '90日以上ログインなし')
  assert.match((await total()) ?? '', /合計 7 名/)
  await page.context().close()
})
