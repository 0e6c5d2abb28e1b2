import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { changesIn } from '#test/changes.ts'
import { addressesOf, openImportTest } from '#test/import-file.ts'
import { Failure } from './command.ts'
import { verifyHistoryCommand } from './verify-history.ts'

const world = await openImportTest()
const { admin, customerWith } = changesIn(world.database)
after(async () => {
  await admin.end()
  await world[Symbol.asyncDispose]()
})

test('a whole chain is told with its head, and one that somebody has meddled with ends with the row', async (t) => {
  const id = await customerWith(3)
  const { rows } = await admin.query<{ code: string }>('select code from customer where id = $1', [id])
  const code = rows[0]?.code ?? assert.fail('no customer')
  const print = t.mock.method(console, 'log', () => undefined)
  const surroundings = {
    environment: addressesOf(world),
    folder: '',
    now: new Date(),
    interrupted: new AbortController().signal,
  }
  await verifyHistoryCommand.run([code], surroundings)
  assert.match(String(print.mock.calls[0]?.arguments), /\b3 +0 +whole +3:[0-9a-f]{64}/)
  await admin.query(`update change_history set subject_name = 'x' where customer_id = $1 and sequence = 2`, [id])
  await assert.rejects(
    verifyHistoryCommand.run([], surroundings),
    (error) => error instanceof Failure && /row 2 \(id \d+\) is not what was sealed/.test(error.message),
  )
})
