import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openEmail } from '#features/mails/sealed.ts'
import { after as later, hours, minutes } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf } from '#test/make.ts'
import { testSecrets, testUrl } from '#test/portal.ts'
import { superuserOf } from '#test/superuser.ts'
import { remindOfUpdates } from './remind.ts'

const database = await testDatabase()
const admin = superuserOf(database)
const make = makerOf(database)
const consoleUrl = new URL('https://console.example.jp')
const now = new Date('2026-11-22T03:00:00Z')
let writer: MadeUser

before(async () => {
  await make.operator()
  writer = await make.staff({ roles: ['content'] })
  await make.staff({ roles: ['support', 'security'] })
  await make.user()
})
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

let made = 0

async function makeOutage({
  state = 'published',
  nextUpdateAt,
  endsAt = null,
}: {
  state?: string
  nextUpdateAt: Date | null
  endsAt?: Date | null
}): Promise<string> {
  const { rows } = await admin.query<{ id: string }>(
    `insert into outage (code, kind, title_ja, title_en, starts_at, ends_at, next_update_at, affects, state, withdrawn_at, updated_at)
     values ($1, 'fault', '発着信ができない', 'No calls', $2, $3, $4, '{}', $5, $6, $2) returning id`,
    [`W-${++made}`, later(now, -3 * hours), endsAt, nextUpdateAt, state, state === 'withdrawn' ? now : null],
  )
  return rows[0]?.id ?? assert.fail('no outage')
}

const remind = (at: Date): Promise<void> =>
  database.operator.transaction((tx) =>
    remindOfUpdates({ tx, now: at, secrets: testSecrets, portalUrl: testUrl, consoleUrl }),
  )

/** To whom mails were sent since they were counted last, and what they lead to. */
async function takeMails(): Promise<{ user: string; subject: string; text: string }[]> {
  const { rows } = await admin.query<{ id: string; user: string; sealed: Buffer }>(
    `delete from mail where kind = 'late-word' returning id, user_id as "user", sealed`,
  )
  return rows.map(({ id, user, sealed }) => ({ user, ...openEmail(testSecrets, id, sealed) }))
}

test('whoever writes outages is mailed once for each promise that was not kept', async () => {
  const id = await makeOutage({ nextUpdateAt: later(now, -minutes) })
  await remind(now)
  const mails = await takeMails()
  assert.deepEqual(
    mails.map(({ user }) => user),
    [writer.id],
  )
  assert.match(mails[0]?.text ?? '', new RegExp(`https://console.example.jp/outages/${id}\n`))
  const { rows } = await admin.query('select version from outage where id = $1', [id])
  // Whoever has a form of it open is not disturbed.
  assert.deepEqual(rows, [{ version: 1 }])
  await remind(later(now, hours))
  assert.deepEqual(await takeMails(), [])
  await admin.query('update outage set next_update_at = $2 where id = $1', [id, later(now, 2 * hours)])
  await remind(later(now, 2 * hours - minutes))
  assert.deepEqual(await takeMails(), [])
  await remind(later(now, 3 * hours))
  assert.equal((await takeMails()).length, 1)
  await admin.query(`update outage set state = 'withdrawn', withdrawn_at = $2 where id = $1`, [id, now])
})

test('nobody is mailed of what is a draft, over, withdrawn or promised for later, or without a console', async () => {
  const late = later(now, -minutes)
  await makeOutage({ state: 'draft', nextUpdateAt: late })
  await makeOutage({ state: 'withdrawn', nextUpdateAt: late })
  await makeOutage({ nextUpdateAt: late, endsAt: later(now, -2 * minutes) })
  await makeOutage({ nextUpdateAt: later(now, minutes) })
  await makeOutage({ nextUpdateAt: null })
  await remind(now)
  assert.deepEqual(await takeMails(), [])
  const id = await makeOutage({ nextUpdateAt: late })
  await database.operator.transaction((tx) =>
    remindOfUpdates({ tx, now, secrets: testSecrets, portalUrl: testUrl, consoleUrl: undefined }),
  )
  assert.deepEqual(await takeMails(), [])
  const { rows } = await admin.query('select reminded_of from outage where id = $1', [id])
  assert.deepEqual(rows, [{ reminded_of: null }])
})
