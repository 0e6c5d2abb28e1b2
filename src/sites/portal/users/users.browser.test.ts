import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { administratorLabels, groupLabels, menuLabels, signInLabels, userLabels } from '#sites/frame/guide-labels.ts'
import { seconds } from '#platform/time/duration.ts'
import { expectNoAxeFindings, expectNothingWiderThan, openBrowser } from '#test/browser.ts'
import { testDatabase } from '#test/database.ts'
import { newestUrl, newPassword } from '#test/first-login.ts'
import { makerOf } from '#test/make.ts'
import { openSite } from '#test/site.ts'
import { superuserOf } from '#test/superuser.ts'
import { expectHeading, lendSignIn, walkSecondStep } from '#test/walk.ts'

// Chapter 5 of the usage guide, its rows 23 to 26: by the labels alone, with and without scripts.

const database = await testDatabase()
const site = await openSite(database)
const browser = await openBrowser()
const make = makerOf(database)
after(async () => {
  await browser.close()
  await site[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

const ways: { scripts: boolean; width: number; colorScheme: 'light' | 'dark' }[] = [
  { scripts: false, width: 1280, colorScheme: 'light' },
  { scripts: true, width: 1280, colorScheme: 'light' },
  { scripts: true, width: 390, colorScheme: 'dark' },
]

for (const way of ways) {
  const how = `${way.scripts ? 'with' : 'without'} scripts, ${way.width}, ${way.colorScheme}`
  test(`a user is added, changed, and logs in for the first time: ${how}`, async () => {
    const administrator = await make.user({ role: 'portal-administrator' })
    await makeCompany(administrator)
    const page = await openPage(way)
    await lendSignIn(site, administrator, page.context())
    const good = async (): Promise<void> => {
      // axe is a script.
      if (way.scripts) await expectNoAxeFindings(page)
      if (way.scripts) await expectNothingWiderThan(page, 320)
    }
    const mail = `taro-${randomUUID()}@example.com`
    await addUser({ page, mail, good })
    await manageUser({ page, mail, good })
    await page.context().close()
    const own = await openPage(way)
    await own.goto(new URL(await newestUrl(site.portal, mail), site.url).href)
    await logInForTheFirstTime(own, mail)
    await own.context().close()
  })
}

/** A service with a settings site, the automatic group that may do everything, and another one. */
async function makeCompany({ id, customerId }: { id: string; customerId: string }): Promise<void> {
  const serviceId = await make.service({ name: 'Arcstar Smart PBX' })
  await make.contract({ customerId, serviceId })
  const automatic = await make.group({ customerId, rights: [{ level: 'edit' }], members: [id] })
  await make.group({ customerId, name: 'ユーザーグループ1', rights: [{ serviceId, level: 'view' }] })
  const admin = superuserOf(database)
  const name = JSON.stringify({ ja: 'Smart PBX', en: 'Smart PBX' })
  await admin.query('update service set settings_name = $2 where id = $1', [serviceId, name])
  await admin.query(`update user_group set is_automatic = true, number = 'G0000002' where id = $1`, [automatic])
  await admin.end()
}

interface Walk {
  page: Page
  mail: string
  good: () => Promise<void>
}

/** Rows 23 to 26. */
async function addUser({ page, mail, good }: Walk): Promise<void> {
  await page.goto(new URL('/administration', site.url).href)
  await expectHeading(page, menuLabels.forAdministrators.ja)
  await follow(page, administratorLabels.users.ja)
  await expectHeading(page, userLabels.list.ja)
  await good()
  await follow(page, userLabels.startAdding.ja)
  await expectHeading(page, userLabels.addPage.ja)
  await page.getByText(userLabels.groupsNote.ja('Smart PBX')).waitFor()
  await good()
  const basics = page.getByRole('group', { name: userLabels.basics.ja })
  await basics.getByLabel(userLabels.name.ja).fill('山本 太郎')
  await basics.getByLabel(userLabels.phone.ja).fill('03-0000-0000')
  await basics.getByRole('radio', { name: userLabels.mailOtp.ja }).check()
  await basics.getByRole('radio', { name: userLabels.generalUser.ja }).check()
  await page.getByRole('checkbox', { name: userLabels.allServicesGroup.ja }).check()
  await press(page, userLabels.putIn.ja)
  await page.getByText('このユーザーができること').waitFor()
  await page.getByText('参照・編集', { exact: true }).waitFor()
  await press(page, userLabels.add.ja)
  await page.getByRole('heading', { name: '入力内容に問題が2件あります' }).waitFor()
  await good()
  await basics.getByLabel(userLabels.mailAddress.ja).fill(mail)
  const details = page.getByRole('group', { name: userLabels.details.ja })
  await details.getByRole('radio', { name: userLabels.japanese.ja }).check()
  await details.getByLabel(userLabels.timeZone.ja).selectOption('Asia/Tokyo')
  await details.getByLabel(userLabels.position.ja).fill('主任')
  await page.getByRole('group', { name: userLabels.other.ja }).getByLabel(userLabels.comment.ja).fill('受付の担当')
  await page.getByRole('radio', { name: userLabels.doNotReceive.ja }).check()
  await press(page, userLabels.add.ja)
  await expectHeading(page, '山本 太郎')
  await page.getByText('山本 太郎さんを追加しました。').waitFor()
  await good()
}

/** What is done with a user afterwards, and taken back. */
async function manageUser({ page, mail, good }: Walk): Promise<void> {
  await follow(page, groupLabels.edit.ja)
  await good()
  await page.getByLabel(userLabels.position.ja).fill('課長')
  await page.getByRole('checkbox', { name: userLabels.allServicesGroup.ja }).check()
  await press(page, userLabels.takeOut.ja)
  await page.getByText('参照できるご契約はありません。').waitFor()
  await page.getByRole('checkbox', { name: userLabels.allServicesGroup.ja }).check()
  await press(page, userLabels.putIn.ja)
  await press(page, '適用する')
  await page.getByText('課長', { exact: true }).waitFor()
  await follow(page, '削除する')
  await good()
  await follow(page, userLabels.cancel.ja)
  await page.goto(new URL('/users', site.url).href)
  await page.getByRole('checkbox', { name: mail }).check()
  await press(page, '一時停止する')
  await page.getByText('1名のユーザーが選択されています。').waitFor()
  await good()
  await press(page, '一時停止する')
  await page.getByText('選択した1名のうち1名を処理しました。').waitFor()
  await good()
  await follow(page, '山本 太郎')
  await follow(page, '再開する')
  site.portal.advance(1 * seconds)
  await press(page, '再開する')
  await page.getByText('登録待ち').waitFor()
  await good()
}

async function logInForTheFirstTime(page: Page, mail: string): Promise<void> {
  await expectHeading(page, signInLabels.identityCheck.ja)
  await page.getByLabel(signInLabels.mailAddress.ja).fill(mail)
  await page.getByLabel(signInLabels.fullName.ja).fill('山本太郎')
  await page.getByLabel(signInLabels.contactPhone.ja).fill('0300000000')
  await press(page, '次へ進む')
  await expectHeading(page, signInLabels.passwordSetup.ja)
  await page.getByLabel('新しい第1パスワード', { exact: false }).first().fill(newPassword)
  await press(page, '次へ進む')
  await page.getByLabel('リカバリーコードを保管しました').check()
  site.portal.advance(1 * seconds)
  await press(page, '認証コードの入力へ進む')
  await expectHeading(page, signInLabels.secondStep.ja)
  await walkSecondStep(page, await site.portal.newestCode(mail))
  await expectHeading(page, menuLabels.serviceMenu.ja)
  await page.getByRole('link', { name: 'Arcstar Smart PBX' }).first().waitFor()
}

async function openPage({ scripts, width, colorScheme }: (typeof ways)[number]): Promise<Page> {
  const context = await browser.newContext({
    locale: 'ja-JP',
    javaScriptEnabled: scripts,
    viewport: { width, height: 800 },
    colorScheme,
  })
  context.setDefaultTimeout(10_000)
  return context.newPage()
}

async function follow(page: Page, name: string): Promise<void> {
  await page.getByRole('main').getByRole('link', { name, exact: true }).first().click()
}

async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('main').getByRole('button', { name, exact: true }).last().click()
}
