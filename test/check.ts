import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { findHouseProblems } from './house-rules.ts'
import { findNewerNode, readPinnedNode } from './node-version.ts'

export interface Tally {
  passed: number
  failed: number
}

interface Check {
  name: string
  /** What is wrong, as text for the reader; nothing when all is well. */
  findProblems: () => Promise<string>
}

const root = join(import.meta.dirname, '..')

const checks: readonly Check[] = [
  program('types', 'tsc', '--noEmit'),
  program('types of the browser', 'tsc', '--noEmit', '--project', 'src/sites/frame/browser'),
  program('lint', 'oxlint'),
  program('format', 'oxfmt', '--check'),
  program('imports', 'depcruise', '.'),
  program('unused code', 'knip'),
  { name: 'house rules', findProblems: async () => findHouseProblems(root).join('\n') },
]

if (import.meta.main) {
  const { failed } = await runChecks()
  process.exitCode = failed > 0 ? 1 : 0
}

/** Runs every check at once, and prints a line for each as it ends; one more when a newer Node is out, which is no fault. */
export async function runChecks(): Promise<Tally> {
  const [results] = await Promise.all([Promise.all(checks.map(runCheck)), tellNewerNode()])
  const passed = results.filter(Boolean).length
  return { passed, failed: results.length - passed }
}

async function tellNewerNode(): Promise<void> {
  const pinned = readPinnedNode()
  const newer = await findNewerNode(pinned)
  if (newer) console.log(`  Node ${newer} is out: ${[...pinned].map((each) => each.join(' ')).join(', ')}`)
}

async function runCheck({ name, findProblems }: Check): Promise<boolean> {
  const start = performance.now()
  const problems = await findProblems()
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(`${problems ? '✖' : '✔'} ${name} (${seconds} s)`)
  if (problems) console.log(`\n${problems.trim()}\n`)
  return !problems
}

/** A check made by a program from the packages; its exit code says whether all is well. */
function program(name: string, command: string, ...args: string[]): Check {
  const script = join(root, 'node_modules', '.bin', command)
  const options = { cwd: root, maxBuffer: Infinity }
  const findProblems = (): Promise<string> =>
    new Promise((resolve) => {
      execFile(process.execPath, [script, ...args], options, (error, stdout, stderr) =>
        resolve(error ? stdout + stderr || error.message : ''),
      )
    })
  return { name, findProblems }
}
