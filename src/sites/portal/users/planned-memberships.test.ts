import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { days } from '#platform/time/duration.ts'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { type Make, type MadeUser, makerOf, signIn } from '#test/make.ts'
import { type TestPortal, testPortal } from '#test/portal.ts'
import { hiddenFields, type TestBrowser } from '#test/test-browser.ts'
import { selectUsers } from '#test/user-form.ts'
import { paths } from '../paths.ts'

let database: TestDatabase
let portal: TestPortal
let make: Make
let administers: TestBrowser
let user: MadeUser
let groupId: string

before(async () => {
  database = await testDatabase()
  portal = await testPortal(database)
  make = makerOf(database)
  const administrator = await make.user({ role: 'portal-administrator' })
  administers = await signIn(portal, administrator)
  user = await make.user({ customerId: administrator.customerId, name: '異動 花子' })
  groupId = await make.group({ customerId: administrator.customerId, name: '大阪営業部', members: [administrator.id] })
})
after(() => database[Symbol.asyncDispose]())

const dayIn = (n: number): string => new Date(portal.program.now().getTime() + n * days).toISOString().slice(0, 10)

/** Plans that the user joins the group, in so many days. */
async function planBy(planner: MadeUser, ahead: number): Promise<void> {
  const browser = await signIn(portal, planner)
  const plan = { change: 'joins', group: groupId, dueOn: dayIn(ahead) }
  assert.equal((await browser.post(paths.planMembership({ id: user.id }), plan)).status, 303)
}

test('what is planned stands on the user, on the group and in the list, and can be cancelled', async () => {
  const path = paths.planMembership({ id: user.id })
  const { location } = await administers.post(path, { change: 'joins', group: groupId, dueOn: dayIn(40) })
  assert.equal(location, `${paths.plannedMemberships}?user=${user.id}`)
  const list = await administers.get(location)
  assert(list.body.includes('異動 花子') && list.body.includes('大阪営業部'))
  assert.match((await administers.get(paths.user({ id: user.id }))).body, /大阪営業部.{0,20}：追加する/)
  assert((await administers.get(paths.userGroup({ id: groupId }))).body.includes('所属の予定 1件'))
  const question = (await administers.get(paths.deleteUser({ id: user.id }))).body
  assert.match(question, /反映されない所属の予定.{0,200}大阪営業部/s)
  assert((await administers.get(`${paths.plannedMemberships}?group=${groupId}`)).body.includes('異動 花子'))
  assert.match(list.body, /異動 花子の予定/)
  assert.doesNotMatch((await administers.get(paths.plannedMemberships)).body, /異動 花子の予定/)
  const id = hiddenFields(list.body, paths.cancelPlanned).id ?? assert.fail('no button')
  await administers.post(paths.cancelPlanned, { id }, { from: paths.plannedMemberships })
  assert(!(await administers.get(paths.plannedMemberships)).body.includes('異動 花子'))
  const history = (await administers.get(paths.changeHistory)).body
  assert(history.includes('所属の予定の追加') && history.includes('所属の予定の取り消し'))
})

test('a wrong form says at the field what is wrong, and keeps what was typed', async () => {
  const path = paths.planMembership({ id: user.id })
  for (const [values, text] of [
    [{ change: 'joins', group: groupId, dueOn: dayIn(-1) }, /明日以降の日付/],
    [{ change: 'joins', group: groupId, dueOn: 'x' }, /予定日は2027-04-01の形式/],
    [{ change: 'joins', group: groupId, dueOn: '0000-01-01' }, /予定日は2027-04-01の形式/],
    [
      { change: 'joins', group: '', dueOn: dayIn(9) },
      /id="field-group-problem".{0,300}ユーザーグループが選択されていません/s,
    ],
    [{ change: 'x', group: groupId, dueOn: dayIn(9) }, /id="field-change-problem"/],
  ] as const) {
    const { status, body } = await administers.post(path, values)
    assert.equal(status, 422)
    assert.match(body, text)
    assert(body.includes(`value="${values.dueOn}"`))
  }
})

test('another customer’s plans and people are nowhere, and cancelling theirs changes nothing', async () => {
  const foreign = await signIn(portal, await make.user({ role: 'portal-administrator' }))
  const { location } = await administers.post(paths.planMembership({ id: user.id }), {
    change: 'joins',
    group: groupId,
    dueOn: dayIn(50),
  })
  assert.equal((await foreign.get(paths.planMembership({ id: user.id }))).status, 404)
  assert(!(await foreign.get(location)).body.includes('異動 花子'))
  const id = hiddenFields((await administers.get(location)).body, paths.cancelPlanned).id ?? ''
  await foreign.post(paths.cancelPlanned, { id }, { from: paths.profile })
  assert((await administers.get(location)).body.includes('異動 花子'))
})

test('what somebody has planned who goes is told before, and stands out after: it will not be made', async () => {
  const { customerId } = user
  const leaver = await make.user({ customerId, role: 'portal-administrator', name: '退職 次郎' })
  await planBy(leaver, 70)
  const ofLeaver = `${paths.plannedMemberships}?by=${leaver.id}`
  const warning = /登録した所属の予定1件は、予定日になっても反映されません/
  const single = paths.suspendUser({ id: leaver.id })
  const several = await selectUsers(administers, [leaver.id], { task: 'suspend' })
  for (const question of [single, paths.deleteUser({ id: leaver.id }), several])
    assert.match((await administers.get(question)).body, warning, question)
  assert((await administers.get(single)).body.includes(ofLeaver))
  assert.match((await administers.get(paths.editUser({ id: leaver.id }))).body, /所属の予定が1件あります/)
  assert.doesNotMatch(
    (await administers.get(paths.suspendUser({ id: user.id }))).body,
    /予定日になっても反映されません/,
  )
  const isMarked = async (): Promise<boolean> =>
    (await administers.get(ofLeaver)).body.includes('取り消して、予定し直して')
  assert.equal(await isMarked(), false)
  await administers.post(paths.suspendUser({ id: leaver.id }), {})
  assert.equal(await isMarked(), true)
  for (const path of [`${paths.plannedMemberships}?state=without-planner`, paths.user({ id: user.id })])
    assert.match((await administers.get(path)).body, /予定した人が、予定日に有効なポータル管理者ではありません/, path)
  await administers.post(paths.resumeUser({ id: leaver.id }), {})
  assert.equal(await isMarked(), false)
})

test('what somebody has planned who is outside of the period of use by then is marked, too, and in the file', async () => {
  const { customerId } = user
  const leaver = await make.user({ customerId, role: 'portal-administrator', name: '契約 三郎' })
  await planBy(leaver, 80)
  const ofLeaver = `?by=${leaver.id}`
  const isMarked = async (path: string): Promise<boolean> =>
    (await administers.get(`${path}${ofLeaver}`)).body.includes('取り消して、予定し直して')
  assert.equal(await isMarked(paths.plannedMemberships), false)
  await database.operator.transaction((tx) =>
    tx
      .updateTable('portal_user')
      .set({ ends_on: dayIn(79) })
      .where('id', '=', leaver.id)
      .execute(),
  )
  assert.equal(await isMarked(paths.plannedMemberships), true)
  assert.equal(await isMarked(paths.plannedMembershipsCsv), true)
})

test('a plan needs the second factor, as the change itself does', async () => {
  portal.advance(11 * 60 * 1000)
  const { location } = await administers.post(paths.planMembership({ id: user.id }), {
    change: 'joins',
    group: groupId,
    dueOn: dayIn(60),
  })
  assert.match(location, /^\/confirm\//)
})
