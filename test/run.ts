import { globSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { relative } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { run } from 'node:test'
import { spec, type TestEvent } from 'node:test/reporters'
import { minutes, seconds } from '#platform/time/duration.ts'
import { endWithNpm } from '#program/end-with-parent.ts'
import { runChecks } from './check.ts'
import { keepFrame } from './kept-frame.ts'
import { isLongProof } from './many-runs.ts'
import { startTestServer, type TestServer } from './server.ts'

interface Counts {
  passed: number
  failed: number
  skipped: number
}

endWithNpm()
const named = process.argv.slice(2)
const checks = named.length > 0 ? { passed: 0, failed: 0 } : await runChecks()
const outcome = await withPostgres(() =>
  runTests(named.length > 0 ? named : globSync('{database,src,test}/**/*.test.{ts,tsx}')),
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
async function withPostgres<Result>(work: () => Promise<Result>): Promise<Result> {
  await using server = await startTestServer()
  process.env.TEST_POSTGRES = JSON.stringify(server satisfies TestServer)
  process.env.TEST_FOLDER = server.folder
  await keepFrame(server.folder)
  return await work()
}

/** Runs every file in a process of its own; shows what failed, what a test printed, and the SLOWEST=20 files. */
async function runTests(files: readonly string[]): Promise<Counts> {
  const stopped = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.abort())
  const events = run({
    // The longest first, which are the last in the alphabet: whole programs and browsers.
    files: files.toSorted().toReversed(),
    // One more than there are processors, for they wait for the database, for each other and for what is slow on purpose.
    concurrency: availableParallelism() + 1,
    execArgv: [...preload('./transpile.mjs'), ...preload('./part-of-run.ts')],
    // A long proof may take its time.
    timeout: isLongProof ? 90 * minutes : 5 * minutes,
    signal: stopped.signal,
  })
  const result = { passed: 0, failed: 0, skipped: 0 }
  const took: [file: string, milliseconds: number][] = []
  // The last summary is that of the whole run; those before are of the files.
  events.on('test:summary', ({ file, duration_ms, counts: { tests, passed, skipped, todo } }) => {
    if (file) took.push([file, duration_ms])
    Object.assign(result, { passed, failed: tests - passed - skipped - todo, skipped: skipped + todo })
  })
  await pipeline(events, withoutPasses, new spec(), process.stdout, { end: false })
  const slowest = took.toSorted(([, a], [, b]) => b - a).slice(0, Number(process.env.SLOWEST ?? 0))
  for (const [file, milliseconds] of slowest)
    console.log(`${(milliseconds / seconds).toFixed(1).padStart(6)} s  ${relative('.', file)}`)
  return result
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
