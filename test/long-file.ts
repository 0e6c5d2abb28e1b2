import { chmodSync, mkdtempSync, renameSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { minutes } from '#platform/time/duration.ts'
import { startEmbeddedPostgres } from '#program/embedded-postgres.ts'

/** What test/run-folder.test.ts asks of a run that goes on. */
export interface LongFile {
  /** The process of the test file. */
  pid: number
  runFolder: string
  /** The run's database, and one that the file has started by itself. */
  databases: [string, string]
}

test('a file that has its own server and does not come to its end', async () => {
  const { TEST_FOLDER: runFolder = '', LONG_FILE_SAYS: place = '' } = process.env
  const dataDir = mkdtempSync(join(tmpdir(), 'madoguchi-long-'))
  chmodSync(dataDir, 0o755)
  const { databaseFolder } = await startEmbeddedPostgres({ dataDir, durable: false, log: () => undefined })
  const said: LongFile = { pid: process.pid, runFolder, databases: [join(runFolder, 'postgres'), databaseFolder] }
  writeFileSync(`${place}.new`, JSON.stringify(said))
  renameSync(`${place}.new`, place)
  await wait(5 * minutes)
})
