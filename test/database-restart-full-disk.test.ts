import assert from 'node:assert/strict'
import { test } from 'node:test'
import pg from 'pg'
import { canMakeDisks, makeSmallDisk, moveLog } from './full-disk.ts'
import { putUnderLoad } from './load.ts'
import { type OutsideServer, startOutsideServer } from './outside-server.ts'
import { until } from './until.ts'
import { isLongProof } from './many-runs.ts'

const skip = !isLongProof ? 'without MANY_RUNS' : canMakeDisks() ? false : 'only root can make a small disk'

test('on a full disk work stands still, and goes on by itself when there is space', { skip }, async () => {
  await using ends = new AsyncDisposableStack()
  const data = makeSmallDisk(ends, 300)
  const log = makeSmallDisk(ends, 150)
  const server = await startOutsideServer(ends, { durable: true, dataDir: data.folder })
  await server.stop()
  moveLog(server.databaseFolder, log)
  await server.start()
  const { portal, worker, writing, mailing, recover } = await putUnderLoad(ends, server)
  await recover()

  data.fill(0)
  await untilItStands(() => writing.result.acknowledged)
  await untilItStands(() => mailing.result.size)
  data.empty()
  await recover()

  log.fill(0)
  await until(() => useUpLog(server))
  await server.stop()
  await assert.rejects(server.start(), /No space left on device/)
  log.empty()
  await server.start()
  await recover()
  await Promise.all([writing.stop(), mailing.stop()])
  assert.deepEqual([portal.ownEnds(), worker.ownEnds()], [0, 0])
})

async function untilItStands(counted: () => number): Promise<void> {
  let before = -1
  await until(async () => {
    const now = counted()
    const stands = now === before
    before = now
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    return stands
  }, 120_000)
}

/** Writes to the log until the server has gone down. */
async function useUpLog(server: OutsideServer): Promise<boolean> {
  const client = new pg.Client(server.connection(server.superuser))
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query(
      `select pg_logical_emit_message(false, 'test', repeat('x', 1000000)) from generate_series(1, 20)`,
    )
    return false
  } catch {
    return true
  } finally {
    await client.end().catch(() => undefined)
  }
}
