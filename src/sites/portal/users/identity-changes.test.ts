import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { minutes, seconds } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import { askForUrl, enterIdentity, newestUrl } from '#test/first-login.ts'
import { type MadeUser, makerOf, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { asksForFactor } from '#test/sign-in.ts'
import { superuserOf } from '#test/superuser.ts'
import type { Answer, TestBrowser } from '#test/test-browser.ts'
import { type Filled, postFilled, somebody } from '#test/user-form.ts'
import { paths } from '../paths.ts'

// Name and telephone number are what 本人確認 asks for: an attacker who could change them, and reads the mailbox, would be the user.

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const role = 'portal-administrator'

interface World {
  administrator: MadeUser
  colleague: MadeUser
  browser: TestBrowser
  member: MadeUser
}

/** The administrator has logged in eleven minutes ago. */
async function openWorld(state: 'active' | 'awaiting-registration' | 'suspended' = 'active'): Promise<World> {
  const administrator = await make.user({ role })
  const { customerId } = administrator
  const colleague = await make.user({ role, customerId })
  const browser = await signIn(portal, administrator)
  portal.advance(11 * minutes)
  return { administrator, colleague, browser, member: await make.user({ customerId, state }) }
}

interface Row {
  name: string
  phone: string
  role: string
  job_title: string
}

async function rowOf({ id }: MadeUser): Promise<Row> {
  const { rows } = await admin.query<Row>('select name, phone, role, job_title from portal_user where id = $1', [id])
  return rows[0] ?? assert.fail('no user')
}

/** Sends the form as it stands, with this changed and nothing else. */
async function edit({ browser }: World, user: MadeUser, change: Filled): Promise<Answer> {
  const { name, phone, role: own } = await rowOf(user)
  const filled = { ...somebody, name, phone, role: own, jobTitle: '', comment: '' }
  return postFilled(browser, paths.editUser({ id: user.id }), { ...filled, ...change })
}

/** Shows the second factor that is asked for. */
async function confirm({ browser, administrator }: World, asked: Answer): Promise<void> {
  assert(asksForFactor(asked))
  const { location } = await browser.post(asked.location, { code: await portal.newestCode(administrator.mail) })
  assert(location.startsWith(paths.users))
}

/** Mails of a change to a user. */
async function toldOf({ mail }: MadeUser): Promise<string[]> {
  const mails = await portal.mailsTo(mail)
  return mails.filter(({ subject }) => /変更のお知らせ/.test(subject)).map(({ text }) => text)
}

for (const state of ['active', 'awaiting-registration', 'suspended'] as const)
  for (const change of [{ name: '別の 名前' }, { phone: '090-1111-2222' }])
    test(`the ${Object.keys(change).join()} of a user who is ${state} changes only after the second factor was shown once more`, async () => {
      const world = await openWorld(state)
      const { browser, member } = world
      const before = await rowOf(member)
      const asked = await edit(world, member, change)
      assert.deepEqual(await rowOf(member), before)
      const restored = await browser.get(paths.editUser({ id: member.id }))
      assert.match(restored.body, new RegExp(`value="${Object.values(change).join()}"`))
      await confirm(world, asked)
      assert.deepEqual(await rowOf(member), { ...before, ...change })
    })

test('the own name and number are no exception', async () => {
  const world = await openWorld()
  const { administrator } = world
  const before = await rowOf(administrator)
  const asked = await edit(world, administrator, { phone: '090-1111-2222' })
  assert.deepEqual(await rowOf(administrator), before)
  await confirm(world, asked)
  assert.equal((await toldOf(administrator)).length, 1)
})

test('the user is told, without what it was or is; other administrators are not', async () => {
  const world = await openWorld()
  const { administrator, colleague, member } = world
  await confirm(world, await edit(world, member, { name: '別の 名前', phone: '090-1111-2222' }))
  const [told = '', ...more] = await toldOf(member)
  assert.deepEqual(more, [])
  assert.match(told, /名前または電話番号が変更されました/)
  assert(told.includes(administrator.name) && !told.includes('1111') && !told.includes('別の'))
  assert.deepEqual([await toldOf(colleague), await toldOf(administrator)], [[], []])
})

test('who has not registered is not told: the notice has gone to an address that may be anybody’s', async () => {
  const world = await openWorld('awaiting-registration')
  await admin.query('delete from user_credential where user_id = $1', [world.member.id])
  await confirm(world, await edit(world, world.member, { name: '別の 名前' }))
  assert.equal((await rowOf(world.member)).name, '別の 名前')
  assert.deepEqual(await portal.mailsTo(world.member.mail), [])
})

test('what proves nobody changes as ever, and nobody is told', async () => {
  const world = await openWorld()
  const { member } = world
  const change = { jobTitle: '課長', mobilePhone: '090-0000-0000', comment: '異動', timeZone: 'Europe/Paris' }
  assert.equal((await edit(world, member, change)).location, paths.user({ id: member.id }))
  assert.equal((await rowOf(member)).job_title, '課長')
  assert.deepEqual(await toldOf(member), [])
})

test('a session that somebody has taken over, and the mailbox, do not make somebody the user', async () => {
  const world = await openWorld()
  const { member } = world
  assert(asksForFactor(await edit(world, member, { phone: '090-6666-6666' })))
  portal.advance(1 * seconds)
  await askForUrl(database, portal, member)
  const url = await newestUrl(portal, member.mail)
  const attacker = portal.browser()
  await attacker.get(url)
  const { mail, name } = member
  assert.equal((await enterIdentity(attacker, { mail, name, phone: '090-6666-6666' })).status, 422)
  const user = portal.browser()
  await user.get(url)
  assert.equal((await enterIdentity(user, { mail, name, phone: '03-0000-0000' })).location, '/first-login/password')
})
