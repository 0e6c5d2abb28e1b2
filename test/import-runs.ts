import assert from 'node:assert/strict'
import { sql } from 'kysely'
import { runImport } from '#features/import-runs/work.ts'
import { openLog } from '#platform/log.ts'
import { paths } from '#sites/console/paths.ts'
import { type ImportTest, openImportTest } from './import-file.ts'
import { makerOf } from './make.ts'
import { type TestPortal, testPortal, testSecrets, testUrl } from './portal.ts'
import { signInStaff } from './staff.ts'
import type { Answer, TestBrowser } from './test-browser.ts'

interface Sent {
  name?: string
  fields?: Record<string, string>
}

/** The console of an operator whose staff bring files, and a worker that does what it is told to. */
export interface RunWorld extends AsyncDisposable {
  world: ImportTest
  portal: TestPortal
  /** A member who may. */
  staff: TestBrowser
  signIn(): Promise<TestBrowser>
  bring(content: unknown, sent?: Sent): Promise<Answer>
  /** Answers the run's address once the worker has tried it. */
  tried(content: unknown, sent?: Sent): Promise<string>
  work(path: string): Promise<void>
  /** Has it applied; answers the page that says what came of it. */
  applied(path: string, fields?: Record<string, string>): Promise<string>
  bodyOf(path: string): Promise<string>
  /** The form of a page as it was given, to be sent later. */
  formOf(path: string): Promise<Record<string, string>>
  codesOf(customer: string): Promise<unknown[]>
  /** What is kept of a file's bytes. */
  partsOf(path: string): Promise<unknown[]>
}

export const runIdOf = (path: string): string => path.split('/').at(-1) ?? ''

export const bytesOf = (content: unknown): Uint8Array<ArrayBuffer> =>
  content instanceof Uint8Array
    ? new Uint8Array(content)
    : new Uint8Array(Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)))

export async function openRunWorld(): Promise<RunWorld> {
  const world = await openImportTest()
  const portal = await testPortal(world.database)
  const signIn = async (): Promise<TestBrowser> =>
    signInStaff(portal, await makerOf(world.database).staff({ roles: ['provisioning'] }))
  const running = {
    database: world.database.operator,
    log: openLog('silent'),
    now: portal.program.now,
    isLastTry: true,
  }
  const given = { world, portal, staff: await signIn(), signIn }
  const own: RunWorld = Object.assign(given, {
    ...deedsOf(() => own),
    work: (path: string) => runImport({ ...running, secrets: testSecrets, portalUrl: testUrl }, runIdOf(path)),
    codesOf: (customer: string) => world.query(sql`select name from customer where code = ${customer}`),
    partsOf: (path: string) => world.query(sql`select number from import_part where run_id = ${runIdOf(path)}`),
    [Symbol.asyncDispose]: () => world[Symbol.asyncDispose](),
  })
  return own
}

/** What the member does. */
function deedsOf(world: () => RunWorld): Pick<RunWorld, 'bring' | 'tried' | 'applied' | 'bodyOf' | 'formOf'> {
  return {
    bring: (content, { name = 'file.json', fields = {} } = {}) =>
      world().staff.sendFile(paths.addImport, { fields, file: { field: 'file', name, bytes: bytesOf(content) } }),
    async tried(content, sent) {
      const { status, location, body } = await world().bring(content, sent)
      assert.equal(status, 303, body)
      await world().work(location)
      return location
    },
    async applied(path, fields = {}) {
      const answer = await world().staff.post(path, fields)
      assert.deepEqual([answer.status, answer.location], [303, path], answer.body)
      await world().work(path)
      return world().bodyOf(path)
    },
    bodyOf: async (path) => (await world().staff.get(path)).body,
    async formOf(path) {
      const { body } = await world().staff.get(path)
      const form = body.slice(body.indexOf('form-page'))
      return { token: /name="token" value="([^"]+)"/.exec(form)?.[1] ?? '' }
    },
  }
}
