import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after as afterAll, test } from 'node:test'
import { minutes } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import { makerOf, password, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { enterPassword, isSignedIn } from '#test/sign-in.ts'
import { superuserOf } from '#test/superuser.ts'
import { type Answer, hiddenFields } from '#test/test-browser.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
afterAll(() => database[Symbol.asyncDispose]())

const nobody = (): string => `nobody-${randomUUID()}@example.com`

const accounts: Record<string, () => Promise<{ mail: string; typed: string }>> = {
  'a user with MailOTP': async () => ({ mail: (await make.user()).mail, typed: 'a wrong password' }),
  'a user with TOTP': async () => ({
    mail: (await make.user({ secondFactor: 'totp' })).mail,
    typed: 'a wrong password',
  }),
  'a suspended user': async () => ({ mail: (await make.user({ state: 'suspended' })).mail, typed: password }),
  'a user who has not registered yet': async () => ({
    mail: (await make.user({ state: 'awaiting-registration' })).mail,
    typed: password,
  }),
  'a user without any password': async () => ({ mail: await mailWithoutCredential(), typed: password }),
  'a user who was deleted': async () => ({ mail: await mailOfDeleted(), typed: password }),
}

for (const [whose, account] of Object.entries(accounts)) {
  test(`six failed logins of ${whose} look to the byte as those of an ID that nobody has`, async () => {
    const known = await account()
    const unknown = { mail: nobody(), typed: password }
    // At the same moments, since the answers name the time.
    for (let tries = 0; tries < 6; tries++) {
      const [one, other] = await Promise.all([failedAnswer(known), failedAnswer(unknown)])
      assert.deepEqual(one, other, `try ${tries + 1}`)
      assert.equal(one.status, 422)
    }
  })
}

test('a right password of a suspended user opens no second step', async () => {
  const user = await make.user({ state: 'suspended' })
  const { browser } = await enterPassword(portal, user)
  assert.equal((await browser.get('/login/second-step')).location, '/login')
  assert.equal(await isSignedIn(browser), false)
})

test('a user suspended between the steps does not get in', async () => {
  const user = await make.user()
  const { browser } = await enterPassword(portal, user)
  const code = await portal.newestCode(user.mail)
  await database.operator.transaction((tx) =>
    tx.updateTable('portal_user').set({ state: 'suspended' }).where('id', '=', user.id).execute(),
  )
  await browser.post('/login/second-step', { code })
  assert.equal(await isSignedIn(browser), false)
})

test('nothing of the password lies anywhere in the database or in a cookie between the two steps', async () => {
  const secret = 'Kennwort zwischen den Schritten'
  const user = await make.user()
  await database.operator.transaction(async (tx) => {
    const hash = await portal.program.passwords.hash(secret)
    return tx.updateTable('user_credential').set({ password_hash: hash }).where('user_id', '=', user.id).execute()
  })
  const before = await dumpDatabase()
  const { browser, answer } = await enterPassword(portal, user, { typed: secret })
  assert.equal(answer.location, '/login/second-step')
  const dump = await dumpDatabase()
  assert.notDeepEqual(dump, before)
  const forms = [secret, Buffer.from(secret).toString('base64'), Buffer.from(secret).toString('hex')]
  for (const form of forms) {
    for (const [table, text] of Object.entries(dump)) assert.ok(!text.includes(form), table)
    for (const cookie of browser.cookies.values()) assert.ok(!decodeURIComponent(cookie).includes(form))
  }
  assert.equal(dump['public.user_credential'], before['public.user_credential'])
  // One hash of it, where it belongs.
  const tablesWithHash = Object.entries(dump).filter(([, text]) => text.includes('$argon2id$'))
  assert.deepEqual(
    tablesWithHash.map(([table]) => table),
    ['public.user_credential'],
  )
})

/** All that an attacker could see of an answer, without what differs each time in any case. */
async function failedAnswer({ mail, typed }: { mail: string; typed: string }) {
  const browser = portal.browser()
  const answer = await browser.post('/login', { username: mail, password: typed })
  return {
    status: answer.status,
    location: answer.location,
    body: masked(answer, mail),
    headers: [...answer.headers].filter(([name]) => name !== 'set-cookie'),
    cookies: answer.headers.getSetCookie().map((cookie) => cookie.replace(/=[^;]*/, '')),
    kept: [...browser.cookies.keys()],
  }
}

function masked({ body }: Answer, mail: string): string {
  return body.replaceAll(mail, 'MAIL').replaceAll(/name="token" value="[^"]*"|again=[\w-]{8}/g, 'RANDOM')
}

async function mailWithoutCredential(): Promise<string> {
  const customerId = await make.customer()
  const mail = nobody()
  await database.operator.transaction((tx) =>
    tx
      .insertInto('portal_user')
      .values({
        customer_id: customerId,
        mail,
        name: '名',
        phone: '03-0000-0000',
        role: 'general-user',
        state: 'active',
      })
      .execute(),
  )
  return mail
}

async function mailOfDeleted(): Promise<string> {
  const { id, mail } = await make.user()
  await database.operator.transaction((tx) =>
    tx.updateTable('portal_user').set({ state: 'deleted' }).where('id', '=', id).execute(),
  )
  return mail
}

/** Every row of every table as text, whatever the fence says. */
async function dumpDatabase(): Promise<Record<string, string>> {
  const everything = superuserOf(database)
  try {
    const { rows: tables } = await everything.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname not in ('pg_catalog', 'information_schema') order by 1`,
    )
    const dump: Record<string, string> = {}
    for (const { name } of tables) {
      const { rows } = await everything.query<{ text: string }>(`select t::text as text from ${name} t`)
      dump[name] = rows
        .map(({ text }) => text)
        .toSorted()
        .join('\n')
    }
    return dump
  } finally {
    await everything.end()
  }
}

test('parallel failures answer alike for known and unknown IDs, whatever session the browser still has', async () => {
  const known = await make.user()
  const over = await signIn(portal, await make.user())
  portal.advance(70 * minutes)
  const open = await signIn(portal, await make.user())
  for (const browser of [portal.browser(), open, over]) {
    for (const username of [known.mail, `nobody-${randomUUID()}@example.com`]) {
      const fields = {
        ...hiddenFields((await browser.get('/login')).body, '/login'),
        username,
        password: 'wrong password',
      }
      const answers = await Promise.all(Array.from({ length: 8 }, () => browser.send('/login', fields)))
      assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([422]), username)
    }
    portal.advance(31 * minutes)
  }
})
