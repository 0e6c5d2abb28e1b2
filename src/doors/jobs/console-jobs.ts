import type { TaskList } from 'graphile-worker'
import { z } from 'zod'
import { runImport } from '#features/import-runs/work.ts'
import { mailNotices, publishNotices } from '#features/notices/publish.ts'
import type { Mailing } from '#features/operator-context.ts'
import type { Database } from '#platform/database/database.ts'
import type { Log } from '#platform/log.ts'

const runJob = z.object({ run: z.uuid() })
const campaignJob = z.object({ campaign: z.uuid() })

interface Parts extends Mailing {
  database: Database
  log: Log
  now: () => Date
}

/** What staff want done that concerns all customers: the console writes for one at a time. */
export function consoleJobs(parts: Parts): TaskList {
  const { database, now } = parts
  return {
    'run-import': (payload, { job }) =>
      runImport({ ...parts, isLastTry: job.attempts >= job.max_attempts }, runJob.parse(payload).run),
    'publish-notices': (payload) =>
      database.transaction((tx) => publishNotices({ tx, now: now() }, campaignJob.parse(payload).campaign)),
    'mail-notices': (payload) => mailNotices(parts, campaignJob.parse(payload).campaign),
  }
}
