import { spawnSync } from 'node:child_process'
import { readFileSync, readlinkSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { startProblem } from '#platform/start-problem.ts'

export interface FoundPostmaster {
  pid: number
  port: number
  socketDir: string
  ready: boolean
}

/** The PostgreSQL that runs over the folder, by its postmaster.pid; undefined when none does. */
export function findPostmaster(folder: string): FoundPostmaster | undefined {
  const noted = readPostmasterFile(folder)
  return noted && runsOver(folder, noted.pid) ? noted : undefined
}

/**
 * Stops a PostgreSQL that has outlived the program that started it. Only for the holder of the data folder: then nobody can need it.
 */
export async function stopOrphan(folder: string, log: (line: string) => void): Promise<void> {
  const noted = readPostmasterFile(folder)
  if (!noted) return
  if (runsOver(folder, noted.pid)) {
    log(`stopping the PostgreSQL that an earlier start has left (process ${noted.pid})`)
    await end(folder, noted.pid)
  } else if (lives(noted.pid)) {
    // The process id has gone to a stranger, and PostgreSQL would take it for a server that runs.
    rmSync(join(folder, 'postmaster.pid'), { force: true })
  }
}

export function readPostmasterFile(folder: string): FoundPostmaster | undefined {
  try {
    // pid, data folder, start time, port, socket folder, listen address, shared memory, state: src/include/utils/pidfile.h
    const lines = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')
    const pid = Number(lines[0])
    return pid > 0 ? { pid, port: Number(lines[3]), socketDir: lines[4] ?? '', ready: lines[7]?.trim() === 'ready' } : undefined
  } catch {
    return undefined
  }
}

/** Ways to end it, gentlest first: fast, immediate, without its help; and how long each may take, in milliseconds. */
const waysToEnd = [['SIGINT', 10_000], ['SIGQUIT', 5_000], ['SIGKILL', 5_000]] as const

async function end(folder: string, pid: number): Promise<void> {
  for (const [signal, patience] of waysToEnd) {
    process.kill(pid, signal)
    for (const deadline = Date.now() + patience; Date.now() < deadline; await wait(10)) if (!runsOver(folder, pid)) return
  }
  throw startProblem('database-failed', `the PostgreSQL that an earlier start has left (process ${pid}) does not end`)
}

function runsOver(folder: string, pid: number): boolean {
  // A server makes its data folder the current one.
  if (process.platform !== 'linux') return spawnSync('ps', ['-o', 'command=', '-p', `${pid}`], { encoding: 'utf8' }).stdout?.includes(folder) ?? false
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === folder
  } catch {
    return false
  }
}

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
