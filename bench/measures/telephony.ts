import type pg from 'pg'
import { cpuOf } from '../processes.ts'
import { type Figure, spread } from '../report.ts'
import { rounds, spreadOf } from '../rounds.ts'
import { extensionsOf, makeLines, numberOf } from '../world/lines.ts'
import type { World } from '../world/world.ts'

interface Work {
  work: string
  role: 'telephone_engine' | 'portal_app'
  /** An expression. */
  sql: string
  aim: string
}

/** The switchboard, by the engine's role and behind the fence: what a call costs the database, and what the simulator does. */
export async function measureTelephony(world: World): Promise<Figure[]> {
  const { superuser, customer } = world
  const { large } = await makeLines(world)
  const works = worksOn(customer, large)
  await superuser.query(`select set_config('app.customer', $1, false), set_config('app.contract', $2, false)`, [
    customer,
    large,
  ])
  const times = new Map<string, number[]>(works.map(({ work }) => [work, []]))
  // In turns; the first one warms up.
  for (let round = 0; round <= rounds; round++) {
    for (const work of works) {
      const time = await timeOf(superuser, work)
      if (round > 0) times.get(work.work)?.push(time)
    }
  }
  await superuser.query(`select set_config('app.customer', '', false), set_config('app.contract', '', false)`)
  return works.map(({ work, aim }) => ({
    work,
    measured: spread(spreadOf(times.get(work) ?? []), ' ms of processor'),
    aim,
  }))
}

function worksOn(customer: string, contract: string): Work[] {
  const ofExtension = `pbx.route_call('${customer}', '${contract}', '20500', now())`
  const ofNumber = `pbx.route_call('${customer}', '${contract}', '${numberOf(0, 3)}', now())`
  const found = `pbx.extension where customer_id = '${customer}' and contract_id = '${contract}' and search like '%205%'`
  return [
    {
      work: 'route_call of an extension, as the engine',
      role: 'telephone_engine',
      sql: ofExtension,
      aim: '≤ 0.2 ms',
    },
    {
      work: 'route_call of a number to a group of ten, as the engine',
      role: 'telephone_engine',
      sql: ofNumber,
      aim: '≤ 0.2 ms',
    },
    { work: 'the same behind the fence', role: 'portal_app', sql: ofNumber, aim: '≤ 0.35 ms' },
    {
      work: 'who_rings of it, plan included',
      role: 'portal_app',
      sql: `(select count(*) from pbx.who_rings(${ofNumber}))`,
      aim: '≤ 0.8 ms',
    },
    {
      work: `a keyword over ${extensionsOf.large.toLocaleString('en')} extensions`,
      role: 'portal_app',
      sql: `(select count(*) from ${found})`,
      aim: '≤ 5 ms',
    },
  ]
}

const calls = 1000

/** Milliseconds of processor time of one call: within one statement, so nothing of the way to the database counts. */
async function timeOf(superuser: pg.Client, { role, sql }: Work): Promise<number> {
  const { rows } = await superuser.query<{ pid: number }>('select pg_backend_pid() as pid')
  const backend = [rows[0]?.pid ?? 0]
  await superuser.query(`set role ${role}`)
  const before = cpuOf(backend)
  await superuser.query(`do $$ begin for i in 1..${calls} loop perform ${sql}; end loop; end $$`)
  const time = (cpuOf(backend) - before) / calls
  await superuser.query('reset role')
  return time
}
