import { FaultyFile } from '#features/operator-data/json-file.ts'
import { DatabaseUnavailable } from '#platform/database.ts'
import { endWithParent } from '#platform/end-with-parent.ts'
import { type Command, Failure, WrongUsage } from './command.ts'
import { addressClashesCommand } from './address-clashes.ts'
import { feedbackCommand } from './feedback.ts'
import { importCommand } from './import.ts'
import { initDatabaseCommand } from './init-database.ts'
import { sendOpeningNoticeCommand } from './send-opening-notice.ts'
import { unlockCommand } from './unlock.ts'
import { usersCommand } from './users.ts'
import { verifyHistoryCommand } from './verify-history.ts'

const commands = new Map<string, Command>([
  ['init-database', initDatabaseCommand],
  ['import', importCommand],
  ['users', usersCommand],
  ['unlock', unlockCommand],
  ['feedback', feedbackCommand],
  ['address-clashes', addressClashesCommand],
  ['verify-history', verifyHistoryCommand],
  ['send-opening-notice', sendOpeningNoticeCommand],
])

process.exitCode = await main(process.argv.slice(2))

/** Answers the exit code: 0 done, 1 failed, 2 typed wrongly. */
async function main([word = '--help', ...args]: string[]): Promise<number> {
  const command = commands.get(word)
  const wantsHelp = [word, ...args].some((arg) => arg === '--help' || arg === '-h')
  if (wantsHelp && (command || word.startsWith('-'))) {
    console.log(command?.help ?? overview())
    return 0
  }
  if (!command) return complain([`There is no command "${word}". The commands: ${[...commands.keys()].join(', ')}.`], 2)
  try {
    const folder = process.env['INIT_CWD'] ?? process.cwd()
    await command.run(args, {
      environment: process.env,
      folder,
      now: new Date(),
      interrupted: onInterrupt(),
    })
    return 0
  } catch (error) {
    if (error instanceof WrongUsage) return complain([error.message, `See: npm run operator -- ${word} --help`], 2)
    return complain(linesOf(error), 1)
  }
}

/** Nothing ends at once: what was begun is undone first, and an embedded PostgreSQL stopped. The second time it does. */
function onInterrupt(): AbortSignal {
  const controller = new AbortController()
  const abort = (): void => controller.abort(new Failure('Interrupted.'))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, abort)
  endWithParent()
  return controller.signal
}

function overview(): string {
  const lines = [...commands].map(([word, { summary }]) => `  ${word.padEnd(21)}${summary}`)
  return `Usage: npm run operator -- COMMAND …

${lines.join('\n')}

Each command tells more with --help. The database is the one of the configuration (docs/running.md): DATABASE_OWNER_URL,
or the embedded one in DATA_DIR, whether the portal runs or not.

Exit codes: 0 done, 1 failed, 2 typed wrongly.`
}

function complain(lines: readonly string[], exitCode: number): number {
  for (const line of lines) console.error(line)
  return exitCode
}

function linesOf(error: unknown): readonly string[] {
  if (error instanceof FaultyFile) return error.faults
  if (!(error instanceof Error)) return [String(error)]
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : ''
  if (error instanceof DatabaseUnavailable) return [`${error.message}${cause}`]
  // PostgreSQL's code for a table that does not exist.
  if ('code' in error && error.code === '42P01')
    return ['The database is empty: run "npm run operator -- init-database" first.']
  return [`${error.message}${cause}`]
}
