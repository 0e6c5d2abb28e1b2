import { performance } from 'node:perf_hooks'
import type pg from 'pg'
import { type Figure, spread } from '../report.ts'
import { rounds, spreadOf } from '../rounds.ts'
import type { World } from '../world/world.ts'

/** Extensions of the large line, and how many lines of a thousand lie beside it: a hundred thousand in all. */
const large = 20_000
const others = 80

/** The switchboard, by the engine's role and behind the fence: what a call costs the database, and what the simulator does. */
export async function measureTelephony({ superuser, customer }: World): Promise<Figure[]> {
  const { rows } = await superuser.query<{ id: string }>(
    'select id from contract where customer_id = $1 order by number limit $2',
    [customer, others + 1],
  )
  for (const [at, { id }] of rows.entries()) await fillLine(superuser, { customer, contract: id, at })
  await superuser.query(
    'analyze pbx.inside_number, pbx.extension, pbx.call_group, pbx.call_group_member, pbx.external_number',
  )
  const contract = rows[0]?.id ?? ''
  const of = (called: string): string => `pbx.route_call('${customer}', '${contract}', '${called}', now())`
  const works: [work: string, role: string, sql: string, aim: string][] = [
    ['route_call of an extension, as the engine', 'telephone_engine', of('20500'), '≤ 0.2 ms'],
    ['route_call of a number to a group of ten, as the engine', 'telephone_engine', of(numberOf(0, 3)), '≤ 0.2 ms'],
    ['the same behind the fence', 'portal_app', of(numberOf(0, 3)), '≤ 0.35 ms'],
    [
      'who_rings of it, plan included',
      'portal_app',
      `(select count(*) from pbx.who_rings(${of(numberOf(0, 3))}))`,
      '≤ 0.8 ms',
    ],
    [
      `a keyword over ${large.toLocaleString('en')} extensions`,
      'portal_app',
      `(select count(*) from pbx.extension where customer_id = '${customer}' and contract_id = '${contract}' and search like '%205%')`,
      '≤ 5 ms',
    ],
  ]
  await superuser.query(`select set_config('app.customer', $1, false), set_config('app.contract', $2, false)`, [
    customer,
    contract,
  ])
  const figures: Figure[] = []
  for (const [work, role, sql, aim] of works)
    figures.push({ work, measured: spread(spreadOf(await timesOf(superuser, role, sql)), ' ms'), aim })
  await superuser.query(`select set_config('app.customer', '', false), set_config('app.contract', '', false)`)
  return figures
}

const calls = 500

/** Milliseconds of one call, as each round had them: within one statement, so nothing of the way to the database counts. */
async function timesOf(superuser: pg.Client, role: string, sql: string): Promise<number[]> {
  const times: number[] = []
  await superuser.query(`set role ${role}`)
  for (let round = 0; round <= rounds; round++) {
    const begun = performance.now()
    await superuser.query(`do $$ begin for i in 1..${calls} loop perform ${sql}; end loop; end $$`)
    // The first one warms up.
    if (round > 0) times.push((performance.now() - begun) / calls)
  }
  await superuser.query('reset role')
  return times
}

const numberOf = (line: number, at: number): string =>
  `050${String(line).padStart(4, '0')}${String(at).padStart(4, '0')}`

/** A line with its extensions, a group of ten for each hundred of them, 200 at most, and numbers to the groups. */
async function fillLine(
  superuser: pg.Client,
  { customer, contract, at }: { customer: string; contract: string; at: number },
): Promise<void> {
  const extensions = at === 0 ? large : 1000
  const groups = Math.min(200, extensions / 100)
  const keys = `'${customer}'::uuid, '${contract}'::uuid`
  await superuser.query(`set session_replication_role = replica;
    insert into pbx.line (customer_id, contract_id, number, sip_domain, first_extension, last_extension, most_extensions, channels, extensions, call_groups)
      values (${keys}, '${contract}', '${contract}', '20001', '59999', ${extensions}, 8, ${extensions}, ${groups}) on conflict do nothing;
    insert into pbx.inside_number (customer_id, contract_id, number, kind)
      select ${keys}, (20000 + n)::text, 'extension' from generate_series(1, ${extensions}) n
      union all select ${keys}, (50000 + n)::text, 'group' from generate_series(1, ${groups}) n;
    insert into pbx.extension (customer_id, contract_id, number, name)
      select ${keys}, (20000 + n)::text, '内線 ' || n from generate_series(1, ${extensions}) n;
    insert into pbx.call_group (customer_id, contract_id, number, name, kind)
      select ${keys}, (50000 + n)::text, 'グループ ' || n, 'sequential' from generate_series(1, ${groups}) n;
    insert into pbx.call_group_member (customer_id, contract_id, call_group, extension, position)
      select ${keys}, (50000 + n)::text, (20000 + n * 10 + m)::text, m from generate_series(1, ${groups}) n, generate_series(1, 10) m;
    insert into pbx.external_number (customer_id, contract_id, number, target)
      select ${keys}, '050' || lpad('${at}', 4, '0') || lpad(n::text, 4, '0'), (50000 + 1 + n % ${groups})::text from generate_series(0, 499) n;
    set session_replication_role = origin`)
}
