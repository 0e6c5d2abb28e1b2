import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Phrase } from '#platform/words.ts'
import { openBrowser } from '#test/browser.ts'
import { testDatabase } from '#test/database.ts'
import { expectGood } from '#test/good-page.ts'
import { writeSettings } from '#test/line-settings.ts'
import { makerOf } from '#test/make.ts'
import { openSite } from '#test/site.ts'
import { superuserOf } from '#test/superuser.ts'
import { lendSignIn } from '#test/walk.ts'
import { paths } from '../paths.ts'
import { copyFormWords } from './copy-form-words.ts'

const said = (ja: string): Phrase => ({ ja, en: ja })

const database = await testDatabase()
const make = makerOf(database)
const admin = superuserOf(database)
const site = await openSite(database)
const browser = await openBrowser()
after(async () => {
  await browser.close()
  await site[Symbol.asyncDispose]()
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const others = 60

/** Contracts with the same business hours, which are used by a number. */
async function makeContracts() {
  const user = await make.user()
  const { customerId } = user
  const serviceId = await make.service({ name: 'Arcstar Smart PBX' })
  await make.group({ customerId, rights: [{ serviceId, level: 'edit' }], members: [user.id] })
  const client = await admin.connect()
  const contracts = []
  for (let at = 0; at <= others; at++) {
    const contractId = await make.contract({ customerId, serviceId, number: `N1500000${String(at).padStart(2, '0')}` })
    await writeSettings(
      client,
      { customerId, contractId },
      {
        extensions: [{ number: '1001' }, { number: '1002' }],
        calendars: [{ slots: [{ weekday: 1, opens: 540, closes: 1080 }] }],
        numbers: [{ number: `03000040${String(at).padStart(2, '0')}`, target: '1001', calendar: 0 }],
      },
    )
    contracts.push(contractId)
  }
  client.release()
  return { user, contracts }
}

test('60 contracts get the closure at New Year and another target when closed in at most 12 clicks', async () => {
  const { user, contracts } = await makeContracts()
  const [contract = ''] = contracts
  const context = await browser.newContext({ locale: 'ja-JP', viewport: { width: 1280, height: 900 } })
  context.setDefaultTimeout(20_000)
  await lendSignIn(site, user, context)
  const page = await context.newPage()
  let clicks = 0
  const click = async (role: 'link' | 'button' | 'checkbox', name: string | RegExp): Promise<void> => {
    clicks++
    await page.getByRole(role, { name }).first().click()
  }
  await page.goto(new URL(paths.top({ contract }), site.settingsUrl).href)
  await click('link', '外線・内線の紐づけ設定')
  await click('link', '03-0000-4000')
  clicks++
  await page.getByRole('combobox', { name: '営業時間外の着信先' }).selectOption('inside')
  await page.locator('[name=onwardTo]').fill('1002')
  await click('button', '適用する')
  await click('link', '営業時間・祝日')
  await click('link', /営業時間 0/)
  await page.locator('[name=from]').fill('2026-12-29')
  await page.locator('[name=to]').fill('2027-01-03')
  await click('button', /特定日を追加|追加する/)
  await click('button', '適用する')
  await click('link', 'ほかのご契約にも適用する')
  await click('checkbox', `見つかった${others}件のご契約すべてに適用する`)
  await expectGood(page, { name: 'copy', title: said(copyFormWords.titleOf.ja('営業時間 0')) }, { language: 'ja' })
  await click('button', '適用する')
  await page.getByText(`適用 ${others}件、すでに同じ内容 0件、適用できない 0件`).waitFor()
  await expectGood(page, { name: 'copies', title: said('ほかのご契約に適用した結果') }, { language: 'ja' })
  assert(clicks <= 12, `${clicks} clicks`)
  await lookAt(contracts)
  await context.close()
})

/** That all of them have what was set in one. */
async function lookAt(contracts: readonly string[]): Promise<void> {
  const { rows } = await admin.query<{ closed: string; days: number }>(
    `select n.closed_inside as closed, (select count(*)::int from pbx.calendar_day d where d.contract_id = n.contract_id
      and d.calendar_id = n.calendar_id) as days from pbx.external_number n where contract_id = any($1)`,
    [contracts],
  )
  assert.equal(rows.length, others + 1)
  for (const row of rows) assert.deepEqual(row, { closed: '1002', days: 6 })
}
