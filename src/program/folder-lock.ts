import { spawnSync } from 'node:child_process'
import { linkSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startProblem } from '#platform/start-problem.ts'

export interface FolderLock {
  /** Gives the folder back while this process goes on; the end of the process does the same by itself. */
  release(): void
}

/**
 * Takes the folder for this process alone. Throws the start problem `data-folder-held`, naming the holder, while another
 * process that lives holds it; one that died without releasing it does not count, nor does a stranger who got its process id.
 *
 * The holder is written in `held-by-<n>`. A successor makes file n + 1, which only one of several can; the newest file is never
 * removed, only emptied on release. So no moment exists at which somebody could take a file for stale that has just become another's.
 */
export function holdFolder(folder: string): FolderLock {
  for (;;) {
    const newest = holders(folder).at(-1) ?? 0
    const holder = readHolder(folder, newest)
    if (holder === 'replaced') continue
    if (holder && isAlive(holder)) {
      throw startProblem(
        'data-folder-held',
        `process ${holder.pid} holds the data folder ${folder}: stop it first, or set DATA_DIR to another folder`,
      )
    }
    const mine = newest + 1
    if (!becomeHolder(folder, mine)) continue
    const known = holders(folder)
    if (known.at(-1) !== mine) {
      rmSync(holderFile(folder, mine), { force: true })
      continue
    }
    for (const older of known.slice(0, -1)) rmSync(holderFile(folder, older), { force: true })
    return { release: () => truncateSync(holderFile(folder, mine)) }
  }
}

interface Holder {
  pid: number
  /** When the process started, in a form that only serves to be compared: process ids are used again. */
  started: string
}

function holders(folder: string): number[] {
  const numbers = readdirSync(folder).map((name) => Number(/^held-by-(\d+)$/.exec(name)?.[1]))
  return numbers.filter((number) => number > 0).toSorted((a, b) => a - b)
}

function holderFile(folder: string, number: number): string {
  return join(folder, `held-by-${number}`)
}

function readHolder(folder: string, number: number): Holder | undefined | 'replaced' {
  if (number === 0) return undefined
  try {
    const [pid, started] = readFileSync(holderFile(folder, number), 'utf8').split('\n')
    return pid && started !== undefined ? { pid: Number(pid), started } : undefined
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 'replaced'
    throw error
  }
}

/** False when another was quicker. The file appears with its content: a reader never sees it half written. */
function becomeHolder(folder: string, number: number): boolean {
  const draft = join(folder, `.held-by-${number}-${process.pid}`)
  writeFileSync(draft, `${process.pid}\n${startOf(process.pid) ?? ''}\n`)
  try {
    linkSync(draft, holderFile(folder, number))
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  } finally {
    rmSync(draft, { force: true })
  }
}

function isAlive({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // Any other refusal (EPERM) means that it lives and is another user's.
    if (codeOf(error) === 'ESRCH') return false
  }
  const found = startOf(pid)
  return found === undefined || found === started
}

/** Undefined where it cannot be known (another user's process on a system that hides those). */
function startOf(pid: number): string | undefined {
  if (process.platform !== 'linux')
    return spawnSync('ps', ['-o', 'lstart=', '-p', `${pid}`], { encoding: 'utf8' }).stdout?.trim() || undefined
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // proc_pid_stat(5): the second field is the name in parentheses and may hold anything; state is the 3rd, starttime the 22nd.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (fields[0] === 'Z' || fields[0] === 'X') return 'ended'
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${fields[19]}`
  } catch {
    return undefined
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined
}
