import { FaultyFile } from '#features/operator-data/json-file.ts'
import { DatabaseUnavailable } from '#platform/database/faults.ts'
import { type Command, type Surroundings, WrongUsage } from './command.ts'
import { addStaffCommand } from './add-staff.ts'
import { addressClashesCommand } from './address-clashes.ts'
import { feedbackCommand } from './feedback.ts'
import { importCommand } from './import.ts'
import { initDatabaseCommand } from './init-database.ts'
import { maintenanceCommand } from './maintenance.ts'
import { liftAddressLimitCommand } from './lift-address-limit.ts'
import { moveContractCommand } from './move-contract.ts'
import { sendOpeningNoticeCommand } from './send-opening-notice.ts'
import { secondYesCommand } from './second-yes.ts'
import { unlockCommand } from './unlock.ts'
import { usersCommand } from './users.ts'
import { verifyHistoryCommand } from './verify-history.ts'

const commands = new Map<string, Command>([
  ['init-database', initDatabaseCommand],
  ['import', importCommand],
  ['users', usersCommand],
  ['add-staff', addStaffCommand],
  ['unlock', unlockCommand],
  ['second-yes', secondYesCommand],
  ['lift-address-limit', liftAddressLimitCommand],
  ['feedback', feedbackCommand],
  ['address-clashes', addressClashesCommand],
  ['maintenance', maintenanceCommand],
  ['move-contract', moveContractCommand],
  ['verify-history', verifyHistoryCommand],
  ['send-opening-notice', sendOpeningNoticeCommand],
])

/** Where a command says what it has to say. */
export interface Terminal {
  say: (text: string) => void
  complain: (line: string) => void
}

/** Runs one command with its words, and answers the exit code: 0 done, 1 failed, 2 typed wrongly. */
export async function runCommandLine(
  [word = '--help', ...args]: readonly string[],
  { say, complain }: Terminal,
  surroundings: Surroundings,
): Promise<number> {
  const command = commands.get(word)
  const wantsHelp = [word, ...args].some((arg) => arg === '--help' || arg === '-h')
  if (wantsHelp && (command || word.startsWith('-'))) {
    say(command?.help ?? overview())
    return 0
  }
  if (!command) {
    complain(`There is no command "${word}". The commands: ${[...commands.keys()].join(', ')}.`)
    return 2
  }
  try {
    await command.run(args, surroundings)
    return 0
  } catch (error) {
    const isUsage = error instanceof WrongUsage
    const lines = isUsage ? [error.message, `See: npm run operator -- ${word} --help`] : linesOf(error)
    lines.forEach((line) => complain(line))
    return isUsage ? 2 : 1
  }
}

function overview(): string {
  const lines = [...commands].map(([word, { summary }]) => `  ${word.padEnd(21)}${summary}`)
  return `Usage: npm run operator -- COMMAND …

${lines.join('\n')}

Each command tells more with --help. The database is the one of the configuration (docs/running.md): DATABASE_OWNER_URL,
or the embedded one in DATA_DIR, whether the portal runs or not.

Exit codes: 0 done, 1 failed, 2 typed wrongly.`
}

function linesOf(error: unknown): readonly string[] {
  if (error instanceof FaultyFile) return error.faults
  if (!(error instanceof Error)) return [String(error)]
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : ''
  if (error instanceof DatabaseUnavailable) return [`${error.message}${cause}`]
  return [`${error.message}${cause}`]
}
