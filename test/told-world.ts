import assert from 'node:assert/strict'
import type { IncidentEntry } from '#features/incidents/entry.ts'
import { putIncidents } from '#features/incidents/put.ts'
import type { Telling } from '#features/incidents/tellings.ts'
import { type Email, openEmail } from '#features/mails/sealed.ts'
import { tell } from '#features/told/tell.ts'
import type { Database } from '#platform/database/database.ts'
import { after, hours } from '#platform/time/duration.ts'
import { type TestDatabase, testDatabase } from './database.ts'
import { type Make, type MadeUser, makerOf } from './make.ts'
import { testSecrets, testUrl } from './portal.ts'
import { superuserOf } from './superuser.ts'

/** Incidents of a customer, and people who are told of them by mail, in the place of the worker. */
export interface ToldWorld extends AsyncDisposable {
  database: TestDatabase
  make: Make
  admin: ReturnType<typeof superuserOf>
  /** What the clock says; a test moves it. */
  now: Date
}

export interface ToldCustomer {
  customerId: string
  /** Four, of two services in turn. */
  contracts: { id: string; number: string; serviceId: string }[]
}

export async function openToldWorld(): Promise<ToldWorld> {
  const database = await testDatabase()
  const admin = superuserOf(database)
  return {
    database,
    make: makerOf(database),
    admin,
    now: new Date('2026-11-22T03:00:00Z'),
    async [Symbol.asyncDispose]() {
      await admin.end()
      await database[Symbol.asyncDispose]()
    },
  }
}

export async function makeToldCustomer({ make }: ToldWorld): Promise<ToldCustomer> {
  const customerId = await make.customer()
  const services = [await make.service(), await make.service()]
  const contracts: ToldCustomer['contracts'] = []
  for (let at = 0; at < 4; at++) {
    const [number, serviceId] = [`T${customerId.slice(0, 8)}${at}`, services[at % 2] ?? '']
    contracts.push({ id: await make.contract({ customerId, serviceId, number }), number, serviceId })
  }
  return { customerId, contracts }
}

/** A fault that began an hour ago, unless told. Answers its id. */
export async function putOne(
  { database, now }: ToldWorld,
  { customerId }: ToldCustomer,
  entry: Partial<IncidentEntry> & { contracts: string[] },
): Promise<string> {
  const title = { ja: '発着信ができない', en: 'No calls' }
  const times = { startsAt: after(now, -hours).toISOString(), updatedAt: now.toISOString() }
  const made = await database.operator.transaction((tx) =>
    putIncidents({ tx, now, customer: { id: customerId, code: 'x' } }, [
      { code: 'F-1', kind: 'fault', title, ...times, ...entry },
    ]),
  )
  assert(made.ok, JSON.stringify(made))
  return made.value[0]?.id ?? ''
}

/** What the worker does with a job. */
export function tellOnce(
  { database, now }: ToldWorld,
  telling: Telling,
  through: Pick<Database, 'transaction'> = database.operator,
): Promise<void> {
  // Nothing else of it is used.
  const operator = through as Database
  return tell({ database: operator, secrets: testSecrets, portalUrl: testUrl, now: () => now }, telling)
}

/** Wishes both topics: about all, a service, or a contract. */
export async function wishMails(
  { admin }: ToldWorld,
  { id, customerId }: MadeUser,
  about: { service?: string; contract?: string } = {},
): Promise<void> {
  await admin.query(
    `insert into mail_wish (customer_id, user_id, topic, service_id, contract_id, made_at)
     select $1, $2, topic, $3, $4, now() from unnest(array['fault', 'works']) topic on conflict do nothing`,
    [customerId, id, about.service ?? null, about.contract ?? null],
  )
}

/** Somebody who sees the first contract and wishes all. */
export async function makeReader(world: ToldWorld, { customerId, contracts }: ToldCustomer): Promise<MadeUser> {
  const user = await world.make.user({ customerId })
  const right = { contractId: contracts[0]?.id ?? '', level: 'view' as const }
  await world.make.group({ customerId, members: [user.id], rights: [right] })
  await wishMails(world, user)
  return user
}

/** How often each user was mailed, by kind. */
export async function mailedTo(
  { admin }: ToldWorld,
  { customerId }: ToldCustomer,
): Promise<{ user: string; kind: string; n: number }[]> {
  const { rows } = await admin.query<{ user: string; kind: string; n: number }>(
    `select user_id as "user", replace(kind, 'incident-', '') as kind, count(*)::integer as n from mail where customer_id = $1
     group by 1, 2 order by 2, 1`,
    [customerId],
  )
  return rows
}

export async function newestMail({ admin }: ToldWorld, { id }: MadeUser): Promise<Email> {
  const { rows } = await admin.query<{ id: string; sealed: Buffer }>(
    'select id, sealed from mail where user_id = $1 order by created_at desc, xmin::text::bigint desc limit 1',
    [id],
  )
  return openEmail(testSecrets, rows[0]?.id ?? '', rows[0]?.sealed ?? assert.fail('no mail'))
}

/** The jobs that wait to tell: they are taken from the queue. */
export async function takeTellings({ admin }: ToldWorld): Promise<(Telling & { runAt: Date })[]> {
  const { rows } = await admin.query<{ payload: Telling; run_at: Date }>(
    `delete from graphile_worker._private_jobs j using graphile_worker._private_tasks t
     where t.id = j.task_id and t.identifier = 'tell' returning j.payload, j.run_at`,
  )
  return rows.map(({ payload, run_at }) => ({ ...payload, runAt: run_at }))
}

/** Tells all that waits. */
export async function tellAll(world: ToldWorld): Promise<void> {
  for (const telling of await takeTellings(world)) await tellOnce(world, telling)
}
