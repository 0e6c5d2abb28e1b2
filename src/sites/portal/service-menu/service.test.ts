import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type pg from 'pg'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { type Make, type MadeUser, makerOf, signIn } from '#test/make.ts'
import { type TestPortal, testPortal } from '#test/portal.ts'
import { superuserOf } from '#test/superuser.ts'

let database: TestDatabase
let admin: pg.Pool
let portal: TestPortal
let make: Make

before(async () => {
  database = await testDatabase()
  admin = superuserOf(database)
  portal = await testPortal(database)
  make = makerOf(database)
})
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

interface World {
  user: MadeUser
  code: string
  serviceId: string
  contracts: string[]
}

/** A service with five contracts, of which the user may see the first three. */
async function makeWorld(): Promise<World> {
  const user = await make.user()
  const { customerId } = user
  const serviceId = await make.service()
  const contracts: string[] = []
  for (let i = 0; i < 5; i++) contracts.push(await make.contract({ customerId, serviceId }))
  const rights = contracts.slice(0, 3).map((contractId) => ({ contractId, level: 'view' as const }))
  await make.group({ customerId, rights, members: [user.id] })
  const { rows } = await admin.query<{ code: string }>('select code from service where id = $1', [serviceId])
  return { user, serviceId, contracts, code: rows[0]?.code ?? '' }
}

const pageOf = async ({ user, code }: World): Promise<string> =>
  (await (await signIn(portal, user)).get(`/services/${code}`)).body

test('a service counts what the user may see of it, and each count leads to what it counts', async () => {
  const world = await makeWorld()
  const { user, contracts, code } = world
  const { customerId } = user
  // One of each for a contract that is seen, and for one that is not.
  for (const contractId of [contracts[1], contracts[4]]) {
    await make.fault({ customerId, contractId: contractId ?? '' })
    for (const row of [
      `contract_order (customer_id, service_id, contract_id, code, title_ja, title_en, state, ordered_on, updated_at)
        select customer_id, service_id, id, gen_random_uuid(), '', '', state::order_state, now(), now()
        from contract, unnest(array['received', 'ready', 'completed', 'cancelled']) state where id = $1`,
      `ticket (customer_id, service_id, contract_id, code, title_ja, title_en, kind, state, opened_at, updated_at, closed_at)
        select customer_id, service_id, id, gen_random_uuid(), '', '', 'fault', state, now(), now(), case state when 'closed' then now() end
        from contract, unnest(array['open', 'open', 'waiting-for-customer', 'closed']) state where id = $1`,
      `incident (customer_id, code, kind, title_ja, title_en, starts_at, ends_at, updated_at)
        select customer_id, id || ' ' || days, 'works', '', '', now() + days * interval '1 day', now() + days * interval '1 day' + interval '1 hour', now()
        from contract, unnest(array[-1, 1, 2, 3, 4]) days where id = $1`,
    ])
      await admin.query(`insert into ${row}`, [contractId])
    await admin.query(
      `insert into incident_contract (customer_id, incident_id, contract_id)
       select customer_id, id, left(code, 36)::uuid from incident where code like $1 || ' %'`,
      [contractId],
    )
  }
  await admin.query('select refresh_contract_status(now())')
  const body = await pageOf(world)
  assert(body.includes('参照できるご契約 3件'))
  const linkTo = (path: string): string => `href="${path}service=${code}`
  assert(body.includes(`${linkTo('/contracts?')}&amp;status=fault"><span class="badge badge-trouble">`))
  assert(body.includes(`${linkTo('/contracts?')}&amp;status=normal">正常 2<`))
  assert(body.includes(`${linkTo('/orders?')}">お申し込み中 2<`))
  assert(body.includes(`${linkTo('/contracts?')}">ご契約・運用状況の一覧<`))
  assert(body.includes(`${linkTo('/orders?')}">お申し込みの進捗<`))
  assert(body.includes(`${linkTo('/tickets?')}">お問い合わせの一覧<`))
  assert(body.includes(`${linkTo('/incidents?')}">工事・故障情報<`))
  assert(body.includes('未完了 3件'))
  assert(body.includes('工事 4件、故障 1件'))
})

test('options are the operator’s links; without any the page says so', async () => {
  const world = await makeWorld()
  assert((await pageOf(world)).includes('オプション設定はありません'))
  const option = {
    name: { ja: '設定<サイト>', en: 'Site' },
    text: { ja: '転送', en: 'Forwarding' },
    url: 'https://example.com/?a=1&b=2',
  }
  await admin.query('update service set options = $2 where id = $1', [world.serviceId, JSON.stringify([option])])
  const body = await pageOf(world)
  assert(
    body.includes(
      'href="https://example.com/?a=1&amp;b=2" target="_blank" rel="noopener noreferrer">設定&lt;サイト><span class="visually-hidden">（ポータルの外のサイトが開きます）',
    ),
  )
  assert(!body.includes('オプション設定はありません'))
})

test('a service without a contract that the user may see is not found', async () => {
  const world = await makeWorld()
  const stranger = await signIn(portal, await make.user({ customerId: world.user.customerId }))
  assert.equal((await stranger.get(`/services/${world.code}`)).status, 404)
  await admin.query('update contract set ended_on = now() where id = any($1)', [world.contracts.slice(0, 3)])
  assert.equal((await (await signIn(portal, world.user)).get(`/services/${world.code}`)).status, 404)
})

test('the menu counts over all services, and puts the one in trouble first', async () => {
  const { user } = await makeWorld()
  const { customerId } = user
  const serviceId = await make.service({ name: 'In trouble' })
  const contractId = await make.contract({ customerId, serviceId })
  await make.group({ customerId, rights: [{ contractId, level: 'view' }], members: [user.id] })
  await make.fault({ customerId, contractId })
  await admin.query('select refresh_contract_status(now())')
  const { body } = await (await signIn(portal, user)).get('/services')
  assert.match(body, /<tbody[^>]*><tr[^>]*><th[^>]*><a [^>]*>In trouble</)
  assert(body.includes('href="/contracts?status=normal">正常 3<'))
  assert(body.includes('href="/contracts?status=fault"><span class="badge badge-trouble">'))
})
