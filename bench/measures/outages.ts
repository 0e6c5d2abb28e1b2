import { performance } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import { type Driven, drive, percentile } from '../drive.ts'
import { expectOk, readerOf } from '../readers.ts'
import { type Figure, short, spread } from '../report.ts'
import { spreadOf } from '../rounds.ts'
import {
  addConcerned,
  concernedContracts,
  concernedCustomers,
  concernedService,
  recipients,
} from '../world/concerned.ts'
import { readers } from '../world/import-content.ts'
import type { World } from '../world/world.ts'

/** Each is an outage of its own, from its publishing to the last mail. */
const outages = 3
const wide = `${concernedContracts.toLocaleString('en')} contracts of ${concernedCustomers.toLocaleString('en')} customers`

interface Times {
  /** Seconds until every customer has it. */
  spread: number
  /** And until the mails to all are written, from the beginning. */
  told: number
  /** Until every customer has an update of it. */
  update: number
  /** Of a page of somebody else while the mails are written. */
  pages: Driven
}

/** An outage of many customers: from the press on the button to what they see, and to the mails that wait to be sent. */
export async function measureOutages(world: World): Promise<Figure[]> {
  await addConcerned(world.superuser)
  const headers = (await readerOf(world, readers.all)).headers()
  const look = (atMost: number): Promise<Driven> =>
    drive({ clients: 1, times: Infinity, atMost }, () => expectOk({ port: world.port, path: '/services', headers }))
  await look(2000)
  const quiet = percentile(await look(4000), 0.99)
  const all: Times[] = []
  for (let each = 0; each < outages; each++) all.push(await measureOne(world, each, look))
  const figure = (name: 'spread' | 'told' | 'update', work: string, aim: string): Figure => ({
    work,
    measured: spread(spreadOf(all.map((times) => times[name])), ' s'),
    aim,
  })
  const loud = spreadOf(all.map(({ pages }) => percentile(pages, 0.99) / quiet))
  return [
    figure('spread', `an outage comes to ${wide}`, '≤ 5'),
    figure('update', 'an update of it comes to them', '≤ 1'),
    figure('told', `${recipients.toLocaleString('en')} recipients are queued`, '≤ 30'),
    {
      work: 'p99 of another’s menu meanwhile',
      measured: spread(loud, ' × quiet'),
      aim: '≤ 2',
      beside: `quiet ${short(quiet)} ms`,
    },
  ]
}

async function measureOne(world: World, at: number, look: (atMost: number) => Promise<Driven>): Promise<Times> {
  const { superuser } = world
  const begun = performance.now()
  const since = (): number => (performance.now() - begun) / 1000
  const { rows } = await superuser.query<{ id: string }>(
    `with made as (
       insert into outage (code, kind, title_ja, title_en, starts_at, affects, state, updated_at)
       values ($1, 'fault', '発着信ができない', 'No calls', now(), $2, 'published', now()) returning id)
     select id, enqueue_outage(id) from made`,
    [`BENCH-${at}`, JSON.stringify({ services: [concernedService] })],
  )
  const id = rows[0]?.id ?? ''
  await until(world, `select from outage where id = $1 and spread_version = version`, id)
  const spreadIn = since()
  const latencies: number[] = []
  const told = `select from told t join incident i on i.id = t.subject_id where i.outage_id = $1 and t.kind = 'opened' having count(*) = ${recipients}`
  while ((await superuser.query(told, [id])).rowCount === 0) latencies.push(...(await look(500)).latencies)
  const toldIn = since()
  await dropWaiting(world)
  const update = await measureUpdate(world, id)
  await dropWaiting(world)
  await superuser.query(`update outage set state = 'withdrawn', withdrawn_at = now() where id = $1`, [id])
  const pages = { times: latencies.length, seconds: 0, latencies: latencies.toSorted((one, other) => one - other) }
  return { spread: spreadIn, told: toldIn, update, pages }
}

async function measureUpdate(world: World, id: string): Promise<number> {
  const begun = performance.now()
  await world.superuser.query(
    `with said as (insert into outage_update (outage_id, number, said_at, text_ja) values ($1, 1, now(), '調査しています。')),
       changed as (update outage set step = 'investigating', updated_at = now() where id = $1 returning id)
     select enqueue_outage(id) from changed`,
    [id],
  )
  await until(world, `select from outage where id = $1 and spread_version = version`, id)
  return (performance.now() - begun) / 1000
}

/** What is to be told later, and sent, is not measured here; it would be in the way of what is. */
async function dropWaiting(world: World): Promise<void> {
  const waiting = `from graphile_worker._private_jobs j using graphile_worker._private_tasks t
    where t.id = j.task_id and t.identifier in ('tell', 'spread-outage', 'send-mail')`
  await until(
    world,
    `with dropped as (delete ${waiting} and j.locked_at is null) select where $1 <> '' and not exists (
    select from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where t.identifier in ('tell', 'spread-outage', 'send-mail') and j.locked_at is not null)`,
    'waiting',
  )
}

const longest = 300_000 // ms

async function until({ superuser }: World, statement: string, of: string): Promise<void> {
  const deadline = performance.now() + longest
  while ((await superuser.query(statement, [of])).rowCount === 0) {
    if (performance.now() > deadline) throw new Error(`It never came to this: ${statement}`)
    await wait(20)
  }
}
