import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'

/** A program under measurement. */
export interface Started {
  child: ChildProcess
  pid: number
  /** Everything it has printed so far. */
  said: () => string
  stop: () => Promise<void>
}

export interface Start {
  command: string
  args: readonly string[]
  env: NodeJS.ProcessEnv
}

const projectFolder = new URL('..', import.meta.url)
const patience = 15_000 // ms

/** Starts a program from the project's folder, with a channel for messages. */
export function start({ command, args, env }: Start): Started {
  const child = spawn(command, args, { cwd: projectFolder, env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  if (child.pid === undefined) throw new Error(`${command} does not run here`)
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part: Buffer) => (text += part.toString()))
  const ended = once(child, 'exit')
  // Should the bench end early, so does what it has started, before its folders are removed.
  const endWithBench = (): void => void child.kill('SIGTERM')
  process.prependOnceListener('exit', endWithBench)
  void ended.then(() => process.off('exit', endWithBench))
  return {
    child,
    pid: child.pid,
    said: () => text,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGTERM')
      const inTime = await Promise.race([ended, wait(patience, false, { ref: false })])
      if (inTime === false) child.kill('SIGKILL')
      await ended
    },
  }
}

interface ProcessTimes {
  pid: number
  parent: number
  name: string
  /** Own processor time and that of the children it has seen end, in milliseconds. */
  cpu: number
}

/** Of the kernel's clock of /proc, 100 a second (proc(5)). */
const tick = 10 // ms

function readProcesses(): Map<number, ProcessTimes> {
  const found = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? readTimes(Number(name)) : []))
  return new Map(found.map((times) => [times.pid, times]))
}

function readTimes(pid: number): ProcessTimes[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [, name = '', rest = ''] = /\((.*)\) (.*)/s.exec(text) ?? []
    const fields = rest.split(' ').map(Number)
    // utime, stime, cutime, cstime: fields 14 to 17, of which three stand before `rest` begins.
    const cpu = fields.slice(11, 15).reduce((sum, ticks) => sum + ticks, 0) * tick
    return [{ pid, parent: fields[1] ?? 0, name, cpu }]
  } catch {
    // It has ended since.
    return []
  }
}

/** A process and everything below it. */
function treeOf(processes: Map<number, ProcessTimes>, root: number): number[] {
  const children = [...processes.values()].filter(({ parent }) => parent === root)
  return [root, ...children.flatMap(({ pid }) => treeOf(processes, pid))]
}

/** Processor time of these programs with all below them, in milliseconds; ended database backends count with the postmaster. */
export function cpuOf(roots: readonly number[]): number {
  const processes = readProcesses()
  const pids = new Set(roots.flatMap((pid) => treeOf(processes, pid)))
  return [...pids].reduce((sum, pid) => sum + (processes.get(pid)?.cpu ?? 0), 0)
}

/** The PostgreSQL that a program has started. */
export function postmasterOf(program: number): number {
  const processes = readProcesses()
  const found = treeOf(processes, program).find((pid) => processes.get(pid)?.name.startsWith('postgres'))
  if (found === undefined) throw new Error('No PostgreSQL runs below the program')
  return found
}

/** Resident memory of one process now and at most, in MB. */
export function memoryOf(pid: number): { now: number; most: number } {
  const text = readFileSync(`/proc/${pid}/status`, 'utf8')
  const megabytes = (name: string): number => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(text)?.[1]) / 1024
  return { now: megabytes('VmRSS'), most: megabytes('VmHWM') }
}
