import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type pg from 'pg'
import { hashOf } from '#platform/security/secrets.ts'
import type { Transaction } from '#platform/database/database.ts'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf } from '#test/make.ts'
import { superuserOf } from '#test/superuser.ts'
import {
  enterFence,
  enterFenceByFirstLogin,
  enterFenceByLogin,
  enterFenceByMailChange,
  enterFenceBySession,
  enterFenceBySignIn,
  leaveFence,
} from './fence.ts'

let database: TestDatabase
let admin: pg.Pool
let user: MadeUser
let stranger: MadeUser

const now = new Date('2026-11-30T00:00:00Z')

before(async () => {
  database = await testDatabase()
  admin = superuserOf(database)
  const make = makerOf(database)
  user = await make.user()
  stranger = await make.user()
  for (const statement of rows) await admin.query(statement, [user.customerId, user.id, hashOf('key'), now])
})
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const rows = [
  `insert into session (customer_id, user_id, token_hash, credential_epoch, policy_epoch, second_factor, created_at, last_used_at, confirmed_at, ends_at, ip, browser)
    values ($1, $2, $3, 1, 1, 'totp', $4, $4, $4, $4::timestamptz + interval '1 hour', '192.0.2.1', '')`,
  `insert into sign_in (customer_id, user_id, token_hash, second_factor, credential_epoch, expires_at) values ($1, $2, $3, 'totp', 1, $4)`,
  `insert into first_login (customer_id, user_id, purpose, token_hash, credential_epoch, created_at, expires_at)
    values ($1, $2, 'registration', $3, 1, $4, $4)`,
  `insert into mail_change (customer_id, user_id, new_mail, token_hash, credential_epoch, requested_by, created_at, expires_at)
    values ($1, $2, 'x@example.com', $3, 1, $2, $4, $4)`,
]

/** Whose rows are seen. */
async function seenIn(tx: Transaction): Promise<string[]> {
  const customers = await tx.selectFrom('customer').select('id').execute()
  return customers.map(({ id }) => id)
}

type Enter = (tx: Transaction, key: string) => Promise<unknown>

/** Each with what it finds by the key, the customer of it. */
const entries: Record<string, Enter> = {
  'a session': async (tx, key) => (await enterFenceBySession(tx, hashOf(key), { now, ip: '192.0.2.1' }))?.customer_id,
  'a login ID': async (tx, key) => (await enterFenceByLogin(tx, key === 'key' ? user.mail : key))?.customer_id,
  'a login under way': (tx, key) => enterFenceBySignIn(tx, hashOf(key)),
  'a first login': (tx, key) => enterFenceByFirstLogin(tx, hashOf(key)),
  'a new mail address': (tx, key) => enterFenceByMailChange(tx, hashOf(key)),
}

for (const [by, enter] of Object.entries(entries)) {
  test(`by ${by} one enters the fence of its customer, and finds the customer`, () =>
    database.app.transaction(async (tx) => {
      assert.deepEqual(await seenIn(tx), [])
      assert.equal(await enter(tx, 'key'), user.customerId)
      assert.deepEqual(await seenIn(tx), [user.customerId])
    }))

  test(`by ${by} that there is not one leaves the fence that one was in`, () =>
    database.app.transaction(async (tx) => {
      await enterFence(tx, stranger.customerId)
      assert.equal(await enter(tx, 'nothing'), undefined)
      assert.deepEqual(await seenIn(tx), [])
    }))
}

test('by a session that is over, however that came, nobody enters', async () => {
  const overs = [
    [`ended_at = now(), end_reason = 'signed-out'`, 'left'],
    [`ended_at = now(), end_reason = 'password-changed'`, 'ended'],
    [`ends_at = $1::timestamptz - interval '1 hour'`, 'timed-out'],
    [`ends_at = $1::timestamptz - interval '2 hours'`, 'ended'],
    [`credential_epoch = 2`, 'ended'],
  ] as const
  for (const [change, state] of overs) {
    await admin.query(`update session set ${change}`, change.includes('$1') ? [now] : [])
    await database.app.transaction(async (tx) => {
      await enterFence(tx, stranger.customerId)
      assert.equal((await enterFenceBySession(tx, hashOf('key'), { now, ip: '192.0.2.1' }))?.state, state)
      assert.deepEqual(await seenIn(tx), [])
    })
    await admin.query(`update session set ended_at = null, end_reason = null, credential_epoch = 1`)
  }
})

test('a fence that was left is nobody’s', () =>
  database.app.transaction(async (tx) => {
    await enterFence(tx, user.customerId)
    assert.deepEqual(await seenIn(tx), [user.customerId])
    await leaveFence(tx)
    assert.deepEqual(await seenIn(tx), [])
  }))
