import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Context } from '#features/actor.ts'
import type { Confirmed } from '#platform/context.ts'
import { withSavepoint } from '#platform/database/database.ts'
import { minutes } from '#platform/time/duration.ts'
import type { Outcome } from '#platform/outcome.ts'
import type { Place } from '#platform/list/paging.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, signIn } from '#test/make.ts'
import { runs } from '#test/many-runs.ts'
import { testPortal } from '#test/portal.ts'
import { asConfirmed, asSignedIn } from '#test/sign-in.ts'
import type { TestBrowser } from '#test/test-browser.ts'
import { addGroup } from './add.ts'
import { applyStaged } from './apply.ts'
import { editGroup } from './edit.ts'
import { shownText } from './effect-counts.ts'
import { findGroup, type Group } from './group.ts'
import { listGroups } from './list.ts'
import { previewStaged } from './preview.ts'
import { findGroupRights } from './rights.ts'
import { setMembership } from './set-membership.ts'
import { changeGroupsOf } from './change-groups.ts'
import { stageServiceRights } from './stage.ts'

const database = await testDatabase()
after(() => database[Symbol.asyncDispose]())
const portal = await testPortal(database)
const make = makerOf(database)

interface TwoAdministrators {
  customerId: string
  users: [MadeUser, MadeUser]
  browsers: [TestBrowser, TestBrowser]
}

async function twoAdministrators(): Promise<TwoAdministrators> {
  const one = await make.user({ role: 'portal-administrator', name: '山田 太郎' })
  const { customerId } = one
  const other = await make.user({ customerId, role: 'portal-administrator', name: '佐藤 花子' })
  return { customerId, users: [one, other], browsers: [await signIn(portal, one), await signIn(portal, other)] }
}

/** As a page does it: what is refused leaves nothing behind. */
const submit = <Done>(
  browser: TestBrowser,
  work: (ctx: Confirmed<Context>) => Promise<Outcome<Done>>,
): Promise<Outcome<Done>> =>
  asConfirmed(portal, browser, (ctx) =>
    withSavepoint(
      ctx.tx,
      () => work(ctx),
      (outcome) => !outcome.ok && !outcome.keep,
    ),
  )

const groupOf = (browser: TestBrowser, id: string): Promise<Group> =>
  asSignedIn(portal, browser, async (ctx) => (await findGroup(ctx, id)) ?? assert.fail('the group is there'))

async function applyAsShown(ctx: Confirmed<Context>, group: Group): Promise<Outcome<unknown>> {
  const place: Place = { size: 20, page: 1, from: 'start' }
  const { group: now, users } = await previewStaged(ctx, { groupId: group.id, place })
  return applyStaged(ctx, group, { version: group.rightsVersion, shown: shownText(now?.staged ?? 0, users) })
}

test('of two who apply at once one is told, and keeps what was chosen', async () => {
  for (let round = 0; round < runs({ usual: 10, many: 100 }); round++) {
    const { customerId, browsers } = await twoAdministrators()
    const [one, other] = [await make.service(), await make.service()]
    for (const serviceId of [one, other]) await make.contract({ customerId, serviceId })
    const id = await make.group({ customerId })
    const group = await groupOf(browsers[0], id)
    const chosen = [new Map([[one, 'edit' as const]]), new Map([[other, 'view' as const]])]
    for (const [at, browser] of browsers.entries())
      await submit(browser, (ctx) =>
        stageServiceRights(ctx, { group, version: 1 }, { services: chosen[at] ?? new Map() }),
      )
    const applied = await Promise.all(browsers.map((browser) => submit(browser, (ctx) => applyAsShown(ctx, group))))
    assert.deepEqual(applied.map((each) => (each.ok ? 'applied' : each.problem)).toSorted(), [
      'applied',
      'changed-meanwhile',
    ])
    const loser = browsers[applied[0]?.ok ? 1 : 0]
    const { group: now, services } = await asSignedIn(
      portal,
      loser,
      async (ctx) => (await findGroupRights(ctx, id)) ?? assert.fail('the group is there'),
    )
    assert.equal(services.filter(({ inForce }) => inForce).length, 1)
    assert.deepEqual([now.staged, now.rightsVersion], [1, 2])
    const again = await submit(loser, (ctx) => applyAsShown(ctx, now))
    assert(again.ok)
  }
})

test('whoever chose before somebody else applied sees whom, when, and what differs', async () => {
  const { customerId, browsers } = await twoAdministrators()
  const serviceId = await make.service({ name: '電話' })
  await make.contract({ customerId, serviceId })
  const group = await groupOf(browsers[0], await make.group({ customerId }))
  const stage = (browser: TestBrowser, level: 'view' | 'edit') =>
    submit(browser, async (ctx) =>
      stageServiceRights(
        ctx,
        { group: (await findGroup(ctx, group.id)) ?? assert.fail('the group is there'), version: 1 },
        { services: new Map([[serviceId, level]]) },
      ),
    )
  await stage(browsers[0], 'view')
  await stage(browsers[1], 'edit')
  assert((await submit(browsers[1], (ctx) => applyAsShown(ctx, group))).ok)
  const late = await stage(browsers[0], 'view')
  assert.deepEqual(late.ok || late.problem, 'changed-meanwhile')
  const { beside } = await asSignedIn(portal, browsers[0], (ctx) =>
    previewStaged(ctx, { groupId: group.id, place: { size: 20, page: 1, from: 'start' } }),
  )
  assert.equal(beside?.by, '佐藤 花子')
  const name = { ja: '電話', en: '電話' }
  assert.deepEqual(beside?.rights, [{ service: name, contract: null, former: null, inForce: 'edit', chosen: 'view' }])
})

test('a name that is given twice at once is given once, whatever its case and width', async () => {
  const { browsers } = await twoAdministrators()
  const names = ['Sales', 'ＳＡＬＥＳ', 'sales', 'Ｓales']
  const added = await Promise.all(
    names.map((name, at) =>
      asSignedIn(portal, browsers[at % 2] ?? browsers[0], (ctx) => addGroup(ctx, { name, description: '' })),
    ),
  )
  assert.equal(added.filter(({ ok }) => ok).length, 1)
  const groups = await asSignedIn(portal, browsers[0], listGroups)
  assert.deepEqual(
    groups.map(({ number }) => number),
    // A refused one has drawn a number and given it back.
    [groups[0]?.number],
  )
})

test('two groups that are renamed alike at once do not both get the name', async () => {
  const { browsers } = await twoAdministrators()
  const add = (name: string) => submit(browsers[0], (ctx) => addGroup(ctx, { name, description: '' }))
  const ids = [await add('一'), await add('二')].map((each) => (each.ok ? each.value : assert.fail(each.problem)))
  const groups = [await groupOf(browsers[0], ids[0] ?? ''), await groupOf(browsers[0], ids[1] ?? '')]
  const renamed = await Promise.all(
    groups.map((group, at) =>
      submit(browsers[at] ?? browsers[0], (ctx) =>
        editGroup(ctx, group, { name: at === 0 ? 'ｶﾅ' : 'カナ', description: '', version: 1 }),
      ),
    ),
  )
  assert.deepEqual(renamed.map((each) => (each.ok ? 'renamed' : each.problem)).toSorted(), ['name-taken', 'renamed'])
})

test('the automatic group does not lose its last administrators to two who take each other out', async () => {
  const { customerId, users, browsers } = await twoAdministrators()
  const id = await automaticGroup(customerId, users)
  const group = await groupOf(browsers[0], id)
  const takeOut = (by: TestBrowser, userIds: string[], sure = false) =>
    submit(by, (ctx) => setMembership(ctx, { group, userIds, isMember: false, mayLoseAdministrators: sure }))
  const taken = await Promise.all([takeOut(browsers[0], [users[1].id]), takeOut(browsers[1], [users[0].id])])
  assert.deepEqual(taken.map((each) => (each.ok ? 'out' : each.problem)).toSorted(), ['last-administrator', 'out'])
  const left = taken[0].ok ? users[0] : users[1]
  const none = await submit(browsers[0], (ctx) => changeGroupsOf(ctx, left.id, { joined: [], left: [id] }))
  assert.equal(none.ok || none.problem, 'last-administrator')
  assert((await takeOut(browsers[0], [left.id], true)).ok)
})

test('the automatic group cannot be renamed, lessened or deleted, and all administrators are told of changes', async () => {
  const { customerId, users, browsers } = await twoAdministrators()
  const id = await automaticGroup(customerId, [users[0]])
  const group = await groupOf(browsers[0], id)
  await asConfirmed(portal, browsers[0], async (ctx) => {
    const refused = [
      await editGroup(ctx, group, { name: 'x', description: '', version: 1 }),
      await stageServiceRights(ctx, { group, version: 1 }, { all: null, services: new Map() }),
      await applyStaged(ctx, group, { version: 1, shown: '' }),
    ]
    assert.deepEqual(
      refused.map((each) => each.ok || each.problem),
      ['automatic', 'automatic', 'automatic'],
    )
  })
  portal.advance(1 * minutes)
  const added = await submit(browsers[0], (ctx) =>
    setMembership(ctx, { group, userIds: [users[1].id], isMember: true }),
  )
  assert.equal(added.ok && added.value, 1)
  const told = (await portal.mailsTo(users[1].mail)).at(-1)
  assert.match(told?.text ?? '', /1名のユーザーが追加されました。[\s\S]*変更した方：山田 太郎/)
  assert.equal((await portal.mailsTo(users[0].mail)).at(-1)?.text, told?.text)
})

async function automaticGroup(customerId: string, members: readonly MadeUser[]): Promise<string> {
  const id = await make.group({ customerId, rights: [{ level: 'edit' }], members: members.map((user) => user.id) })
  await database.operator.transaction((tx) =>
    tx.updateTable('user_group').set({ is_automatic: true, number: 'G0000002' }).where('id', '=', id).execute(),
  )
  return id
}
