import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { listen } from '#program/listen.ts'
import type { Language } from '#platform/words.ts'
import { paths as consolePaths } from '#sites/console/paths.ts'
import { expectNoAxeFindings, expectNothingWiderThan, openBrowser } from '#test/browser.ts'
import { expectGood, type GoodPage } from '#test/good-page.ts'
import { openOrderWorld } from '#test/order-world.ts'
import { testPortal } from '#test/portal.ts'
import { openSite } from '#test/site.ts'
import { signInStaff } from '#test/staff.ts'
import { type Variant, variants } from '#test/variants.ts'
import { lendSignIn, signInWords } from '#test/walk.ts'
import { paths } from '../paths.ts'

const world = await openOrderWorld()
const { database, make } = world
const site = await openSite(database)
const front = await listen({ host: '127.0.0.1', port: 0 })
const consoleUrl = new URL(`http://localhost:${front.port}`)
const staffPortal = await testPortal(database, { consoleUrl })
front.answer(staffPortal.consoleApp)
const browser = await openBrowser()
after(async () => {
  await browser.close()
  await Promise.all([site[Symbol.asyncDispose](), front.drain()])
  await world[Symbol.asyncDispose]()
})

const words = {
  order: { ja: '内線番号の追加', en: 'More extensions' },
  count: { ja: '追加する数', en: 'How many' },
  rented: { ja: 'レンタル', en: 'Rented' },
  voicemail: { ja: '留守番電話', en: 'Voicemail' },
  remarks: { ja: 'ご要望', en: 'Remarks' },
  check: { ja: '確認する', en: 'Go on to check' },
  checked: { ja: 'お申し込みの確認', en: 'Check your order' },
  ask: { ja: '申請する', en: 'Ask for approval' },
  approve: { ja: '承認する', en: 'Approve' },
  again: { ja: '修正してもう一度申し込む', en: 'Correct it and order again' },
  requests: { ja: '申請の一覧', en: 'Requests' },
  approval: { ja: '申請と承認', en: 'Approval of orders' },
  return: { ja: '差し戻す', en: 'Return it' },
  accept: { ja: '受け付ける', en: 'Accept it' },
  change: { ja: '変更する', en: 'Change' },
  follow: { ja: /の進捗を確認する/, en: /^Follow order/ },
} satisfies Record<string, Record<Language, string | RegExp>>

/** Somebody of the customer's who orders, the administrator who approves, and a member of staff, each in their own browser. */
interface Walk {
  language: Language
  hasScripts: boolean
  customer: Page
  approver: Page
  staff: Page
}

for (const [index, variant] of variants.entries())
  test(`an order is asked for, approved, returned, asked for again, accepted and opened, in ${variant.language}, ${variant.width}, ${variant.colorScheme}`, async () => {
    await world.setApproval(true)
    const walk = await begin(variant, index === 0)
    await askForIt(walk)
    await approveIt(walk)
    await returnIt(walk)
    await askAgain(walk)
    await acceptIt(walk)
    await openIt(walk)
    for (const page of [walk.customer, walk.approver, walk.staff]) await page.context().close()
  })

async function begin({ language, width, colorScheme }: Variant, hasScripts: boolean): Promise<Walk> {
  const open = async (): Promise<Page> => {
    const context = await browser.newContext({
      locale: signInWords[language].locale,
      colorScheme,
      viewport: { width, height: 800 },
      javaScriptEnabled: hasScripts,
    })
    return context.newPage()
  }
  const [customer, approver, staff] = [await open(), await open(), await open()]
  await lendSignIn(site, await world.userWith({ level: 'edit', name: '佐藤 花子' }), customer.context())
  const administrator = await world.userWith({ level: 'view', role: 'portal-administrator', name: '山田 太郎' })
  await lendSignIn(site, administrator, approver.context())
  const { cookies } = await signInStaff(staffPortal, await make.staff({ roles: ['provisioning'] }))
  const url = `https://${consoleUrl.hostname}`
  await staff.context().addCookies([...cookies].map(([name, value]) => ({ name, value, url })))
  return { language, hasScripts, customer, approver, staff }
}

const goTo = (page: Page, path: string): Promise<unknown> => page.goto(new URL(path, site.url).href)
const staffGoTo = ({ staff }: Walk, path: string): Promise<unknown> => staff.goto(new URL(path, consoleUrl).href)

/** Without scripts nothing in the page can be looked at by axe. */
async function expectPage({ hasScripts, language }: Walk, page: Page, about: Omit<GoodPage, 'name'>): Promise<void> {
  if (hasScripts) await expectGood(page, { name: about.title.en, ...about }, { language })
}

async function expectConsole({ hasScripts, staff }: Walk): Promise<void> {
  if (!hasScripts) return
  await expectNoAxeFindings(staff)
  await expectNothingWiderThan(staff, 390)
}

async function askForIt(walk: Walk): Promise<void> {
  const { customer, language } = walk
  await goTo(customer, paths.contract({ id: world.contractId }))
  // Beside its name stands what kind it is of.
  await press(customer, 'link', new RegExp(`^${words.order[language]}`))
  await expectPage(walk, customer, { title: words.order })
  await press(customer, 'button', words.check[language])
  await expectPage(walk, customer, { title: words.order, hasProblems: true })
  assert(await customer.locator('#error-summary').isVisible())
  await customer.getByLabel(words.count[language]).fill('3')
  await customer.getByLabel(words.rented[language]).check()
  await customer.getByLabel(words.voicemail[language]).check()
  await customer.getByLabel(words.remarks[language]).fill('連番を希望します。\n至急ではありません。')
  await press(customer, 'button', words.check[language])
  await expectPage(walk, customer, { title: words.checked })
  await press(customer, 'button', words.ask[language])
  await expectPage(walk, customer, { title: words.order })
}

async function approveIt(walk: Walk): Promise<void> {
  const { approver, language } = walk
  await goTo(approver, paths.approval)
  await expectPage(walk, approver, { title: words.approval })
  await goTo(approver, `${paths.requests}?state=awaiting-approval`)
  await expectPage(walk, approver, { title: words.requests })
  await press(approver, 'link', words.order[language])
  await expectPage(walk, approver, { title: words.order })
  await press(approver, 'button', words.approve[language])
}

async function returnIt(walk: Walk): Promise<void> {
  const { staff, language } = walk
  await staffGoTo(walk, consolePaths.requests)
  await expectConsole(walk)
  await press(staff, 'link', words.order[language])
  await expectConsole(walk)
  await press(staff, 'link', words.return[language])
  await expectConsole(walk)
  await staff.locator('#field-reason').fill('電話機の色をご記入ください。')
  await press(staff, 'button', words.return[language])
}

async function askAgain(walk: Walk): Promise<void> {
  const { customer, approver, language } = walk
  await customer.reload()
  await expectPage(walk, customer, { title: words.order })
  await press(customer, 'link', words.again[language])
  assert.equal(await customer.getByLabel(words.count[language]).inputValue(), '3')
  await customer.getByLabel(words.remarks[language]).fill('白を希望します。')
  await press(customer, 'button', words.check[language])
  await press(customer, 'button', words.ask[language])
  await approver.goto(customer.url())
  await press(approver, 'button', words.approve[language])
}

async function acceptIt(walk: Walk): Promise<void> {
  const { customer, staff, language } = walk
  await staffGoTo(walk, consolePaths.request({ id: idIn(customer.url()) }))
  await press(staff, 'link', words.accept[language])
  await expectConsole(walk)
  await staff.locator('#field-code').fill(`A-${language}-1`)
  await press(staff, 'button', words.accept[language])
  await expectConsole(walk)
}

async function openIt(walk: Walk): Promise<void> {
  const { customer, staff, language } = walk
  await staffGoTo(walk, consolePaths.editOrder({ id: idIn(staff.url()) }))
  await expectConsole(walk)
  await staff.locator('input[name=state][value=completed]').check()
  await staff.locator('[name="day.constructing"]').fill('2027-01-10')
  await staff.locator('[name="noteJa.constructing"]').fill('午前に訪問しました。')
  await staff.locator('[name=openingJa]').fill('内線番号：2001から2003\n暗証番号は、別便でお送りします。')
  await staff.locator('[name=openingEn]').fill('Extensions 2001 to 2003.')
  await press(staff, 'button', words.change[language])
  await staffGoTo(walk, consolePaths.orders)
  await expectConsole(walk)
  await customer.reload()
  await press(customer, 'link', words.follow[language])
  await expectPage(walk, customer, { title: words.order })
  const said = language === 'ja' ? '内線番号：2001から2003' : 'Extensions 2001 to 2003.'
  assert(await customer.getByText(said).first().isVisible())
}

function idIn(address: string): string {
  return /[0-9a-f-]{36}/.exec(address)?.[0] ?? assert.fail(address)
}

async function press(page: Page, role: 'link' | 'button', name: string | RegExp): Promise<void> {
  const pressed = page.getByRole('main').getByRole(role, { name, exact: true }).first()
  await Promise.all([page.waitForEvent('load'), pressed.click()])
}
