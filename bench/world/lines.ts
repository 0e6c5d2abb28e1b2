import type { World } from './world.ts'

/** Extensions of the large line, of each other one, and how many others lie beside it: a hundred thousand in all. */
export const extensionsOf = { large: 20_000, other: 1000 }
const others = 80
const numbersOfLine = 500

export interface Lines {
  /** Contracts. */
  large: string
  other: string
}

/** Lines of a hundred thousand extensions in all, past triggers and changes; made once in a world. */
export async function makeLines({ superuser, customer }: World): Promise<Lines> {
  const { rows } = await superuser.query<{ id: string }>(
    'select id from contract where customer_id = $1 order by number limit $2',
    [customer, others + 1],
  )
  const [large = '', other = ''] = rows.map(({ id }) => id)
  const { rowCount } = await superuser.query('select from pbx.line limit 1')
  if (rowCount) return { large, other }
  await superuser.query('set session_replication_role = replica')
  for (const [at, { id }] of rows.entries())
    await superuser.query(filling({ keys: `'${customer}'::uuid, '${id}'::uuid`, contract: id, at }))
  await superuser.query('set session_replication_role = origin')
  await superuser.query('vacuum analyze')
  return { large, other }
}

/** The number at this place of a line, which is the first to be bound to its group of that place. */
export function numberOf(line: number, at: number): string {
  return `050${String(line).padStart(4, '0')}${String(at).padStart(4, '0')}`
}

/** Extensions, a group of ten for each hundred of them, 200 at most, and numbers to the groups. */
function filling({ keys, contract, at }: { keys: string; contract: string; at: number }): string {
  const extensions = at === 0 ? extensionsOf.large : extensionsOf.other
  const groups = Math.min(200, extensions / 100)
  return `
    insert into pbx.line (customer_id, contract_id, number, sip_domain, first_extension, last_extension, most_extensions, channels, extensions, call_groups)
      values (${keys}, '${contract}', '${contract}', '20001', '59999', ${extensions}, 8, ${extensions}, ${groups});
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
      select ${keys}, '050' || lpad('${at}', 4, '0') || lpad(n::text, 4, '0'), (50000 + 1 + n % ${groups})::text
      from generate_series(0, ${numbersOfLine - 1}) n;`
}
