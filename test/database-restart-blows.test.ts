import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { seconds } from '#platform/time/duration.ts'
import { changesRecorded, idsOf, putUnderLoad } from './load.ts'
import { type OutsideServer, startOutsideServer } from './outside-server.ts'
import type { Supervised } from './supervised.ts'
import { until } from './until.ts'
import { isLongProof, runs } from './many-runs.ts'

const rounds = runs({ usual: 1, many: 200 })
/** What befalls the database; it is over when the work ends. */
const blows: ((server: OutsideServer) => Promise<void>)[] = [
  async function restart(server) {
    await server.stop()
    await server.start()
  },
  async function freeze(server) {
    server.freeze()
    await wait(randomInt(500, 8_000))
    server.thaw()
  },
  async function crash(server) {
    await server.crash()
    await wait(randomInt(1_000))
    await server.start()
  },
  async function refuse(server) {
    await server.stop()
    await wait(randomInt(3_000))
    await server.start()
  },
  async function hurt(server) {
    server.hurt()
  },
]

test('nothing acknowledged is lost and every mail leaves, whatever befalls database and processes', async (t) => {
  await using ends = new AsyncDisposableStack()
  const server = await startOutsideServer(ends, { durable: true })
  const { mails, portal, worker, writing, mailing, recover } = await putUnderLoad(ends, server)
  const recovered: number[] = []
  const stopped: number[] = []
  for (let round = 0; round < rounds; round++) {
    const blow = blows[round % blows.length] ?? assert.fail()
    await blow(server)
    recovered.push(await recover())
    const signal = round % 4 === 1 ? 'SIGTERM' : 'SIGKILL'
    const strike = async (victim: Supervised): Promise<void> => {
      await wait(randomInt(2_000))
      const took = await victim.strike(signal)
      if (signal === 'SIGTERM') stopped.push(took)
    }
    // All of them come to their end, also when one fails.
    for (const one of await Promise.allSettled([blow(server), strike(portal), strike(worker)]))
      if (one.status === 'rejected') throw one.reason
    recovered.push(await recover())
    t.diagnostic(`round ${round}: ${blow.name}, recovered after ${recovered.slice(-2).join(' and ')} ms`)
  }
  await Promise.all([writing.stop(), mailing.stop()])
  const written = [...mailing.result]
  await until(() => {
    const arrived = idsOf(mails)
    return written.every((id) => arrived.has(id))
  }, 120 * seconds)
  const twins = mails.offered.length - new Set(mails.offered).size
  const { version, acknowledged } = writing.result
  t.diagnostic(
    `${acknowledged} changes, ${written.length} mails and ${twins} twins; recovered after ${Math.max(...recovered)} ms at most, stopped after ${Math.max(...stopped, 0)} ms at most; ended by themselves: portal ${portal.ownEnds()}, worker ${worker.ownEnds()}`,
  )
  assert.equal(await changesRecorded(server), version - 1, 'each change with its line in the history')
  assert(acknowledged > rounds)
  if (isLongProof) assert(Math.max(...stopped) < 10.5 * seconds)
})
