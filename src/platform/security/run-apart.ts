import { spawn } from 'node:child_process'
import { buffer } from 'node:stream/consumers'

export interface RanApart {
  /** Null: it was ended before it was done. */
  code: number | null
  answer: Buffer
}

/**
 * Runs a script of ours on bytes that may be anything, in a process of its own, which knows nothing: what they make of the library
 * that reads them ends with that process, and that is ended by force after `longest` milliseconds.
 */
export async function runApart(
  script: string,
  given: Buffer,
  { longest, heapMegabytes }: { longest: number; heapMegabytes: number },
): Promise<RanApart> {
  const child = spawn(process.execPath, [`--max-old-space-size=${heapMegabytes}`, script], {
    // Nothing of ours: no secret, no address of a database.
    env: {},
    stdio: ['pipe', 'pipe', 'ignore'],
    timeout: longest,
    killSignal: 'SIGKILL',
  })
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  // It may end before it has read all.
  child.stdin.once('error', () => undefined)
  child.stdin.end(given)
  const [code, answer] = await Promise.all([ended, buffer(child.stdout)])
  return { code, answer }
}
