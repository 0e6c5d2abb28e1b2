import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { enterCustomer } from '#features/customers/enter.ts'
import { putCustomers } from '#features/customers/put.ts'
import { putOperator } from '#features/operators/put.ts'
import { automaticGroup } from '#features/user-groups/automatic.ts'
import { type GroupEntry, putGroups } from '#features/user-groups/put.ts'
import type { Transaction } from '#platform/database/database.ts'
import { importTime as now, type ImportTest, mailing, openImportTest, testOperator } from '#test/import-file.ts'
import { putUsers, type UserContext, type UserEntry } from './put.ts'

let world: ImportTest

before(async () => {
  world = await openImportTest()
})
after(() => world[Symbol.asyncDispose]())

const within = <Value>(work: (tx: Transaction) => Promise<Value>): Promise<Value> =>
  world.database.operator.transaction(work)

async function makeCustomer(): Promise<string> {
  const code = randomUUID()
  const made = await within((tx) => putCustomers({ tx, now }, [{ code, name: code }]))
  assert(made.ok)
  return code
}

async function asCustomer<Value>(code: string, work: (ctx: UserContext) => Promise<Value>): Promise<Value> {
  return within(async (tx) => {
    const entered = await enterCustomer({ tx, now }, code)
    assert(entered.ok)
    return work({ ...entered.value, mailing })
  })
}

const user = (values: Partial<UserEntry> = {}): UserEntry => ({
  mail: `${randomUUID()}@example.com`,
  name: '新人 一郎',
  phone: '03-0000-0000',
  role: 'general-user',
  mailLanguage: 'ja',
  mobileThresholdMail: false,
  groups: [],
  ...values,
})

const group = (name: string): GroupEntry => ({ name, rights: { allServices: 'view', services: {}, contracts: {} } })

test('users and groups are created once; of who has been deleted since, the former id is answered', async () => {
  const code = await makeCustomer()
  const [anna, berta] = [user({ groups: ['営業部', automaticGroup.name] }), user()]
  const bring = () =>
    asCustomer(code, async (ctx) => {
      const groups = await putGroups(ctx, [group('営業部')])
      const users = await putUsers(ctx, [berta, { ...anna, mail: anna.mail.toUpperCase() }])
      assert(groups.ok && users.ok)
      return [...groups.value, ...users.value]
    })
  const first = await bring()
  assert.deepEqual(
    first.map(({ was }) => was),
    ['created', 'created', 'created'],
  )
  await within((tx) =>
    tx
      .updateTable('portal_user')
      .set({ state: 'deleted' })
      .where('id', '=', first[1]?.id ?? '')
      .execute(),
  )
  assert.deepEqual(
    await bring(),
    first.map(({ id }) => ({ id, was: 'unchanged' })),
  )
})

test('each customer has its group from the first moment, and no door makes another of that name', async () => {
  const code = await makeCustomer()
  assert.deepEqual(await world.groupsOf(code), [{ number: 'G0000002', name: automaticGroup.name, members: [] }])
  const refused = await asCustomer(code, (ctx) => putGroups(ctx, [group('A'), group(automaticGroup.name), group('Ａ')]))
  assert(!refused.ok)
  assert.deepEqual(refused.problem, 'stands-twice')
  const reserved = await asCustomer(code, (ctx) => putGroups(ctx, [group(automaticGroup.name)]))
  assert(!reserved.ok)
  assert.deepEqual(reserved.problem, 'reserved-name')
})

test('a user who does not fit is refused by code and place, and nobody is created', async () => {
  const [code, other] = [await makeCustomer(), await makeCustomer()]
  const theirs = user()
  assert((await asCustomer(other, (ctx) => putUsers(ctx, [theirs]))).ok)
  const refused = async (entries: readonly UserEntry[], changes: Partial<UserContext> = {}) => {
    const outcome = await asCustomer(code, (ctx) => putUsers({ ...ctx, ...changes }, entries))
    assert(!outcome.ok)
    const misfits = 'misfits' in outcome ? outcome.misfits : []
    return [outcome.problem, ...misfits.map(({ entry, at }) => `${entry} ${at.join('.')}`)]
  }
  const good = user()
  assert.deepEqual(await refused([good, good]), ['stands-twice', '1 mail'])
  assert.deepEqual(await refused([good, theirs]), ['another-customers', '1 mail'])
  assert.deepEqual(await refused([good, user({ groups: ['Nobody'] })]), ['unknown-group', '1 groups.0'])
  assert.deepEqual(await refused([good], { mailing: undefined }), ['cannot-mail'])
  const kept = await within((tx) => tx.selectFrom('portal_user').where('mail', '=', good.mail).select('id').execute())
  assert.deepEqual(kept, [])
})

test('a pattern that is none is refused, and the transaction goes on', async () => {
  const operator = { ...testOperator, links: [], timeZone: 'Asia/Tokyo', firstLoginDays: 7, accessHistoryYears: 2 }
  const again = await within(async (tx) => {
    const wrong = { ...operator, contractNumberPattern: '(' }
    const refused = await putOperator({ tx, now }, wrong)
    assert(!refused.ok)
    assert.equal(refused.problem, 'no-pattern')
    return putOperator({ tx, now }, operator)
  })
  assert(again.ok)
})

test('what the operator has made stands in the history of the customer, made by the operator', async () => {
  const code = await makeCustomer()
  const anna = user({ groups: ['営業部'] })
  const bring = () =>
    asCustomer(code, async (ctx) => {
      assert((await putGroups(ctx, [group('営業部')])).ok)
      assert((await putUsers(ctx, [anna])).ok)
    })
  const history = () =>
    within(async (tx) =>
      tx
        .selectFrom('change_history as h')
        .innerJoin('customer as c', 'c.id', 'h.customer_id')
        .where('c.code', '=', code)
        .select(['h.action', 'h.actor_id', 'h.subject_name', 'h.after'])
        .orderBy('h.id')
        .execute(),
    )
  await bring()
  const made = await history()
  assert.deepEqual(
    made.map(({ action, subject_name: name, actor_id: by }) => [action, name, by]),
    [
      ['user-group-added', '営業部', null],
      ['user-group-rights-changed', '営業部', null],
      ['user-added', anna.name, null],
      ['user-group-members-added', '営業部', null],
    ],
  )
  assert.deepEqual(made[1]?.after, { 'all-services': 'view' })
  assert.deepEqual(made[3]?.after, { users: `${anna.name} <${anna.mail}>` })
  // What is there already is not made once more.
  await bring()
  assert.equal((await history()).length, 4)
})
