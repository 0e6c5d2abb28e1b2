import assert from 'node:assert/strict'
import { randomInt, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { openDatabase } from '#platform/database/database.ts'
import { seconds } from '#platform/time/duration.ts'
import { displayForm, logInToDemo } from './demo-user.ts'
import { type MailServer, startMailServer } from './mail-server.ts'
import type { OutsideServer } from './outside-server.ts'
import { writeMail } from './post-office.ts'
import { type Supervised, supervise } from './supervised.ts'
import type { TestBrowser } from './test-browser.ts'
import { until } from './until.ts'

/** For a machine that has much else to do. */
const patience = 120 * seconds

export interface UnderLoad {
  mails: MailServer
  portal: Supervised
  worker: Supervised
  writing: Load<{ version: number; acknowledged: number }>
  mailing: Load<Set<string>>
  /** Waits until changes are acknowledged and mails arrive again; answers how long that took, in milliseconds. */
  recover(): Promise<number>
}

/** Portal and worker, each in a process of its own, on a server that may be struck, with a user who writes and mails that go out. */
export async function putUnderLoad(ends: AsyncDisposableStack, server: OutsideServer): Promise<UnderLoad> {
  const mails = ends.use(await startMailServer(() => wait(randomInt(100)).then(() => undefined)))
  const settings = { ...server.settings, ...(await settingsFor(mails)) }
  const portal = ends.use(await supervise(settings, 'portal'))
  const worker = ends.use(await supervise(settings, 'worker'))
  const write = await writerOn(ends, server)
  const writing = await keepWriting(await logInToDemo(portal))
  const mailing = keepMailing(write)
  ends.defer(() => Promise.all([writing.stop(), mailing.stop()]).then(() => undefined))
  return {
    mails,
    portal,
    worker,
    writing,
    mailing,
    async recover() {
      const begun = Date.now()
      const { acknowledged } = writing.result
      const marker = await until(() => write('marker@example.jp').catch(() => undefined), patience)
      await until(() => writing.result.acknowledged > acknowledged, patience)
      await until(() => idsOf(mails).has(marker), patience)
      return Date.now() - begun
    },
  }
}

export interface Load<Result> {
  /** What was acknowledged so far. */
  result: Result
  stop(): Promise<void>
}

/** Does it again and again, whatever comes of it, until told to stop. */
function keepDoing<Result>(result: Result, work: () => Promise<unknown>): Load<Result> {
  const over = new AbortController()
  const kept = (async () => {
    while (!over.signal.aborted) await work()
  })()
  return {
    result,
    async stop() {
      over.abort()
      await kept
    },
  }
}

/**
 * Somebody who changes the display settings on and on. What was acknowledged must be there; of a change whose answer was cut
 * off nobody knows.
 */
async function keepWriting(browser: TestBrowser): Promise<Load<{ version: number; acknowledged: number }>> {
  const form = await displayForm(browser)
  const newest = { version: Number(form['version']), acknowledged: 0 }
  return keepDoing(newest, async () => {
    const theme = newest.acknowledged % 2 === 0 ? 'dark' : 'light'
    // The version alone tells what the form was made with.
    const sent = { ...form, loaded: '', theme, version: String(newest.version) }
    const { status } = await browser.send('/profile/display', sent).catch(() => ({ status: 0 }))
    await wait(10)
    if (status === 303) {
      newest.version++
      newest.acknowledged++
      return
    }
    const found = Number((await until(() => displayForm(browser).catch(() => undefined), patience))['version'])
    assert(found >= newest.version && found <= newest.version + 1, `acknowledged ${newest.version}, found ${found}`)
    newest.version = found
  })
}

/** Mails that were committed, by their ids; written on and on. */
function keepMailing(write: (address: string) => Promise<string>): Load<Set<string>> {
  const written = new Set<string>()
  return keepDoing(written, async () => {
    const id = await write(`${randomUUID()}@example.jp`).catch(() => undefined)
    if (id) written.add(id)
    await wait(250)
  })
}

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

/** Of the display settings, in the history. */
export async function changesRecorded(server: OutsideServer): Promise<number> {
  const text = `select count(*)::integer as n from change_history where action = 'display-changed'`
  return (await ask<{ n: number }>(server, text))[0]?.n ?? -1
}

/** Of the mails that have arrived: each Message-ID begins with the id of its row. */
export function idsOf({ received }: MailServer): Set<string> {
  return new Set(received.map(({ mail }) => /^<([^@]+)@/.exec(mail.messageId ?? '')?.[1] ?? ''))
}
