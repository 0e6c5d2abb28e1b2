import assert from 'node:assert/strict'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { openDatabase } from '#platform/database/database.ts'
import { seconds } from '#platform/time/duration.ts'
import { logInToDemo } from './demo-user.ts'
import { keepMailing, keepWriting } from './load.ts'
import { type MailServer, startMailServer } from './mail-server.ts'
import { type OutsideServer, startOutsideServer } from './outside-server.ts'
import { writeMail } from './post-office.ts'
import { supervise } from './supervised.ts'
import { until } from './until.ts'

/** MANY_RUNS=200 for the long proof. */
const rounds = Number(process.env.MANY_RUNS ?? 2)
/** For a machine that has much else to do. */
const patience = 120 * seconds

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
  const mails = ends.use(await startMailServer(() => wait(randomInt(100)).then(() => undefined)))
  const server = await startOutsideServer(ends, { durable: true })
  const settings = { ...server.settings, ...(await settingsFor(mails)) }
  const portal = ends.use(await supervise(settings, 'portal'))
  const worker = ends.use(await supervise(settings, 'worker'))
  const write = await writerOn(ends, server)
  const writing = await keepWriting(await logInToDemo(portal))
  const mailing = keepMailing(write)
  const recovered: number[] = []
  const stopped: number[] = []
  const recover = async (): Promise<void> => {
    const begun = Date.now()
    const { acknowledged } = writing.result
    const marker = await until(() => write('marker@example.jp').catch(() => undefined), patience)
    await until(() => writing.result.acknowledged > acknowledged, patience)
    await until(() => idsOf(mails).has(marker), patience)
    recovered.push(Date.now() - begun)
  }
  for (let round = 0; round < rounds; round++) {
    const blow = blows[round % blows.length] ?? assert.fail()
    await blow(server)
    await recover()
    const signal = round % 4 === 1 ? 'SIGTERM' : 'SIGKILL'
    const strike = async (victim: typeof portal): Promise<void> => {
      await wait(randomInt(2_000))
      const took = await victim.strike(signal)
      if (signal === 'SIGTERM') stopped.push(took)
    }
    await Promise.all([blow(server), strike(portal), strike(worker)])
    await recover()
    t.diagnostic(`round ${round}: ${blow.name}, recovered after ${recovered.slice(-2).join(' and ')} ms`)
  }
  await Promise.all([writing.stop(), mailing.stop()])
  const written = [...mailing.result]
  await until(() => {
    const arrived = idsOf(mails)
    return written.every((id) => arrived.has(id))
  }, patience)
  const twins = mails.offered.length - new Set(mails.offered).size
  const { version, acknowledged } = writing.result
  t.diagnostic(
    `${acknowledged} changes, ${written.length} mails and ${twins} twins; recovered after ${Math.max(...recovered)} ms at most, stopped after ${Math.max(...stopped, 0)} ms at most; ended by themselves: portal ${portal.ownEnds()}, worker ${worker.ownEnds()}`,
  )
  assert.equal(await changesRecorded(server), version - 1, 'each change with its line in the history')
  assert(acknowledged > rounds)
  if (process.env.MANY_RUNS) assert(Math.max(...stopped) < 10.5 * seconds)
})

/** On a port that stays the same from start to start. */
async function settingsFor({ url }: MailServer): Promise<Record<string, string>> {
  const holder = createServer().listen(0, '127.0.0.1')
  await once(holder, 'listening')
  const address = holder.address()
  holder.close()
  return {
    PORT: String(typeof address === 'object' ? address?.port : address),
    SMTP_URL: url,
    SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
    LOG_LEVEL: 'silent',
  }
}

async function ask<Row extends pg.QueryResultRow>(server: OutsideServer, text: string): Promise<Row[]> {
  const client = new pg.Client(server.connection(server.superuser))
  await client.connect()
  const { rows } = await client.query<Row>(text)
  await client.end()
  return rows
}

/** Writes mails of some user, past the portal. */
async function writerOn(
  ends: AsyncDisposableStack,
  server: OutsideServer,
): Promise<(address: string) => Promise<string>> {
  const app = openDatabase({ connection: server.connection('portal_app'), connections: 2 })
  ends.defer(() => app.close())
  const [user] = await ask<{ id: string; customerId: string }>(
    server,
    `select id, customer_id as "customerId" from portal_user where login_id = 'sato@example.co.jp'`,
  )
  return (address) => writeMail({ app }, user ?? assert.fail(), { address })
}

async function changesRecorded(server: OutsideServer): Promise<number> {
  const text = `select count(*)::integer as n from change_history where action = 'display-changed'`
  return (await ask<{ n: number }>(server, text))[0]?.n ?? -1
}

/** Of the mails that have arrived: each Message-ID begins with the id of its row. */
function idsOf({ received }: MailServer): Set<string> {
  return new Set(received.map(({ mail }) => /^<([^@]+)@/.exec(mail.messageId ?? '')?.[1] ?? ''))
}
