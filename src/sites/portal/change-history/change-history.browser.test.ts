import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { enterFence } from '#features/sessions/fence.ts'
import { recordChange } from '#features/change-history/record.ts'
import { expectNoAxeFindings, expectNothingWiderThan, openBrowser } from '#test/browser.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf } from '#test/make.ts'
import { openSite } from '#test/site.ts'
import { variants } from '#test/variants.ts'
import { lendSignIn, signInWords } from '#test/walk.ts'
import { paths } from '../paths.ts'

const database = await testDatabase()
const make = makerOf(database)
const site = await openSite(database)
const browser = await openBrowser()
after(async () => {
  await browser.close()
  await site[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

let reader: MadeUser
let newcomer: MadeUser
let open: Record<'reader' | 'newcomer', string[]>

before(async () => {
  newcomer = await make.user({ role: 'portal-administrator' })
  reader = await make.user({ role: 'portal-administrator', name: '山田 太郎' })
  const { customerId, id } = reader
  const serviceId = await make.service({ name: 'クラウドPBX' })
  const contractId = await make.contract({ customerId, serviceId })
  const rights = [
    { level: 'view' as const },
    { serviceId, level: 'edit' as const },
    { contractId, level: 'edit' as const },
  ]
  await make.group({ customerId, name: '本社総務部の電話を担当するグループ', members: [id], rights })
  const left = await make.group({ customerId, members: [id], rights })
  const joined = await make.group({ customerId, rights })
  await recordChanges(left)
  const trial = paths.rightsTrial({ id })
  open = {
    reader: [
      paths.changeHistory,
      `${paths.changeHistory}?q=nothing&from=2026-01-01&by=${id}`,
      paths.ownRights,
      paths.rightsOfUser({ id }),
      paths.rightsOfContract({ id: contractId }),
      trial,
      `${trial}?group=${joined}`,
      `${trial}?group=${left}`,
    ],
    newcomer: [paths.changeHistory, paths.ownRights, paths.rightsOfUser({ id: newcomer.id })],
  }
})

async function recordChanges(groupId: string): Promise<void> {
  const { customerId, id } = reader
  await database.app.transaction(async (tx) => {
    await enterFence(tx, customerId)
    const actor = { customer: { id: customerId }, userId: id, name: reader.name }
    const subject = { kind: 'user-group' as const, id: groupId, name: '本社総務部の電話を担当するグループ' }
    const by = { tx, now: new Date(), actor }
    await recordChange(by, {
      action: 'user-group-edited',
      subject,
      before: { name: '総務部' },
      after: { name: '本社総務部' },
    })
    const numbers = Array.from({ length: 15 }, (_, at) => [`N00000000${at}`, at % 2 ? 'view' : null] as const)
    await recordChange(by, {
      action: 'user-group-rights-changed',
      subject,
      before: {},
      after: Object.fromEntries(numbers),
    })
  })
}

for (const { language, width, colorScheme } of variants)
  for (const who of ['reader', 'newcomer'] as const)
    test(`rights and history for a ${who}, in ${language}, ${width}, ${colorScheme}`, async () => {
      const { locale } = signInWords[language]
      const context = await browser.newContext({ locale, viewport: { width, height: 800 }, colorScheme })
      await lendSignIn(site, who === 'reader' ? reader : newcomer, context)
      const page = await context.newPage()
      for (const path of open[who]) {
        await page.goto(new URL(path, site.url).href)
        assert.equal(await page.getByRole('heading', { level: 1 }).count(), 1, path)
        await expectNoAxeFindings(page)
        await expectNothingWiderThan(page, 320)
      }
      await context.close()
    })

test('without a script, an administrator tries what a group would give, and nothing is changed', async () => {
  const context = await browser.newContext({ locale: 'ja-JP', javaScriptEnabled: false })
  const general = await make.user({ customerId: reader.customerId, name: '佐藤' })
  await lendSignIn(site, reader, context)
  const page = await context.newPage()
  await page.goto(new URL(paths.rightsOfUser({ id: general.id }), site.url).href)
  await page.getByText('どのユーザーグループにも所属していません。').waitFor()
  await page.getByRole('link', { name: 'グループの加入・脱退の試算' }).click()
  await page.getByLabel('ユーザーグループ', { exact: true }).selectOption({ index: 1 })
  await page.getByRole('button', { name: '変化を確認する' }).click()
  await page.getByText('佐藤さんが').first().waitFor()
  assert.equal(await page.locator('main tbody tr').count(), 1)
  assert.match(await page.locator('main tbody tr').innerText(), /権限なし.*参照・編集/s)
  await page.goto(new URL(paths.rightsOfUser({ id: general.id }), site.url).href)
  await page.getByText('参照できるご契約がありません').waitFor()
  await context.close()
})
