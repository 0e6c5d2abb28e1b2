import { EventEmitter } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { type Runner as LibraryRunner, run, type RunnerOptions, type WorkerEvents } from 'graphile-worker'
import type pg from 'pg'
import { openPool } from '#platform/database/pool.ts'
import { minutes, seconds } from '#platform/time/duration.ts'

/** One runner of the queue, with connections of its own. When anything fails it is replaced, never repaired. */
export interface Runner {
  /** By which its jobs are locked. */
  id: string
  /** Comes with the problem as soon as it does not work as it should. */
  failed: Promise<unknown>
  /** Takes no more jobs, waits for those under way for so many milliseconds, and breaks off its connections. */
  retire(patience: number): Promise<void>
}

/** The job that shows that jobs are done: at once when a runner begins, then each minute, before all others. */
export const pulse = {
  task: 'note-pulse',
  // Only the newest counts, and none is tried again.
  options: { priority: -1, jobKey: 'pulse', maxAttempts: 1 },
} as const

/** Jobs done at once. */
const concurrency = 4
/** Between two looks for jobs, which otherwise come by a notification. */
const pollInterval = 2 * seconds
/** Some job is planned each minute. */
const longestUnplanned = 2.5 * minutes
/** How long writing down what became of a job may take, once the job is done. */
const writingTakes = 500

export interface RunnerSettings extends Pick<RunnerOptions, 'logger' | 'taskList' | 'parsedCronItems'> {
  /** After how long without an answer of the queue a runner with free hands has failed, in milliseconds. */
  longestSilence?: number
}

/** Begins to work on the queue. Throws what the database says when it cannot. */
export async function beginRunner(
  owner: pg.ClientConfig,
  { longestSilence = 10 * seconds, ...options }: RunnerSettings,
): Promise<Runner> {
  const connections = openConnections(owner)
  const life = watchLife(longestSilence)
  try {
    const library = await run({
      ...options,
      pgPool: connections.pool,
      concurrency,
      pollInterval,
      noHandleSignals: true,
      // Unbatched, nobody awaits what is written of a job, and a connection lost in that moment would end the process.
      preset: { worker: { events: life.events, completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    })
    // What keeps it from being added keeps the others from being done, and shows there.
    library.addJob(pulse.task, {}, pulse.options).catch(() => undefined)
    return { id: life.id(), failed: failureOf(library, life), retire: retirementOf(library, { life, connections }) }
  } catch (error) {
    connections.breakOff()
    throw error
  }
}

interface Connections {
  pool: pg.Pool
  breakOff(): void
}

/** For the four jobs, the timetable and the notifications. A server that does not answer gives an error, never silence. */
function openConnections(owner: pg.ClientConfig): Connections {
  const pool = openPool({
    ...owner,
    max: concurrency + 2,
    connectionTimeoutMillis: 5 * seconds,
    query_timeout: 10 * seconds,
  })
  const open = new Set<pg.PoolClient>()
  pool.on('connect', (client) => open.add(client))
  pool.on('remove', (client) => open.delete(client))
  return {
    pool,
    breakOff() {
      void pool.end()
      // The pool itself would wait for whoever still has one.
      for (const client of open) void client.end()
    },
  }
}

interface Life {
  events: WorkerEvents
  id(): string
  failure: Promise<unknown>
  fail(problem: unknown): void
  isSilent(): boolean
  /** It waits for an answer to whether there is a job. */
  isAsking(): boolean
  /** Nothing is under way, and what was done is written down. */
  isIdle(): boolean
}

/**
 * What a runner does, by its events: the library's own promises may come late or never. Two jobs of which it could not write
 * down what became of them are enough; and it asks a starting server (57P03) again only after minutes.
 */
function watchLife(longestSilence: number): Life {
  const events: WorkerEvents = new EventEmitter()
  const { promise: failure, resolve: fail } = Promise.withResolvers<unknown>()
  let id = ''
  let underWay = 0
  let asking = 0
  let heardAt = performance.now()
  let plannedAt = performance.now()
  const hear = (more: number): void => {
    underWay += more
    heardAt = performance.now()
  }
  const ask = (more: number): void => void (asking += more)
  const plan = (): void => void (plannedAt = performance.now())
  events.on('pool:create', ({ workerPool }) => (id = workerPool.id))
  events.on('worker:getJob:start', () => ask(1))
  for (const name of ['worker:getJob:error', 'worker:getJob:empty', 'job:start'] as const)
    events.on(name, () => ask(-1))
  events.on('worker:getJob:empty', () => hear(0))
  events.on('job:start', () => hear(1))
  events.on('job:complete', () => hear(-1))
  events.on('worker:fatalError', () => hear(-1))
  events.on('cron:started', plan)
  events.on('cron:scheduled', plan)
  for (const name of ['worker:getJob:error', 'worker:fatalError', 'pool:fatalError', 'pool:listen:error'] as const)
    events.on(name, ({ error }) => fail(error))
  events.on('pool:gracefulShutdown', ({ message }) => fail(new Error(message)))
  const since = (moment: number): number => performance.now() - moment
  return {
    events,
    id: () => id,
    failure,
    fail,
    isSilent: () => (underWay < concurrency && since(heardAt) > longestSilence) || since(plannedAt) > longestUnplanned,
    isAsking: () => asking > 0,
    isIdle: () => underWay === 0 && asking === 0 && since(heardAt) > writingTakes,
  }
}

async function failureOf({ promise }: LibraryRunner, { failure, fail, isSilent }: Life): Promise<unknown> {
  promise.then(() => fail(new Error('The runner has ended')), fail)
  const watch = setInterval(() => isSilent() && fail(new Error('The queue does not answer')), 1 * seconds)
  return failure.finally(() => clearInterval(watch))
}

function retirementOf(
  library: LibraryRunner,
  { life, connections }: { life: Life; connections: Connections },
): Runner['retire'] {
  return async (patience) => {
    const late = performance.now() + patience
    const until = async (isSo: () => boolean): Promise<void> => {
      while (!isSo() && performance.now() < late) await wait(20)
    }
    let isOver = false
    const over = (): void => void (isOver = true)
    library.promise.then(over, over)
    // One that is stopped in the middle of a question writes a trace of it past every log.
    await until(() => isOver || !life.isAsking())
    // Refused by one that is ending already.
    library.stop().catch(() => undefined)
    await until(() => isOver || life.isIdle())
    life.fail(new Error('retired'))
    connections.breakOff()
  }
}
