import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { testDatabase } from '#test/database.ts'
import { makerOf, signIn, type MadeUser } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { superuserOf } from '#test/superuser.ts'
import type { TestBrowser } from '#test/test-browser.ts'
import { paths } from '../paths.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const customerId = await make.customer()
const serviceId = await make.service({ name: 'Arcstar Smart PBX' })
const { rows: services } = await admin.query<{ code: string }>(
  `update service set settings_name = '{"ja": "Smart PBX", "en": "Smart PBX"}' where id = $1 returning code`,
  [serviceId],
)
const path = paths.settingsList({ code: services[0]?.code ?? '' })
const settingsOrigin = portal.program.config.settingsUrl.origin
const topOf = (contract: string): string => `${settingsOrigin}/c/${contract}`

async function withLine(number: string, of = customerId): Promise<string> {
  return make.line({ customerId: of, contractId: await make.contract({ customerId: of, serviceId, number }) })
}

const [first, second] = [await withLine('N130000007'), await withLine('N130000021')]
const preparing = await make.contract({ customerId, serviceId, number: 'N130000042' })

/** Somebody whose group has rights to these contracts, signed in. */
async function reader(rights: Readonly<Record<string, 'view' | 'edit'>>, of = customerId): Promise<TestBrowser> {
  const user: MadeUser = await make.user({ customerId: of })
  const all = Object.entries(rights).map(([contractId, level]) => ({ contractId, level }))
  await make.group({ customerId: of, rights: all, members: [user.id] })
  return signIn(portal, user)
}

async function addNumber(contract: string, number: string): Promise<void> {
  await admin.query(`begin; select set_config('pbx.change', nextval('pbx.change_id')::text, true);
    insert into pbx.change (customer_id, contract_id, id, at, actor_name, action, origin)
      select customer_id, contract_id, currval('pbx.change_id'), now(), '', 'test', 'operator' from pbx.line where contract_id = '${contract}';
    insert into pbx.external_number (customer_id, contract_id, number)
      select customer_id, contract_id, '${number}' from pbx.line where contract_id = '${contract}'; commit`)
}

test('the list has the guide’s heading, sentence, columns and tools, and a way into each contract', async () => {
  const browser = await reader({ [first]: 'edit', [second]: 'view', [preparing]: 'edit' })
  const { status, body } = await browser.get(path)
  assert.equal(status, 200)
  assert.match(body, /<h1>Arcstar Smart PBX 設定変更一覧<\/h1>/)
  assert.match(
    body,
    /・Arcstar Smart PBXの設定変更を行いたい場合は、該当の契約番号の「設定を変更する」ボタンをクリックして「Web設定変更サイト」へお進みください。/,
  )
  for (const label of [
    '絞り込みキーワード',
    '※全角または半角スペース区切りで複数条件の指定が可能です',
    'キーワードを入力してください',
    '表示件数',
    '10件',
  ])
    assert(body.includes(label), label)
  assert.match(body.replaceAll(/<[^>]*>/g, ''), /合計\s*3\s*件/)
  const heads = [...body.matchAll(/<th scope="col"[^>]*>(.*?)<\/th>/gs)].map(([, head = '']) =>
    head.replaceAll(/<[^>]*>/g, ''),
  )
  for (const label of ['ご契約番号', 'メモ', '設定変更・印刷'])
    assert(
      heads.some((head) => head.includes(label)),
      label,
    )
  assert.match(body, /<option value="10" selected[^>]*>10/)
  const rowOf = (number: string): string => body.split('<tr').find((row) => row.includes(number)) ?? ''
  assert.match(rowOf('N130000007'), new RegExp(`href="${topOf(first)}"[^>]*>設定を変更する`))
  assert.match(rowOf('N130000021'), new RegExp(`href="${topOf(second)}/print"`))
  assert.match(rowOf('N130000021'), new RegExp(`href="${topOf(second)}"[^>]*>設定を参照する`))
  assert.match(rowOf('N130000042'), /開通準備中/)
  assert.doesNotMatch(rowOf('N130000042'), /href="http/)
})

test('in English the same', async () => {
  const user = await make.user({ customerId })
  await make.group({ customerId, rights: [{ serviceId, level: 'edit' }], members: [user.id] })
  const browser = await signIn(portal, user, portal.browser({ language: 'en' }))
  const { body } = await browser.get(path)
  assert.match(body, /<h1>Arcstar Smart PBX settings<\/h1>/)
  assert.match(body, /Change settings/)
})

test('the page of a contract leads into its settings, too, once there is something to set', async () => {
  const browser = await reader({ [first]: 'edit', [second]: 'view', [preparing]: 'edit' })
  const pageOf = async (id: string): Promise<string> => (await browser.get(paths.contract({ id }))).body
  assert.match(await pageOf(first), new RegExp(`href="${topOf(first)}"[^>]*>設定を変更する`))
  assert.match(await pageOf(second), new RegExp(`href="${topOf(second)}"[^>]*>設定を参照する`))
  assert(!(await pageOf(preparing)).includes(topOf('')))
})

test('exactly one contract leads straight into its settings; whoever asks for the list gets it', async () => {
  const browser = await reader({ [first]: 'view' })
  const straight = await browser.get(path)
  assert.deepEqual([straight.status, straight.location], [303, topOf(first)])
  for (const query of ['?list', '?list=', '?q=N13'])
    assert.match((await browser.get(path + query)).body, /設定を参照する/, query)
})

test('one contract whose telephone system is not set up yet is listed, and two lead nowhere by themselves', async () => {
  assert.match((await (await reader({ [preparing]: 'edit' })).get(path)).body, /開通準備中/)
  assert.equal((await (await reader({ [first]: 'edit', [preparing]: 'view' })).get(path)).status, 200)
})

test('whoever sees no contract of the service is told why', async () => {
  const { status, body } = await (await reader({})).get(path)
  assert.equal(status, 200)
  assert.match(body, /参照できるご契約がありません/)
  assert.match(body, /ポータル管理者にご連絡ください/)
  assert.doesNotMatch(body, /N1300000/)
})

test('a service that one sees nothing of, that has no settings site, or that is nowhere looks the same', async () => {
  const browser = await reader({})
  const other = await make.service()
  const { rows } = await admin.query<{ code: string }>('select code from service where id = $1', [other])
  const mainOf = async (address: string): Promise<string> =>
    /<main[\s\S]*<\/main>/.exec((await browser.get(address)).body)?.[0] ?? assert.fail()
  const unseen = await mainOf(path)
  assert(!unseen.includes('Arcstar'))
  for (const code of [rows[0]?.code ?? '', 'nowhere', "'", 'あ'])
    assert.equal(await mainOf(paths.settingsList({ code })), unseen, code)
})

test('a telephone number finds its contract, however it is typed; of contracts that one may not see it finds none', async () => {
  await addNumber(second, '0300002001')
  const stranger = await make.customer()
  const foreign = await withLine('N170000001', stranger)
  await addNumber(foreign, '0300009001')
  const unseen = await withLine('N180000001')
  await addNumber(unseen, '0300008001')
  const browser = await reader({ [first]: 'edit', [second]: 'view', [preparing]: 'view' })
  for (const typed of [
    '0300002001',
    '03-0000-2001',
    '０３－００００－２００１',
    '+813-0000-2001',
    '03ー0000ー2001',
    '03─0000─2001',
    '03\u200B-0000-2001',
  ])
    assert.match((await browser.get(`${path}?q=${encodeURIComponent(typed)}`)).body, /N130000021/, typed)
  for (const typed of ['0300009001', '0300008001', '0300002002']) {
    const { body } = await browser.get(`${path}?q=${typed}`)
    assert.match(body, /条件に合うご契約がありません/, typed)
    assert.doesNotMatch(body, /N1[378]0000/, typed)
  }
  assert.match((await browser.get(`${path}?q=${encodeURIComponent('N130000021 0300002001')}`)).body, /設定を参照する/)
})

test('the service page has the card where the service has a settings site, and the list stands in few statements', async () => {
  const browser = await reader({ [first]: 'edit', [second]: 'view' })
  const { body } = await browser.get(path.replace(/\/settings$/, ''))
  assert.match(body, new RegExp(`href="${path}"[^>]*>Web設定変更サイト`))
  assert.match(body, /外線・内線の紐づけ設定、着信グループ設定/)
  await browser.get(path)
  database.statements.length = 0
  await browser.get(path)
  const sent = database.statements.filter(
    (text) => !/^(begin|commit)|update "session"|door\.enter_fence|set_config|into look/.test(text),
  )
  assert(sent.length <= 4, sent.join('\n'))
})
