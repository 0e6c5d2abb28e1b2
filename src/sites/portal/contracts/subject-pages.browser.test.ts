import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { unsubscribeUrl } from '#features/mail-wishes/unsubscribe.ts'
import { recountFindings } from '#features/line-checks/recount.ts'
import type { Language, Phrase } from '#platform/words.ts'
import { expectNoAxeFindings, expectNothingWiderThan, openBrowser } from '#test/browser.ts'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { writeSettings } from '#test/line-settings.ts'
import { makerOf, type MadeUser } from '#test/make.ts'
import { openSite, type TestSite } from '#test/site.ts'
import { superuserOf } from '#test/superuser.ts'
import { variants } from '#test/variants.ts'
import { lendSignIn, signInWords } from '#test/walk.ts'
import { newOrdersTitle } from '../order-requests/order-trail.tsx'
import { paths } from '../paths.ts'

let database: TestDatabase
let site: TestSite
let browser: Browser
let readers: { reader: MadeUser; newcomer: MadeUser; visitor: undefined }
let pages: {
  path: string
  title: Phrase
  heading?: Phrase
  who: keyof typeof readers
  /** What is done on it before it is judged. */
  does?: (page: Page) => Promise<void>
}[]

before(async () => {
  database = await testDatabase()
  site = await openSite(database)
  browser = await openBrowser()
  const make = makerOf(database)
  readers = { reader: await make.user(), newcomer: await make.user(), visitor: undefined }
  const { customerId, id } = readers.reader
  const contractId = await make.contract({ customerId, serviceId: await make.service({ name: 'クラウド電話' }) })
  const orderId = await make.order({ customerId, contractId, title: '大阪支店 内線10番号の追加' })
  const ticketId = await make.ticket({ customerId, contractId, title: '大阪支店で発着信ができない' })
  const incidentId = await make.fault({ customerId, contractId })
  await tellOf(incidentId)
  await findIn({ customerId, contractId })
  await make.group({ customerId, members: [id], rights: [{ level: 'view' }] })
  await nameWindows()
  const about = { who: 'reader' as const }
  const lists = [
    { path: paths.orders, title: { ja: 'お申し込みの進捗', en: 'Progress of orders' } },
    { path: paths.tickets, title: { ja: 'お問い合わせの一覧', en: 'List of inquiries' } },
    { path: paths.incidents, title: { ja: '工事・故障情報', en: 'Works and faults' } },
    { path: paths.contact, title: { ja: 'お問い合わせ', en: 'Contact us' } },
  ]
  pages = [
    ...lists.map((list) => ({ ...list, ...about })),
    ...lists.map((list) => ({ ...list, who: 'newcomer' as const })),
    ...lists.slice(0, 3).map(({ path, title }) => ({ path: `${path}?q=x~x&sort=x`, title, ...about })),
    ...(['reader', 'newcomer'] as const).flatMap((who) => [
      { path: paths.lineChecks, title: { ja: '全ご契約の設定チェック', en: 'Settings check of all contracts' }, who },
      { path: paths.newOrders, title: newOrdersTitle, who },
    ]),
    one(paths.order({ id: orderId }), { ja: '大阪支店 内線10番号の追加', en: 'An order' }),
    one(paths.ticket({ id: ticketId }), { ja: '大阪支店で発着信ができない', en: 'A ticket' }),
    one(paths.incident({ id: incidentId }), { ja: '故障です', en: 'A fault' }),
    pastOf(contractId),
    ...mailPages(await wishMails(readers.reader, contractId)),
  ]
})
after(async () => {
  await browser.close()
  await site[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

const one = (path: string, title: Phrase): (typeof pages)[number] => ({ path, title, who: 'reader' })

function pastOf(contractId: string): (typeof pages)[number] {
  const heading = { ja: '過去の故障・工事', en: 'Past faults and works' }
  return { path: paths.contractIncidents({ id: contractId }), heading, title: { ja: '', en: '' }, who: 'reader' }
}

/** What is wished of everything, and of one service, site and contract. Answers where the first one is ended without a login. */
async function wishMails({ customerId, id }: MadeUser, contractId: string): Promise<string> {
  const admin = superuserOf(database)
  const { rows } = await admin.query<{ id: string }>(
    `with place as (insert into site (customer_id, code, name) values ($1, 'OSAKA', '大阪支店') returning id),
     placed as (update contract set site_id = place.id from place where contract.id = $3 returning service_id)
     insert into mail_wish (customer_id, user_id, topic, service_id, site_id, contract_id, made_at)
     select $1, $2, 'fault', service, site, contract, now() from placed cross join place cross join lateral (values
       (null::uuid, null::uuid, null::uuid), (service_id, null, null), (null, place.id, null), (null, null, $3)) v (service, site, contract)
     returning id`,
    [customerId, id, contractId],
  )
  await admin.end()
  const { secrets, config } = site.portal.program
  const { pathname, search } = new URL(
    unsubscribeUrl(secrets, config.portalUrl, { customerId, wishId: rows[0]?.id ?? '' }),
  )
  return pathname + search
}

/** Where mails are wished, and ended. */
function mailPages(unsubscribe: string): typeof pages {
  const title = { ja: 'メール通知', en: 'Mail notifications' }
  const wishes = { path: paths.mailWishes, title }
  const refused = { ja: `エラー：${title.ja}`, en: `Error: ${title.en}` }
  return [
    { ...wishes, who: 'reader' },
    { ...wishes, who: 'newcomer' },
    { ...wishes, who: 'reader', title: refused, heading: title, does: chooseNoService },
    { path: unsubscribe, title: { ja: 'メール通知の停止', en: 'End these mails' }, who: 'visitor' },
    {
      path: paths.unsubscribe,
      title: { ja: 'このメール通知は停止しています', en: 'These mails have ended' },
      who: 'visitor',
    },
  ]
}

/** Of the fields below the choice only the one that belongs to it is there. */
async function chooseNoService(page: Page): Promise<void> {
  const fields = page.locator('[name=service], [name=site], [name=contract]')
  const shown = () => fields.evaluateAll((each) => each.filter((field) => field.checkVisibility()).length)
  assert.equal(await shown(), 0)
  await page.locator('[name=scope][value=service]').check()
  assert(await page.locator('[name=service]').isVisible())
  assert.equal(await shown(), 1)
  await Promise.all([page.waitForEvent('load'), page.locator('.commit-bar .button').click()])
  assert(await page.locator('[name=service]').isVisible())
}

/** Of the fault an update in both languages and one in Japanese alone; and another that is over. */
async function tellOf(incidentId: string): Promise<void> {
  const admin = superuserOf(database)
  await admin.query(
    `insert into incident_update (customer_id, incident_id, number, said_at, step, text_ja, text_en, next_update_at)
     select customer_id, id, number, now(), 'identified', '原因を特定しました。', case number when 1 then 'We found it.' end, now() + interval '1 hour'
     from incident, generate_series(1, 2) number where id = $1`,
    [incidentId],
  )
  await admin.query(`update incident set next_update_at = now() + interval '1 hour' where id = $1`, [incidentId])
  await admin.query(
    `with over as (
       insert into incident (customer_id, code, kind, title_ja, title_en, starts_at, ends_at, updated_at, cause_ja)
       select customer_id, 'F-OVER', 'fault', '停電', 'Power cut', now() - interval '40 days', now() - interval '39 days', now(), '雷'
       from incident where id = $1 returning customer_id, id)
     insert into incident_contract (customer_id, incident_id, contract_id)
     select over.customer_id, over.id, c.contract_id from over join incident_contract c on c.incident_id = $1`,
    [incidentId],
  )
  await admin.end()
}

/** A number that rings nowhere, and an extension that nothing leads to. */
async function findIn({ customerId, contractId }: { customerId: string; contractId: string }): Promise<void> {
  const admin = superuserOf(database)
  const settings = { extensions: [{ number: '1001', name: '山田 太郎' }], numbers: [{ number: '0300005001' }] }
  const client = await admin.connect()
  await writeSettings(client, { customerId, contractId }, settings)
  client.release()
  await admin.end()
  const { now } = site.portal.program
  await database.operator.transaction((tx) =>
    recountFindings({ tx, now: now(), customer: { id: customerId } }, [contractId]),
  )
}

async function nameWindows(): Promise<void> {
  const window = {
    name: { ja: '総合窓口', en: 'General desk' },
    phone: '0120-000-001',
    hours: { ja: '故障 24時間365日、ほか 平日9:00〜17:00', en: 'Faults at any time, else 9:00 to 17:00 on weekdays' },
    url: 'https://www.example.com/ask',
  }
  const admin = superuserOf(database)
  for (const table of ['operator', 'service'])
    await admin.query(`update ${table} set contact_window = $1`, [JSON.stringify(window)])
  await admin.end()
}

for (const variant of variants) {
  test(`orders, tickets, incidents, contact and mails in ${Object.values(variant).join(', ')}`, async () => {
    const { language, width, colorScheme } = variant
    for (const [who, user] of Object.entries(readers)) {
      const viewport = { width, height: 800 }
      const context = await browser.newContext({ locale: signInWords[language].locale, viewport, colorScheme })
      if (user) await lendSignIn(site, user, context)
      const page = await context.newPage()
      for (const shown of pages.filter((each) => each.who === who)) await expectGood(page, shown, language)
      await context.close()
    }
  })
}

async function expectGood(
  page: Page,
  { path, title, heading = title, does }: (typeof pages)[number],
  language: Language,
) {
  const answer = await page.goto(new URL(path, site.url).href)
  assert.equal(answer?.status(), 200, path)
  await does?.(page)
  assert.match(await page.title(), new RegExp(`^${title[language]}`), path)
  assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), heading[language], path)
  await expectNoAxeFindings(page)
  await expectNothingWiderThan(page, 320)
}

test('choosing a chip once more lets go of it, and the list is sorted by its heads, with the keyboard alone', async () => {
  const context = await browser.newContext({ locale: signInWords.ja.locale })
  await lendSignIn(site, readers.reader, context)
  const page = await context.newPage()
  await page.goto(new URL(paths.incidents, site.url).href)
  const chip = page.getByRole('link', { name: '発生中 1' })
  await chip.press('Enter')
  await page.waitForURL(/phase=running/)
  assert.equal(await chip.getAttribute('aria-current'), 'true')
  await page.getByRole('columnheader', { name: '開始日時' }).getByRole('link').press('Enter')
  await page.waitForURL(/sort=start/)
  assert.match(page.url(), /phase=running/)
  assert.equal(await page.getByRole('columnheader', { name: '開始日時' }).getAttribute('aria-sort'), 'descending')
  await chip.press('Enter')
  await page.waitForURL((url) => !url.search.includes('phase'))
  assert.match(page.url(), /sort=start/)
  await context.close()
})
