import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { loadDemo } from '#features/demo/load-demo.ts'
import { openPasswords } from '#platform/security/passwords.ts'
import { openBrowser } from '#test/browser.ts'
import { testDatabase } from '#test/database.ts'
import { testSecrets } from '#test/portal.ts'
import { openSite } from '#test/site.ts'
import { paths } from './paths.ts'

// Whoever opens a list sees rows at once: on a small notebook's screen the first one begins within 380 px.

const database = await testDatabase()
const site = await openSite(database)
const browser = await openBrowser()
after(async () => {
  await browser.close()
  await site[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

const lowest = 380
let page: Page

before(async () => {
  const { portal, url } = site
  const { now } = portal.program
  const config = { demo: true, portalUrl: url }
  const { operator } = database
  await loadDemo({ config, operator, passwords: await openPasswords(), secrets: testSecrets, now })
  const mail = 'yamada@example.co.jp'
  const visitor = portal.browser()
  await visitor.post(paths.signIn, { username: mail, password: 'Portal-demo-2026' })
  await visitor.post(paths.secondStep, { code: await portal.newestCode(mail) })
  const context = await browser.newContext({ locale: 'ja-JP', viewport: { width: 1366, height: 720 } })
  context.setDefaultTimeout(10_000)
  await context.addCookies(
    [...visitor.cookies].map(([name, value]) => ({ name, value, url: `https://${url.hostname}` })),
  )
  page = await context.newPage()
})

/** Where the first row of the page's own part begins, a table's or a list's. */
const firstRow = `(document.querySelector('main tbody tr, main .row-list > *, main .list article')?.getBoundingClientRect().top)`

const lists: Readonly<Record<string, string>> = {
  contracts: paths.contracts,
  orders: paths.orders,
  tickets: paths.tickets,
  incidents: paths.incidents,
  'own rights': paths.ownRights,
  notices: paths.notices,
  users: paths.users,
  'user groups': paths.userGroups,
  'change history': paths.changeHistory,
  'access history': paths.accessHistory,
  'open sessions': paths.openSessions,
  'limited users': paths.limitedUsers,
  'idle times': paths.userIdleTimes,
  'who may skip the second step': paths.trustUsers,
}

for (const [name, path] of Object.entries(lists))
  test(`the first row of ${name} begins within ${lowest} px`, async () => {
    await page.goto(new URL(path, site.url).href)
    const top = await page.evaluate<number | undefined>(firstRow)
    assert(top !== undefined && top <= lowest, `${path}: ${top}`)
  })

test('the first rows of a group, of its candidates, of who sees a contract and of its past faults begin there, too', async () => {
  await page.goto(new URL(paths.userGroups, site.url).href)
  const group = await page.locator('main tbody th a').last().getAttribute('href')
  await page.goto(new URL(paths.contracts, site.url).href)
  const contract = await page.locator('main tbody th a').first().getAttribute('href')
  const id = (href: string | null): { id: string } => ({ id: href?.split('/').at(-1) ?? '' })
  for (const path of [
    paths.userGroup(id(group)),
    paths.addGroupMembers(id(group)),
    paths.rightsOfContract(id(contract)),
    paths.contractIncidents(id(contract)),
  ]) {
    await page.goto(new URL(path, site.url).href)
    const top = await page.evaluate<number | undefined>(firstRow)
    assert(top === undefined || top <= lowest, `${path}: ${top}`)
  }
})
