import { mock } from 'node:test'
import { runCommandLine } from '#doors/commands/command-line.ts'

/** What a command came to. */
export interface Ended {
  exitCode: number | null
  output: string
  problems: string
}

/** Runs the operator's command line within this process. */
export async function typed(environment: Record<string, string>, ...args: string[]): Promise<Ended> {
  const said: string[] = []
  const complaints: string[] = []
  const say = (line: string): void => void said.push(`${line}\n`)
  const complain = (line: string): void => void complaints.push(`${line}\n`)
  const surroundings = { environment, folder: '.', now: new Date(), interrupted: new AbortController().signal }
  const printed = mock.method(console, 'log', say)
  const exitCode = await runCommandLine(args, { say, complain }, surroundings)
  printed.mock.restore()
  return { exitCode, output: said.join(''), problems: complaints.join('') }
}
