import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import type { Email } from '#features/mails/sealed.ts'
import { remindOfFirstLogins } from '#features/first-login/remind.ts'
import { days, seconds } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, signIn } from '#test/make.ts'
import { testPortal, testSecrets } from '#test/portal.ts'
import { superuserOf } from '#test/superuser.ts'
import type { TestBrowser } from '#test/test-browser.ts'
import { type Filled, postFilled, somebody } from '#test/user-form.ts'
import { paths } from '../paths.ts'

// An administrator could have the operator's portal mail words of the own choice to anybody's address.

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

/** As a name was taken before links were refused, with a bare domain, which is refused nowhere. */
const evil = '当選 https://evil.example www.evil.example evil.example'
const newMail = (): string => `stranger-${randomUUID()}@example.com`

interface World {
  administrator: MadeUser
  browser: TestBrowser
  /** Has registered. */
  member: MadeUser
}

/** Everything that a customer can call something is called the same. */
async function openWorld(): Promise<World> {
  const administrator = await make.user({ role: 'portal-administrator', name: evil })
  const { customerId } = administrator
  await make.user({ role: 'portal-administrator', customerId })
  await make.group({ customerId, name: 'evil.example' })
  const member = await make.user({ customerId, name: evil })
  await admin.query('update portal_user set job_title = $2, comment = $2 where customer_id = $1', [customerId, evil])
  return { administrator, browser: await signIn(portal, administrator), member }
}

/** A user of the world who awaits registration. */
async function stranger({ administrator: { customerId } }: World): Promise<MadeUser> {
  const user = await make.user({ customerId, state: 'awaiting-registration', name: evil })
  await admin.query('delete from user_credential where user_id = $1', [user.id])
  return user
}

/** What was mailed: something, and of nobody's words. */
async function plainMailsTo(mail: string, atLeast = 1): Promise<Email[]> {
  const mails = await portal.mailsTo(mail)
  assert(mails.length >= atLeast, `${mails.length} mails`)
  for (const { subject, text } of mails) {
    assert.doesNotMatch(subject + text, /evil|当選/)
    const links = text.match(/\S*(?:\/\/|www\.)\S*/g) ?? []
    for (const link of links) assert.equal(new URL(link).origin, portal.program.config.portalUrl.origin, link)
  }
  return mails
}

test('a user who is added is mailed no word of the administrator’s', async () => {
  const { browser, member } = await openWorld()
  const mail = newMail()
  const name = 'evil.example'
  const groups = (await browser.get(paths.addUser)).body.match(/name="offered" value="([^"]*)"/)?.[1] ?? []
  const added = await postFilled(browser, paths.addUser, {
    ...somebody,
    mail,
    name,
    jobTitle: evil,
    comment: evil,
    groups,
  })
  assert.equal(added.status, 303)
  await plainMailsTo(mail)
  assert.notEqual(member.mail, mail)
})

test('nor is whoever awaits registration, whatever is done to them', async () => {
  const world = await openWorld()
  const { browser } = world
  const user = await stranger(world)
  const { id, mail, name } = user
  const filled = { ...somebody, name, phone: '03-0000-0000', jobTitle: '', comment: '' }
  const tries: [path: string, filled: Filled][] = [
    [paths.resendNotice({ id }), {}],
    [paths.editUser({ id }), { ...filled, name: 'evil.example', role: 'portal-administrator' }],
    [paths.editUser({ id }), { ...filled, name: 'evil.example', secondFactor: 'totp' }],
    [paths.suspendUser({ id }), {}],
    [paths.resumeUser({ id }), {}],
    [paths.deleteUser({ id }), {}],
  ]
  for (const [path, given] of tries) {
    portal.advance(1 * seconds)
    assert.equal((await postFilled(browser, path, given)).status, 303, path)
  }
  const mails = await plainMailsTo(mail, 6)
  const told = mails.filter(({ subject }) => subject === 'ビジネスポータル ユーザー情報変更のお知らせ')
  assert.equal(told.length, 5)
  assert.match(told[0]?.text ?? '', /ユーザー：このメールアドレスのユーザー\n[\s\S]*変更した方：御社のポータル管理者\n/)
})

test('nor is a new address: neither that of an active user, nor that of one who has never registered', async () => {
  const world = await openWorld()
  const { browser, member } = world
  const [awaiting, suspended] = [await stranger(world), await stranger(world)]
  await postFilled(browser, paths.suspendUser({ id: suspended.id }), {})
  for (const { id, mail: former } of [member, awaiting, suspended]) {
    const mail = newMail()
    assert.equal((await postFilled(browser, paths.userMail({ id }), { mail })).status, 303)
    const [asked] = await plainMailsTo(mail)
    const url = /\/mail-address\?key=\S+/.exec(asked?.text ?? '')?.[0]
    if (url) await postFilled(portal.browser(), url, {})
    if (id !== member.id) await plainMailsTo(former, id === suspended.id ? 1 : 0)
  }
})

test('nor is whoever is reminded to register', async () => {
  const world = await openWorld()
  const { id, mail } = await stranger(world)
  await postFilled(world.browser, paths.resendNotice({ id }), {})
  portal.advance(6 * days + 1 * seconds)
  const by = { now: portal.program.now(), secrets: testSecrets, portalUrl: portal.program.config.portalUrl }
  await database.operator.transaction((tx) => remindOfFirstLogins({ ...by, tx }))
  await plainMailsTo(mail, 2)
})

test('who has registered is told by whom, by name', async () => {
  const { browser, member, administrator } = await openWorld()
  await admin.query(`update portal_user set name = '山田 太郎' where id = $1`, [administrator.id])
  await postFilled(browser, paths.suspendUser({ id: member.id }), {})
  const [told] = await portal.mailsTo(member.mail)
  assert.match(told?.text ?? '', /変更した方：山田 太郎\n/)
})

test('a name that reads as a link is refused where users are added and changed', async () => {
  const { browser, member } = await openWorld()
  for (const name of ['山田 https://evil.example', 'ｗｗｗ．ｅｖｉｌ．ｅｘａｍｐｌｅ', 'https:\u200b//evil.example']) {
    const added = await postFilled(browser, paths.addUser, { ...somebody, mail: newMail(), name })
    const edited = await postFilled(browser, paths.editUser({ id: member.id }), { ...somebody, name })
    for (const { status, body } of [added, edited]) {
      assert.equal(status, 422)
      assert.match(body, /名前に、リンクになる文字/)
    }
  }
  assert.equal((await postFilled(browser, paths.addUser, { ...somebody, mail: newMail(), name: 'J.Sato' })).status, 303)
})
