import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import type { Readable } from 'node:stream'
import { text as textOf } from 'node:stream/consumers'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { testDatabase } from '#test/database.ts'

const run = promisify(execFile)

/** The entries that a program of ours logs; it has `openLog`, and `given` as it was given. */
async function logged(program: string, given: unknown = {}): Promise<Record<string, unknown>[]> {
  const text = `
    const { openLog } = await import(${JSON.stringify(import.meta.resolve('./log.ts'))})
    const given = JSON.parse(process.env.GIVEN)
    ${program}`
  const words = ['--import', 'tsx', '--input-type=module', '--eval', text]
  const { stdout } = await run(process.execPath, words, { env: { ...process.env, GIVEN: JSON.stringify(given) } })
  return stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

test('an entry is an object with its level and the time in UTC; what is below the level is left out', async () => {
  const [entry, ...more] = await logged(
    `const log = openLog('warn'); log.info('less'); log.warn({ part: 'x' }, 'more')`,
  )
  assert.deepEqual(more, [])
  assert.match(String(entry?.time), /^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
  assert.deepEqual({ ...entry, time: '' }, { level: 'warn', time: '', part: 'x', msg: 'more' })
})

test('what is secret is blotted out', async () => {
  const [entry] = await logged(
    `openLog('info').info({ password: 'p', request: { cookie: 'c', body: { token: 't' } } })`,
  )
  assert.deepEqual(
    { password: entry?.password, request: entry?.request },
    { password: '[secret]', request: { cookie: '[secret]', body: { token: '[secret]' } } },
  )
})

test('an error of the database tells where and why, and nothing of the row', async () => {
  await using database = await testDatabase()
  // Not behind the fence, which by itself makes PostgreSQL say less.
  const row = { code: 'told-to-nobody', position: 1, name_ja: '', name_en: '' }
  const program = `
    const { openDatabase } = await import(${JSON.stringify(import.meta.resolve('./database/database.ts'))})
    const operator = openDatabase({ connection: given.owner, role: 'portal_operator', connections: 1 })
    const error = await operator
      .transaction((tx) => tx.insertInto('service_category').values([given.row, given.row]).execute())
      .catch((thrown) => thrown)
    console.log(JSON.stringify(error))
    openLog('info').error({ err: new Error('outer', { cause: error }) }, 'unexpected')
    await operator.close()`
  const [thrown, entry] = await logged(program, { owner: database.ownerConfig, row })
  assert.match(JSON.stringify(thrown), /told-to-nobody/)
  assert.doesNotMatch(JSON.stringify(entry), /told-to-nobody/)
  const { err } = entry as { err: { cause: Record<string, unknown> } }
  const { errorCode, constraint, table } = err.cause
  assert.deepEqual([errorCode, constraint, table], ['23505', 'service_category_code_taken', 'service_category'])
  assert.deepEqual(Object.keys(err.cause).toSorted(), ['constraint', 'errorCode', 'message', 'stack', 'table', 'type'])
})

for (const [what, standStill] of [
  ['nobody reads any longer', (out: Readable) => void out.destroy()],
  ['nobody comes to read', () => undefined],
] as const)
  test(`a program goes on whose output ${what}`, async () => {
    const text = `
      const { openLog } = await import(${JSON.stringify(import.meta.resolve('./log.ts'))})
      const log = openLog('info')
      for (let n = 0; n < 20_000; n++) log.info({ n, filler: 'x'.repeat(100) }, 'much')
      await new Promise((done) => setTimeout(done, 200))
      log.info('more')
      process.stderr.write('alive', () => process.kill(process.pid, 'SIGKILL'))`
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', text], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    standStill(child.stdout)
    assert.equal(await textOf(child.stderr), 'alive')
  })
