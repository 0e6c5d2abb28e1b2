import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { removeSocketFolder } from './socket-folder.ts'
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
  }
  await endLeftBackends(folder)
  removeSocketFolder(noted.socketDir)
  // The process id has gone to a stranger, and PostgreSQL would take it for a server that runs.
  if (lives(noted.pid)) rmSync(join(folder, 'postmaster.pid'), { force: true })
}

export function readPostmasterFile(folder: string): FoundPostmaster | undefined {
  try {
    // pid, data folder, start time, port, socket folder, listen address, shared memory, state: src/include/utils/pidfile.h
    const lines = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n')
    const pid = Number(lines[0])
    return pid > 0
      ? { pid, port: Number(lines[3]), socketDir: lines[4] ?? '', ready: lines[7]?.trim() === 'ready' }
      : undefined
  } catch {
    return undefined
  }
}

/** Ways to end it, gentlest first: fast, immediate, without its help; and how long each may take, in milliseconds. */
const waysToEnd = [
  ['SIGINT', 10_000],
  ['SIGQUIT', 5_000],
  ['SIGKILL', 5_000],
] as const

async function end(folder: string, pid: number): Promise<void> {
  for (const [signal, patience] of waysToEnd) {
    killIfThere(pid, signal)
    for (const deadline = Date.now() + patience; Date.now() < deadline; await wait(10))
      if (!runsOver(folder, pid)) return
  }
  throw startProblem('database-failed', `the PostgreSQL that an earlier start has left (process ${pid}) does not end`)
}

/** Those of a server that was killed: they end when they notice, and must not write beside the next one. */
async function endLeftBackends(folder: string): Promise<void> {
  const patience = Date.now() + 5_000 // ms
  for (let left = backendsIn(folder); left.length > 0; left = backendsIn(folder)) {
    if (Date.now() > patience) for (const pid of left) killIfThere(pid, 'SIGKILL')
    await wait(20)
  }
}

/** Elsewhere than on Linux PostgreSQL itself refuses to start beside them. */
function backendsIn(folder: string): number[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && runsOver(folder, pid))
}

function runsOver(folder: string, pid: number): boolean {
  // A server makes its data folder the current one.
  if (process.platform !== 'linux')
    return spawnSync('ps', ['-o', 'command=', '-p', `${pid}`], { encoding: 'utf8' }).stdout?.includes(folder) ?? false
  try {
    // The program too, for a shell may stand in the folder.
    return (
      readlinkSync(`/proc/${pid}/cwd`) === folder && /\/postgres( \(deleted\))?$/.test(readlinkSync(`/proc/${pid}/exe`))
    )
  } catch {
    return false
  }
}

function killIfThere(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (lives(pid)) throw error
  }
}

export function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
