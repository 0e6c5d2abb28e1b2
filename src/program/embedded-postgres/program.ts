import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { DatabaseUser } from './account.ts'
import type { Binaries } from './binaries.ts'

export interface Start {
  binaries: Binaries
  account: DatabaseUser
  name: 'initdb' | 'postgres'
  args: string[]
  /** Takes each line that it says. */
  hear?: (line: string) => void
}

export interface Ending {
  failed: boolean
  /** How it ended, and what it gave as the cause or said last, in one line. */
  reason: string
}

export interface Program {
  child: ChildProcess
  ended: Promise<Ending>
}

/**
 * Starts a program of PostgreSQL as the database's user, in a process group of its own: Ctrl-C in the terminal reaches the whole
 * group, and the database must outlive what still writes to it.
 */
export function startProgram({ binaries, account, name, args, hear = () => {} }: Start): Program {
  const child = spawn(join(binaries.folder, 'bin', name), args, {
    detached: true,
    // Neither the PG… variables nor the locale of the user who starts us may change the database.
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C' },
    // The current folder may be closed to the account.
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(account && { uid: account.uid, gid: account.gid }),
  })
  const said: string[] = []
  createInterface({ input: child.stderr }).on('line', (line) => {
    said.push(line)
    if (said.length > 8) said.shift()
    hear(line)
  })
  const ended = new Promise<Ending>((resolve) => {
    child.once('error', (error) => resolve({ failed: true, reason: `does not run here: ${error.message}` }))
    // Unlike exit, close comes after the last line that it said.
    child.once('close', (code, signal) =>
      resolve({ failed: code !== 0, reason: [`ended with ${signal ?? code}`, ...tellingOf(said)].join(': ') }),
    )
  })
  return { child, ended }
}

/** The cause, where one is named: the lines behind it only tell how the server goes down. */
function tellingOf(lines: readonly string[]): readonly string[] {
  const cause = lines.findLast((line) => /^(FATAL|PANIC):/.test(line))
  return cause ? [cause] : lines.slice(-3)
}
