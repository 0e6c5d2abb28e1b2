import { mkdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { suite, test } from 'node:test'
import { minutes, seconds } from '#platform/time/duration.ts'
import { isLongProof } from './many-runs.ts'

// One of the processes that share the test files of a run (test/run.ts): takes the next file that no other has taken until none is
// left. What most files need is loaded and compiled once a lane, not once a file, which is half of what the run costs.
const { TEST_FOLDER = '' } = process.env
const files = JSON.parse(await readFile(join(TEST_FOLDER, 'files.json'), 'utf8')) as string[]

for (const [index, file] of files.entries()) {
  if (!isTaken(index)) continue
  const name = relative('.', file)
  // A suite has loaded the file before its first test begins, and ends with all the tests and hooks that the file declares.
  await test(name, { timeout: isLongProof ? 90 * minutes : 5 * minutes }, () => {
    void suite(name, () => import(resolve(file)))
  })
}
// The process ends by itself; what a file has left open is named, and ended.
setTimeout(() => {
  process.stderr.write(`A test has left open: ${process.getActiveResourcesInfo().join(', ')}\n`)
  process.exit(1)
}, 20 * seconds).unref()

/** Whether the file is now this lane's. */
function isTaken(index: number): boolean {
  try {
    mkdirSync(join(TEST_FOLDER, `taken-${index}`))
    return true
  } catch {
    return false
  }
}
