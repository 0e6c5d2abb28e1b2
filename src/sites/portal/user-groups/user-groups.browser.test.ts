import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { administratorLabels, groupLabels, menuLabels, rightLabels, userLabels } from '#sites/frame/guide-labels.ts'
import type { Language } from '#platform/words.ts'
import { expectNoAxeFindings, expectNothingWiderThan, openBrowser } from '#test/browser.ts'
import { testDatabase } from '#test/database.ts'
import { makerOf } from '#test/make.ts'
import { openSite } from '#test/site.ts'
import { expectHeading, lendSignIn, signInWords } from '#test/walk.ts'

// Chapter 6 of the usage guide, its rows 27 to 31: by the labels alone, with and without scripts.

const database = await testDatabase()
const site = await openSite(database)
const browser = await openBrowser()
const make = makerOf(database)
after(async () => {
  await browser.close()
  await site[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

const ways: { language: Language; scripts: boolean; width: number; colorScheme: 'light' | 'dark' }[] = [
  { language: 'ja', scripts: false, width: 1280, colorScheme: 'light' },
  { language: 'ja', scripts: true, width: 390, colorScheme: 'light' },
  { language: 'en', scripts: true, width: 1280, colorScheme: 'dark' },
]

for (const way of ways) {
  const { language, scripts } = way
  test(`a group is added, filled and given rights, in ${language}, ${scripts ? 'with' : 'without'} scripts`, async () => {
    const administrator = await make.user({ role: 'portal-administrator' })
    const { customerId } = administrator
    await make.user({ customerId, name: '伊藤 三郎' })
    const serviceId = await make.service({ name: 'Arcstar Smart PBX' })
    for (const number of ['N900000001', 'N900000002'])
      await make.contract({ customerId, serviceId, number: `${number}-${language}-${scripts}` })
    await make.group({ customerId, members: [administrator.id], rights: [{ level: 'view' }] })
    const context = await browser.newContext({
      locale: signInWords[language].locale,
      javaScriptEnabled: scripts,
      viewport: { width: way.width, height: 800 },
      colorScheme: way.colorScheme,
    })
    context.setDefaultTimeout(10_000)
    await lendSignIn(site, administrator, context)
    const page = await context.newPage()
    const good = async (): Promise<void> => {
      // axe is a script.
      if (scripts) await expectNoAxeFindings(page)
      if (scripts) await expectNothingWiderThan(page, 320)
    }
    await fillGroup({ page, language, good, scripts })
    await giveRights({ page, language, good, scripts })
    await context.close()
  })
}

interface Walk {
  page: Page
  language: Language
  good: () => Promise<void>
  scripts: boolean
}

/** Rows 27 to 29: a new group with a member. */
async function fillGroup({ page, language, good }: Walk): Promise<void> {
  await page.goto(new URL('/administration', site.url).href)
  await expectHeading(page, menuLabels.forAdministrators[language])
  await follow(page, administratorLabels.userGroups[language])
  await good()
  await follow(page, groupLabels.startAdding[language])
  await expectHeading(page, groupLabels.addPage[language])
  await good()
  await page.getByLabel(groupLabels.nameField[language]).fill('sample')
  await press(page, userLabels.add[language])
  await expectHeading(page, 'sample')
  await page.getByText(groupLabels.nothing[language], { exact: true }).waitFor()
  await good()
  await follow(page, { ja: 'ユーザーを追加する', en: 'Add users' }[language])
  await page.getByRole('checkbox', { name: '伊藤 三郎' }).check()
  await good()
  await press(page, userLabels.add[language])
  await follow(page, groupLabels.rights[language])
  await page.getByText(groupLabels.unset[language], { exact: true }).nth(1).waitFor()
  await good()
}

/** Rows 29 to 31: rights for all services and for one contract, in force together; and the group's end. */
async function giveRights({ page, language, good, scripts }: Walk): Promise<void> {
  await follow(page, groupLabels.setRights[language])
  await expectHeading(page, rightLabels.page[language])
  await choose(page, rightLabels.allServices[language], rightLabels.view[language])
  await expectResult(page, { language, scripts }, rightLabels.view[language])
  await good()
  await page.getByRole('button', { name: rightLabels.perContract[language] }).first().click()
  await expectHeading(page, 'Arcstar Smart PBX')
  await choose(page, 'N900000002', rightLabels.edit[language])
  await good()
  await press(page, rightLabels.apply[language])
  await expectHeading(page, rightLabels.page[language])
  await good()
  await press(page, rightLabels.apply[language])
  await expectHeading(page, { ja: '権限の変更の反映', en: 'Put the changes of rights into force' }[language])
  await page.getByRole('rowheader', { name: '伊藤 三郎' }).first().waitFor()
  await good()
  await press(page, rightLabels.apply[language])
  await expectHeading(page, 'sample')
  await page.getByText({ ja: '権限を適用しました。', en: 'The rights were applied.' }[language]).waitFor()
  await follow(page, groupLabels.deleteGroup[language])
  await good()
  await press(page, groupLabels.deleteGroup[language])
  await expectHeading(page, { ja: 'ユーザグループ一覧', en: 'User groups' }[language])
}

/** 「有効な権限」 follows what was just chosen, and the bar counts it; without scripts it says that it is the saved state. */
async function expectResult(
  page: Page,
  { language, scripts }: Pick<Walk, 'language' | 'scripts'>,
  level: string,
): Promise<void> {
  const saved = page.getByText(
    { ja: '「有効な権限」は、保存済みの選択によるものです。', en: '“Resulting right” shows what is saved.' }[language],
  )
  const unsent = page.getByText({ ja: 'この画面で1件を選び直しました', en: 'not saved yet: 1.' }[language])
  const result = page.locator('.effective').first()
  const shown = (await result.innerText()).split('\n')[0]
  assert.equal(await saved.isVisible(), !scripts)
  assert.equal(await unsent.isVisible(), scripts)
  assert.equal(shown, scripts ? level : rightLabels.none[language])
}

async function follow(page: Page, name: string): Promise<void> {
  await page.getByRole('main').getByRole('link', { name, exact: true }).first().click()
}

async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('main').getByRole('button', { name, exact: true }).last().click()
}

async function choose(page: Page, row: string, level: string): Promise<void> {
  await page.getByRole('group', { name: row }).getByRole('radio', { name: level, exact: true }).check()
}
