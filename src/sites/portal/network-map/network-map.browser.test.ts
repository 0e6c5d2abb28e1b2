import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { administratorLabels } from '#sites/frame/guide-labels.ts'
import { openBrowser } from '#test/browser.ts'
import { testDatabase } from '#test/database.ts'
import { expectGood } from '#test/good-page.ts'
import { type MadeUser, makerOf } from '#test/make.ts'
import { openSite } from '#test/site.ts'
import { superuserOf } from '#test/superuser.ts'
import { variants } from '#test/variants.ts'
import { lendSignIn, signInWords } from '#test/walk.ts'
import { paths } from '../paths.ts'
import { mapTitle } from './words.ts'

const database = await testDatabase()
const make = makerOf(database)
const site = await openSite(database)
const browser = await openBrowser()
let administrator: MadeUser
let placed: string
after(async () => {
  await browser.close()
  await site[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

before(async () => {
  administrator = await make.user({ role: 'portal-administrator' })
  const { customerId } = administrator
  const serviceId = await make.service()
  await make.group({ customerId, members: [administrator.id], rights: [{ serviceId, level: 'edit' }] })
  const admin = superuserOf(database)
  const { rows } = await admin.query<{ id: string }>(
    `with t as (insert into site (customer_id, code, name)
        select $1, n::text, (array['東京本社', '首都圏第二コールセンター東棟（旧・品川オペレーションセンター）', '横浜支店', '大阪支店', '那覇支店', '札幌支店'])[n] from generate_series(1, 6) n returning *),
      p as (insert into site_place (customer_id, site_id, prefecture) select $1, id, (array[13, 13, 14, 27, 47, 1])[code::int] from t where code <> '6'),
      k as (insert into contract (customer_id, service_id, number, site_id) select $1, $2, 'M' || code, id from t)
    select id from t where code = '1'`,
    [customerId, serviceId],
  )
  placed = rows[0]?.id ?? assert.fail('no site')
  const { rows: contracts } = await admin.query<{ id: string }>(`select id from contract where number = 'M4'`)
  await make.fault({ customerId, contractId: contracts[0]?.id ?? '' })
  await admin.query('select refresh_contract_status(now())')
  await admin.end()
})

for (const { language, width, colorScheme } of variants)
  test(`the map and its settings in ${language}, ${width}, ${colorScheme}`, async () => {
    const { locale } = signInWords[language]
    const context = await browser.newContext({ locale, colorScheme, viewport: { width, height: 800 } })
    await lendSignIn(site, administrator, context)
    const page = await context.newPage()
    const open = (path: string) => page.goto(new URL(path, site.url).href)
    for (const [path, title] of [
      [paths.networkMap, mapTitle],
      [`${paths.networkMap}?area=13`, mapTitle],
      [paths.networkMapSettings, administratorLabels.networkMap],
      [paths.sitePlace({ id: placed }), { ja: '拠点の位置', en: 'Place of a site' }],
    ] as const) {
      await open(path)
      await expectGood(page, { name: path, title }, { language })
    }
    // From the menu to the map, by the keyboard into an area and on to the contracts of a site.
    await open(paths.networkMap)
    const several = page.locator('.site-map a', { hasText: '3' })
    await several.focus()
    await Promise.all([page.waitForURL(/area=13-14/), page.keyboard.press('Enter')])
    const one = page.locator('.site-map a[aria-label^="横浜支店"]')
    await one.focus()
    await Promise.all([page.waitForURL(/contracts/), page.keyboard.press('Enter')])
    // A finger needs 24 pixels (WCAG 2.5.8).
    await open(paths.networkMap)
    const boxes = await Promise.all(
      (await page.locator('.site-map .map-target').all()).map((target) => target.boundingBox()),
    )
    for (const box of boxes) assert((box?.width ?? 0) >= 24, String(box?.width))
    await context.close()
  })
