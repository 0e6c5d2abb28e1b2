import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { testDatabase } from '#test/database.ts'
import { makerOf, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { superuserOf } from '#test/superuser.ts'
import { hiddenFields, type TestBrowser } from '#test/test-browser.ts'
import { until } from '#test/until.ts'
import type { Route } from '#platform/web/paths.ts'
import { paths } from '../paths.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
const admin = superuserOf(database)
const other = superuserOf(database)
after(async () => {
  await Promise.all([admin.end(), other.end()])
  await database[Symbol.asyncDispose]()
})

interface Staging {
  browser: TestBrowser
  customerId: string
  serviceId: string
  contractId: string
  group: string
  /** Addresses of the group. */
  set: string
  contracts: string
  apply: string
  remove: string
  rights: string
}

/** A group with one member and without rights, and one contract. */
async function openStaging(): Promise<Staging> {
  const administrator = await make.user({ role: 'portal-administrator' })
  const { customerId } = administrator
  const serviceId = await make.service()
  const contractId = await make.contract({ customerId, serviceId })
  const member = await make.user({ customerId })
  const group = await make.group({ customerId, members: [member.id] })
  const { rows } = await admin.query<{ code: string }>('select code from service where id = $1', [serviceId])
  const at = (path: Route<'code' | 'id'>): string => path({ id: group, code: rows[0]?.code ?? '' })
  return {
    browser: await signIn(portal, administrator),
    customerId,
    serviceId,
    contractId,
    group,
    set: at(paths.setGroupRights),
    contracts: at(paths.setContractRights),
    apply: at(paths.applyGroupRights),
    remove: at(paths.deleteUserGroup),
    rights: at(paths.groupRights),
  }
}

async function rulesOf(group: string): Promise<number> {
  const { rows } = await admin.query('select from user_group_right where user_group_id = $1', [group])
  return rows.length
}

test('what was chosen for a contract that has ended is forgotten', async () => {
  const { browser, contractId, contracts, set, apply, rights, group } = await openStaging()
  await browser.post(contracts, { [`right.${contractId}`]: 'edit' })
  await database.operator.transaction((tx) =>
    tx.updateTable('contract').set({ ended_on: '2026-11-01' }).where('id', '=', contractId).execute(),
  )
  assert.doesNotMatch((await browser.get(set)).body, /まだ反映されていません/)
  assert.equal((await browser.get(apply)).location, rights)
  // Nor can it be chosen any more, by a form that was open.
  await browser.send(contracts, {
    ...hiddenFields((await browser.get(set)).body, set),
    [`right.${contractId}`]: 'edit',
  })
  assert.equal((await browser.get(apply)).location, rights)
  assert.equal(await rulesOf(group), 0)
})

test('only what was shown is put into force: choices of another window wait for their own yes', async () => {
  const { browser, serviceId, set, apply, rights, group } = await openStaging()
  await browser.post(set, { 'right.all': 'view' })
  assert.match((await browser.get(set)).body, /1件の変更：.*1名が新しく参照できるようになります。/)
  const shown = hiddenFields((await browser.get(apply)).body, apply)
  await browser.post(set, { [`right.${serviceId}`]: 'edit' })
  const late = await browser.send(apply, shown)
  assert.equal(late.status, 422)
  assert.match(late.body, /確認している間に、変更の内容または権限が変わるユーザーが変わりました。/)
  assert.equal(await rulesOf(group), 0)
  assert.equal((await browser.send(apply, hiddenFields(late.body, apply))).location, rights)
  assert.equal(await rulesOf(group), 2)
})

test('a group is not deleted before it was shown who loses what', async () => {
  const { browser, customerId, set, apply, remove, group } = await openStaging()
  await browser.post(set, { 'right.all': 'view' })
  await browser.post(apply)
  const shown = hiddenFields((await browser.get(remove)).body, remove)
  const joined = await make.user({ customerId })
  await browser.post(paths.addGroupMembers({ id: group }), { user: joined.id })
  const late = await browser.send(remove, shown)
  assert.equal(late.status, 422)
  assert.match(late.body, /2名が参照できなくなり/)
  assert.equal((await browser.send(remove, hiddenFields(late.body, remove))).location, paths.userGroups)
  assert.equal((await browser.get(remove)).status, 404)
})

test('a right that is chosen while the group is being deleted is refused', async () => {
  const { browser, set, group } = await openStaging()
  const form = hiddenFields((await browser.get(set)).body, set)
  const client = await admin.connect()
  await client.query('begin')
  await client.query('delete from user_group where id = $1', [group])
  const answer = browser.send(set, { ...form, 'right.all': 'view' })
  await until(async () => (await other.query('select from pg_locks where not granted')).rowCount)
  await client.query('commit')
  client.release()
  // The refused form is shown by a look, and there is nothing left to look at.
  assert.equal((await answer).status, 404)
  assert.equal((await browser.get(set)).status, 404)
})

test('a form that is sent twice at once is taken twice', async () => {
  const { browser, customerId, serviceId, contracts, group } = await openStaging()
  await admin.query(
    `insert into contract (customer_id, service_id, number) select $1, $2, 'D' || n from generate_series(1, 2000) n`,
    [customerId, serviceId],
  )
  const form = { ...hiddenFields((await browser.get(contracts)).body, contracts), level: 'view', to: 'all' }
  const answers = await Promise.all([browser.send(contracts, form), browser.send(contracts, form)])
  assert.deepEqual(
    answers.map(({ status }) => status),
    [303, 303],
  )
  const { rows } = await admin.query('select from staged_right where user_group_id = $1', [group])
  assert.equal(rows.length, 2001)
})

test('on the page of contracts only contracts have rights', async () => {
  const { browser, contracts, contractId } = await openStaging()
  for (const row of ['all', contractId.toUpperCase(), `${contractId}.x`])
    assert.equal((await browser.post(contracts, { [`right.${row}`]: 'edit' })).status, 422, row)
})
