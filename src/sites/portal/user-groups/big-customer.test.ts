import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { brotliCompressSync } from 'node:zlib'
import { seconds } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import { makerOf, signIn } from '#test/make.ts'
import { inTime } from '#test/many-runs.ts'
import { testPortal } from '#test/portal.ts'
import { superuserOf } from '#test/superuser.ts'
import { type Answer, hiddenFields } from '#test/test-browser.ts'
import type { Route } from '#platform/web/paths.ts'
import { paths } from '../paths.ts'

// 20,000 contracts, 500 groups and 5,000 users, all of them in one group and each in two others.

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const administrator = await make.user({ role: 'portal-administrator' })
const { customerId } = administrator
const serviceId = await make.service({ name: '電話' })
const id = await make.group({ customerId, name: '全社員' })
await fill()
const { rows: services } = await admin.query<{ code: string }>('select code from service where id = $1', [serviceId])
const at = (path: Route<'code' | 'id'>): string => path({ id, code: services[0]?.code ?? '' })
const browser = await signIn(portal, administrator)

async function fill(): Promise<void> {
  await admin.query(
    `insert into contract (customer_id, service_id, number, memo)
     select $1, $2, 'S' || n, case when n % 2 = 0 then '営業' else '総務' end from generate_series(1, 20000) n`,
    [customerId, serviceId],
  )
  await admin.query(
    `insert into user_group (customer_id, number, name) select $1, 'G' || (2000000 + n), '部署' || n from generate_series(1, 500) n`,
    [customerId],
  )
  await admin.query(
    `insert into portal_user (customer_id, mail, name, phone, role, second_factor, state)
     select $1, 'u' || n || '@big.example', '利用者' || n, '', 'general-user', 'mail-otp', 'active' from generate_series(1, 5000) n`,
    [customerId],
  )
  await admin.query(
    `insert into user_group_member (customer_id, user_group_id, user_id)
     select u.customer_id, $2, u.id from portal_user u where u.customer_id = $1 and u.role = 'general-user'
     union all
     select u.customer_id, g.id, u.id from portal_user u cross join generate_series(1, 2) i join user_group g on g.customer_id = u.customer_id
       and g.number = 'G' || (2000000 + i * 250 - substr(u.mail, 2, position('@' in u.mail) - 2)::int * (2 * i - 1) % 250)
     where u.customer_id = $1 and u.role = 'general-user'`,
    [customerId, id],
  )
  // Each of the 500 may view forty contracts with an even number, and no two groups the same.
  await admin.query(
    `insert into user_group_right (customer_id, user_group_id, contract_id, level)
     select g.customer_id, g.id, k.id, 'view' from user_group g join generate_series(1, 40) i on true
     join contract k on k.customer_id = g.customer_id and k.number = 'S' || ((right(g.number, 3)::int * 40 + i) * 2 % 20000 + 2)
     where g.customer_id = $1 and g.name like '部署%'`,
    [customerId],
  )
  await admin.query('analyze')
}

/** With `times`, as often as it takes until the statements have plans that know nothing of their parameters. */
async function look(path: string, times = 1): Promise<Answer> {
  for (let time = 1; time < times; time++) await browser.get(path)
  database.statements.length = 0
  const answer = await inTime(5 * seconds, () => browser.get(path))
  assert.equal(answer.status, 200, path)
  // The session, its customer, the page and its frame: however many rows there are. After a change the page is asked for in vain first.
  const isAnew = database.statements.some((text) => text.includes('from "session" as "s"'))
  // A page about one thing asks whether that is pinned, too.
  const most = (path === paths.userGroups ? 4 : 5) + (isAnew ? 2 : 0)
  assert(database.statements.length <= most, `${path}: ${database.statements.length} statements`)
  assert(brotliCompressSync(answer.body).length < 8192, path)
  return answer
}

function usersOn({ body }: Answer): Set<string> {
  return new Set(body.match(/利用者\d+/g))
}

test('the pages of a group of thousands stay light, with many rights waiting or none', async () => {
  const still = [paths.userGroups, at(paths.userGroup), at(paths.addGroupMembers), at(paths.groupRights)]
  const choosing = [at(paths.setGroupRights), at(paths.setContractRights)]
  for (const path of [...still, ...choosing, at(paths.deleteUserGroup)]) await look(path)

  const contracts = at(paths.setContractRights)
  const path = `${contracts}?${new URLSearchParams({ q: '営業' })}`
  const page = await look(path)
  assert.match(page.body, /合計 <b>10,000<\/b> 件/)
  assert.equal(page.body.match(/<fieldset/g)?.length, 100)
  const bulk = await browser.send(path, { ...hiddenFields(page.body, contracts), level: 'edit', to: 'all' })
  assert.equal(bulk.status, 303)

  const preview = await look(at(paths.applyGroupRights), 7)
  assert.match(
    preview.body,
    /一部のご契約について、5000名が新しく参照できるようになり、5000名が新しく編集できるようになります。/,
  )
  // Of each user's ten thousand, what their two other groups let them view already.
  assert.match(preview.body, /合計 <b>5,000<\/b> 名/)
  assert.match(preview.body, /参照のみ → 参照・編集（80件）/)
  assert.match(preview.body, /権限なし → 参照・編集（9,920件）/)
  const [, next = ''] = /href="([^"]*page=2&amp;after=[^"]*)"/.exec(preview.body) ?? []
  const second = await look(next.replaceAll('&amp;', '&'))
  assert.deepEqual([usersOn(preview).size, usersOn(second).size], [20, 20])
  assert.equal(new Set([...usersOn(preview), ...usersOn(second)]).size, 40)
  for (const each of [at(paths.groupRights), ...choosing]) await look(each)
})

test('the rights of thousands are put into force, and taken away with the group', async () => {
  const applied = await browser.post(at(paths.applyGroupRights))
  assert.equal(applied.location, at(paths.groupRights))
  const remove = await look(at(paths.deleteUserGroup))
  assert.match(remove.body, /一部のご契約について、5000名が参照できなくなり、5000名が編集できなくなります。/)
  assert.equal((await browser.post(at(paths.deleteUserGroup))).location, paths.userGroups)
})
