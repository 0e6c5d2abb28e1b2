import { sql } from 'kysely'
import { ofLine, sameLine } from '#features/lines/of-line.ts'
import type { LineContext } from '#features/lines/open.ts'
import { at, type JsonRow, jsonRow, rowsOf, value } from '#platform/database/json-row.ts'
import type { Phrase } from '#platform/words.ts'
import type { Span } from './spans.ts'

/** From when to when it is open on a day of each week. */
export interface WeeklySpan extends Span {
  /** ISO 8601: Monday is 1. */
  weekday: number
}

/** A day that is not like its weekday. */
export interface SpecialDay {
  /** ISO 8601 */
  day: string
  name: string
  /** Null: closed all day. */
  span: Span | null
}

/** What is set of business hours. */
export interface CalendarPlan {
  name: string
  closesOnNationalHolidays: boolean
  week: WeeklySpan[]
  days: SpecialDay[]
}

export interface Calendar extends CalendarPlan {
  id: string
  /** Open or closed until `overrideUntil`, whatever else is set; it may be over. */
  overrideIsOpen: boolean | null
  overrideUntil: Date | null
  /** External numbers whose hours they are. */
  numbers: { id: string; number: string; memo: string }[]
  version: number
}

/** Of a row `r` of pbx.calendar. */
export const calendarRow: JsonRow<Calendar> = jsonRow<Calendar>({
  id: value('r.id'),
  name: value('r.name'),
  closesOnNationalHolidays: value('r.closes_on_national_holidays'),
  overrideIsOpen: value('r.override_is_open'),
  overrideUntil: at('r.override_until'),
  week: rowsOf(
    jsonRow<WeeklySpan>({ weekday: value('s.weekday'), opens: value('s.opens'), closes: value('s.closes') }),
    {
      from: sql`pbx.calendar_slot s where ${sameLine('s', 'r')} and s.calendar_id = r.id`,
      orderBy: sql`s.weekday, s.opens`,
    },
  ),
  days: rowsOf(
    jsonRow<SpecialDay>({
      day: value('d.day'),
      name: value('d.name'),
      span: value(sql`case when d.opens is not null then json_build_object('opens', d.opens, 'closes', d.closes) end`),
    }),
    {
      from: sql`pbx.calendar_day d where ${sameLine('d', 'r')} and d.calendar_id = r.id`,
      orderBy: sql`d.day`,
    },
  ),
  numbers: rowsOf(
    jsonRow<Calendar['numbers'][number]>({ id: value('n.id'), number: value('n.number'), memo: value('n.memo') }),
    {
      from: sql`pbx.external_number n where ${sameLine('n', 'r')} and n.calendar_id = r.id`,
      orderBy: sql`n.number`,
    },
  ),
  version: value('r.version'),
})

/** Business hours by their id. */
export async function findCalendar(ctx: LineContext, id: string): Promise<Calendar | undefined> {
  const { rows } = await sql<{ row: Parameters<typeof calendarRow.read>[0] }>`
    select ${calendarRow.json} as row from pbx.calendar r where ${ofLine(ctx, 'r')} and r.id = ${id}`.execute(ctx.tx)
  return rows[0] && calendarRow.read(rows[0].row)
}

/** Business hours by their name, as people write it. */
export async function findCalendarNamed(ctx: LineContext, name: string): Promise<Calendar | undefined> {
  const { rows } = await sql<{ row: Parameters<typeof calendarRow.read>[0] }>`
    select ${calendarRow.json} as row from pbx.calendar r where ${ofLine(ctx, 'r')} and fold_text(r.name) = fold_text(${name})`.execute(
    ctx.tx,
  )
  return rows[0] && calendarRow.read(rows[0].row)
}

/** The names of all business hours of the line, by their ids, in the order of their names. */
export async function findCalendarNames(ctx: LineContext): Promise<Map<string, string>> {
  const { rows } = await sql<{ id: string; name: string }>`
    select r.id, r.name from pbx.calendar r where ${ofLine(ctx, 'r')} order by r.name, r.id`.execute(ctx.tx)
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** What national holidays from one day to another are called, by day; they are known to 2050. */
export async function findHolidays(
  { tx }: Pick<LineContext, 'tx'>,
  { from, to }: { from: string; to: string },
): Promise<Map<string, Phrase>> {
  const { rows } = await sql<{ day: string; ja: string; en: string }>`
    select h.day::text as day, h.name_ja as ja, h.name_en as en from pbx.national_holiday h
    where h.day between ${from}::date and ${to}::date order by h.day`.execute(tx)
  return new Map(rows.map(({ day, ja, en }) => [day, { ja, en }]))
}
