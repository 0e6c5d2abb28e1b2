import { type RawBuilder, sql } from 'kysely'
import { membersThatRing } from '#features/lines/members-that-ring.ts'
import { ofLine, type OfLine, type OfLineNow } from '#features/lines/of-line.ts'

/** What the settings check looks for, the gravest first. Those of `remarks` need no remedy. */
export const findingKinds = [
  'number-without-target',
  'number-to-disabled',
  'group-without-phones',
  'loop',
  'plan-cut',
  'group-then-disabled',
  'number-ended',
  'outside-is-own',
  'calendar-always-closed',
  'holidays-unset',
  'override-lasts',
  'extension-unreached',
] as const
export type FindingKind = (typeof findingKinds)[number]

/** Worth knowing, and nothing to be mended: they are not counted. */
export const remarks: readonly FindingKind[] = ['holidays-unset', 'override-lasts', 'extension-unreached']

/** What a finding is about, and so on which page it is mended. */
export type FindingAbout = 'number' | 'extension' | 'group' | 'calendar'

/**
 * What needs a remedy: `kind`, `about`, its `number` (of a calendar the name), the `id` of its page, and `path`, the numbers that
 * it leads through or names. Loops and plans that are cut are followed as `pbx.route_call` does: four numbers deep.
 */
export function findingsWithin(ctx: OfLineNow): RawBuilder<unknown> {
  return sql`with recursive ${settingsIn(ctx)}, ${waysThrough} ${needed(ctx)}`
}

/** The same, and the remarks: for them every extension is looked at. */
export function findingsWithRemarks(ctx: OfLineNow): RawBuilder<unknown> {
  return sql`with recursive ${settingsIn(ctx)}, ${waysThrough} ${needed(ctx)}
    union all ${aboutHolidays(ctx)} union all ${aboutOverrides(ctx)} union all ${aboutExtensions(ctx)}`
}

/** The ways that come back to where they were: `path`, each once. */
export function loopsWithin(ctx: OfLine): RawBuilder<unknown> {
  return sql`with recursive ${settingsIn(ctx)}, ${waysThrough} select l.path from looped l`
}

function needed(ctx: OfLineNow): RawBuilder<unknown> {
  // A selection of its own is made once, and not for each number.
  const today = sql`(select (${ctx.now}::timestamptz at time zone ${ctx.line.timeZone})::date)`
  return sql`${aboutNumbers(ctx, today)} union all ${aboutGroups} union all ${aboutWays} union all ${aboutOutside}
    union all ${aboutCalendars(ctx, today)}`
}

/** The settings of the line: numbers `n`, inside numbers `i`, extensions `e`, groups `g`, forwards `f`; `phones` of groups that ring. */
function settingsIn(ctx: OfLine): RawBuilder<unknown> {
  return sql`n as not materialized (select * from pbx.external_number x where ${ofLine(ctx, 'x')}),
    i as not materialized (select * from pbx.inside_number x where ${ofLine(ctx, 'x')}),
    e as not materialized (select * from pbx.extension x where ${ofLine(ctx, 'x')}),
    g as not materialized (select * from pbx.call_group x where ${ofLine(ctx, 'x')}),
    f as not materialized (select * from pbx.forward x where ${ofLine(ctx, 'x')}),
    phones as materialized (
      select m.call_group, ${membersThatRing} as ringing from pbx.call_group_member m
      where ${ofLine(ctx, 'm')} and not m.is_paused group by m.call_group
    )`
}

/** Where calls go on to from extensions and groups, four deep: `edge`, `walk`; ways that come back: `looped`; too long ones: `cut`. */
const waysThrough = sql`edge as materialized (
      select number as "from", then_inside as "to" from g where then_inside is not null
      union select f.extension, f.to_inside from f join e on e.number = f.extension where f.to_inside is not null and e.is_enabled
    ), walk as (
      select "from" as start, "to" as node, array["from", "to"] as path, 1 as depth from edge
      union all
      select w.start, x."to", w.path || x."to", w.depth + 1 from walk w join edge x on x."from" = w.node
      where w.depth < 4 and w.node <> w.start
    ), looped as (
      select distinct on (key) start, path from (
        select start, path, (select array_agg(distinct p order by p) from unnest(path) p) as key from walk where node = start) one
      order by key, start
    ), weight as materialized (
      select g.number, (case when g.kind = 'simultaneous' then least(coalesce(p.ringing, 0), 1) else coalesce(p.ringing, 0) end)
        + num_nonnulls(g.then_outside, g.then_voicemail) as steps
      from g left join phones p on p.call_group = g.number
    ), longest as materialized (
      select distinct on (start) start, path from walk order by start, depth desc, path
    ), cut as (
      select w.start as number, l.path
      from walk w join longest l using (start) left join weight of_node on of_node.number = w.node
      group by w.start, l.path having max(w.depth) = 4 or
        sum(coalesce(of_node.steps, 1)) + coalesce((select steps from weight where number = w.start), 1) > 64
    )`

function aboutNumbers({ line }: OfLineNow, today: RawBuilder<unknown>): RawBuilder<unknown> {
  const isOpen = sql`(n.ended_on is null or n.ended_on > ${today})`
  return sql`
    select 'number-without-target' as kind, 'number' as about, n.number, n.id, '{}'::text[] as path from n
      where n.target is null and ${isOpen}
    union all
    select 'number-to-disabled', 'number', n.number, n.id, array[e.number]
      from n join e on e.number = n.target where not e.is_enabled and ${isOpen}
    union all
    select 'number-to-disabled', 'number', n.number, n.id, array[e.number]
      from n join e on e.number = n.closed_inside
        where not e.is_enabled and n.closed_inside is distinct from n.target and ${isOpen}
    union all
    select 'number-ended', 'number', n.number, n.id,
        array_remove(array[n.target] || array(select e.number from e where e.caller_number = n.number order by e.number limit 10), null)
      from n where n.ended_on <= ${today} and (n.target is not null or n.number = ${line.mainNumber}
        or exists (select from e where e.caller_number = n.number))`
}

const aboutGroups = sql`
    select 'group-without-phones', 'group', g.number, i.id, '{}'::text[] from g join i on i.number = g.number
      left join phones p on p.call_group = g.number where coalesce(p.ringing, 0) = 0
    union all
    select 'group-then-disabled', 'group', g.number, i.id, array[e.number]
      from g join i on i.number = g.number join e on e.number = g.then_inside where not e.is_enabled`

/** What comes back is told once, and not as too long as well. */
const aboutWays = sql`
    select 'loop', i.kind, i.number, i.id, l.path from looped l join i on i.number = l.start
    union all
    select 'plan-cut', i.kind, i.number, i.id, c.path from cut c join i on i.number = c.number
      where not exists (select from looped l where l.path && c.path)
        and (exists (select from n where n.target = c.number) or not exists (select from edge where "to" = c.number))`

const aboutOutside = sql`
    select 'outside-is-own', 'number', n.number, n.id, array[n.closed_outside] from n
      where exists (select from n own where own.number = n.closed_outside)
    union all
    select 'outside-is-own', 'group', g.number, i.id, array[g.then_outside] from g join i on i.number = g.number
      where exists (select from n own where own.number = g.then_outside)
    union all
    select 'outside-is-own', 'extension', f.extension, i.id, array[f.to_outside] from f join i on i.number = f.extension
      where exists (select from n own where own.number = f.to_outside)`

/** Those that stay closed for thirty days. */
function aboutCalendars(ctx: OfLineNow, today: RawBuilder<unknown>): RawBuilder<unknown> {
  const moment = sql`${ctx.now}::timestamptz`
  return sql`
    select 'calendar-always-closed', 'calendar', c.name, c.id, '{}'::text[] from pbx.calendar c
      where ${ofLine(ctx, 'c')} and coalesce(c.override_until, ${moment}) <= ${moment} and not exists (
        select from generate_series(0, 29) at (days), lateral (select ${today} + at.days as day) d
        left join pbx.calendar_day s on ${ofLine(ctx, 's')} and s.calendar_id = c.id and s.day = d.day
        where case when s.day is not null then s.opens is not null
          when c.closes_on_national_holidays and exists (select from pbx.national_holiday h where h.day = d.day) then false
          else exists (select from pbx.calendar_slot t
            where ${ofLine(ctx, 't')} and t.calendar_id = c.id and t.weekday = extract(isodow from d.day)) end)`
}

/** From October on: those in use that have no special day in the next year. `door.findings_of` says the same of many lines, as of the other remarks. */
function aboutHolidays(ctx: OfLineNow): RawBuilder<unknown> {
  const today = sql`(select ${ctx.now}::timestamptz at time zone ${ctx.line.timeZone})`
  return sql`
    select 'holidays-unset', 'calendar', c.name, c.id, '{}'::text[] from pbx.calendar c
      where ${ofLine(ctx, 'c')} and extract(month from ${today}) >= 10 and exists (select from n where n.calendar_id = c.id)
        and not exists (select from pbx.calendar_day s where ${ofLine(ctx, 's')} and s.calendar_id = c.id
          and extract(year from s.day) = extract(year from ${today}) + 1)`
}

/** Those that an override holds for longer than a day. */
function aboutOverrides(ctx: OfLineNow): RawBuilder<unknown> {
  const moment = sql`${ctx.now}::timestamptz`
  return sql`
    select 'override-lasts', 'calendar', c.name, c.id, '{}'::text[] from pbx.calendar c
      where ${ofLine(ctx, 'c')} and c.override_until > ${moment} + interval '1 day'`
}

function aboutExtensions(ctx: OfLine): RawBuilder<unknown> {
  return sql`
    select 'extension-unreached', 'extension', e.number, i.id, '{}'::text[] from e join i on i.number = e.number
      where e.is_enabled and e.number not in (
        select n.target from n where n.target is not null
        union all select n.closed_inside from n where n.closed_inside is not null
        union all select m.extension from pbx.call_group_member m where ${ofLine(ctx, 'm')}
        union all select "to" from edge)`
}
