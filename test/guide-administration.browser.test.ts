import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { hours, minutes, seconds } from '#platform/time/duration.ts'
import {
  click,
  confirm,
  expectColumns,
  keepCodesAndLogIn,
  logIn,
  openGuide,
  openingUrl,
  skipToMain,
  walkFirstLogin,
} from './guide.ts'
import { expectHeading, tabTo } from './walk.ts'

// The operator's usage guide, chapters 5 and 6: an administrator adds a group, its rights and a user by the labels alone,
// and that user then sees what the group gives.

const guide = await openGuide()
const { site, mails } = guide
const administrator = { mail: 'yamada@example.co.jp' }
const hana = { name: '山本　花', phone: '03-0000-0199', password: 'Ein neues Kennwort 電池' }
after(() => guide[Symbol.asyncDispose]())

interface Walk {
  page: Page
  group: string
  mail: string
}

/** Edited by what is chosen for a service, and for one contract of another. */
const edited = ['N130000042', 'N140000003', 'N140000014']

/** What is chosen for 全てのサービス, and how many contracts the group then shows its members. */
for (const { scripts, all, contracts } of [
  { scripts: true, all: '権限なし', contracts: 3 },
  { scripts: false, all: '参照のみ', contracts: 33 },
]) {
  test(`chapters 5 and 6, ${scripts ? 'with' : 'without'} scripts`, async () => {
    const way = { locale: 'ja-JP', scripts } as const
    const group = scripts ? '大阪の担当' : '全社の担当'
    const mail = `hana-${contracts}@example.co.jp`
    const page = await guide.openPage(way)
    await logIn(guide, page, administrator)
    const walk = { page, group, mail }
    await addGroup(walk)
    await setRights(walk, all)
    await addUser(walk)
    await editUser(walk)
    const own = await guide.openPage(way, await suspendAndResume(walk))
    await walkFirstLogin(own, { ...hana, mail })
    await keepCodesAndLogIn(guide, own, mail)
    await expectContracts(own, contracts)
    await deleteUser(walk)
    await own.reload()
    await expectHeading(own, '第一認証')
    for (const each of [page, own]) await each.context().close()
    // So many codes are mailed within an hour.
    site.portal.advance(1 * hours)
  })
}

/** 21 and 27 to 29. */
async function addGroup({ page, group }: Walk): Promise<void> {
  await click(page, 'link', 'ポータル管理者向け')
  await expectHeading(page, 'ポータル管理者向け')
  await page.getByRole('main').getByRole('heading', { name: 'ユーザー・権限管理' }).waitFor()
  await page.getByText('サービスごとの権限の設定').waitFor()
  await click(page, 'link', 'ユーザーグループ管理')
  await expectColumns(page, ['ユーザグループID', 'ユーザグループ名', '説明'])
  const system = await page.getByRole('row', { name: 'G0000002' }).innerText()
  assert.match(system, /全サービス参照編集権限グループ（自動）/)
  assert.match(system, /自動的に全サービスの参照・編集権限が付与されるグループ/)
  await click(page, 'link', '+ ユーザグループを追加する')
  await expectHeading(page, 'ユーザーグループ追加')
  await page.getByLabel('説明').waitFor()
  await page.getByRole('link', { name: 'キャンセル' }).waitFor()
  await page.getByLabel('ユーザーグループ名').fill(group)
  await click(page, 'button', '追加する')
  await expectHeading(page, group)
  assert.match(await page.getByRole('main').innerText(), /ユーザグループID\s+G100\d{4}[\s\S]*説明\s+-/)
  for (const link of ['編集する', 'このグループを削除する', '所属するユーザー'])
    await page.getByRole('link', { name: link, exact: true }).waitFor()
  await click(page, 'link', '権限の設定状態')
  assert.match(await page.getByRole('main').innerText(), /全サービス\s+参照\s+未指定\s+編集\s+未指定/)
}

/** 30 and 31: three layers, in force together by 「適用する」 once more, which asks for the second factor by then. */
async function setRights({ page, group }: Walk, all: string): Promise<void> {
  await click(page, 'link', '権限を設定する')
  await expectHeading(page, 'ユーザグループ権限設定')
  for (const heading of ['全サービス共通の権限設定', 'サービスごとの権限設定'])
    await page.getByRole('heading', { name: heading, exact: true }).waitFor()
  await right(page, '全てのサービス', all).check()
  await right(page, 'Nexcenter', '参照・編集').check()
  await click(page, 'button', 'Arcstar Smart PBXの契約ごとに権限を設定する')
  await expectHeading(page, 'Arcstar Smart PBX')
  await expectColumns(page, ['契約番号/サービス名', '拠点', 'メモ', '権限選択'])
  await page.getByText('合計 15 件').waitFor()
  assert.equal(await page.getByLabel('表示件数').inputValue(), '100')
  await page.getByLabel('絞り込みキーワード').fill('大阪　営業')
  await page.getByLabel('絞り込みキーワード').press('Enter')
  await page.getByText('合計 1 件（全15件中）').waitFor()
  await right(page, 'N130000042', '参照・編集').check()
  await click(page, 'button', '適用する')
  await expectHeading(page, 'ユーザグループ権限設定')
  assert(await right(page, 'Nexcenter', '参照・編集').isChecked())
  site.portal.advance(11 * minutes)
  await click(page, 'button', '適用する')
  await expectHeading(page, '権限の変更の反映')
  await confirm(guide, page, { ...administrator, button: '適用する' })
  await page.getByText('権限を適用しました。').waitFor()
  await expectHeading(page, group)
}

const right = (page: Page, of: string, level: string): Locator =>
  page.getByRole('group', { name: of }).getByRole('radio', { name: level, exact: true })

/** What is typed or chosen: in which section of the form, in which field, marked how. */
const fields: [section: string, field: string, mark: '必須' | '任意', value: string][] = [
  ['基本情報', '名前', '必須', hana.name],
  ['基本情報', '電話番号', '必須', hana.phone],
  ['基本情報', '第2段階認証方式', '必須', 'MailOTP'],
  ['基本情報', 'ユーザー権限', '必須', '一般ユーザー'],
  ['詳細情報', 'メール言語', '必須', 'Japanese'],
  ['詳細情報', '役職', '任意', '主任'],
  ['詳細情報', '携帯電話番号', '任意', '090-0000-0199'],
  ['その他', 'コメント', '任意', '受付'],
  ['モバイル閾値メール', '通知設定', '必須', '受信しない'],
]

/** 23 to 26, with what is missing told first. */
async function addUser({ page, group, mail }: Walk): Promise<void> {
  await click(page, 'link', 'ユーザー管理')
  await expectHeading(page, 'ユーザ一覧')
  await click(page, 'link', 'ユーザを追加する')
  await expectHeading(page, 'ユーザー追加')
  assert.match(await page.getByRole('navigation', { name: 'パンくず' }).innerText(), /ユーザ一覧[\s/]+ユーザ追加/)
  await page.getByText(/^※Smart PBXの契約内容の参照やWeb設定変更サイトに.*所属する必要があります$/).waitFor()
  for (const [section, field, mark, value] of fields) {
    const within = page.getByRole('group', { name: section })
    const label = new RegExp(`^${field}\\s*${mark}`)
    const choice = within.getByRole('radiogroup', { name: label }).getByLabel(value)
    if (await choice.count()) await choice.check()
    else await within.getByLabel(label).fill(value)
  }
  const zone = page.getByLabel(/^タイムゾーン\s*必須/)
  assert.equal(await zone.locator('option:checked').innerText(), '選択してください')
  await page.getByRole('checkbox', { name: '全サービス参照編集権限グループ(自動)' }).waitFor()
  await page.getByRole('checkbox', { name: group }).check()
  await click(page, 'button', '追加 →')
  await page.getByText('このユーザーができること').waitFor()
  await click(page, 'button', '追加する')
  await page.getByRole('link', { name: 'タイムゾーンが選択されていません。タイムゾーンを選択してください。' }).click()
  await zone.selectOption('Asia/Tokyo')
  await page.getByLabel(/^メールアドレス\s*必須/).fill(mail)
  await click(page, 'button', '追加する')
  await expectHeading(page, hana.name)
  await page.getByText('登録待ち').waitFor()
}

async function editUser({ page, group }: Walk): Promise<void> {
  await click(page, 'link', '編集する')
  assert.equal(await page.getByLabel(/^役職/).inputValue(), '主任')
  await page.getByLabel(/^役職/).fill('課長')
  await page.getByRole('checkbox', { name: group }).check()
  await click(page, 'button', '← 削除')
  await page.getByText('参照できるご契約はありません。').waitFor()
  await page.getByRole('checkbox', { name: group }).check()
  await click(page, 'button', '追加 →')
  await click(page, 'button', '適用する')
  await page.getByText('課長', { exact: true }).waitFor()
  await page.getByRole('link', { name: group }).waitFor()
}

/** Answers the URL that is mailed then: those before it are void. */
async function suspendAndResume({ page, mail }: Walk): Promise<string> {
  await openingUrl(guide, mail)
  const past = mails.to(mail).length
  await click(page, 'link', '一時停止する')
  await click(page, 'button', '一時停止する')
  await page.getByText('一時停止', { exact: true }).waitFor()
  site.portal.advance(1 * seconds)
  await click(page, 'link', '再開する')
  await click(page, 'button', '再開する')
  await page.getByText('登録待ち').waitFor()
  return openingUrl(guide, mail, past)
}

/** 20: what the groups give, and no other contract of anybody's. */
async function expectContracts(page: Page, contracts: number): Promise<void> {
  await page.getByRole('searchbox').first().fill('ご契約・運用状況')
  await page.getByRole('searchbox').first().press('Enter')
  await page.getByRole('main').getByRole('link', { name: 'ご契約・運用状況の一覧' }).click()
  await page.getByLabel('表示件数').selectOption('50件')
  const change = page.getByRole('button', { name: '変更する' })
  if (await change.isVisible()) await change.click()
  await page.waitForURL(/size=50/)
  await page.getByText(`合計 ${contracts} 件`).waitFor()
  const numbers = await page.getByRole('rowheader').allInnerTexts()
  assert.equal(new Set(numbers).size, contracts)
  if (contracts === edited.length) assert.deepEqual(numbers.toSorted(), edited)
  assert.equal(await page.getByRole('link', { name: /のメモ）$/ }).count(), edited.length)
  for (const number of edited) await page.getByRole('link', { name: `（${number}のメモ）` }).waitFor()
}

async function deleteUser({ page, mail }: Walk): Promise<void> {
  site.portal.advance(11 * minutes)
  await click(page, 'link', '削除する')
  await page.getByText('この操作は元に戻せません。').waitFor()
  await confirm(guide, page, { ...administrator, button: '削除する' })
  await page.getByText(`${hana.name}さんを削除しました。`).waitFor()
  assert.equal(await page.getByText(mail).count(), 0)
}

test('a group and its rights by the keyboard alone', async () => {
  const page = await guide.openPage({ locale: 'ja-JP', scripts: true })
  await logIn(guide, page, administrator)
  const main = page.getByRole('main')
  const enter = async (wanted: Locator, heading: string): Promise<void> => {
    await tabTo(page, wanted)
    await page.keyboard.press('Enter')
    await expectHeading(page, heading)
    await skipToMain(page)
  }
  const follow = (link: string, heading: string) => enter(main.getByRole('link', { name: link }), heading)
  await enter(page.getByRole('link', { name: 'ポータル管理者向け' }), 'ポータル管理者向け')
  await follow('ユーザーグループ管理', 'ユーザグループ一覧')
  await follow('+ ユーザグループを追加する', 'ユーザーグループ追加')
  await tabTo(page, main.getByLabel('ユーザーグループ名'))
  await page.keyboard.type('受付')
  await page.keyboard.press('Enter')
  await page.getByText('ユーザーグループ「受付」を追加しました。').waitFor()
  await skipToMain(page)
  await follow('権限の設定状態', '受付')
  await follow('権限を設定する', 'ユーザグループ権限設定')
  await tabTo(page, right(page, '全てのサービス', '権限なし'))
  await page.keyboard.press('ArrowRight')
  assert(await right(page, '全てのサービス', '参照のみ').isChecked())
  await page.keyboard.press('Enter')
  await expectHeading(page, '権限の変更の反映')
  await skipToMain(page)
  await enter(main.getByRole('button', { name: '適用する' }), '受付')
  assert.match(await main.innerText(), /全サービス\s+参照\s+指定あり\s+編集\s+未指定/)
  await page.context().close()
})
