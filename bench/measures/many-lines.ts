import { performance } from 'node:perf_hooks'
import { openBrowser, openForm, openSettings } from '../browser.ts'
import { cpuOf } from '../processes.ts'
import { readerOf } from '../readers.ts'
import { type Figure, short, spread } from '../report.ts'
import { rounds, spreadOf } from '../rounds.ts'
import { readers } from '../world/import-content.ts'
import { settingsUrl, type World } from '../world/world.ts'

const lines = 100
const extensions = 200

/** What concerns a hundred lines of two hundred extensions at once: a copy to all of them, and what is found in them. */
export async function measureManyLines(world: World): Promise<Figure[]> {
  const [source = '', ...others] = await makeLines(world)
  return [await measureChecks(world, [source, ...others]), await measureCopy(world, source)]
}

/** Of contracts that have no line yet; one more than are copied to. */
async function makeLines({ superuser, customer }: World): Promise<string[]> {
  const { rows } = await superuser.query<{ id: string }>(
    `select id from contract k where customer_id = $1 and ended_on is null
      and not exists (select from pbx.line l where l.contract_id = k.id) order by number desc limit $2`,
    [customer, lines + 1],
  )
  await superuser.query('set session_replication_role = replica')
  for (const [at, { id }] of rows.entries())
    await superuser.query(filling(`'${customer}'::uuid, '${id}'::uuid`, id, at))
  await superuser.query('set session_replication_role = origin')
  await superuser.query('vacuum analyze')
  await superuser.query(`update user_group_right set level = 'edit' where service_id is null and contract_id is null`)
  return rows.map(({ id }) => id)
}

/** Half of the extensions are members of groups of ten; twenty numbers, one of which has no target. */
function filling(keys: string, contract: string, at: number): string {
  const number = `'070${String(at).padStart(4, '0')}' || lpad(n::text, 4, '0')`
  return `
    insert into pbx.line (customer_id, contract_id, number, sip_domain, first_extension, last_extension, most_extensions, channels, extensions, call_groups, attention)
      values (${keys}, '${contract}', '${contract}', '2001', '5999', 300, 8, ${extensions}, 10, 1);
    insert into pbx.inside_number (customer_id, contract_id, number, kind)
      select ${keys}, (2000 + n)::text, 'extension' from generate_series(1, ${extensions}) n
      union all select ${keys}, (5000 + n)::text, 'group' from generate_series(1, 10) n;
    insert into pbx.extension (customer_id, contract_id, number, name) select ${keys}, (2000 + n)::text, '内線 ' || n from generate_series(1, ${extensions}) n;
    insert into pbx.call_group (customer_id, contract_id, number, name, kind) select ${keys}, (5000 + n)::text, 'グループ ' || n, 'sequential' from generate_series(1, 10) n;
    insert into pbx.call_group_member (customer_id, contract_id, call_group, extension, position)
      select ${keys}, (5000 + n)::text, (2000 + (n - 1) * 10 + m)::text, m from generate_series(1, 10) n, generate_series(1, 10) m;
    insert into pbx.external_number (customer_id, contract_id, number, target)
      select ${keys}, ${number}, case when n > 0 then (5000 + 1 + n % 10)::text end from generate_series(0, 19) n;
    insert into pbx.line_finding (customer_id, contract_id, kind, about, number, id, path, name)
      select customer_id, contract_id, 'number-without-target', 'number', number, id, '{}', '' from pbx.external_number
      where contract_id = '${contract}' and target is null;`
}

async function measureChecks({ superuser, customer }: World, contracts: readonly string[]): Promise<Figure> {
  await superuser.query(`select set_config('app.customer', $1, false)`, [customer])
  await superuser.query('set role portal_app')
  const times: number[] = []
  for (let round = -1; round < 3 * rounds; round++) {
    const begun = performance.now()
    const { rows } = await superuser.query<{ found: number }>(
      `select count(*)::int as found from door.findings_of($1::uuid[], now())`,
      [contracts],
    )
    if (round >= 0) times.push(performance.now() - begun)
    if ((rows[0]?.found ?? 0) < lines) throw new Error(`Only ${rows[0]?.found} findings`)
  }
  await superuser.query('reset role')
  await superuser.query(`select set_config('app.customer', '', false)`)
  return {
    work: `what is found in ${lines} contracts of ${extensions} extensions`,
    measured: spread(spreadOf(times), ' ms of database'),
    aim: '≤ 100 ms',
  }
}

async function measureCopy(world: World, source: string): Promise<Figure> {
  const { superuser, settingsPort } = world
  const reader = openBrowser(settingsPort, { site: settingsUrl, brotli: true })
  await openSettings({ portal: await readerOf(world, readers.all), settings: reader }, `/c/${source}`)
  const { rows } = await superuser.query<{ id: string }>(
    `select id from pbx.inside_number where contract_id = $1 and number = '5001'`,
    [source],
  )
  const path = `/c/${source}/groups/${rows[0]?.id}/copy`
  const times: number[] = []
  const processor: number[] = []
  for (let round = 0; round < rounds; round++) {
    await superuser.query('set session_replication_role = replica')
    await superuser.query(
      `update pbx.call_group set ring_seconds = 20 + $2, version = version + 1 where contract_id = $1 and number = '5001'`,
      [source, round],
    )
    await superuser.query('set session_replication_role = origin')
    const form = await openForm(reader, path)
    const [before, begun] = [cpuOf([world.app.pid]), performance.now()]
    await reader.post(path, { ...form, q: '', everything: 'on', also: 'on', do: 'apply' })
    times.push(performance.now() - begun)
    processor.push(cpuOf([world.app.pid]) - before)
    const { rows: set } = await superuser.query(
      `select from pbx.call_group where number = '5001' and ring_seconds = 20 + $1`,
      [round],
    )
    if (set.length <= lines) throw new Error(`${set.length} of ${lines + 1} groups are the same`)
  }
  return {
    work: `settings site, a group copied to ${lines} contracts`,
    measured: spread(spreadOf(times), ' ms, the whole request'),
    aim: '≤ 5,000 ms',
    beside: `${short(spreadOf(processor).median)} ms CPU`,
  }
}
