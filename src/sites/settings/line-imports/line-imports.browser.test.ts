import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { csvOf } from '#platform/web/csv.ts'
import type { Phrase } from '#platform/words.ts'
import { openBrowser } from '#test/browser.ts'
import { testDatabase } from '#test/database.ts'
import { expectGood } from '#test/good-page.ts'
import { writeSettings } from '#test/line-settings.ts'
import { makerOf, type MadeUser } from '#test/make.ts'
import { openSite } from '#test/site.ts'
import { superuserOf } from '#test/superuser.ts'
import { lendSignIn } from '#test/walk.ts'
import { paths } from '../paths.ts'

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
const moved = 40

before(async () => {
  user = await make.user()
  const { customerId } = user
  contract = await make.contract({ customerId, serviceId: await make.service({ name: 'Arcstar Smart PBX' }) })
  await make.group({ customerId, rights: [{ contractId: contract, level: 'edit' }], members: [user.id] })
  const client = await admin.connect()
  const extensions = Array.from({ length: moved }, (_, at) => ({ number: String(1001 + at) }))
  await writeSettings(
    client,
    { customerId, contractId: contract },
    {
      extensions,
      groups: [{ number: '6000', kind: 'sequential', members: [{ extension: '1001' }, { extension: '1002' }] }],
      numbers: [{ number: '0300002001', target: '1003' }],
    },
  )
  client.release()
})

async function stateOf(): Promise<unknown> {
  const { rows } = await admin.query(
    `select e.number, e.name, m.call_group, n.number as outside from pbx.extension e
      left join pbx.call_group_member m on m.contract_id = e.contract_id and m.extension = e.number
      left join pbx.external_number n on n.contract_id = e.contract_id and n.target = e.number
      where e.contract_id = $1 order by 1`,
    [contract],
  )
  return rows
}

/** Everybody moves to another floor: another number, and another name of the seat. */
const file = csvOf(
  [
    ['内線番号', '新しい内線番号', '名前'],
    ...Array.from({ length: moved }, (_, at) => [String(1001 + at), String(3001 + at), `3階 ${at + 1}`]),
  ],
  { isFirst: true },
)

for (const scripts of [true, false])
  test(`a move of ${moved} extensions by a file is undone by one undo, ${scripts ? 'with' : 'without'} scripts`, async () => {
    const of = await browser.newContext({ locale: 'ja-JP', javaScriptEnabled: scripts })
    of.setDefaultTimeout(15_000)
    await lendSignIn(site, user, of)
    const page = await of.newPage()
    const follow = async (role: 'link' | 'button', name: string): Promise<void> => {
      await Promise.all([page.waitForEvent('load'), page.getByRole(role, { name, exact: true }).click()])
    }
    const former = await stateOf()
    await page.goto(new URL(paths.extensions({ contract }), site.settingsUrl).href)
    await follow('link', 'CSVで取り込む')
    await page
      .getByLabel(/^CSVファイル/)
      .setInputFiles({ name: 'move.csv', mimeType: 'text/csv', buffer: Buffer.from(file) })
    await follow('button', '内容を確認する')
    await page.getByText('番号: 1001 → 3001', { exact: false }).waitFor()
    await page.getByText('名前: 名前 1001 → 3階 1', { exact: false }).waitFor()
    if (scripts) {
      const title: Phrase = { ja: 'CSV取り込みの確認', en: 'Check the file' }
      await page.setViewportSize({ width: 390, height: 800 })
      await page.evaluate('scrollTo(0, document.body.scrollHeight)')
      await expectGood(page, { name: 'tried import', title }, { language: 'ja' })
    }
    await follow('button', '適用する')
    await page.getByText('変更を適用しました。').waitFor()
    assert.deepEqual(
      (await admin.query(`select count(*)::int as moved from pbx.extension where number between '3001' and '3040'`))
        .rows,
      [{ moved }],
    )
    await follow('link', '元に戻す')
    await follow('button', '元に戻す')
    await page.getByRole('heading', { name: '変更を元に戻す' }).waitFor()
    assert.deepEqual(await stateOf(), former)
    await of.close()
  })
