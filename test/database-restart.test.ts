import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { seconds } from '#platform/time/duration.ts'
import { displayForm, logInToDemo } from './demo-user.ts'
import { startOutsideServer } from './outside-server.ts'
import { startProgram, type TestProgram } from './program.ts'
import { until } from './until.ts'

const back = 5 * seconds

interface Seen {
  path: string
  status: number
  retryAfter: string | null
}

/** Somebody who reads on, whatever happens, until told to stop. */
function keepReading(read: (path: string) => Promise<{ status: number; headers: Headers }>): {
  stop(): Promise<Seen[]>
} {
  const seen: Seen[] = []
  const over = new AbortController()
  const reading = (async () => {
    for (let i = 0; !over.signal.aborted; i++) {
      const path = ['/services', '/login', '/profile', '/nowhere', '/readyz'][i % 5] ?? ''
      const { status, headers } = await read(path)
      seen.push({ path, status, retryAfter: headers.get('retry-after') })
      await wait(5)
    }
  })()
  return {
    async stop() {
      over.abort()
      await reading
      return seen
    },
  }
}

test('while the database is away pages answer 503; afterwards everything goes on by itself', async () => {
  await using ends = new AsyncDisposableStack()
  const server = await startOutsideServer(ends, { durable: false })
  const program = ends.use(await startProgram({ ...server.settings, LOG_LEVEL: 'silent' }))
  const browser = await logInToDemo(program)
  const readers = [1, 2, 3].map(() => keepReading((path) => browser.get(path)))
  for (let round = 0; round < 2; round++) {
    await wait(200)
    await server.stop()
    await until(async () => (await browser.get('/services')).status === 503)
    assert.equal((await browser.get('/readyz')).status, 503)
    assert.equal((await browser.get('/healthz')).status, 200, 'the process itself is well')
    await server.start()
    const begun = Date.now()
    await until(async () => (await browser.get('/services')).status === 200)
    assert(Date.now() - begun < back)
  }
  const seen = (await Promise.all(readers.map((reader) => reader.stop()))).flat()
  // The login leads on whoever is signed in.
  const well: Record<string, number> = { '/nowhere': 404, '/login': 303 }
  const others = seen.filter(({ path, status }) => status !== 503 && status !== (well[path] ?? 200))
  assert.deepEqual(others, [])
  const away = seen.filter(({ status, path }) => status === 503 && path !== '/readyz')
  assert(away.length > 0)
  assert(away.every(({ retryAfter }) => Number(retryAfter) > 0))

  const form = await displayForm(browser)
  assert.equal((await browser.send('/profile/display', { ...form, theme: 'dark' })).status, 303)
  await assertMailsGoOn(program)
  // graphile-worker says past every log, by console.trace, that a worker has lost its connection while it asked for a job.
  assert.doesNotMatch(program.errors(), /^(?!Trace: error: |[ ]|[}]$|$)/m)
})

/** The worker has come back too. */
async function assertMailsGoOn(program: TestProgram): Promise<void> {
  const mails = async (): Promise<number> =>
    (await program.browser().get('/demo/mailbox')).body.split('yamada@example.co.jp').length
  const earlier = await mails()
  await program.browser().post('/login', { username: 'yamada@example.co.jp', password: 'Portal-demo-2026' })
  await until(async () => (await mails()) > earlier)
}
