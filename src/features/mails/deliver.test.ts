import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { after as afterAll, before, test } from 'node:test'
import { sql } from 'kysely'
import { after, minutes } from '#platform/time/duration.ts'
import { secretsOf } from '#platform/security/secrets.ts'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { makerOf, password } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { anEmail, mailFrom, type PostOffice, postOffice } from '#test/post-office.ts'
import { until } from '#test/until.ts'
import { findCarrierProblem, problemOf } from './deliver.ts'
import { sealEmail } from './sealed.ts'

let database: TestDatabase
let office: PostOffice

before(async () => {
  database = await testDatabase()
  office = postOffice(database, await makerOf(database).user())
})
afterAll(async () => {
  await office[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

const someone = (): string => `someone-${randomUUID()}@customer.example.com`

test('a mail leaves once, after the commit, as plain text of the portal', async () => {
  await using server = await office.open()
  const address = someone()
  const id = await office.write(address)
  await office.endsAs(id, 'sent')
  const [received, ...more] = server.to(address)
  assert(received)
  assert.deepEqual(more, [])
  const { mail } = received
  assert.deepEqual(received.recipients, [address])
  assert.equal(received.from, mailFrom)
  assert.equal(mail.from?.text, mailFrom)
  assert.equal(mail.replyTo?.text, mailFrom)
  assert.equal(mail.messageId, `<${id}@portal.example.jp>`)
  assert.equal(mail.headers.get('auto-submitted'), 'auto-generated')
  assert.deepEqual(mail.headers.get('content-type'), { value: 'text/plain', params: { charset: 'utf-8' } })
  assert.equal(mail.subject, anEmail.subject)
  assert.equal(mail.text, anEmail.text)
  assert.equal(mail.html, false)
  assert.deepEqual(mail.attachments, [])
  await until(async () => (await office.jobsLeft()) === 0)
})

test('once it is sent, nothing of its text is kept', async () => {
  await using server = await office.open()
  const id = await office.write(someone())
  await office.endsAs(id, 'sent')
  assert.equal(server.received.length, 1)
  assert.deepEqual(await office.rowOf(id), { state: 'sent', tries: 1, sealed: null, last_problem: null })
})

test('what is rolled back sends no mail', async () => {
  await using server = await office.open()
  const [given, kept] = [someone(), someone()]
  const id = await office.write(given, { fail: true })
  await office.endsAs(await office.write(kept), 'sent')
  assert.equal(await office.rowOf(id), undefined)
  assert.deepEqual(server.to(given), [])
})

test('a server that is busy is asked again, with the same Message-ID; meanwhile mails are late', async () => {
  let refusals = 1
  await using server = await office.open(() => (refusals-- > 0 ? 451 : undefined))
  const address = someone()
  const id = await office.write(address)
  await until(async () => (await office.rowOf(id))?.tries === 1)
  const waiting = await office.rowOf(id)
  assert.equal(waiting?.state, 'queued')
  assert.match(waiting?.last_problem ?? '', /451/)
  assert(waiting?.sealed)
  assert.equal(await isLate(), true)
  await hurry()
  await office.endsAs(id, 'sent')
  assert.equal(server.to(address).length, 1)
  assert.deepEqual(server.offered, [`<${id}@portal.example.jp>`, `<${id}@portal.example.jp>`])
  assert.equal((await office.rowOf(id))?.tries, 2)
  assert.equal(await isLate(), false)
})

async function isLate(): Promise<boolean> {
  const { rows } = await database.app.transaction((tx) =>
    sql<{ late: boolean }>`select door.mail_is_late() as late`.execute(tx),
  )
  return rows[0]?.late ?? false
}

/** The next try now, not in some seconds. Only once the worker has given the job back. */
async function hurry(): Promise<void> {
  await until(async () => {
    const now = `update graphile_worker._private_jobs set run_at = now() where locked_at is null and attempts > 0`
    return office.query(now)
  })
}

test('what a server refuses for good is not tried again; it is kept to be sent again, unless it carries a code or a URL', async () => {
  await using server = await office.open(() => 550)
  const [id, code] = [await office.write(someone()), await office.write(someone(), { goodUntil: soon() })]
  for (const each of [id, code]) await office.endsAs(each, 'refused')
  await until(async () => (await office.jobsLeft()) === 0)
  const [row, secret] = [await office.rowOf(id), await office.rowOf(code)]
  assert.deepEqual([row?.tries, secret?.tries], [1, 1])
  assert(row?.sealed)
  assert.equal(secret?.sealed, null)
  assert.match(row.last_problem ?? '', /550/)
  assert.deepEqual(server.received, [])
  assert.equal(server.offered.length, 2)
})

const soon = (): Date => after(new Date(), 10 * minutes)

test('a mail sealed with a key that is not here waits, is late, says why, and leaves when the key is there', async () => {
  const address = someone()
  const id = await office.write(address)
  const other = sealEmail(secretsOf([randomBytes(32)]), id, anEmail)
  const { sealed: own } = (await office.rowOf(id)) ?? assert.fail('no mail')
  await office.query('update mail set sealed = $2 where id = $1', [id, other])
  await using server = await office.open()
  await until(async () => (await office.rowOf(id))?.tries === 1)
  const { state, last_problem, sealed } = (await office.rowOf(id)) ?? assert.fail('no mail')
  assert.deepEqual(
    [state, last_problem, sealed],
    ['queued', 'Sealed with a key that is not in the SECRET_KEY of the portal', other],
  )
  assert.equal(await isLate(), true)
  await office.query('update mail set sealed = $2 where id = $1', [id, own])
  await hurry()
  await office.endsAs(id, 'sent')
  assert.equal(server.to(address).length, 1)
})

test('a demo gives no mail to anybody who could be real', async () => {
  await using server = await office.open(undefined, { demo: true })
  const real = ['a@gmail.com', 'a@example.com.evil.net', 'a@notexample.com', 'a@example.org@evil.net', 'a@example.co']
  for (const address of real) await office.endsAs(await office.write(address), 'refused')
  assert.deepEqual(server.offered, [])
  const reserved = ['a@example.co.jp', 'b@sub.example.com', 'c@host.test']
  for (const address of reserved) await office.endsAs(await office.write(address), 'sent')
  assert.deepEqual(
    server.received.flatMap(({ recipients }) => recipients),
    reserved,
  )
})

const evil = [
  'a@example.com, evil@evil.example.net',
  'a@example.com;evil@evil.example.net',
  'a@example.com\r\nBcc: evil@evil.example.net',
  'a@example.com>\r\nRCPT TO:<evil@evil.example.net',
  'evil@evil.example.net <a@example.com>',
  '@evil.example.net:a@example.com',
  '"evil@evil.example.net, a"@example.com',
  'friends: a@example.com, evil@evil.example.net;',
  '(a)evil@evil.example.net@example.com',
]

test('an address cannot smuggle in another recipient', async () => {
  for (const demo of [true, false]) {
    await using server = await office.open(undefined, { demo })
    for (const address of evil) await office.endsAs(await office.write(address), 'refused')
    assert.deepEqual(server.offered, [])
  }
})

test('a subject or text cannot smuggle in a header', async () => {
  await using server = await office.open()
  const address = someone()
  const bcc = 'Bcc: evil@evil.example.net'
  await office.endsAs(
    await office.write(address, { email: { subject: `山田\r\n${bcc}\r\n\r\nx`, text: `\r\n.\r\n${bcc}` } }),
    'sent',
  )
  const [{ recipients, mail } = { recipients: [], mail: undefined }] = server.received
  assert.deepEqual(recipients, [address])
  assert.equal(mail?.bcc, undefined)
  assert.match(mail?.subject ?? '', /^山田 ?Bcc/)
  assert.match(mail?.text ?? '', /\n\.\n/)
})

test('two workers share fifty mails and send each exactly once', async () => {
  await using server = await office.open(undefined, { workers: 2 })
  const addresses = Array.from({ length: 50 }, someone)
  const ids = await Promise.all(addresses.map((address) => office.write(address)))
  await Promise.all(ids.map((id) => office.endsAs(id, 'sent')))
  const got = server.received.flatMap(({ recipients }) => recipients)
  assert.deepEqual(got.toSorted(), addresses.toSorted())
})

test('a user reads mails in the language of the user', async () => {
  await using server = await office.open()
  const portal = await testPortal(database)
  for (const [language, subject] of [
    ['en', /^[\x20-\x7e]+$/],
    ['ja', /[ぁ-ん]|[一-龠]/],
  ] as const) {
    const user = await makerOf(database).user()
    await office.query('update portal_user set mail_language = $1 where id = $2', [language, user.id])
    // Whatever the browser says.
    await portal
      .browser({ language: language === 'en' ? 'ja' : 'en' })
      .post('/login', { username: user.mail, password })
    const { mail } = await until(() => server.to(user.mail)[0])
    assert.match(mail.subject ?? '', subject)
    assert.match(mail.text ?? '', /\b\d{6}\b/)
  }
})

test('why a mail failed is told by code and answer, without an address', async () => {
  const error = Object.assign(new Error('Recipient refused'), {
    code: 'EENVELOPE',
    command: 'RCPT TO',
    response: '550 5.1.1 <taro@customer.example.com>: no such user, ask postmaster@mail.example.com',
  })
  assert.equal(problemOf(error), 'EENVELOPE RCPT TO 550 5.1.1 <…>: no such user, ask …')
  const nowhere = { smtpUrl: 'smtp://127.0.0.1:1', mailFrom: 'a@example.jp', demo: false }
  assert.match((await findCarrierProblem(nowhere)) ?? '', /ECONNREFUSED|ESOCKET/)
  assert.equal(await findCarrierProblem({ mailFrom: 'a@example.jp', demo: false }), undefined)
})
