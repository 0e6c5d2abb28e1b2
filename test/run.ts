import { globSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { run } from 'node:test'
import { spec, type TestEvent } from 'node:test/reporters'
import { fileURLToPath } from 'node:url'
import { seconds } from '#platform/time/duration.ts'
import { endWithNpm } from '#program/end-with-parent.ts'
import { runChecks } from './check.ts'
import { keepFrame } from './kept-frame.ts'
import { startTestServer, type TestServer } from './server.ts'

interface Counts {
  passed: number
  failed: number
  skipped: number
}

endWithNpm()
const named = process.argv.slice(2)
const checks = named.length > 0 ? { passed: 0, failed: 0 } : await runChecks()
const outcome = await withPostgres((folder) =>
  runTests(named.length > 0 ? named : globSync('{database,src,test}/**/*.test.{ts,tsx}'), folder),
)
const failed = checks.failed + outcome.failed
console.log(
  `${checks.passed + outcome.passed} passed, ${failed} failed${outcome.skipped > 0 ? `, ${outcome.skipped} skipped` : ''}`,
)
process.exitCode = failed > 0 ? 1 : 0

/**
 * One PostgreSQL for all test files, which find it by TEST_POSTGRES (test/database.ts), and one folder for all that they write,
 * TEST_FOLDER (test/part-of-run.ts).
 */
async function withPostgres<Result>(work: (folder: string) => Promise<Result>): Promise<Result> {
  await using server = await startTestServer()
  process.env.TEST_POSTGRES = JSON.stringify(server satisfies TestServer)
  process.env.TEST_FOLDER = server.folder
  await keepFrame(server.folder)
  return await work(server.folder)
}

/** Runs the files in a few processes that share them (test/lane.ts); shows what failed, what a test printed, and the SLOWEST=20 files. */
async function runTests(files: readonly string[], folder: string): Promise<Counts> {
  const stopped = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.abort())
  // The longest first, which are the last in the alphabet: whole programs and browsers.
  await writeFile(join(folder, 'files.json'), JSON.stringify(files.toSorted().toReversed()))
  // One more than there are processors, for they wait for the database, for each other and for what is slow on purpose.
  const lanes = availableParallelism() + 1
  const events = run({
    files: Array<string>(lanes).fill(fileURLToPath(import.meta.resolve('./lane.ts'))),
    concurrency: lanes,
    execArgv: [...preload('./transpile.mjs'), ...preload('./part-of-run.ts')],
    signal: stopped.signal,
  })
  const result = { passed: 0, failed: 0, skipped: 0 }
  const took: [file: string, milliseconds: number][] = []
  events.on('test:pass', ({ name, nesting, skip, todo, details }) => {
    if (nesting === 0) took.push([name, details.duration_ms])
    else if (details.type !== 'suite') result[(skip ?? todo) === undefined ? 'passed' : 'skipped']++
  })
  events.on('test:fail', ({ name, nesting, details }) => {
    if (nesting === 0) took.push([name, details.duration_ms])
    // A file, or a test with others in it, fails with what is in it.
    if (failureOf(details.error) !== 'subtestsFailed') result.failed++
  })
  await pipeline(events, withoutPasses, new spec(), process.stdout, { end: false })
  const slowest = took.toSorted(([, a], [, b]) => b - a).slice(0, Number(process.env.SLOWEST ?? 0))
  for (const [file, milliseconds] of slowest)
    console.log(`${(milliseconds / seconds).toFixed(1).padStart(6)} s  ${file}`)
  return result
}

/** Why the runner says that a test failed. */
function failureOf(error: Error): unknown {
  return (error as Error & { failureType?: string }).failureType
}

function preload(module: string): [string, string] {
  return ['--import', import.meta.resolve(module)]
}

async function* withoutPasses(events: AsyncIterable<unknown>): AsyncGenerator<TestEvent> {
  for await (const item of events) {
    // Declared as a stream of text, a run is one of events.
    const event = item as TestEvent
    if (['test:fail', 'test:stdout', 'test:stderr'].includes(event.type)) yield event
  }
}
