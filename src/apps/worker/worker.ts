import { Logger, parseCronItems, run } from 'graphile-worker'
import { sql } from 'kysely'
import pg from 'pg'
import { z } from 'zod'
import { deliverMail, openCarrier } from '#features/mails/deliver.ts'
import { endIdleSessions } from '#features/sessions/end-idle.ts'
import { forgetOldTraces } from '#features/sign-in/forget.ts'
import type { Config } from '#platform/config.ts'
import type { Database } from '#platform/database.ts'
import { seconds } from '#platform/duration.ts'
import type { Log } from '#platform/log.ts'
import type { Secrets } from '#platform/secrets.ts'

export interface WorkerParts {
  config: Config
  /** The queue belongs to the owner, who alone may take jobs from it. */
  owner: pg.ClientConfig
  /** What the jobs work with. */
  operator: Database
  secrets: Secrets
  log: Log
  now: () => Date
}

const mailJob = z.object({ mail: z.uuid() })

/** Every job there is, and when the timed ones run. Answers what stops it after the jobs under way are done. */
export async function startWorker({
  config,
  owner,
  operator,
  secrets,
  log,
  now,
}: WorkerParts): Promise<() => Promise<void>> {
  const delivery = { database: operator, secrets, carrier: openCarrier(config), mailFrom: config.mailFrom, now }
  const pool = new pg.Pool({ ...owner, max: 6 })
  for (const event of ['error', 'connect'] as const) pool.on(event, () => undefined)
  const runner = await run({
    pgPool: pool,
    concurrency: 4,
    pollInterval: 2 * seconds,
    noHandleSignals: true,
    logger: new Logger(
      () => (level, message) => log[level === 'warning' ? 'warn' : level]({ part: 'worker' }, message),
    ),
    taskList: {
      'send-mail': (payload) => deliverMail(delivery, mailJob.parse(payload).mail),
      'end-idle-sessions': async () => {
        await operator.transaction((tx) => endIdleSessions(tx, now()))
      },
      'refresh-contract-status': async () => {
        await operator.transaction((tx) => sql`select refresh_contract_status(${now()})`.execute(tx))
      },
      'forget-old-traces': async () => {
        await operator.transaction((tx) => forgetOldTraces(tx, now()))
      },
      'add-access-history-months': async () => {
        await operator.transaction((tx) => sql`call add_access_history_months(${now()})`.execute(tx))
      },
    },
    parsedCronItems: parseCronItems([
      { task: 'end-idle-sessions', match: '* * * * *', options: { backfillPeriod: 0 } },
      { task: 'refresh-contract-status', match: '* * * * *', options: { backfillPeriod: 0 } },
      { task: 'forget-old-traces', match: '17 * * * *', options: { backfillPeriod: 0 } },
      { task: 'add-access-history-months', match: '7 3 * * *', options: { backfillPeriod: 0 } },
    ]),
  })
  return async () => {
    await runner.stop()
    await pool.end()
  }
}
