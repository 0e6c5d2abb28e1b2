import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { testDatabase } from '#test/database.ts'
import { makerOf, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { superuserOf } from '#test/superuser.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const serviceId = await make.service()
const customerId = await make.customer()

/** A contract whose line has a number and an extension. */
async function withLine(outside: string, of = customerId): Promise<string> {
  const contract = await make.line({ customerId: of, contractId: await make.contract({ customerId: of, serviceId }) })
  const key = `'${of}', '${contract}'`
  await admin.query(`begin; select set_config('pbx.change', nextval('pbx.change_id')::text, true);
    insert into pbx.change (customer_id, contract_id, id, at, actor_name, action, origin)
      values (${key}, currval('pbx.change_id'), now(), '', 'test', 'operator');
    insert into pbx.external_number (customer_id, contract_id, number, memo) values (${key}, '${outside}', '代表窓口');
    insert into pbx.inside_number (customer_id, contract_id, number, kind) values (${key}, '1001', 'extension');
    insert into pbx.extension (customer_id, contract_id, number, name, kana) values (${key}, '1001', '髙橋 花子', 'タカハシ ハナコ'); commit`)
  return contract
}

const own = await withLine('0300004001')
const unseen = await withLine('0300004002')
const foreign = await withLine('0300004003', await make.customer())
const user = await make.user({ customerId })
await make.group({ customerId, rights: [{ contractId: own, level: 'view' }], members: [user.id] })
const browser = await signIn(portal, user)

const found = async (keyword: string): Promise<string> =>
  (await browser.get(`/search?q=${encodeURIComponent(keyword)}`)).body

test('numbers and extensions of contracts that one sees are found, and lead to their pages on the settings site', async () => {
  const { origin } = portal.program.config.settingsUrl
  for (const keyword of ['03-0000-4001', '０３００００４００１', '00004001', '代表窓口'])
    assert.match(await found(keyword), new RegExp(`href="${origin}/c/${own}/numbers/[\\da-f-]+"`), keyword)
  for (const keyword of ['高橋', 'たかはし', '高橋 1001'])
    assert.match(await found(keyword), new RegExp(`href="${origin}/c/${own}/extensions/[\\da-f-]+"`), keyword)
})

test('of other contracts nothing is found', async () => {
  for (const keyword of ['0300004002', '0300004003', '代表窓口', '高橋']) {
    const body = await found(keyword)
    for (const contract of [unseen, foreign]) assert(!body.includes(contract), keyword)
  }
  assert.match(await found('0300004002'), /見つかりませんでした/)
})

test('a number that has ended is found no longer', async () => {
  const ended = await withLine('0300004004')
  await make.group({ customerId, rights: [{ contractId: ended, level: 'view' }], members: [user.id] })
  assert.match(await found('0300004004'), /numbers\//)
  await admin.query(`begin; select set_config('pbx.change', nextval('pbx.change_id')::text, true);
    insert into pbx.change (customer_id, contract_id, id, at, actor_name, action, origin)
      select customer_id, contract_id, currval('pbx.change_id'), now(), '', 'test', 'operator' from pbx.line where contract_id = '${ended}';
    update pbx.external_number set ended_on = current_date where contract_id = '${ended}'; commit`)
  assert.doesNotMatch(await found('0300004004'), /numbers\//)
})
