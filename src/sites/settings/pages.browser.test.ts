import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { BrowserContext, Page } from 'playwright-core'
import type { Phrase } from '#platform/words.ts'
import { openBrowser } from '#test/browser.ts'
import { testDatabase } from '#test/database.ts'
import { expectGood, isComplaint } from '#test/good-page.ts'
import { writeSettings } from '#test/line-settings.ts'
import { makerOf, type MadeUser } from '#test/make.ts'
import { exampleSettings } from '#test/settings-example.ts'
import { openSite } from '#test/site.ts'
import { superuserOf } from '#test/superuser.ts'
import type { Variant } from '#test/variants.ts'
import { lendSignIn, signInWords } from '#test/walk.ts'
import { importKinds } from './line-imports/import-words.ts'
import { linkWords } from './links.ts'
import { copyFormWords } from './copies/copy-form-words.ts'
import { paths } from './paths.ts'

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

let user: MadeUser
let contract: string
/** Of a change of the extension 1001. */
let reservation: string

before(async () => {
  user = await make.user()
  const { customerId } = user
  contract = await make.contract({ customerId, serviceId: await make.service({ name: 'Arcstar Smart PBX' }) })
  await make.group({ customerId, rights: [{ contractId: contract, level: 'edit' }], members: [user.id] })
  const client = await admin.connect()
  await writeSettings(client, { customerId, contractId: contract }, exampleSettings)
  client.release()
  const row = { number: '1001', name: '山田 太郎', ring_seconds: 20 }
  const changes = [{ relation: 'extension', before: row, after: { ...row, name: '山田 次郎' } }]
  const { rows } = await admin.query<{ id: string }>(
    `insert into pbx.reservation (customer_id, contract_id, due_at, reserved_at, actor_id, actor_name, action, subject, changes, numbers)
     values ($1, $2, now() + interval '3 days', now(), $3, '山田 太郎', 'extension-changed', '1001 山田 太郎', $4, '{1001}') returning id`,
    [customerId, contract, user.id, JSON.stringify(changes)],
  )
  reservation = rows[0]?.id ?? assert.fail('no reservation')
})

async function idOf(relation: 'inside_number' | 'external_number', number: string): Promise<string> {
  const { rows } = await admin.query<{ id: string }>(`select id from pbx.${relation} where number = $1`, [number])
  return rows[0]?.id ?? assert.fail(number)
}

async function firstCalendar(): Promise<{ contract: string; id: string }> {
  const { rows } = await admin.query<{ id: string }>('select id from pbx.calendar where contract_id = $1', [contract])
  return { contract, id: rows[0]?.id ?? assert.fail('no business hours') }
}

async function opened(of: BrowserContext): Promise<Page> {
  of.setDefaultTimeout(15_000)
  await lendSignIn(site, user, of)
  return of.newPage()
}

const address = (path: string): string => new URL(path, site.settingsUrl).href

interface Shown {
  name: string
  title: Phrase
  path: () => Promise<string>
}

const { titleOf } = copyFormWords
const copyTitle = (name: string): Phrase => ({ ja: titleOf.ja(name), en: titleOf.en(name) })

const pages: Shown[] = [
  {
    name: 'top',
    title: { ja: 'Web設定変更サイト', en: 'Web settings site' },
    path: async () => paths.top({ contract }),
  },
  { name: 'numbers', title: linkWords.numbers, path: async () => paths.numbers({ contract }) },
  {
    name: 'number',
    title: { ja: '外線 03-0000-2001', en: 'Outside number 03-0000-2001' },
    path: async () => paths.number({ contract, id: await idOf('external_number', '0300002001') }),
  },
  { name: 'extensions', title: linkWords.extensions, path: async () => paths.extensions({ contract }) },
  {
    name: 'add',
    title: { ja: '内線の追加', en: 'Add extensions' },
    path: async () => paths.addExtensions({ contract }),
  },
  {
    name: 'extension',
    title: { ja: '内線 1001 山田 太郎', en: 'Extension 1001 山田 太郎' },
    path: async () => paths.extension({ contract, id: await idOf('inside_number', '1001') }),
  },
  {
    name: 'absence',
    title: { ja: '内線 1001 山田 太郎 の不在時動作', en: 'When 1001 山田 太郎 is not there' },
    path: async () => paths.absence({ contract, id: await idOf('inside_number', '1001') }),
  },
  {
    name: 'absences',
    title: { ja: '不在時動作の一括設定', en: 'Absence of several extensions' },
    path: async () => `${paths.absences({ contract })}?q=100`,
  },
  {
    name: 'delete',
    title: { ja: '内線「1001 山田 太郎」の削除', en: 'Delete the extension “1001 山田 太郎”' },
    path: async () => paths.deleteExtension({ contract, id: await idOf('inside_number', '1001') }),
  },
  { name: 'groups', title: linkWords.callGroups, path: async () => paths.callGroups({ contract }) },
  {
    name: 'add-group',
    title: { ja: '着信グループの追加', en: 'Add a call group' },
    path: async () => paths.addCallGroup({ contract }),
  },
  {
    name: 'group',
    title: { ja: 'グループ 6000', en: 'グループ 6000' },
    path: async () => paths.callGroup({ contract, id: await idOf('inside_number', '6000') }),
  },
  { name: 'calendars', title: linkWords.calendars, path: async () => paths.calendars({ contract }) },
  {
    name: 'add-calendar',
    title: { ja: '営業時間の追加', en: 'Add business hours' },
    path: async () => paths.addCalendar({ contract }),
  },
  {
    name: 'calendar',
    title: { ja: '営業時間「営業時間 0」', en: 'Business hours “営業時間 0”' },
    path: async () => paths.calendar(await firstCalendar()),
  },
  {
    name: 'month',
    title: { ja: '2026年12月の営業（営業時間 0）', en: 'December 2026: 営業時間 0' },
    path: async () => `${paths.calendarMonth(await firstCalendar())}?month=2026-12`,
  },
  {
    name: 'override',
    title: { ja: '本日だけの臨時休業・営業', en: 'Closed or open for today' },
    path: async () => paths.overrideCalendar(await firstCalendar()),
  },
  {
    name: 'delete-calendar',
    title: { ja: '営業時間「営業時間 0」の削除', en: 'Delete the hours “営業時間 0”' },
    path: async () => paths.deleteCalendar(await firstCalendar()),
  },
  {
    name: 'simulation',
    title: linkWords.simulation,
    path: async () => `${paths.simulation({ contract })}?called=6000&busy=1002`,
  },
  { name: 'checks', title: linkWords.checks, path: async () => paths.checks({ contract }) },
  { name: 'changes', title: linkWords.lineChanges, path: async () => paths.lineChanges({ contract }) },
  { name: 'reservations', title: linkWords.reservations, path: async () => paths.reservations({ contract }) },
  {
    name: 'reservation',
    title: { ja: '内線の変更', en: 'Extension changed' },
    path: async () => paths.reservation({ contract, id: reservation }),
  },
  {
    name: 'import',
    title: importKinds.extensions.title,
    path: async () => paths.importExtensions({ contract }),
  },
  {
    name: 'a group for other contracts, of which there are none',
    title: copyTitle('6000 グループ 6000'),
    path: async () => paths.copyCallGroup({ contract, id: await idOf('inside_number', '6000') }),
  },
  {
    name: 'print',
    title: { ja: '設定内容の印刷', en: 'Settings on paper' },
    path: async () => paths.print({ contract }),
  },
]

const variants: Variant[] = [
  { language: 'ja', width: 1280, colorScheme: 'light' },
  { language: 'en', width: 390, colorScheme: 'dark' },
]

for (const variant of variants) {
  test(`${pages.length} pages in ${Object.values(variant).join(', ')}`, async () => {
    const { language, width, colorScheme } = variant
    const of = await browser.newContext({
      locale: signInWords[language].locale,
      viewport: { width, height: 800 },
      colorScheme,
    })
    const problems: string[] = []
    of.on(
      'console',
      (message) => isComplaint(message) && problems.push(`${message.text()} at ${message.page()?.url()}`),
    )
    const page = await opened(of)
    for (const { name, title, path } of pages) {
      await page.goto(address(await path()))
      // What stays in sight at the foot of a form covers what it passes over.
      await page.evaluate('scrollTo(0, document.body.scrollHeight)')
      await expectGood(page, { name, title }, variant)
    }
    assert.deepEqual(problems, [])
    await of.close()
  })
}

for (const scripts of [true, false]) {
  test(`a group is changed, seen, saved and undone ${scripts ? 'by the keyboard' : 'without scripts'}`, async () => {
    const of = await browser.newContext({ locale: 'ja-JP', javaScriptEnabled: scripts })
    const page = await opened(of)
    await page.goto(address(paths.callGroup({ contract, id: await idOf('inside_number', '6000') })))
    const press = async (name: string): Promise<void> => {
      const button = page.getByRole('button', { name, exact: true })
      await button.focus()
      await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
    }
    await page.getByLabel(/^呼び出し時間/).fill('30')
    await press('下へ（1001 山田 太郎）')
    await press('鳴る順番を確認する')
    await page.getByText('30〜60秒 鳴る').first().waitFor()
    await page.getByText('2件の変更があります。', { exact: false }).waitFor()
    await press('適用する')
    await page.getByText('変更を適用しました。').waitFor()
    await Promise.all([page.waitForEvent('load'), page.getByRole('link', { name: '元に戻す', exact: true }).click()])
    await page.getByRole('cell', { name: '30', exact: true }).waitFor()
    await press('元に戻す')
    const { rows } = await admin.query(`select ring_seconds from pbx.call_group where number = '6000'`)
    assert.deepEqual(rows, [{ ring_seconds: 15 }])
    await of.close()
  })
}
