import { isAbsolute, relative, resolve } from 'node:path'
import { importFiles, type ImportSummary, type ReportProgress } from '#features/operator-data/import.ts'
import { type Command, readArguments, WrongUsage } from './command.ts'
import { readMailing } from './mailing.ts'
import { openOperatorDatabase } from './open-database.ts'
import { openProgress } from './progress.ts'
import { tableOf } from './table.ts'

/** Of what a file does not name, how many of a kind are listed. */
const firstFew = 20

export const importCommand: Command = {
  summary: 'brings services, customers, contracts, … from JSON files',
  help: `Usage: npm run operator -- import [--list-all] FILE…

Brings the files into the portal, each as a whole or not at all, in the order given. All of them are checked first;
every fault is told with its file and line. The format is described in src/features/operator-data/import-format.ts, and
demo/ has examples.

What a file names is made, or changed to what it says. Groups and users are made once and never touched again, and the
memo of a contract is the customer's once the contract is there. What the portal has and the file does not name is listed,
never deleted: a contract is ended by its "endedOn". A file has no place for passwords or other credentials: each new user
is sent the opening notice with a URL to register by. For that the PORTAL_URL and the SECRET_KEY of the portal are needed.

  --list-all   list all that a file does not name, not the first ${firstFew} of each kind`,
  async run(args, { environment, folder, now, interrupted }) {
    const { values, positionals } = readArguments(args, { 'list-all': { type: 'boolean', default: false } })
    if (positionals.length === 0) throw new WrongUsage('Which files?')
    await using opened = await openOperatorDatabase(environment)
    const progress = openProgress(process.stderr)
    const paths = positionals.map((path) => pathFrom(folder, path))
    const report: ReportProgress = (...step) => {
      // Thrown within the transaction, which it rolls back.
      interrupted.throwIfAborted()
      progress.report(...step)
    }
    const mailing = readMailing(environment)
    const summaries = await importFiles(opened.database, paths, { now, mailing, report }).finally(progress.end)
    for (const summary of summaries) print(summary, values['list-all'] ? Infinity : firstFew)
  },
}

function pathFrom(folder: string, path: string): string {
  return isAbsolute(path) ? path : relative(process.cwd(), resolve(folder, path))
}

function print({ path, counts, unnamed }: ImportSummary, most: number): void {
  const rows = counts.map(({ kind, created, changed, unchanged }) => [kind, created, changed, unchanged])
  console.log(tableOf([path, 'created', 'changed', 'unchanged'], rows))
  if (unnamed.length === 0) return
  console.log('In the portal but not in the file (nothing was deleted):')
  for (const { kind, customer, names } of unnamed) {
    const rest = names.length - most
    const shown = names.slice(0, most).join(', ')
    console.log(
      `  ${kind}${customer ? ` of ${customer}` : ''}: ${shown}${rest > 0 ? `, and ${rest} more (--list-all)` : ''}`,
    )
  }
}
