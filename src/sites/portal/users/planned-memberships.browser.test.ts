import { after, before, test } from 'node:test'
import { openBrowser } from '#test/browser.ts'
import { testDatabase } from '#test/database.ts'
import { expectGood } from '#test/good-page.ts'
import { type MadeUser, makerOf } from '#test/make.ts'
import { openSite } from '#test/site.ts'
import { superuserOf } from '#test/superuser.ts'
import { variants } from '#test/variants.ts'
import { lendSignIn, signInWords } from '#test/walk.ts'
import { paths } from '../paths.ts'
import { plannedTitle, planTitle } from './planned-words.ts'

const database = await testDatabase()
const make = makerOf(database)
const site = await openSite(database)
const browser = await openBrowser()
let administrator: MadeUser
let user: MadeUser
let groupId: string
after(async () => {
  await browser.close()
  await site[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

before(async () => {
  administrator = await make.user({ role: 'portal-administrator' })
  const { customerId } = administrator
  user = await make.user({ customerId, name: '異動 花子' })
  groupId = await make.group({ customerId, name: '首都圏第二コールセンター運用担当', members: [user.id] })
  const admin = superuserOf(database)
  await admin.query(
    `insert into planned_membership (customer_id, user_group_id, user_id, joins, due_on, planned_by, planned_at, refused)
      values ($1, $2, $3, true, '2099-04-01', $4, now(), null), ($1, $2, $3, false, '2026-10-01', $4, now(), 'last-administrator')`,
    [customerId, groupId, user.id, administrator.id],
  )
  await admin.end()
})

for (const { language, width, colorScheme } of variants)
  test(`planned changes of groups in ${language}, ${width}, ${colorScheme}`, async () => {
    const { locale } = signInWords[language]
    const context = await browser.newContext({ locale, colorScheme, viewport: { width, height: 800 } })
    await lendSignIn(site, administrator, context)
    const page = await context.newPage()
    for (const [path, title] of [
      [paths.plannedMemberships, plannedTitle],
      [paths.planMembership({ id: user.id }), planTitle],
      [paths.user({ id: user.id }), { ja: user.name, en: user.name }],
    ] as const) {
      await page.goto(new URL(path, site.url).href)
      await expectGood(page, { name: path, title }, { language })
    }
    await page.goto(new URL(paths.planMembership({ id: user.id }), site.url).href)
    await Promise.all([page.waitForEvent('load'), page.locator('main form .button').last().click()])
    await expectGood(page, { name: 'refused', title: planTitle, hasProblems: true }, { language })
    await context.close()
  })
