import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { seconds } from '#platform/time/duration.ts'
import { findBundled } from '../bundled.mjs'
import { TestBrowser } from './test-browser.ts'
import { until } from './until.ts'

const root = join(import.meta.dirname, '..')

export interface Ended {
  code: number | null
  signal: NodeJS.Signals | null
}

/** The real program in a process of its own. */
export interface TestProgram extends AsyncDisposable {
  pid: number
  /** Where it said that the portal is. */
  url: URL
  output(): string
  errors(): string
  browser(): TestBrowser
  /** On the settings site. */
  settingsBrowser(): TestBrowser
  /** Nobody reads what it says any longer: both outputs are closed at the other end. */
  leaveUnread(): void
  /** Sends a signal and answers how it ended. */
  end(signal: NodeJS.Signals): Promise<Ended>
  ended: Promise<Ended>
}

/** A folder that the database's user may enter, gone at the end of the test. */
export function makeDataDir(ends: AsyncDisposableStack): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'madoguchi-start-')))
  chmodSync(folder, 0o755)
  ends.defer(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Starts it with these settings and nothing else, on a free port, and waits until it says that it has started. */
export async function startProgram(settings: Record<string, string>, part = 'all'): Promise<TestProgram> {
  const { child, ...said } = launch(part, settings)
  let isOver = false
  void said.ended.then(() => (isOver = true))
  await until(() => isOver || /^ {2}Ctrl-C/m.test(said.output()), 60 * seconds).catch((error: unknown) => {
    child.kill('SIGKILL')
    throw error
  })
  if (isOver) throw new Error(`It did not start: ${said.errors()}`)
  // A worker alone is nowhere.
  const portal = new URL(/^ {2}Portal +(\S+)/m.exec(said.output())?.[1] ?? 'http://localhost:0')
  const settingsSite = new URL(/^ {2}Settings site +(\S+)/m.exec(said.output())?.[1] ?? 'http://localhost:0')
  return {
    ...said,
    pid: child.pid ?? -1,
    url: portal,
    browser: () => new TestBrowser(overTheWire(portal), portal),
    settingsBrowser: () => new TestBrowser(overTheWire(settingsSite), settingsSite),
    leaveUnread() {
      child.stdout?.destroy()
      child.stderr?.destroy()
    },
    end(signal) {
      child.kill(signal)
      return said.ended
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      await said.ended
    },
  }
}

/** Starts it where it is expected to end by itself. */
export async function runProgram(
  settings: Record<string, string>,
  part = 'all',
): Promise<Ended & { output: string; errors: string }> {
  const { ended, output, errors } = launch(part, settings)
  return { ...(await ended), output: output(), errors: errors() }
}

interface Launched extends Pick<TestProgram, 'output' | 'errors' | 'ended'> {
  child: ChildProcess
}

/** Bundled once for all tests that start it. */
const program = findBundled('main', {
  node: process.execPath,
  dataDir: join(root, 'node_modules', '.cache'),
  say: (line) => process.stderr.write(line),
}) ?? ['--import', 'tsx', 'src/main.ts']

function launch(part: string, settings: Record<string, string>): Launched {
  const child = spawn(process.execPath, [...program, part], {
    cwd: root,
    // As if npm had started it: it ends with this process, in whatever way that ends.
    env: { PATH: process.env.PATH, npm_lifecycle_event: 'test', PORT: '0', SETTINGS_PORT: '0', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.err += text))
  const ended = once(child, 'close').then(([code, signal]: unknown[]): Ended => {
    return { code: code as Ended['code'], signal: signal as Ended['signal'] }
  })
  return { child, ended, output: () => said.out, errors: () => said.err }
}

/** What a test's browser talks to: passes each request on to the real server as it is. */
function overTheWire(portal: URL): Hono<{ Bindings: HttpBindings }> {
  const wire = new Hono<{ Bindings: HttpBindings }>()
  // Nobody there is not an answer.
  wire.onError((error) => {
    throw error
  })
  wire.all('*', async ({ req: { raw } }) => {
    const headers = new Headers(raw.headers)
    headers.delete('host')
    const body = raw.method === 'POST' ? await raw.text() : undefined
    const { pathname, search } = new URL(raw.url)
    return fetch(new URL(pathname + search, portal), {
      method: raw.method,
      headers,
      redirect: 'manual',
      ...(body !== undefined && { body }),
    })
  })
  return wire
}
