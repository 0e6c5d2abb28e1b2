import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { after as later, minutes } from '#platform/time/duration.ts'
import { changesIn, changeTime } from '#test/changes.ts'
import { addressesOf, openImportTest } from '#test/import-file.ts'
import { Failure, type Surroundings } from './command.ts'
import { verifyHistoryCommand } from './verify-history.ts'

const world = await openImportTest()
const { admin, customerWith, write } = changesIn(world.database)
after(async () => {
  await admin.end()
  await world[Symbol.asyncDispose]()
})

const surroundings: Surroundings = {
  environment: addressesOf(world),
  folder: '',
  now: changeTime,
  interrupted: new AbortController().signal,
}

async function codeOf(id: string): Promise<string> {
  const { rows } = await admin.query<{ code: string }>('select code from customer where id = $1', [id])
  return rows[0]?.code ?? assert.fail('no customer')
}

test('a whole chain is told with its head, and one that somebody has meddled with ends with the row', async (t) => {
  const id = await customerWith(3)
  const code = await codeOf(id)
  const print = t.mock.method(console, 'log', () => undefined)
  await verifyHistoryCommand.run([code], surroundings)
  assert.match(String(print.mock.calls[0]?.arguments), /\b3 +0 +whole +3:[0-9a-f]{64}/)
  await admin.query(`update change_history set subject_name = 'x' where customer_id = $1 and sequence = 2`, [id])
  await assert.rejects(
    verifyHistoryCommand.run([], surroundings),
    (error) => error instanceof Failure && /row 2 \(id \d+\) is not what was sealed/.test(error.message),
  )
})

test('what an earlier run has printed is held against the chains of today', async (t) => {
  const id = await customerWith(3)
  const code = await codeOf(id)
  const print = t.mock.method(console, 'log', () => undefined)
  await verifyHistoryCommand.run([code], surroundings)
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-heads-'))
  t.after(() => rm(folder, { recursive: true }))
  const path = join(folder, 'heads.txt')
  const printed = String(print.mock.calls[0]?.arguments)
  await writeFile(path, `\n> npm says something\n${printed}\n`)
  const again = (): Promise<void> =>
    verifyHistoryCommand.run(['--heads', 'heads.txt', code], { ...surroundings, folder })
  await again()
  await admin.query('delete from change_history where customer_id = $1 and sequence = 3', [id])
  await verifyHistoryCommand.run([code], surroundings)
  await assert.rejects(again(), (error) => error instanceof Failure && /row 3 is missing.*cut off/.test(error.message))
  await writeFile(path, printed.replace(code, 'gone'))
  await assert.rejects(
    verifyHistoryCommand.run(['--heads', path], surroundings),
    (error) => error instanceof Failure && /gone: there is no such customer/.test(error.message),
  )
  await writeFile(path, 'nothing')
  for (const file of [path, join(folder, 'absent')])
    await assert.rejects(verifyHistoryCommand.run(['--heads', file], surroundings), Failure)
})

test('an end that nobody seals is a fault', async (t) => {
  const id = await customerWith(1)
  await write(id)
  t.mock.method(console, 'log', () => undefined)
  const code = await codeOf(id)
  await verifyHistoryCommand.run([code], surroundings)
  await assert.rejects(
    verifyHistoryCommand.run([code], { ...surroundings, now: later(changeTime, 11 * minutes) }),
    (error) => error instanceof Failure && /1 rows have waited/.test(error.message),
  )
})
