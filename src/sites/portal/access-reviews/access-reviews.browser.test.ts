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
import { closedReviewsTitle, reviewTitle } from './words.ts'

const database = await testDatabase()
const make = makerOf(database)
const site = await openSite(database)
const browser = await openBrowser()
let administrator: MadeUser
after(async () => {
  await browser.close()
  await site[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

before(async () => {
  administrator = await make.user({ role: 'portal-administrator' })
  const { customerId, id } = administrator
  const quiet = await make.user({ customerId, name: '長期 休暇' })
  const serviceId = await make.service({ name: 'Arcstar Smart PBX' })
  const contractId = await make.contract({ customerId, serviceId })
  await make.group({
    customerId,
    name: '首都圏第二コールセンター運用担当',
    members: [quiet.id, id],
    rights: [{ contractId, level: 'edit' }, { serviceId, level: 'view' }, { level: 'view' }],
  })
  await make.group({ customerId, name: '誰もいないグループ' })
  const admin = superuserOf(database)
  await admin.query(`update portal_user set created_at = now() - interval '200 days' where id = $1`, [quiet.id])
  await admin.end()
})

for (const { language, width, colorScheme } of variants)
  test(`a review of access in ${language}, ${width}, ${colorScheme}`, async () => {
    const { locale } = signInWords[language]
    const context = await browser.newContext({ locale, colorScheme, viewport: { width, height: 800 } })
    await lendSignIn(site, administrator, context)
    const page = await context.newPage()
    const look = async (path: string, title: { ja: string; en: string }): Promise<void> => {
      await page.goto(new URL(path, site.url).href)
      await expectGood(page, { name: path, title }, { language })
    }
    const titles = {
      groups: { ja: '棚卸し：ユーザーグループ', en: 'Access review: user groups' },
      rights: { ja: '棚卸し：権限', en: 'Access review: rights' },
      report: { ja: '棚卸しの報告書', en: 'Report of the access review' },
      close: { ja: '棚卸しの完了', en: 'Close the review' },
    }
    await look(paths.accessReview, reviewTitle)
    await look(`${paths.accessReview}?on=2020-01-31`, reviewTitle)
    await look(paths.reviewedGroups, titles.groups)
    await look(`${paths.reviewedRights}?user=${administrator.id}`, titles.rights)
    await look(paths.reviewReport, titles.report)
    await look(paths.closedReviews, closedReviewsTitle)
    await look(paths.closeReview, titles.close)
    await page.locator('textarea').fill('あ'.repeat(501))
    await Promise.all([page.waitForEvent('load'), page.locator('main form .button').last().click()])
    await expectGood(page, { name: 'a note too long', title: titles.close, hasProblems: true }, { language })
    await page.locator('textarea').fill('退職者を削除した。')
    await Promise.all([page.waitForEvent('load'), page.locator('main form .button').last().click()])
    await expectGood(page, { name: 'closed', title: reviewTitle }, { language })
    await look(paths.closedReviews, closedReviewsTitle)
    await context.close()
  })
