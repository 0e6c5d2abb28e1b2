import { type CronItem, Logger, parseCronItems, run, type Runner, type TaskList } from 'graphile-worker'
import type pg from 'pg'
import { z } from 'zod'
import { addAccessHistoryMonths, dropOldAccessHistory } from '#features/access-history/months.ts'
import { pruneChanges, sealChanges } from '#features/change-history/seal.ts'
import { refreshContractStatus } from '#features/contracts/refresh-status.ts'
import { forgetOldFeedback } from '#features/feedback/forget.ts'
import { forgetOldFirstLogins } from '#features/first-login/forget.ts'
import { remindOfFirstLogins } from '#features/first-login/remind.ts'
import { answerRequest } from '#features/first-login/request-url.ts'
import { deliverMail, type MailSettings, openCarrier } from '#features/mails/deliver.ts'
import { hurryMails } from '#features/mails/hurry.ts'
import { forgetReadNotices } from '#features/notices/forget.ts'
import { endIdleSessions } from '#features/sessions/end-idle.ts'
import { forgetOldTraces } from '#features/sign-in/forget.ts'
import { forgetBlockedTraffic } from '#features/threat-blocking/forget.ts'
import { forgetAddresses } from '#features/users/forget.ts'
import { type Database, openPool, type Transaction } from '#platform/database/database.ts'
import { seconds } from '#platform/time/duration.ts'
import type { Log } from '#platform/log.ts'
import type { Secrets } from '#platform/security/secrets.ts'
import { keepRunning } from './keep-running.ts'

export interface WorkerParts {
  config: MailSettings & { portalUrl: URL }
  /** The queue belongs to the owner, who alone may take jobs from it. */
  owner: pg.ClientConfig
  /** What the jobs work with. */
  operator: Database
  secrets: Secrets
  log: Log
  now: () => Date
  /** The worker has ended by itself. */
  onLost: (reason: string) => void
}

const mailJob = z.object({ mail: z.uuid() })
const requestJob = z.object({ request: z.uuid() })

/** Every job there is. Its payload, if it has one, is checked like any input. */
function jobsOf({ config, operator, secrets, now }: WorkerParts): TaskList {
  const delivery = { database: operator, secrets, carrier: openCarrier(config), mailFrom: config.mailFrom, now }
  const sending = { secrets, portalUrl: config.portalUrl }
  const timed = (work: (tx: Transaction, moment: Date) => Promise<unknown>) => async (): Promise<void> => {
    await operator.transaction((tx) => work(tx, now()))
  }
  return {
    'send-mail': (payload) => deliverMail(delivery, mailJob.parse(payload).mail),
    'release-left-jobs': (_payload, { withPgClient }) => withPgClient(releaseLeftJobs),
    'hurry-mails': (_payload, { withPgClient }) => withPgClient(hurryMails),
    'end-idle-sessions': timed(endIdleSessions),
    'forget-old-traces': timed(async (tx, moment) => {
      await forgetOldTraces(tx, moment)
      await forgetOldFirstLogins(tx, moment)
      await forgetAddresses(tx, moment)
    }),
    'remind-of-first-logins': timed((tx, moment) => remindOfFirstLogins({ ...sending, tx, now: moment })),
    'answer-first-login-request': (payload) =>
      operator.transaction((tx) => answerRequest({ ...sending, tx, now: now() }, requestJob.parse(payload).request)),
    'forget-read-notices': timed(forgetReadNotices),
    'forget-old-feedback': timed(forgetOldFeedback),
    'forget-blocked-traffic': timed(forgetBlockedTraffic),
    'refresh-contract-status': timed(refreshContractStatus),
    'seal-change-history': () => sealChanges(operator),
    'prune-change-history': timed(pruneChanges),
    'add-access-history-months': timed(addAccessHistoryMonths),
    'drop-old-access-history': timed(dropOldAccessHistory),
  }
}

/** When the timed jobs run, in UTC. What was missed while nobody worked is not made up for: each looks at everything. */
const timetable: CronItem[] = [
  { task: 'release-left-jobs', match: '* * * * *' },
  { task: 'hurry-mails', match: '* * * * *' },
  { task: 'end-idle-sessions', match: '* * * * *' },
  { task: 'refresh-contract-status', match: '* * * * *' },
  { task: 'seal-change-history', match: '* * * * *' },
  { task: 'forget-old-traces', match: '17 * * * *' },
  { task: 'remind-of-first-logins', match: '*/10 * * * *' },
  { task: 'forget-read-notices', match: '13 3 * * *' },
  { task: 'forget-old-feedback', match: '15 3 * * *' },
  { task: 'forget-blocked-traffic', match: '17 3 * * *' },
  { task: 'add-access-history-months', match: '7 3 * * *' },
  { task: 'drop-old-access-history', match: '11 3 * * *' },
  { task: 'prune-change-history', match: '19 3 * * *' },
]

/** Begins to work on the queue. Answers what stops it after the jobs under way are done. */
export async function startWorker(parts: WorkerParts): Promise<() => Promise<void>> {
  const { owner, log, onLost } = parts
  const pool = openPool({ ...owner, max: 6 })
  const begin = (): Promise<Runner> =>
    run({
      pgPool: pool,
      concurrency: 4,
      pollInterval: 2 * seconds,
      noHandleSignals: true,
      logger: new Logger(
        () => (level, message) => log[level === 'warning' ? 'warn' : level]({ part: 'worker' }, message),
      ),
      taskList: jobsOf(parts),
      parsedCronItems: parseCronItems(timetable),
      // Unbatched, nobody awaits what is written of a job, and a connection lost in that moment would end the process.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    })
  const stop = await keepRunning(begin, onLost)
  return async () => {
    await stop()
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
