import assert from 'node:assert/strict'
import { type ClientRequest, get, type IncomingMessage } from 'node:http'
import { after, test } from 'node:test'
import { listen } from '#program/listen.ts'
import { testDatabase } from '#test/database.ts'
import { makerOf, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { superuserOf } from '#test/superuser.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
const server = await listen({ host: '127.0.0.1', port: 0 })
server.answer(portal.app)
const admin = superuserOf(database)
const logged: unknown[][] = []
portal.program.log.error = (...entry: unknown[]) => void logged.push(entry)
after(async () => {
  await admin.end()
  await server.drain()
  await database[Symbol.asyncDispose]()
})

/** Together more than a connection takes that nobody reads from: 8 MB. */
const contracts = 20_000
const cookie = await makeReader()

/** Answers the cookies of somebody who sees the contracts, which have long memos. */
async function makeReader(): Promise<string> {
  const user = await make.user()
  const { customerId } = user
  const serviceId = await make.service()
  await admin.query(
    `insert into contract (customer_id, number, service_id, memo)
     select $1::uuid, left($1::text, 8) || lpad(n::text, 9, '0'), $2, repeat('長', 100) from generate_series(1, $3) n`,
    [customerId, serviceId, contracts],
  )
  await make.group({ customerId, rights: [{ serviceId, level: 'view' }], members: [user.id] })
  const { cookies } = await signIn(portal, user)
  return [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
}

interface Asked {
  request: ClientRequest
  response: Promise<IncomingMessage>
}

/** Over a real connection; nothing of the file is read yet. */
function askFor(cookies: string): Asked {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>()
  const request = get(
    {
      host: '127.0.0.1',
      port: server.port,
      path: '/contracts.csv',
      headers: { cookie: cookies, host: 'localhost' },
      agent: false,
    },
    resolve,
  )
  request.on('error', reject)
  return { request, response: promise }
}

interface Received {
  text: string
  isComplete: boolean
}

async function receive(response: IncomingMessage): Promise<Received> {
  let text = ''
  try {
    for await (const chunk of response.setEncoding('utf8')) text += String(chunk)
  } catch {
    // Cut off: what came before it is kept.
  }
  return { text, isComplete: response.complete }
}

test('a download that breaks is cut off, and tells nothing of why', async (t) => {
  const printed = t.mock.method(console, 'error', () => undefined)
  const begun = await askFor(cookie).response
  await admin.query('alter table contract rename column memo to gone')
  const { text, isComplete } = await receive(begun)
  assert.equal(begun.statusCode, 200)
  assert.equal(isComplete, false)
  assert.doesNotMatch(text, /Error|column|gone/)
  assert.match(JSON.stringify(logged.at(-1)), /a download was broken off/)
  assert.doesNotMatch(JSON.stringify(printed.mock.calls.map(({ arguments: [error] }) => String(error))), /column|gone/)
  // What cannot even begin is no file.
  const unable = await askFor(cookie).response
  assert.equal(unable.statusCode, 500)
  assert.match((await receive(unable)).text, /^<!doctype html>/)
  await admin.query('alter table contract rename column gone to memo')
})

test('many downloads that nobody reads keep nobody else waiting', async () => {
  // More than there are connections to the database.
  const asked = Array.from({ length: 12 }, () => askFor(cookie))
  const begun = await Promise.all(asked.map(({ response }) => response))
  const whole = await receive(await askFor(cookie).response)
  assert.equal(whole.isComplete, true)
  assert.equal(whole.text.split('\r\n').length, contracts + 2)
  for (const each of begun) assert.equal(each.complete, false)
  for (const { request } of asked) request.destroy()
})
