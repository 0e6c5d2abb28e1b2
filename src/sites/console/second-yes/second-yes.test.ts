import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { publishAgreed } from '#features/notices/write.ts'
import { carryOut, waitsForObjection } from '#features/staff/carry-out.ts'
import { openLog } from '#platform/log.ts'
import { hours, minutes } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import { signIn } from '#test/make.ts'
import { testSecrets } from '#test/portal.ts'
import { at, openSecondYesWorld, reason } from '#test/second-yes-world.ts'
import { asksForFactor, historyOf } from '#test/sign-in.ts'
import { signInStaff } from '#test/staff.ts'
import { paths } from '../paths.ts'

const database = await testDatabase()
const world = await openSecondYesWorld(database)
const { portal, make, admin, support, guard } = world
const { ask, decide, work, outcomeOf, changesOf, isRegistered, numberOf, setState } = world
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})
beforeEach(() => world.begin())

test('what one asks for and another approves is done by the worker, and the customer’s history names both', async () => {
  const open = await signIn(portal, world.user)
  portal.advance(1 * minutes)
  await world.signInBoth()
  const id = await ask()
  await work()
  assert(await isRegistered(world.user))
  const { body } = await world.byGuard.get(paths.secondYes)
  assert(body.includes('山田 太郎') && body.includes(paths.secondYesRequest({ id })))
  const page = await world.byGuard.get(paths.secondYesRequest({ id }))
  for (const said of [reason, world.user.mail, world.administrator.customerId]) assert(page.body.includes(said), said)
  const { location } = await decide(id)
  assert.equal(location, paths.secondYesRequest({ id }))
  assert(await isRegistered(world.user), 'the console itself does nothing')
  await work()
  assert.deepEqual(await outcomeOf(id), ['approved', true, null])
  assert(!(await isRegistered(world.user)))
  assert.equal((await open.get('/services')).status, 303)
  assert.deepEqual(await changesOf(world.user), [
    {
      action: 'second-factor-reset',
      actor_id: support.id,
      actor_name: `試験通信（${await numberOf(support)}）`,
      after: { askedBy: await numberOf(support), approvedBy: await numberOf(guard) },
    },
  ])
  assert((await historyOf(database, world.user)).includes('sign-out ended-by-operator'))
  const mails = (await portal.mailsTo(world.user.mail)).map(({ text }) => text)
  assert(mails.some((text) => text.includes('通信事業者（弊社）が、第2段階認証をリセットしました')))
  assert((await portal.mailsTo(world.administrator.mail)).some(({ text }) => text.includes('リセットされました')))
  const { rows } = await admin.query('select path from staff_visit where staff_id = $1 and customer_id = $2', [
    guard.id,
    world.user.customerId,
  ])
  assert.deepEqual(rows[0], { path: paths.secondYesRequest({ id }) })
  const history = await (await signIn(portal, world.administrator)).get('/change-history')
  assert(history.body.includes('承認した担当者'))
})

test('who asks cannot approve it, neither by the page nor in the database', async () => {
  const both = await make.staff({ roles: ['support', 'security'] })
  world.bySupport = await signInStaff(portal, both)
  const id = await ask()
  assert((await world.bySupport.get(paths.secondYesRequest({ id }))).body.includes('自分の依頼は承認できません'))
  const tried = await decide(id, 'approved', world.bySupport)
  assert(tried.body.includes('自分の依頼は承認できません。ほかの担当者に依頼してください。'))
  assert.deepEqual(await outcomeOf(id), [null, false, null])
  await assert.rejects(
    admin.query(
      `update staff_request set decision = 'approved', decided_at = now(), decided_by = asked_by where id = $1`,
      [id],
    ),
    { code: '23514' },
  )
})

test('a decision is made once, and two at once make one', async () => {
  const other = await signInStaff(portal, await make.staff({ roles: ['security'] }))
  const id = await ask()
  const answers = await Promise.all([decide(id), decide(id, 'declined', other)])
  assert.equal(answers.filter(({ location }) => location === paths.secondYesRequest({ id })).length, 1)
  assert(answers.some(({ body }) => body.includes('すでにほかの担当者が承認または却下したか')))
  const [decision] = await outcomeOf(id)
  const again = await decide(id, decision === 'approved' ? 'declined' : 'approved', other)
  assert(again.body.includes('すでにほかの担当者が承認または却下したか'))
  assert.equal((await outcomeOf(id))[0], decision)
  await assert.rejects(
    admin.query(`update staff_request set decision = 'declined', decided_at = now() where decided_by is not null`),
    { code: '42501' },
  )
  await assert.rejects(admin.query(`update staff_request set user_id = null where id = $1`, [id]), { code: '42501' })
})

test('a yes that comes after a day is none, and what has waited for the worker for a day is not done', async () => {
  const late = await ask()
  portal.advance(24 * hours)
  world.byGuard = await signInStaff(portal, guard)
  assert((await decide(late)).body.includes('期限が切れています'))
  assert.deepEqual(await outcomeOf(late), [null, false, null])
  world.bySupport = await signInStaff(portal, support)
  const idle = await ask()
  await decide(idle)
  portal.advance(24 * hours)
  await work()
  assert.deepEqual(await outcomeOf(idle), ['approved', false, 'too-late'])
  assert(await isRegistered(world.user))
})

for (const [what, meanwhile, problem] of [
  [
    'the asker lost the role',
    () => admin.query('delete from staff_role where user_id = $1', [support.id]),
    'asker-may-not',
  ],
  ['who approved was suspended', () => setState(guard, 'suspended'), 'decider-may-not'],
  [
    'the user got another address',
    () => admin.query('update portal_user set version = version + 1 where id = $1', [world.user.id]),
    'changed',
  ],
  [
    'the user set a password anew',
    () => admin.query('update portal_user set credential_epoch = 7 where id = $1', [world.user.id]),
    'changed',
  ],
  ['the user was suspended', () => setState(world.user, 'suspended'), 'not-possible'],
  ['the user has logged in', () => signIn(portal, world.user), 'signed-in'],
] as const)
  test(`nothing is done when ${what} between the yes and the deed`, async () => {
    const id = await ask()
    await decide(id)
    portal.advance(1 * minutes)
    await meanwhile()
    await work()
    await admin.query(`insert into staff_role (user_id, role) values ($1, 'support') on conflict do nothing`, [
      support.id,
    ])
    await setState(guard, 'active')
    await work()
    assert.deepEqual(await outcomeOf(id), ['approved', false, problem])
    assert(await isRegistered(world.user))
    assert((await world.byGuard.get(paths.secondYesRequest({ id }))).body.includes('実行しませんでした'))
  })

test('a worker that dies in the deed, and two at once, do it once', async () => {
  const id = await ask()
  await decide(id)
  const { portalUrl, consoleUrl } = portal.program.config
  const by = { secrets: testSecrets, portalUrl, consoleUrl, log: openLog('silent'), now: portal.program.now() }
  await assert.rejects(
    database.operator.transaction(async (tx) => {
      await carryOut({ ...by, tx, publishNotice: publishAgreed }, id)
      throw new Error('killed')
    }),
    /killed/,
  )
  assert(await isRegistered(world.user))
  assert.deepEqual(await outcomeOf(id), ['approved', false, null])
  await Promise.all([work(), work(), work()])
  await work()
  assert.deepEqual(await outcomeOf(id), ['approved', true, null])
  assert.equal((await changesOf(world.user)).length, 1)
  const setUps = (await portal.mailsTo(world.user.mail)).filter(({ text }) => text.includes('/first-login?key='))
  assert.equal(setUps.length, 1)
})

test('of the only administrator all known addresses are told at once, and it is done a day after', async () => {
  await admin.query(
    `insert into change_history (customer_id, at, actor_name, action, subject_kind, subject_id, subject_name, before, after)
     values ($1, now(), '', 'mail-changed', 'user', $2, '', '{"mail": "former-${world.administrator.id}@example.com"}', '{}')`,
    [world.administrator.customerId, world.administrator.id],
  )
  const id = await ask(world.administrator)
  assert(
    (await world.bySupport.get(paths.resetUserFactor(at(world.administrator)))).body.includes(
      'ただ一人のポータル管理者です',
    ),
  )
  await decide(id)
  await work()
  await work()
  for (const address of [world.administrator.mail, `former-${world.administrator.id}@example.com`]) {
    const mails = await portal.mailsTo(address)
    assert.equal(mails.filter(({ subject }) => subject.includes('予告')).length, 1, address)
  }
  assert.deepEqual(await outcomeOf(id), ['approved', false, null])
  portal.advance(waitsForObjection - 1 * minutes)
  await work()
  assert(await isRegistered(world.administrator))
  portal.advance(1 * minutes)
  await work()
  assert.deepEqual(await outcomeOf(id), ['approved', true, null])
  assert(!(await isRegistered(world.administrator)))
})

test('a login of the only administrator within that day stops it', async () => {
  const id = await ask(world.administrator)
  await decide(id)
  await work()
  portal.advance(1 * hours)
  await signIn(portal, world.administrator)
  await work()
  assert.deepEqual(await outcomeOf(id), ['approved', false, 'signed-in'])
  portal.advance(waitsForObjection)
  await work()
  assert(await isRegistered(world.administrator))
})

test('to ask and to decide take the second factor of the last ten minutes', async () => {
  const id = await ask()
  portal.advance(11 * minutes)
  assert(asksForFactor(await world.bySupport.post(paths.makeAdministrator(at(world.user)), { reason })))
  assert(asksForFactor(await decide(id)))
  assert.deepEqual(await outcomeOf(id), [null, false, null])
})

test('the pages speak English, and the queue counts what waits', async () => {
  const id = await ask()
  portal.advance(1 * minutes)
  const reader = await signInStaff(portal, guard, portal.consoleBrowser({ language: 'en' }))
  const english = await reader.get(paths.secondYesRequest({ id }))
  assert(english.body.includes('Reset of a second step') && english.body.includes('Approve'))
  const { body } = await world.byGuard.get(paths.queues)
  assert.match(body, /href="\/second-yes"[^]*?[1-9]\d*/)
  assert(!(await world.bySupport.get(paths.queues)).body.includes('href="/second-yes"'))
})
