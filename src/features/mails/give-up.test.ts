import assert from 'node:assert/strict'
import { after as afterAll, before, test } from 'node:test'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { after, days, minutes, seconds } from '#platform/time/duration.ts'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { makerOf } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { type PostOffice, postOffice } from '#test/post-office.ts'
import { enterPassword } from '#test/sign-in.ts'
import { until } from '#test/until.ts'

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

const address = 'someone@customer.example.com'

const refusal = (responseCode: number): Error => Object.assign(new Error('not here'), { responseCode })

const ours: { name: string; options: SMTPServerOptions; user?: string; says: RegExp }[] = [
  {
    name: 'the password',
    options: { allowInsecureAuth: true, onAuth: (_auth, _session, answer) => answer(refusal(535)) },
    user: 'portal:outdated@',
    says: /535/,
  },
  { name: 'the connection', options: { onConnect: (_session, answer) => answer(refusal(554)) }, says: /554/ },
  { name: 'the sender', options: { onMailFrom: (_from, _session, answer) => answer(refusal(550)) }, says: /550/ },
  { name: 'a recipient for now', options: { onRcptTo: (_to, _session, answer) => answer(refusal(450)) }, says: /450/ },
]

for (const { name, options, user = '', says } of ours) {
  test(`a server that refuses ${name} costs no mail`, async () => {
    const id = await office.write(address)
    await using refusing = await refusingServer(options)
    await using inVain = await office.open(undefined, { smtpUrl: `smtp://${user}${refusing.host}` })
    await until(async () => (await office.rowOf(id))?.tries === 1)
    const waiting = await office.rowOf(id)
    assert.equal(waiting?.state, 'queued')
    assert(waiting.sealed)
    assert.match(waiting.last_problem ?? '', says)
    await inVain[Symbol.asyncDispose]()
    await using server = await office.open()
    await tryAgain()
    await office.endsAs(id, 'sent')
    assert.equal(server.to(address).length, 1)
  })
}

const theirs: { name: string; options: SMTPServerOptions; says: RegExp }[] = [
  { name: 'a recipient', options: { onRcptTo: (_to, _session, answer) => answer(refusal(550)) }, says: /550/ },
  {
    name: 'a message',
    options: { onData: (stream, _session, answer) => void stream.on('end', () => answer(refusal(554))).resume() },
    says: /554/,
  },
]

for (const { name, options, says } of theirs) {
  test(`${name} that is refused for good is not tried again, and a code is not kept`, async () => {
    await using server = await refusingServer(options)
    await using inVain = await office.open(undefined, { smtpUrl: `smtp://${server.host}` })
    const id = await office.write(address, { goodUntil: after(new Date(), 10 * minutes) })
    await office.endsAs(id, 'refused')
    await until(async () => (await office.jobsLeft()) === 0)
    await inVain[Symbol.asyncDispose]()
    const { tries, sealed, last_problem } = (await office.rowOf(id)) ?? {}
    assert.deepEqual({ tries, sealed }, { tries: 1, sealed: null })
    assert.match(last_problem ?? '', says)
  })
}

test('an address of which the server says that nobody is there is noted; a bare refusal, or one by a rule, notes nothing', async () => {
  const make = makerOf(database)
  for (const [said, isNoted] of [
    ['5.1.1 User unknown', true],
    ['5.7.1 Refused by policy', false],
    ['User unknown', false],
  ] as const) {
    const user = await make.user({ state: 'active' })
    const ofUser = postOffice(database, user)
    const answer = Object.assign(new Error(said), { responseCode: 550 })
    await using server = await refusingServer({
      hideENHANCEDSTATUSCODES: true,
      onRcptTo: (_to, _session, refuse) => refuse(answer),
    })
    await using inVain = await office.open(undefined, { smtpUrl: `smtp://${server.host}` })
    const id = await ofUser.write(user.mail)
    await ofUser.endsAs(id, 'refused')
    const noted = await office.query('select 1 from portal_user where id = $1 and mail_refused_at is not null', [
      user.id,
    ])
    assert.equal(noted, isNoted ? 1 : 0, said)
    const told = `select 1 from change_history where subject_id = $1 and action = 'mail-marked-refused' and actor_id is null`
    assert.equal(await office.query(told, [user.id]), isNoted ? 1 : 0, said)
    await inVain[Symbol.asyncDispose]()
    await ofUser[Symbol.asyncDispose]()
  }
})

test('a code that has waited too long is erased, and never sent', async () => {
  const id = await office.write(address, { goodUntil: after(new Date(), 2 * seconds) })
  await using nobody = await office.open(undefined, { smtpUrl: 'smtp://127.0.0.1:1' })
  await until(async () => (await office.rowOf(id))?.tries === 1)
  assert((await office.rowOf(id))?.sealed)
  await nobody[Symbol.asyncDispose]()
  await until(() => office.query('select 1 from mail where id = $1 and expires_at < now()', [id]))
  await using server = await office.open()
  await tryAgain()
  await office.endsAs(id, 'expired')
  assert.deepEqual(server.offered, [])
  const { tries, sealed } = (await office.rowOf(id)) ?? {}
  assert.deepEqual({ tries, sealed }, { tries: 1, sealed: null })
  await until(async () => (await office.jobsLeft()) === 0)
})

test('a mailed code is given up when the code expires, any other mail after five days', async () => {
  const portal = await testPortal(database)
  const user = await makerOf(database).user()
  await enterPassword(portal, user)
  const withCode = await office.query(
    `select 1 from mail join sign_in s on s.code_mail_id = mail.id
     where recipient = $1 and mail.expires_at = s.code_expires_at and mail.expires_at - created_at = $2 * interval '1 ms'`,
    [user.mail, 10 * minutes],
  )
  assert.equal(withCode, 1)
  const id = await office.write(address)
  const other = await office.query(
    `select 1 from mail where id = $1 and expires_at - created_at = $2 * interval '1 ms'`,
    [id, 5 * days],
  )
  assert.equal(other, 1)
})

/** The next try now, not in some seconds. Only once the job has been given back. */
async function tryAgain(): Promise<void> {
  await until(() =>
    office.query('update graphile_worker._private_jobs set run_at = now() where locked_at is null and attempts > 0'),
  )
}

/** A real SMTP server that takes everything but what it is told to refuse. */
async function refusingServer(options: SMTPServerOptions): Promise<AsyncDisposable & { host: string }> {
  const server = new SMTPServer({ authOptional: true, disabledCommands: ['STARTTLS'], logger: false, ...options })
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const place = server.server.address()
  if (!place || typeof place === 'string') throw new Error('A TCP server has a port')
  return {
    host: `127.0.0.1:${place.port}`,
    [Symbol.asyncDispose]: () => new Promise((resolve) => server.close(resolve)),
  }
}
