import { endWithNpm } from '#program/end-with-parent.ts'
import { Failure } from './command.ts'
import { runCommandLine } from './command-line.ts'

process.exitCode = await runCommandLine(
  process.argv.slice(2),
  { say: console.log, complain: console.error },
  {
    environment: process.env,
    folder: process.env['INIT_CWD'] ?? process.cwd(),
    now: new Date(),
    interrupted: onInterrupt(),
  },
)

/** Nothing ends at once: what was begun is undone first, and an embedded PostgreSQL stopped. The second time it does. */
function onInterrupt(): AbortSignal {
  const controller = new AbortController()
  const abort = (): void => controller.abort(new Failure('Interrupted.'))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, abort)
  endWithNpm()
  return controller.signal
}
