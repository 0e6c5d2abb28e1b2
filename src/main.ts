import { type Config, readConfig } from '#program/config.ts'
import { endWithNpm } from '#program/end-with-parent.ts'
import { type Log, openLog } from '#platform/log.ts'
import { isStartProblem, startProblem } from '#platform/start-problem.ts'
import { seconds } from '#platform/time/duration.ts'
import { announce } from '#program/announce.ts'
import { type Parts, startParts } from '#program/start-parts.ts'

/** What is not done by then is left to the next start, as after a kill. */
const longestStop = 10 * seconds

// Whoever read what we say may be gone: what cannot be said ends nothing.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)

// main.ts [all|portal|settings|console|worker]: one process or many.
try {
  await start()
} catch (error) {
  if (!isStartProblem(error)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
}

async function start(): Promise<void> {
  endWithNpm()
  const config = readConfig(process.env)
  const log = openLog(config.logLevel)
  const ended = Promise.withResolvers<{ code: number; reason: string }>()
  // Whatever asks first decides; a signal that comes while we start or stop changes nothing.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => ended.resolve({ code: 0, reason: signal }))
  void ended.promise.then(() => endSoon(log))
  const running = await startParts({
    config,
    log,
    parts: partsFor(config, process.argv[2] ?? 'all'),
    onLost: (reason) => ended.resolve({ code: 1, reason }),
  })
  await announce({ config, running })
  if (!config.demo && config.trustedProxies.length === 0)
    log.warn('TRUSTED_PROXIES is empty: behind a proxy, all clients count as the one address of the proxy')
  const { code, reason } = await ended.promise
  log.info({ reason }, 'stopping')
  await running.stop()
  process.exit(code)
}

function endSoon(log: Log): void {
  const breakOff = (): void => {
    log.error(`the stop was broken off: it had taken ${longestStop / seconds} seconds`)
    process.exit(1)
  }
  setTimeout(breakOff, longestStop).unref()
}

/** With the embedded database, a part of a product would be alone: no other process can have the data folder. */
function partsFor({ demo, database, port, settingsPort }: Config, name: string): Parts {
  const parts = partsNamed(name)
  if (parts.portal && parts.settings && port === settingsPort && port !== 0)
    throw startProblem(
      'configuration',
      `SETTINGS_PORT: the settings site needs another port than the portal's ${port}.`,
    )
  if (demo || database || Object.values(parts).every(Boolean)) return parts
  throw startProblem(
    'configuration',
    `The part "${name}" cannot run apart on the embedded PostgreSQL: set DATABASE_URL and DATABASE_OWNER_URL, or start all of it in one process.`,
  )
}

function partsNamed(name: string): Parts {
  const isOnly = (part: keyof Parts): boolean => name === 'all' || name === part
  const parts = {
    portal: isOnly('portal'),
    settings: isOnly('settings'),
    console: isOnly('console'),
    worker: isOnly('worker'),
  }
  if (Object.values(parts).some(Boolean)) return parts
  throw startProblem('configuration', `There is no part "${name}": all, portal, settings, console or worker.`)
}
