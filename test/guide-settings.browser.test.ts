import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { expectNoAxeFindings, expectNothingWiderThan } from './browser.ts'
import { click, expectColumns, expectEnglish, type Guide, logIn, openGuide, skipToMain } from './guide.ts'
import { totpSecret } from './make.ts'
import { totpNow } from './sign-in.ts'
import type { Hosts } from './site.ts'
import { expectHeading, tabTo, walkFirstStep, walkSecondStep } from './walk.ts'

// The operator's usage guide, chapter 3: from the service menu to the settings of a contract, by its labels alone; where both
// sites are ports of one host name, and where each has a host name of its own, as in production.

const places: Record<string, Hosts> = {
  'one host name': { portal: 'localhost', settings: 'localhost' },
  'two host names': { portal: 'portal.localhost', settings: 'settings.localhost' },
}

for (const [name, hosts] of Object.entries(places)) {
  const guide = await openGuide(hosts)
  after(() => guide[Symbol.asyncDispose]())
  for (const scripts of [true, false]) {
    const where = `on ${name}, ${scripts ? 'with' : 'without'} scripts`

    test(`whoever has one contract goes straight into its settings, ${where}`, async () => {
      const page = await guide.openPage({ locale: 'ja-JP', scripts })
      await logIn(guide, page, { mail: 'ito@example.co.jp' })
      await walkToSettings(page)
      await expectTop(guide, page, 'N123456789')
      await page.goBack()
      await expectHeading(page, 'Arcstar Smart PBX')
      await page.context().close()
    })

    test(`whoever has many chooses one, ${where}`, async () => {
      const page = await guide.openPage({ locale: 'ja-JP', scripts })
      await logIn(guide, page, { mail: 'yamada@example.co.jp' })
      await walkToSettings(page)
      await expectHeading(page, 'Arcstar Smart PBX 設定変更一覧')
      await page
        .getByText('該当の契約番号の「設定を変更する」ボタンをクリックして「Web設定変更サイト」へお進みください。')
        .waitFor()
      await expectColumns(page, ['ご契約番号', 'メモ', '設定変更・印刷'])
      await page.getByText('合計 15 件').waitFor()
      assert.equal(await page.getByLabel('表示件数').inputValue(), '10')
      await page.getByPlaceholder('キーワードを入力してください').fill('総務部　東京')
      await page.getByLabel('絞り込みキーワード').press('Enter')
      await page.getByText('合計 1 件（全15件中）').waitFor()
      await click(page, 'link', /^設定を変更する/)
      await expectTop(guide, page, 'N130000007')
      for (const text of ['東京本社', '総務部 代表番号', '参照・編集']) await page.getByText(text).first().waitFor()
      await click(page, 'link', '別のご契約を選ぶ')
      await expectHeading(page, 'Arcstar Smart PBX 設定変更一覧')
      await page.getByText('合計 15 件').waitFor()
      await page.context().close()
    })

    test(`a page of the settings site asks for the login and is shown after it, ${where}`, async () => {
      const page = await guide.openPage({ locale: 'ja-JP', scripts })
      await logIn(guide, page, { mail: 'ito@example.co.jp' })
      await walkToSettings(page)
      await expectTop(guide, page, 'N123456789')
      const address = page.url()
      const stranger = await guide.openPage({ locale: 'ja-JP', scripts })
      await stranger.goto(address)
      await walkFirstStep(stranger, { mail: 'sato@example.co.jp' }, { typed: 'Portal-demo-2026' })
      guide.site.portal.advance(30_000)
      await walkSecondStep(stranger, totpNow(guide.site.portal, { secret: totpSecret }))
      await expectTop(guide, stranger, 'N123456789')
      await stranger.getByText('参照のみ').first().waitFor()
      await stranger.getByText('変更するには編集の権限が必要です').first().waitFor()
      await stranger.context().close()
      // Another tab is signed on already, and the logout of one is that of both.
      const tab = await page.context().newPage()
      await tab.goto(address)
      await expectTop(guide, tab, 'N123456789')
      await signOut(tab)
      await expectHeading(tab, 'Web設定変更サイト')
      await tab.getByText('ログアウトしました。').waitFor()
      await page.reload()
      await expectHeading(page, '第一認証')
      await page.context().close()
    })
  }

  test(`the right to edit one contract, and to see the others, on ${name}`, async () => {
    const page = await guide.openPage({ locale: 'ja-JP', scripts: true })
    await click(page, 'link', 'ログイン')
    await walkFirstStep(page, { mail: 'sato@example.co.jp' }, { typed: 'Portal-demo-2026' })
    guide.site.portal.advance(30_000)
    await walkSecondStep(page, totpNow(guide.site.portal, { secret: totpSecret }))
    await walkToSettings(page)
    await page.getByText('合計 15 件').waitFor()
    const [edit, view] = [
      page.getByRole('link', { name: /^設定を変更する/ }),
      page.getByRole('link', { name: /^設定を参照する/ }),
    ]
    assert.deepEqual([await edit.count(), await view.count()], [1, 9])
    assert.match(await edit.innerText(), /N130000007/)
    await view.first().click()
    await page.getByText('参照のみ').first().waitFor()
    await page.context().close()
  })
}

const guide = await openGuide()
after(() => guide[Symbol.asyncDispose]())

test('in English, at the width of a phone and to a screen reader', async () => {
  const page = await guide.openPage({ locale: 'en-GB', scripts: true })
  await logIn(guide, page, { mail: 'tanaka@example.org' })
  await page.goto(new URL('/services/smart-pbx/settings', guide.site.url).href)
  await expectHeading(page, 'Arcstar Smart PBX settings')
  const look = async (): Promise<void> => {
    await expectNoAxeFindings(page)
    await expectNothingWiderThan(page, 320)
  }
  await look()
  await click(page, 'link', /^Change settings/)
  await expectHeading(page, 'Web settings site')
  await look()
  assert.equal(new URL(page.url()).origin, guide.site.settingsUrl.origin)
  await page.goto(new URL('/', guide.site.settingsUrl).href)
  await expectHeading(page, 'Web settings site')
  await expectEnglish(page)
  await look()
  await page.goto(new URL('/sign-on/finish?code=none', guide.site.settingsUrl).href)
  await look()
  await page.context().close()
})

test('by the keyboard alone, from the service menu to the settings, and by a telephone number', async () => {
  const page = await guide.openPage({ locale: 'ja-JP', scripts: true })
  await logIn(guide, page, { mail: 'yamada@example.co.jp' })
  const enter = async (link: RegExp): Promise<void> => {
    await skipToMain(page)
    await tabTo(page, page.getByRole('main').getByRole('link', { name: link }).first())
    await page.keyboard.press('Enter')
  }
  await enter(/^Arcstar Smart PBX/)
  await expectHeading(page, 'Arcstar Smart PBX')
  await enter(/^Web設定変更サイト/)
  await expectHeading(page, 'Arcstar Smart PBX 設定変更一覧')
  await skipToMain(page)
  await tabTo(page, page.getByLabel('絞り込みキーワード'))
  await page.keyboard.type('０３－００００－２００１')
  await page.keyboard.press('Enter')
  await page.getByText('合計 1 件（全15件中）').waitFor()
  await enter(/^設定を変更する/)
  await expectTop(guide, page, 'N130000007')
  for (const text of ['外線番号 12件（未割当 1件）', '内線 38件', 'グループ 4件'])
    await page.getByText(text).first().waitFor()
  await page.context().close()
})

/** 16: by the labels of the menu and of the service's page. */
async function walkToSettings(page: Page): Promise<void> {
  await click(page, 'link', 'ご契約中のサービスから選ぶ')
  await click(page, 'link', /^Arcstar Smart PBX/)
  await expectHeading(page, 'Arcstar Smart PBX')
  await page.getByText('外線・内線の紐づけ設定、着信グループ設定').waitFor()
  await click(page, 'link', 'Web設定変更サイト')
}

/** 19. */
async function expectTop({ site }: Guide, page: Page, number: string): Promise<void> {
  await expectHeading(page, 'Web設定変更サイト')
  assert.equal(new URL(page.url()).origin, site.settingsUrl.origin)
  const term = page.locator('dl > div', { has: page.getByText('お客様番号', { exact: true }) })
  assert.equal(await term.locator('dd').innerText(), number)
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /アカウントメニューを開く/ }).click()
  await page.locator('#account-menu').getByRole('button', { name: 'ログアウトする' }).click()
}
