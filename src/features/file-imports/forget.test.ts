import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { after as later, days, hours } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import { makerOf } from '#test/make.ts'
import { superuserOf } from '#test/superuser.ts'
import { forgetImports } from './forget.ts'

const database = await testDatabase()
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const now = new Date('2026-11-24T05:00:00Z')

test('what was never confirmed is erased after its hour, what could not be done after a day, and both are forgotten', async () => {
  const { id: author, customerId } = await makerOf(database).user()
  await admin.query(
    `insert into file_import (customer_id, author_id, created_at, state, plan, rows, expires_at)
     select $1, $2, expires_at, state, 'plan', 1, expires_at from unnest($3::text[], $4::timestamptz[]) as given (state, expires_at)`,
    [
      customerId,
      author,
      ['tried', 'tried', 'queued', 'queued', 'running', 'running'],
      [0, -hours, 0, -days, -hours, -2 * days].map((milliseconds) => later(now, milliseconds)),
    ],
  )
  const left = async (moment: Date): Promise<unknown[]> => {
    await database.operator.transaction((tx) => forgetImports(tx, moment))
    const { rows } = await admin.query<{ state: string }>(
      `select state, plan is not null as "isKept" from file_import order by state, "isKept"`,
    )
    return rows
  }
  const refused = { state: 'refused', isKept: false }
  // A minute before the first one's end.
  assert.deepEqual(await left(later(now, -60_000)), [
    { state: 'queued', isKept: true },
    { state: 'queued', isKept: true },
    refused,
    { state: 'running', isKept: true },
    { state: 'tried', isKept: true },
  ])
  assert.deepEqual(await left(later(now, 2 * days)), [refused, refused, refused, refused])
  assert.deepEqual(await left(later(now, 9 * days)), [])
})
