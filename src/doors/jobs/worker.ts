import { type CronItem, Logger, parseCronItems, type TaskList } from 'graphile-worker'
import type pg from 'pg'
import { z } from 'zod'
import { addAccessHistoryMonths, dropOldAccessHistory } from '#features/access-history/months.ts'
import { forgetOldAccess } from '#features/access-reviews/forget.ts'
import { pruneChanges, sealChanges } from '#features/change-history/seal.ts'
import { refreshContractStatus } from '#features/contracts/refresh-status.ts'
import { forgetOldFeedback } from '#features/feedback/forget.ts'
import { forgetOldFirstLogins } from '#features/first-login/forget.ts'
import { noteFallenBack } from '#features/address-limits/fall-back.ts'
import { sendDueNotices } from '#features/first-login/send-due-notices.ts'
import { remindOfFirstLogins } from '#features/first-login/remind.ts'
import { answerRequest } from '#features/first-login/request-url.ts'
import { notePulse } from '#features/jobs/pulse.ts'
import { forgetImportRuns } from '#features/import-runs/forget.ts'
import { deliverMail, findCarrierProblem, type MailSettings, openCarrier } from '#features/mails/deliver.ts'
import { tellingKinds } from '#features/incidents/tellings.ts'
import { runLineImport } from '#features/line-imports/run.ts'
import { forgetMailTexts } from '#features/mails/forget.ts'
import { hurryMails } from '#features/mails/hurry.ts'
import { forgetReadNotices } from '#features/notices/forget.ts'
import { publishAgreed } from '#features/notices/write.ts'
import { refoldSearch } from '#features/search/refold.ts'
import { endSessionsOver } from '#features/sessions/end-over.ts'
import { eraseKeptForms } from '#features/sign-in/confirm.ts'
import { forgetOldTraces } from '#features/sign-in/forget.ts'
import { forgetBlockedTraffic } from '#features/threat-blocking/forget.ts'
import { closeSolvedTickets } from '#features/tickets/close-solved.ts'
import { applyPlanned } from '#features/user-groups/apply-planned.ts'
import type { Mailing } from '#features/operator-context.ts'
import { remindOfUpdates } from '#features/outages/remind.ts'
import { carryOutSecondYes } from '#features/staff/carry-out.ts'
import { spreadOutage } from '#features/outages/spread.ts'
import { forgetTold } from '#features/told/forget.ts'
import { tellOfTomorrow } from '#features/told/tell-of-tomorrow.ts'
import { tellOfOrder } from '#features/told/tell-order.ts'
import { tell } from '#features/told/tell.ts'
import { forgetImports } from '#features/file-imports/forget.ts'
import { endViewingsOver } from '#features/viewings/end.ts'
import { runImport } from '#features/user-imports/run.ts'
import { forgetAddresses } from '#features/users/forget.ts'
import type { Database, Transaction } from '#platform/database/database.ts'
import type { Log } from '#platform/log.ts'
import type { Secrets } from '#platform/security/secrets.ts'
import { minutes, seconds } from '#platform/time/duration.ts'
import { consoleJobs } from './console-jobs.ts'
import { isRefusal } from './database-errors.ts'
import { keepRunning } from './keep-running.ts'
import { lineJobs } from './line-jobs.ts'
import { beginRunner, pulse } from './runner.ts'
import { openSignOfLife } from './sign-of-life.ts'
import { watchForStandstill } from './standstill.ts'

export interface WorkerParts {
  config: MailSettings & { portalUrl: URL; settingsUrl: URL; consoleUrl?: URL | undefined }
  /** The queue belongs to the owner, who alone may take jobs from it. */
  owner: pg.ClientConfig
  /** What the jobs work with. */
  operator: Database
  secrets: Secrets
  log: Log
  now: () => Date
  /** The worker cannot work any longer, and another process might. */
  onLost: (reason: string) => void
  /** The process does more than work on jobs: then it is not lost when they stand still. */
  hasOthers?: boolean
  /** Between two looks for what other workers have left, and for a standstill, in milliseconds. */
  lookEvery?: number
}

const mailJob = z.object({ mail: z.uuid() })
const importJob = z.object({ import: z.uuid() })
const requestJob = z.object({ request: z.uuid() })
const outageJob = z.object({ outage: z.uuid() })
const tellJob = z.object({ incident: z.uuid(), kind: z.enum(tellingKinds), number: z.int() })
const tellOrderJob = z.object({ order: z.uuid(), news: z.int() })

/** Every job there is. Its payload, if it has one, is checked like any input. */
function jobsOf({ config, operator, secrets, log, now }: WorkerParts): TaskList {
  const delivery = { log, database: operator, secrets, carrier: openCarrier(config), mailFrom: config.mailFrom, now }
  const sending = { secrets, portalUrl: config.portalUrl, consoleUrl: config.consoleUrl }
  const timed = (work: (tx: Transaction, moment: Date) => Promise<unknown>) => async (): Promise<void> => {
    await operator.transaction((tx) => work(tx, now()))
  }
  return {
    ...outageJobs({ ...sending, operator, now }),
    ...consoleJobs({ ...sending, database: operator, log, now }),
    'send-mail': (payload) => deliverMail(delivery, mailJob.parse(payload).mail),
    [pulse.task]: timed(notePulse),
    'hurry-mails': (_payload, { withPgClient }) => withPgClient(hurryMails),
    'end-idle-sessions': timed(endSessionsOver),
    'end-viewings': timed((tx, moment) => endViewingsOver(tx, { now: moment, log })),
    'erase-kept-forms': timed(eraseKeptForms),
    'forget-old-traces': timed(forgetTraces),
    'note-fallen-trials': timed((tx, moment) => noteFallenBack({ tx, now: moment, secrets })),
    'send-due-notices': timed((tx, moment) => sendDueNotices({ ...sending, tx, now: moment })),
    'remind-of-first-logins': timed((tx, moment) => remindOfFirstLogins({ ...sending, tx, now: moment })),
    'answer-first-login-request': (payload) =>
      operator.transaction((tx) => answerRequest({ ...sending, tx, now: now() }, requestJob.parse(payload).request)),
    ...fileJobs({ ...sending, database: operator, log, now }),
    'close-solved-tickets': timed((tx, moment) => closeSolvedTickets({ ...sending, tx, now: moment })),
    'tell-of-tomorrow': timed(tellOfTomorrow),
    ...staffJobs({ ...sending, database: operator, log, now, publishNotice: publishAgreed }),
    ...lineJobs({ database: operator, secrets, settingsUrl: config.settingsUrl, now }),
    'forget-read-notices': timed(forgetReadNotices),
    'forget-old-feedback': timed(forgetOldFeedback),
    'forget-blocked-traffic': timed(forgetBlockedTraffic),
    'refresh-contract-status': timed(refreshContractStatus),
    'refold-search': () => refoldSearch(operator),
    'apply-planned-memberships': async () => void (await applyPlanned({ database: operator, secrets, now })),
    'seal-change-history': () => sealChanges(operator),
    'prune-change-history': timed(pruneChanges),
    'forget-old-access': timed(forgetOldAccess),
    'add-access-history-months': timed(addAccessHistoryMonths),
    'drop-old-access-history': timed(dropOldAccessHistory),
  }
}

/** What brings faults and works to customers, and tells people of them and of orders. */
function outageJobs({ operator, now, ...sending }: Pick<WorkerParts, 'operator' | 'now'> & Mailing): TaskList {
  return {
    tell: (payload) => tell({ ...sending, database: operator, now }, tellJob.parse(payload)),
    'tell-order': (payload) => tellOfOrder({ ...sending, database: operator, now }, tellOrderJob.parse(payload)),
    'spread-outage': (payload) => spreadAndRefresh(operator, now, outageJob.parse(payload).outage),
    'remind-of-updates': async () => {
      await operator.transaction((tx) => remindOfUpdates({ ...sending, tx, now: now() }))
    },
  }
}

/** What files are done by that somebody has brought. */
function fileJobs(parts: Parameters<typeof runImport>[0]): TaskList {
  return {
    'apply-user-import': (payload) => runImport(parts, importJob.parse(payload).import),
    'apply-line-import': async (payload, { addJob }) => {
      const waitsUntil = await runLineImport(parts, importJob.parse(payload).import)
      if (waitsUntil) await addJob('apply-line-import', payload, { runAt: waitsUntil })
    },
  }
}

/** Of what members of staff have asked for. */
function staffJobs(parts: Parameters<typeof carryOutSecondYes>[0]): TaskList {
  return { 'carry-out-second-yes': () => carryOutSecondYes(parts) }
}

/** The status of the contracts is a transaction of its own: it waits for whoever else changes contracts. */
async function spreadAndRefresh(operator: Database, now: () => Date, outage: string): Promise<void> {
  await operator.transaction((tx) => spreadOutage({ tx, now: now() }, outage))
  await operator.transaction((tx) => refreshContractStatus(tx, now()))
}

async function forgetTraces(tx: Transaction, moment: Date): Promise<void> {
  await forgetOldTraces(tx, moment)
  await forgetOldFirstLogins(tx, moment)
  await forgetAddresses(tx, moment)
  await forgetImports(tx, moment)
  await forgetTold(tx, moment)
  await forgetMailTexts(tx, moment)
  await forgetImportRuns(tx, moment)
}

/** When the timed jobs run, in UTC. What was missed while nobody worked is not made up for: each looks at everything. */
const timetable: CronItem[] = [
  { task: pulse.task, match: '* * * * *', options: pulse.options },
  { task: 'hurry-mails', match: '* * * * *' },
  { task: 'end-idle-sessions', match: '* * * * *' },
  { task: 'end-viewings', match: '* * * * *' },
  { task: 'refresh-contract-status', match: '* * * * *' },
  { task: 'refold-search', match: '* * * * *' },
  { task: 'apply-planned-memberships', match: '* * * * *' },
  { task: 'note-fallen-trials', match: '* * * * *' },
  { task: 'send-due-notices', match: '* * * * *' },
  { task: 'seal-change-history', match: '* * * * *' },
  { task: 'erase-kept-forms', match: '* * * * *' },
  { task: 'carry-out-second-yes', match: '* * * * *' },
  // One at a time: a line that somebody holds for long keeps no other work back.
  { task: 'carry-out-reservations', match: '* * * * *', options: { queueName: 'reservations', maxAttempts: 1 } },
  { task: 'forget-old-traces', match: '17 * * * *' },
  // Days begin at the full hour, in most zones.
  { task: 'recount-line-findings', match: '1 * * * *' },
  { task: 'remind-of-first-logins', match: '*/10 * * * *' },
  { task: 'close-solved-tickets', match: '23 * * * *' },
  { task: 'tell-of-tomorrow', match: '*/10 * * * *' },
  { task: 'remind-of-updates', match: '* * * * *' },
  { task: 'forget-read-notices', match: '13 3 * * *' },
  { task: 'forget-old-feedback', match: '15 3 * * *' },
  { task: 'forget-blocked-traffic', match: '17 3 * * *' },
  { task: 'add-access-history-months', match: '7 3 * * *' },
  { task: 'drop-old-access-history', match: '11 3 * * *' },
  { task: 'prune-change-history', match: '19 3 * * *' },
  { task: 'forget-old-access', match: '21 3 * * *' },
]

/** What a stop may take for the jobs under way. What they have not come to by then, the next worker does. */
const patience = 5 * seconds

/** Begins to work on the queue, as soon as the database lets it. Answers what stops it. */
export function startWorker(parts: WorkerParts): () => Promise<void> {
  const { owner, log, onLost } = parts
  const refusals = noteRefusals()
  const sign = openSignOfLife(parts)
  void tryCarrier(parts)
  const begin = () =>
    beginRunner(owner, {
      logger: loggerOf(log, refusals.note),
      taskList: jobsOf(parts),
      parsedCronItems: parseCronItems(timetable),
    })
  const stopRunning = keepRunning({ begin, sign, log, onProblem: refusals.note, onLost })
  const endWatch = watchForStandstill({
    ...parts,
    onStandstill(since) {
      if (!parts.hasOthers && !refusals.areRecent()) onLost(`no job has been done since ${since.toISOString()}`)
    },
  })
  return async () => {
    endWatch()
    await stopRunning(patience)
    await sign.close()
  }
}

/** At the start, so that nobody learns only from the first mail that none is taken. */
async function tryCarrier({ config, log }: WorkerParts): Promise<void> {
  const problem = await findCarrierProblem(config)
  if (problem) log.warn({ part: 'worker', problem }, 'the mail server takes no mails: SMTP_URL')
}

/** What the library says; the errors it tells of are handed over too, for it outlives some without another word. */
function loggerOf(log: Log, onProblem: (problem: unknown) => void): Logger {
  return new Logger(() => (level, message, details) => {
    if (details && 'error' in details) onProblem(details.error)
    log[level === 'warning' ? 'warn' : level]({ part: 'worker' }, message)
  })
}

/** While the database refuses all work, another process could do no more. */
function noteRefusals(): { note: (problem: unknown) => void; areRecent: () => boolean } {
  let last = -Infinity
  return {
    note(problem) {
      if (isRefusal(problem)) last = performance.now()
    },
    areRecent: () => performance.now() - last < 2 * minutes,
  }
}
