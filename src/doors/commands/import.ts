import { isAbsolute, relative, resolve } from 'node:path'
import { noteCommandFaults, noteCommandRun } from '#features/import-runs/note-command.ts'
import { importFiles, type ImportSummary, type ReportProgress } from '#features/operator-data/import.ts'
import { FaultyFile } from '#features/operator-data/json-file.ts'
import type { Transaction } from '#platform/database/database.ts'
import { type Command, readArguments, WrongUsage } from './command.ts'
import { readMailing } from './mailing.ts'
import { openOperatorDatabase } from './open-database.ts'
import { differenceLines } from './import-differences.ts'
import { openProgress } from './progress.ts'
import { clean, tableOf } from './table.ts'

/** Of what a file does not name, how many of a kind are listed. */
const firstFew = 20

export const importCommand: Command = {
  summary: 'brings services, customers, contracts, … from JSON files',
  help: `Usage: npm run operator -- import [--dry-run] [--hold-notices] [--list-all] FILE…

Brings the files into the portal, each as a whole or not at all, in the order given. All of them are checked first;
every fault is told with its file and line. The format is described in src/features/operator-data/import-format.ts, and
demo/ has examples.

What a file names is made, or changed to what it says. Groups and users are made once and never touched again, and the
memo of a contract is the customer's once the contract is there. What the portal has and the file does not name is listed,
never deleted: a contract is ended by its "endedOn". A file has no place for passwords or other credentials: each new user
is sent the opening notice with a URL to register by. For that the PORTAL_URL and the SECRET_KEY of the portal are needed.

  --dry-run        do everything and keep nothing: tells what would be made, and of what would be changed each field, old → new
  --hold-notices   create users without sending them the opening notice; "send-opening-notice --held" sends them later
  --list-all       list all that a file does not name, and all that is made or changed, not the first ${firstFew} of each kind`,
  async run(args, { environment, folder, now, interrupted }) {
    const { values, positionals } = readArguments(args, importOptions)
    if (positionals.length === 0) throw new WrongUsage('Which files?')
    await using opened = await openOperatorDatabase(environment)
    const progress = openProgress(process.stderr)
    const paths = positionals.map((path) => pathFrom(folder, path))
    const report: ReportProgress = (...step) => {
      // Thrown within the transaction, which it rolls back.
      interrupted.throwIfAborted()
      progress.report(...step)
    }
    const most = values['list-all'] ? Infinity : firstFew
    const isTrial = values['dry-run']
    const taken: string[] = []
    const note = (work: (tx: Transaction) => Promise<void>): Promise<void> => opened.database.transaction(work)
    const onTaken = async (summary: ImportSummary): Promise<void> => {
      progress.end()
      taken.push(summary.path)
      print(summary, { most, isTrial: false })
      await note((tx) => noteCommandRun(tx, now, { summary, isTrial: false }))
    }
    const mailing = values['hold-notices'] ? 'held' : readMailing(environment)
    try {
      const summaries = await importFiles(opened.database, paths, { now, mailing, report, onTaken, isTrial })
      progress.end()
      if (!isTrial) return
      for (const summary of summaries) {
        print(summary, { most, isTrial })
        await note((tx) => noteCommandRun(tx, now, { summary, isTrial }))
      }
    } catch (error) {
      progress.end()
      const left = paths.slice(taken.length)
      if (error instanceof FaultyFile)
        await note((tx) => noteCommandFaults(tx, now, { paths: left, faults: error.faults }))
      throw paths.length > 1 ? withWhichAreIn(error, { paths, taken }) : error
    }
  },
}

const importOptions = {
  'list-all': { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
  'hold-notices': { type: 'boolean', default: false },
} as const

/** Of several files: those before the faulty one are kept. */
function withWhichAreIn(error: unknown, { paths, taken }: Record<'paths' | 'taken', readonly string[]>): Error {
  const faults = error instanceof FaultyFile ? error.faults : [error instanceof Error ? error.message : String(error)]
  const left = paths.slice(taken.length).join(', ')
  return new FaultyFile([...faults, `Taken: ${taken.join(', ') || 'none'}. Not taken: ${left}.`])
}

function pathFrom(folder: string, path: string): string {
  return isAbsolute(path) ? path : relative(process.cwd(), resolve(folder, path))
}

function print(
  { path, counts, changes, unnamed }: ImportSummary,
  { most, isTrial }: { most: number; isTrial: boolean },
): void {
  const rows = counts.map(({ kind, created, changed, unchanged }) => [kind, created, changed, unchanged])
  console.log(tableOf([path, 'created', 'changed', 'unchanged'], rows))
  if (isTrial) {
    const isSame = counts.every(({ created, changed }) => created + changed === 0)
    console.log(isSame ? 'Nothing was kept, and nothing would be made or changed.' : 'Nothing was kept. It would be:')
    for (const { kind, customer, created, changed } of changes) {
      const of = customer ? `${kind} of ${customer}` : kind
      if (created.length > 0) console.log(`  created, ${of}: ${listed(created, most)}`)
      if (changed.length > 0) console.log(differenceLines(of, changed, most).map(clean).join('\n'))
    }
  }
  if (unnamed.length === 0) return
  console.log('In the portal but not in the file (nothing was deleted):')
  for (const { kind, customer, names } of unnamed)
    console.log(`  ${kind}${customer ? ` of ${customer}` : ''}: ${listed(names, most)}`)
}

function listed(names: readonly string[], most: number): string {
  const rest = names.length - most
  return clean(`${names.slice(0, most).join(', ')}${rest > 0 ? `, and ${rest} more (--list-all)` : ''}`)
}
