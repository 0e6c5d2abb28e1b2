import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { forgetBlockedTraffic } from '#features/threat-blocking/forget.ts'
import { days } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import { makerOf, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
after(() => database[Symbol.asyncDispose]())

/** As the operator's calendar in Tokyo has it. */
const dayBefore = (ago: number): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' }).format(
    new Date(portal.program.now().getTime() - ago * days),
  )

interface Kept {
  customerId: string
  serviceId: string
  contractId?: string
  ago?: number
  kind?: string
  count: number
}

async function keep({ customerId, serviceId, contractId, ago = 1, kind = '不正アクセス', count }: Kept): Promise<void> {
  const subject = { service_id: serviceId, contract_id: contractId ?? null, subject_id: contractId ?? serviceId }
  const row = { customer_id: customerId, day: dayBefore(ago), ...subject, kind_ja: kind, kind_en: kind, count }
  await database.operator.transaction((tx) => tx.insertInto('blocked_traffic').values(row).execute())
}

async function makeSource(name: string): Promise<string> {
  const id = await make.service({ name })
  await database.operator.transaction((tx) =>
    tx.updateTable('service').set({ blocks_traffic: true }).where('id', '=', id).execute(),
  )
  return id
}

/** The text of the page, cell by cell. */
const cellsIn = (body: string): string[] =>
  [...body.matchAll(/<(?:td|th|dt|dd)\b[^>]*>(.*?)<\/(?:td|th|dt|dd)>/gs)].map(([, cell = '']) =>
    cell.replaceAll(/<[^>]*>/g, ''),
  )

const totalIn = (body: string): string =>
  (/<p class="list-total">(.*?)<\/p>/s.exec(body)?.[1] ?? '').replaceAll(/<[^>]*>/g, '')

test('counts are told by day, kind and contract, over the last 31 days', async () => {
  const user = await make.user()
  const { customerId } = user
  const serviceId = await makeSource('見守り')
  const [first, second] = [
    await make.contract({ customerId, serviceId, number: 'N900000001' }),
    await make.contract({ customerId, serviceId, number: 'N900000002' }),
  ]
  await make.group({ customerId, rights: [{ serviceId, level: 'view' }], members: [user.id] })
  const of = { customerId, serviceId }
  await keep({ ...of, contractId: first, ago: 1, count: 1200 })
  await keep({ ...of, contractId: first, ago: 1, kind: 'ウイルス', count: 5 })
  await keep({ ...of, contractId: second, ago: 1, count: 3000 })
  await keep({ ...of, ago: 30, kind: 'ウイルス', count: 7 })
  await keep({ ...of, contractId: first, ago: 31, count: 90_000 })
  const { body } = await (await signIn(portal, user)).get('/threat-blocking')
  const cells = cellsIn(body)
  const dayOf = (ago: number): RegExp => new RegExp(`dateTime="${dayBefore(ago)}"`, 'i')
  assert.match(body, dayOf(1))
  assert.match(body, dayOf(30))
  assert.doesNotMatch(body, dayOf(31))
  const text = cells.join('|')
  assert.match(totalIn(body), /^合計 4,212件（不正アクセス 4,200件.*ウイルス 12件）$/)
  assert.match(text, /^日付\|遮断した件数\|不正アクセス\|ウイルス\|[^|]*\|4,205件\|4,200\|5\|[^|]*\|7件\|0\|7\|/)
  // A bar for each day, as long as its count is of the most.
  assert.deepEqual(
    [...body.matchAll(/<rect width="([\d.]+)"/g)].map(([, width]) => width),
    ['100.0', '0.2'],
  )
  assert.match(text, /\|N900000002\|見守り\|3,000件\|N900000001\|見守り\|1,205件\|サービス全体\|見守り\|7件$/)
})

test('a count of a contract is told to whoever may see the contract, and another to whoever may see the whole service', async () => {
  const user = await make.user()
  const { customerId } = user
  const serviceId = await makeSource('選別')
  const [mine, others] = [
    await make.contract({ customerId, serviceId }),
    await make.contract({ customerId, serviceId }),
  ]
  const trusted = await make.user({ customerId })
  await make.group({ customerId, rights: [{ contractId: mine, level: 'view' }], members: [user.id] })
  await make.group({ customerId, rights: [{ serviceId, level: 'edit' }], members: [trusted.id] })
  const elsewhere = await make.customer()
  const foreign = await make.contract({ customerId: elsewhere, serviceId })
  await keep({ customerId, serviceId, contractId: mine, count: 11 })
  await keep({ customerId, serviceId, contractId: others, count: 100 })
  await keep({ customerId, serviceId, count: 1000 })
  await keep({ customerId: elsewhere, serviceId, contractId: foreign, count: 10_000 })
  const totalFor = async (who: typeof user): Promise<string> =>
    totalIn((await (await signIn(portal, who)).get('/threat-blocking')).body)
  assert.match(await totalFor(user), /^合計 11件/)
  assert.match(await totalFor(trusted), /^合計 1,111件/)
})

test('a count whose contract is of another service than the row says follows the contract', async () => {
  const user = await make.user()
  const { customerId } = user
  const [seen, unseen] = [await makeSource('見える'), await make.service()]
  await make.contract({ customerId, serviceId: seen })
  const contractId = await make.contract({ customerId, serviceId: unseen })
  await make.group({ customerId, rights: [{ serviceId: seen, level: 'view' }], members: [user.id] })
  await keep({ customerId, serviceId: seen, contractId, count: 5 })
  assert.match((await (await signIn(portal, user)).get('/threat-blocking')).body, /記録はありません/)
})

test('where there is nothing, the page says what would stand there, and from which service', async () => {
  const user = await make.user()
  const { customerId } = user
  const [source, plain] = [await makeSource('監視サービス'), await make.service()]
  const browser = await signIn(portal, user)
  assert.match((await browser.get('/threat-blocking')).body, /どのユーザーグループにも所属していません/)
  await make.contract({ customerId, serviceId: plain })
  await make.group({ customerId, rights: [{ level: 'view' }], members: [user.id] })
  const { body } = await browser.get('/threat-blocking')
  assert.match(body, /不正な通信を遮断するサービスのご契約がありません/)
  assert.match(body, /監視サービス[^<]*が不正な通信を遮断すると/)
  await make.contract({ customerId, serviceId: source })
  assert.match((await browser.get('/threat-blocking')).body, /直近31日間に遮断した通信の記録はありません/)
})

test('many contracts make neither more statements nor a long page', async () => {
  const user = await make.user()
  const { customerId } = user
  const serviceId = await makeSource('多数')
  await make.group({ customerId, rights: [{ level: 'view' }], members: [user.id] })
  for (let i = 1; i <= 25; i++)
    await keep({
      customerId,
      serviceId,
      contractId: await make.contract({ customerId, serviceId }),
      ago: i,
      count: i,
    })
  const browser = await signIn(portal, user)
  database.statements.length = 0
  const { body } = await browser.get('/threat-blocking')
  assert.equal(database.statements.length, 4)
  assert.match(body, /25件のご契約のうち、件数の多い20件を表示しています/)
  assert.equal([...body.matchAll(/href="\/contracts\/[\w-]{36}"/g)].length, 20)
})

test('counts are forgotten after a year', async () => {
  const customerId = await make.customer()
  const serviceId = await make.service()
  for (const ago of [1, 364, 370]) await keep({ customerId, serviceId, ago, count: 1 })
  await database.operator.transaction((tx) => forgetBlockedTraffic(tx, portal.program.now()))
  const left = await database.operator.transaction((tx) =>
    tx.selectFrom('blocked_traffic').select('day').where('customer_id', '=', customerId).execute(),
  )
  assert.equal(left.length, 2)
})
