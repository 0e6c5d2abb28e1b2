import assert from 'node:assert/strict'
import { startWorker } from '#doors/jobs/worker.ts'
import { enqueueMail } from '#features/mails/enqueue.ts'
import type { Email } from '#features/mails/sealed.ts'
import { enterFence } from '#features/sessions/fence.ts'
import { type Config, readConfig } from '#program/config.ts'
import { openLog } from '#platform/log.ts'
import type { TestDatabase } from './database.ts'
import { type Judge, type MailServer, startMailServer } from './mail-server.ts'
import type { MadeUser } from './make.ts'
import { testSecrets, testSettingsUrl, testUrl } from './portal.ts'
import { superuserOf } from './superuser.ts'
import { until } from './until.ts'

export const mailFrom = 'b-portal@portal.example.jp'

export interface MailRow {
  state: string
  tries: number
  sealed: Buffer | null
  last_problem: string | null
}

export interface PostOffice extends AsyncDisposable {
  /** Starts a mail server, and workers that hand mails over to it. */
  open(judge?: Judge, changes?: Partial<Config> & { workers?: number }): Promise<MailServer>
  /** Writes a mail as the portal does; `fail` rolls back what caused it. Answers its id. */
  write(address: string, given?: { email?: Email; goodUntil?: Date; fail?: boolean }): Promise<string>
  rowOf(id: string): Promise<MailRow | undefined>
  endsAs(id: string, state: string): Promise<unknown>
  jobsLeft(): Promise<number>
  /** As the owner of the queue, or more. */
  query(text: string, values?: unknown[]): Promise<number | null>
}

export const anEmail: Email = { subject: '【窓口】ログインのお知らせ', text: '髙橋 様\n\nコード：123456 ①〜\n' }

/** Mails of one user, in the database of a test. */
export function postOffice(database: TestDatabase, user: MadeUser): PostOffice {
  const admin = superuserOf(database)
  const rowOf = async (id: string): Promise<MailRow | undefined> =>
    (await admin.query<MailRow>('select state, tries, sealed, last_problem from mail where id = $1', [id])).rows[0]
  return {
    open: (judge, changes = {}) => openOffice(database, judge, changes),
    write: (address, given = {}) => writeMail(database, user, { address, ...given }),
    rowOf,
    endsAs: (id, state) => until(async () => (await rowOf(id))?.state === state),
    async jobsLeft() {
      const { rows } = await admin.query<{ n: number }>(
        `select count(*)::integer as n from graphile_worker.jobs where task_identifier = 'send-mail'`,
      )
      return rows[0]?.n ?? -1
    },
    query: async (text, values) => (await admin.query(text, values)).rowCount,
    [Symbol.asyncDispose]: () => admin.end(),
  }
}

async function openOffice(
  database: TestDatabase,
  judge: Judge | undefined,
  { workers = 1, ...changes }: Partial<Config> & { workers?: number },
): Promise<MailServer> {
  const ends = new AsyncDisposableStack()
  const server = ends.use(await startMailServer(judge))
  const settings = readConfig({ DEMO: 'on', SECRET_KEY: Buffer.alloc(32, 7).toString('base64') })
  for (let i = 0; i < workers; i++)
    ends.defer(
      startWorker({
        config: { ...settings, demo: false, smtpUrl: server.url, mailFrom, ...changes },
        owner: database.ownerConfig,
        operator: database.operator,
        secrets: testSecrets,
        log: openLog('silent'),
        now: () => new Date(),
        onLost: (reason) => assert.fail(reason),
        lookEvery: 100,
      }),
    )
  return { ...server, [Symbol.asyncDispose]: () => ends.disposeAsync() }
}

/** Writes a mail as the portal does; `fail` rolls back what caused it. Answers its id when it is committed. */
export async function writeMail(
  { app }: Pick<TestDatabase, 'app'>,
  { id: userId, customerId }: Pick<MadeUser, 'id' | 'customerId'>,
  {
    address,
    email = anEmail,
    fail = false,
    ...limit
  }: { address: string; email?: Email; goodUntil?: Date; fail?: boolean },
): Promise<string> {
  const surroundings = {
    now: new Date(),
    client: { ip: '192.0.2.1', network: '192.0.2.1', browser: '' },
    language: 'ja' as const,
    secrets: testSecrets,
    portalUrl: testUrl,
    settingsUrl: testSettingsUrl,
    log: openLog('silent'),
  }
  let id = ''
  const changedMind = new Error('changed my mind')
  const written = app.transaction(async (tx) => {
    await enterFence(tx, customerId)
    id = await enqueueMail(
      { tx, ...surroundings },
      { customerId, userId, address, language: 'ja' },
      { kind: 'test', email, ...limit },
    )
    if (fail) throw changedMind
  })
  await written.catch((error: unknown) => {
    if (error !== changedMind) throw error
  })
  return id
}
