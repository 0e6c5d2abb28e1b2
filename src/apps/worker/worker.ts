import { type CronItem, Logger, parseCronItems, run, type TaskList } from 'graphile-worker'
import { sql } from 'kysely'
import type pg from 'pg'
import { z } from 'zod'
import { deliverMail, openCarrier } from '#features/mails/deliver.ts'
import { endIdleSessions } from '#features/sessions/end-idle.ts'
import { forgetOldTraces } from '#features/sign-in/forget.ts'
import type { Config } from '#platform/config.ts'
import { type Database, openPool, type Transaction } from '#platform/database.ts'
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

/** Every job there is. Its payload, if it has one, is checked like any input. */
function jobsOf({ config, operator, secrets, now }: WorkerParts): TaskList {
  const delivery = { database: operator, secrets, carrier: openCarrier(config), mailFrom: config.mailFrom, now }
  const timed = (work: (tx: Transaction, moment: Date) => Promise<unknown>) => async (): Promise<void> => {
    await operator.transaction((tx) => work(tx, now()))
  }
  return {
    'send-mail': (payload) => deliverMail(delivery, mailJob.parse(payload).mail),
    'release-left-jobs': (_payload, { withPgClient }) => withPgClient(releaseLeftJobs),
    'hurry-mails': (_payload, { withPgClient }) => withPgClient(hurryMails),
    'end-idle-sessions': timed(endIdleSessions),
    'forget-old-traces': timed(forgetOldTraces),
    'refresh-contract-status': timed((tx, moment) => sql`select refresh_contract_status(${moment})`.execute(tx)),
    'add-access-history-months': timed((tx, moment) => sql`call add_access_history_months(${moment})`.execute(tx)),
  }
}

/** When the timed jobs run, in UTC. What was missed while nobody worked is not made up for: each looks at everything. */
const timetable: CronItem[] = [
  { task: 'release-left-jobs', match: '* * * * *' },
  { task: 'hurry-mails', match: '* * * * *' },
  { task: 'end-idle-sessions', match: '* * * * *' },
  { task: 'refresh-contract-status', match: '* * * * *' },
  { task: 'forget-old-traces', match: '17 * * * *' },
  { task: 'add-access-history-months', match: '7 3 * * *' },
]

/** Begins to work on the queue. Answers what stops it after the jobs under way are done. */
export async function startWorker(parts: WorkerParts): Promise<() => Promise<void>> {
  const { owner, log } = parts
  const pool = openPool({ ...owner, max: 6 })
  const runner = await run({
    pgPool: pool,
    concurrency: 4,
    pollInterval: 2 * seconds,
    noHandleSignals: true,
    logger: new Logger(
      () => (level, message) => log[level === 'warning' ? 'warn' : level]({ part: 'worker' }, message),
    ),
    taskList: jobsOf(parts),
    parsedCronItems: parseCronItems(timetable),
  })
  return async () => {
    await runner.stop()
    await pool.end()
  }
}

/**
 * Gives back the jobs of workers that died, or lost the database, before they could say what became of them; by itself the
 * queue would wait four hours. No job of ours takes so long, and one that does only meets itself at the lock of its row.
 */
async function releaseLeftJobs(client: pg.ClientBase): Promise<void> {
  await client.query(
    `select graphile_worker.force_unlock_workers(array_agg(distinct locked_by)) from graphile_worker.jobs
     where locked_at < now() - interval '2 minutes' having count(*) > 0`,
  )
}

/** The queue waits longer after each try, in the end for hours. A mail server that is back must not wait for us so long. */
async function hurryMails(client: pg.ClientBase): Promise<void> {
  await client.query(
    `select graphile_worker.reschedule_jobs(array_agg(id), run_at := now() + interval '5 minutes') from graphile_worker.jobs
     where task_identifier = 'send-mail' and locked_at is null and run_at > now() + interval '5 minutes' having count(*) > 0`,
  )
}
