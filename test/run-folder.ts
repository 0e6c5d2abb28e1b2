import { spawn } from 'node:child_process'
import { chmodSync, existsSync, globSync, lstatSync, mkdtempSync, readdirSync, realpathSync, statfsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { freemem, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { seconds } from '#platform/time/duration.ts'
import { lives, stopOrphan } from '#program/embedded-postgres/orphan.ts'

/** For all that a run of tests writes, its PostgreSQL servers among it. */
export interface RunFolder extends AsyncDisposable {
  path: string
}

/** Holds the process that runs the tests. */
const nameOfOne = /^madoguchi-run-(\d+)-\w+$/

/** Linux's files in memory (shm_overview(7)). */
const memory = '/dev/shm'
const gigabyte = 2 ** 30
/** A run takes a quarter of it. */
const roomy = 4 * gigabyte

// A process of its own: the keeper of a folder.
if (import.meta.main && process.argv[2]) await keep(process.argv[2])

/**
 * Makes the folder of this run. However the run ends, the servers in it end and it is removed; after an end so violent that it
 * took the keeper too, the next run does both.
 */
export async function openRunFolder(): Promise<RunFolder> {
  await Promise.all(findLeft().map(clear))
  const path = realpathSync(mkdtempSync(join(chooseParent(), `madoguchi-run-${process.pid}-`)))
  // Started by root, PostgreSQL runs as another user, who has to enter.
  chmodSync(path, 0o755)
  const keeper = spawn(process.execPath, ['--import', 'tsx', import.meta.filename, path], {
    // In a group of its own, which a signal for all of ours does not reach.
    detached: true,
    stdio: ['pipe', 'ignore', 'inherit'],
  })
  keeper.unref()
  return {
    path,
    async [Symbol.asyncDispose]() {
      await clear(path)
      keeper.stdin.end()
    },
  }
}

/**
 * In memory where there is enough: each test file copies a database of a thousand files, which takes a disk four times as long and
 * a busy one fifteen times.
 */
function chooseParent(): string {
  if (process.env.TMPDIR || !existsSync(memory)) return tmpdir()
  const { bavail, bsize } = statfsSync(memory)
  return bavail * bsize >= roomy && freemem() >= 2 * roomy ? memory : tmpdir()
}

/** Waits until whoever holds the other end of its input has ended, and clears away what that has left. */
async function keep(path: string): Promise<void> {
  await text(process.stdin)
  if (!existsSync(path)) return
  // The test files' processes look for their parent every 200 ms, and the programs that they have started for theirs.
  await wait(1 * seconds)
  await clear(path)
}

async function clear(path: string): Promise<void> {
  // A test's own server lies in the test's folder, or in one of its folders.
  const files = globSync('{,*/,*/*/}postgres/postmaster.pid', { cwd: path })
  await Promise.all(files.map((file) => stopOrphan(dirname(join(path, file)), () => undefined)))
  await rm(path, { recursive: true, force: true })
}

/** The folders of this user's runs that have ended. */
function findLeft(): string[] {
  return [tmpdir(), memory].filter(existsSync).flatMap((parent) =>
    readdirSync(parent).flatMap((name) => {
      const pid = Number(nameOfOne.exec(name)?.[1])
      const path = join(parent, name)
      return pid && !lives(pid) && lstatSync(path).uid === process.getuid?.() ? [path] : []
    }),
  )
}
