import { type RawBuilder, sql } from 'kysely'
import type { Target } from '#features/inside-numbers/targets.ts'
import { membersThatRing } from '#features/lines/members-that-ring.ts'
import { sameLine } from '#features/lines/of-line.ts'
import type { LineContext } from '#features/lines/open.ts'
import type { Onward } from '#features/onward/onward.ts'
import { type JsonRow, jsonRow, only, rowOrNull, value } from '#platform/database/json-row.ts'

export const numberStates = ['unset', 'bound', 'ended'] as const
/** `ended` by the day on which it is asked. */
export type NumberState = (typeof numberStates)[number]

export interface BoundTarget extends Target {
  /** How a group rings. */
  groupKind: 'simultaneous' | 'sequential' | 'even' | null
  /** Of its page. */
  id: string
  /** Telephones that ring: of a group its members that are enabled and not paused. */
  phones: number
}

/** An external number and what it is bound to. */
export interface ExternalNumber {
  id: string
  number: string
  memo: string
  state: NumberState
  /** ISO 8601 */
  endedOn: string | null
  target: BoundTarget | null
  /** The name of its hours; null: always open. */
  calendar: string | null
  calendarId: string | null
  /** Where calls go when its hours are closed. */
  closed: Onward & { name: string }
  version: number
}

/** Of a row `r` of `numbersSeen`. */
export const externalNumber: JsonRow<ExternalNumber> = jsonRow<ExternalNumber>({
  id: value('r.id'),
  number: value('r.number'),
  memo: value('r.memo'),
  state: value('r.state'),
  endedOn: value('r.ended_on'),
  target: rowOrNull(
    jsonRow<BoundTarget>({
      number: value('i.number'),
      kind: value('i.kind'),
      id: value('i.id'),
      name: value(sql`coalesce(e.name, g.name, '')`),
      isEnabled: value(sql`coalesce(e.is_enabled, true)`),
      groupKind: value('g.kind'),
      phones: value(sql`case when i.kind = 'extension' then e.is_enabled::int else (
        select ${membersThatRing} from pbx.call_group_member m
        where ${sameLine('m', 'r')} and m.call_group = i.number and not m.is_paused) end`),
    }),
    sql`pbx.inside_number i
      left join pbx.extension e on e.customer_id = i.customer_id and e.contract_id = i.contract_id and e.number = i.number
      left join pbx.call_group g on g.customer_id = i.customer_id and g.contract_id = i.contract_id and g.number = i.number
      where i.customer_id = r.customer_id and i.contract_id = r.contract_id and i.number = r.target`,
  ),
  calendar: value(sql`(select c.name from pbx.calendar c
    where c.customer_id = r.customer_id and c.contract_id = r.contract_id and c.id = r.calendar_id)`),
  calendarId: value('r.calendar_id'),
  closed: value(sql`json_build_object(
      'kind', case when r.closed_inside is not null then 'inside' when r.closed_outside is not null then 'outside'
        when r.closed_voicemail is not null then 'voicemail' else 'nothing' end,
      'number', coalesce(r.closed_inside, r.closed_outside, r.closed_voicemail, ''),
      'name', coalesce((select e.name from pbx.extension e where ${sameLine('e', 'r')} and e.number = r.closed_inside),
        (select e.name from pbx.extension e where ${sameLine('e', 'r')} and e.number = r.closed_voicemail),
        (select g.name from pbx.call_group g where ${sameLine('g', 'r')} and g.number = r.closed_inside), ''))`),
  version: value('r.version'),
})

/** The numbers of the line, with their states. */
export function numbersSeen({ actor, contract, line, now }: LineContext): RawBuilder<unknown> {
  // A selection of its own is made once, and not for each number.
  return sql`select n.*, case when n.ended_on <= (select (${now}::timestamptz at time zone ${line.timeZone})::date) then 'ended'
      when n.target is null then 'unset' else 'bound' end as state
    from pbx.external_number n where n.customer_id = ${actor.customer.id} and n.contract_id = ${contract.id}`
}

/** A number by its id. */
export async function findNumber(ctx: LineContext, id: string): Promise<ExternalNumber | undefined> {
  const { rows } =
    await sql`select ${externalNumber.json} as row from (${numbersSeen(ctx)}) r where r.id = ${id}`.execute(ctx.tx)
  const [found] = rows as { row: Parameters<typeof externalNumber.read>[0] }[]
  return found && externalNumber.read(found.row)
}

export interface NumberCounts {
  /** In use. */
  all: number
  unset: number
}

/** How many numbers there are. */
export async function countNumbers(ctx: LineContext): Promise<NumberCounts> {
  const { rows } = await sql<NumberCounts>`
    select count(*) filter (where state <> 'ended')::int as all, count(*) filter (where state = 'unset')::int as unset
    from (${numbersSeen(ctx)}) r`.execute(ctx.tx)
  return only(rows)
}
