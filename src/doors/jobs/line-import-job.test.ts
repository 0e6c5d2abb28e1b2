import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import { pino } from 'pino'
import { readConfig } from '#program/config.ts'
import { testDatabase } from '#test/database.ts'
import { testSecrets } from '#test/portal.ts'
import { superuserOf } from '#test/superuser.ts'
import { until } from '#test/until.ts'
import { startWorker } from './worker.ts'

const database = await testDatabase()
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

test('a file of settings that is due during maintenance is asked for again at its end', async () => {
  await admin.query(
    `update site_state set (closed_from, closed_until, mode, text_ja, text_en) =
       (now() - interval '1 hour', date_trunc('day', now()) + interval '3 days', 'closed', '工事', 'Works') where site = 'settings'`,
  )
  const { rows } = await admin.query<{ id: string }>(
    `select id from graphile_worker.add_job('apply-line-import', json_build_object('import', $1::uuid))`,
    [randomUUID()],
  )
  const stop = startWorker({
    config: readConfig({ DEMO: 'on', SECRET_KEY: Buffer.alloc(32, 7).toString('base64') }),
    owner: database.ownerConfig,
    operator: database.operator,
    secrets: testSecrets,
    log: pino({ level: 'silent' }),
    now: () => new Date(),
    onLost: (reason) => assert.fail(reason),
    hasOthers: false,
    lookEvery: 20,
  })
  try {
    await until(async () => {
      const left = await admin.query(
        `select from graphile_worker.jobs j, site_state s where s.site = 'settings'
          and j.task_identifier = 'apply-line-import' and j.id <> $1 and j.run_at = s.closed_until`,
        [rows[0]?.id],
      )
      return left.rowCount === 1
    })
  } finally {
    await stop()
  }
})
