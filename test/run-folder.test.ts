import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { minutes } from '#platform/time/duration.ts'
import { findPostmaster, lives } from '#program/embedded-postgres/orphan.ts'
import type { LongFile } from './long-file.ts'
import { openRunFolder } from './run-folder.ts'
import { until } from './until.ts'

test('a run that is killed leaves no server, neither its own nor one of a test, no test at work and no folder', async () => {
  await using ends = new AsyncDisposableStack()
  const folder = mkdtempSync(join(tmpdir(), 'madoguchi-kill-'))
  ends.defer(() => rmSync(folder, { recursive: true }))
  const place = join(folder, 'said.json')
  const run = spawn(process.execPath, ['--import', 'tsx', 'test/run.ts', 'test/long-file.ts'], {
    cwd: join(import.meta.dirname, '..'),
    env: { PATH: process.env['PATH'], LONG_FILE_SAYS: place },
    stdio: 'ignore',
  })
  ends.defer(() => void run.kill('SIGKILL'))
  const { pid, runFolder, databases } = await until(() => readSaid(place), 1 * minutes)
  const servers = databases.map((database) => findPostmaster(database)).filter((server) => server !== undefined)
  const processes = [pid, ...servers.map((server) => server.pid)]
  assert(processes.length === 3 && processes.every(lives))
  run.kill('SIGKILL')
  await until(() => !processes.some(lives))
  await until(() => ![runFolder, ...servers.map(({ socketDir }) => socketDir)].some((left) => existsSync(left)))
})

test('what a run has left together with its keeper goes at the next run, and nothing of a run that goes on', async () => {
  const ended = spawn(process.execPath, ['--version'], { stdio: 'ignore' })
  await once(ended, 'exit')
  const left = join(tmpdir(), `madoguchi-run-${ended.pid}-Ab12Cd`)
  mkdirSync(join(left, 'postgres'), { recursive: true })
  await using one = await openRunFolder()
  await using another = await openRunFolder()
  assert(!existsSync(left))
  assert(existsSync(one.path) && existsSync(another.path))
})

function readSaid(place: string): LongFile | undefined {
  // The file's own test writes it.
  return existsSync(place) ? (JSON.parse(readFileSync(place, 'utf8')) as LongFile) : undefined
}
