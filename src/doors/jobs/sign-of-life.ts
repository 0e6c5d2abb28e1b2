import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { hideRunner, releaseLeftJobs, showRunner } from '#features/jobs/living-runners.ts'
import { seconds } from '#platform/time/duration.ts'
import { within } from '#platform/time/within.ts'

/** Shows to every worker which runners of this process live, and gives back the jobs of those that do not, of any process. */
export interface SignOfLife {
  show(runner: string): void
  hide(runner: string): void
  close(): Promise<void>
}

export interface SignSettings {
  owner: pg.ClientConfig
  /** Between two looks for jobs of the dead, in milliseconds. A broken session is back earlier. */
  lookEvery?: number
}

/** Between two tries to have a session, and between two looks at what it has to show. */
const beat = 1 * seconds

/** Opens a session that shows, and another whenever it breaks. */
export function openSignOfLife({ owner, lookEvery = 5 * seconds }: SignSettings): SignOfLife {
  const shown = new Set<string>()
  const closing = new AbortController()
  const { signal } = closing
  const every = Math.min(beat, lookEvery)
  const keep = async (): Promise<void> => {
    while (!signal.aborted) {
      const session = openSession(owner)
      await showAll(session, { shown, signal, lookEvery, every }).catch(() => undefined)
      // Hanging, it would hang at its end too.
      await within(every, session.end())
      await wait(every, undefined, { signal }).catch(() => undefined)
    }
  }
  const kept = keep()
  return {
    show: (runner) => shown.add(runner),
    hide: (runner) => shown.delete(runner),
    async close() {
      closing.abort()
      await within(beat, kept)
    },
  }
}

function openSession(owner: pg.ClientConfig): pg.Client {
  const session = new pg.Client({
    ...owner,
    connectionTimeoutMillis: 5 * seconds,
    query_timeout: 5 * seconds,
    // The server lets go of a machine that has vanished after half a minute, not after two hours. A socket has none of these.
    options: '-c tcp_keepalives_idle=15 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3',
  })
  // What is asked next says it too.
  session.on('error', () => undefined)
  return session
}

interface Showing {
  shown: ReadonlySet<string>
  signal: AbortSignal
  lookEvery: number
  every: number
}

/** Until the session breaks or the sign is closed. */
async function showAll(session: pg.Client, { shown, signal, lookEvery, every }: Showing): Promise<void> {
  await session.connect()
  const locked = new Set<string>()
  let suspects: readonly string[] = []
  let nextLook = performance.now()
  while (!signal.aborted) {
    for (const runner of shown)
      if (!locked.has(runner)) await showRunner(session, runner).then(() => locked.add(runner))
    for (const runner of locked)
      if (!shown.has(runner)) await hideRunner(session, runner).then(() => locked.delete(runner))
    if (performance.now() >= nextLook) {
      suspects = await releaseLeftJobs(session, { shown: [...locked], suspects })
      nextLook = performance.now() + lookEvery
    }
    await wait(every, undefined, { signal }).catch(() => undefined)
  }
}
