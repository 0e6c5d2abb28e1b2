import { announce } from './announce.ts'
import { endWithParent } from '#platform/end-with-parent.ts'
import { readConfig } from '#platform/config.ts'
import { openLog } from '#platform/log.ts'
import { isStartProblem, startProblem } from '#platform/start-problem.ts'
import { startParts } from './start-parts.ts'

// main.ts [portal|worker|all]: one process or many.
try {
  const config = readConfig(process.env)
  const log = openLog(config.logLevel)
  const parts = partsNamed(process.argv[2] ?? 'all')
  const running = await startParts({ config, log, parts, onLost: (reason) => void end(1, reason) })
  await announce({ config, running })

  let ending: Promise<void> | undefined
  const end = (code: number, reason: string): Promise<void> => {
    ending ??= (async () => {
      log.info({ reason }, 'stopping')
      await running.stop()
      process.exit(code)
    })()
    return ending
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end(0, signal))
  endWithParent()
} catch (error) {
  if (!isStartProblem(error)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}

function partsNamed(name: string): { portal: boolean; worker: boolean } {
  if (name === 'all') return { portal: true, worker: true }
  if (name === 'portal' || name === 'worker') return { portal: name === 'portal', worker: name === 'worker' }
  throw startProblem('configuration', `There is no part "${name}": all, portal or worker.`)
}
