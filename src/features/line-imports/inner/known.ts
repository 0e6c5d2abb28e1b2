import { sql } from 'kysely'
import type { SettingsRow } from '#features/line-changes/undo.ts'
import { ofLine, type OfLineNow } from '#features/lines/of-line.ts'
import type { Line, LineWriter } from '#features/lines/open.ts'

/** What rows of a file are compared with: the settings as they are. */
export interface Known {
  line: Line
  /** Extensions and groups by number. */
  inside: ReadonlyMap<string, KnownInside>
  outside: ReadonlyMap<string, KnownOutside>
  /** Of each group its members, in the order in which they ring. */
  members: ReadonlyMap<string, readonly SettingsRow[]>
  /** The numbers outside to which calls may be passed on: each was confirmed once. */
  outsideTargets: ReadonlySet<string>
}

export interface KnownInside {
  /** As a change keeps them. */
  number: SettingsRow
  row: SettingsRow
  /** What the list of extensions tells of them. */
  told: Readonly<Record<string, string>>
}

export interface KnownOutside {
  row: SettingsRow
  hasEnded: boolean
}

/** Reads the settings of the line, however many there are, by four statements. */
export async function findKnown(ctx: LineWriter): Promise<Known> {
  const [inside, outside, members, outsideTargets] = await Promise.all([
    findInside(ctx),
    findOutside(ctx),
    findMembers(ctx),
    findOutsideTargets(ctx),
  ])
  return {
    line: ctx.line,
    inside: new Map(inside.map((each) => [String(each.number['number']), each])),
    outside: new Map(outside.map((each) => [String(each.row['number']), each])),
    members: Map.groupBy(members, (member) => String(member['call_group'])),
    outsideTargets: new Set(outsideTargets),
  }
}

async function findInside(ctx: LineWriter): Promise<KnownInside[]> {
  const { rows } = await sql<KnownInside>`
    select jsonb_build_object('number', i.number, 'kind', i.kind, 'id', i.id) as number,
      case i.kind when 'extension' then jsonb_build_object('number', e.number, 'name', e.name, 'kana', e.kana, 'caller_number', e.caller_number,
          'hides_caller', e.hides_caller, 'ring_seconds', e.ring_seconds, 'is_enabled', e.is_enabled)
        else jsonb_build_object('number', g.number, 'name', g.name, 'kind', g.kind, 'ring_seconds', g.ring_seconds,
          'then_inside', g.then_inside, 'then_outside', g.then_outside, 'then_voicemail', g.then_voicemail) end as row,
      jsonb_build_object('numbers', coalesce(n.numbers, ''), 'groups', coalesce(m.groups, ''), 'forwards', coalesce(f.forwards, '0')) as told
    from pbx.inside_number i
    left join pbx.extension e on ${sameAs('e')} and e.number = i.number
    left join pbx.call_group g on ${sameAs('g')} and g.number = i.number
    left join (select n.target, string_agg(n.number, ' ' order by n.number) as numbers from pbx.external_number n
      where ${ofLine(ctx, 'n')} group by 1) n on n.target = i.number
    left join (select m.extension, string_agg(m.call_group, ' ' order by m.call_group) as groups from pbx.call_group_member m
      where ${ofLine(ctx, 'm')} group by 1) m on m.extension = i.number
    left join (select f.extension, count(*)::text as forwards from pbx.forward f where ${ofLine(ctx, 'f')} group by 1) f
      on f.extension = i.number
    where ${ofLine(ctx, 'i')}`.execute(ctx.tx)
  return rows
}

const sameAs = (alias: 'e' | 'g') =>
  sql`${sql.ref(`${alias}.customer_id`)} = i.customer_id and ${sql.ref(`${alias}.contract_id`)} = i.contract_id`

async function findOutside(ctx: LineWriter): Promise<KnownOutside[]> {
  const { rows } = await sql<KnownOutside>`
    select jsonb_build_object('number', n.number, 'memo', n.memo, 'target', n.target) as row,
      coalesce(n.ended_on <= ${todayOf(ctx)}, false) as "hasEnded"
    from pbx.external_number n where ${ofLine(ctx, 'n')}`.execute(ctx.tx)
  return rows
}

const todayOf = ({ now, line }: OfLineNow) => sql`(select (${now}::timestamptz at time zone ${line.timeZone})::date)`

async function findMembers(ctx: LineWriter): Promise<SettingsRow[]> {
  const { rows } = await sql<{ row: SettingsRow }>`
    select jsonb_build_object('call_group', m.call_group, 'extension', m.extension, 'position', m.position, 'is_paused', m.is_paused) as row
    from pbx.call_group_member m where ${ofLine(ctx, 'm')} order by m.call_group, m.position`.execute(ctx.tx)
  return rows.map(({ row }) => row)
}

async function findOutsideTargets(ctx: LineWriter): Promise<string[]> {
  const { rows } = await sql<{ number: string }>`
    select t.number from pbx.outside_target t where ${ofLine(ctx, 't')}`.execute(ctx.tx)
  return rows.map(({ number }) => number)
}
