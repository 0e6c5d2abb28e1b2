import { sql } from 'kysely'
import { type Changed, changeLine, type ChangingLine } from '#features/line-changes/change.ts'
import { ofLine } from '#features/lines/of-line.ts'
import type { LineContext } from '#features/lines/open.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import type { Calendar, CalendarPlan, SpecialDay, WeeklySpan } from './calendar.ts'
import { overlapIn } from './spans.ts'
import { mostCalendars, mostSpecialDays } from './values.ts'

export type CalendarProblem = 'name-taken' | 'too-many' | 'too-many-days' | 'overlapping' | 'changed-meanwhile'

/** Adds business hours; answers their id. */
export async function addCalendar(
  ctx: LineContext,
  plan: CalendarPlan,
): Promise<Outcome<Changed<string>, CalendarProblem | 'may-not-edit'>> {
  return changeLine(ctx, { action: 'calendar-added', subject: plan.name }, (changing) => makeCalendar(changing, plan))
}

/** Makes business hours what they are to be. `version` is that of the calendar as the form has shown it. */
export async function saveCalendar(
  ctx: LineContext,
  calendar: Pick<Calendar, 'id' | 'name'>,
  { plan, version }: { plan: CalendarPlan; version: number },
): Promise<Outcome<Changed<void>, CalendarProblem | 'may-not-edit'>> {
  return changeLine(ctx, { action: 'calendar-changed', subject: calendar.name }, (changing) =>
    setCalendar(changing, calendar, { plan, version }),
  )
}

/** Within a change: what `addCalendar` does, and a try of it. A copy of another contract's has its id. */
export async function makeCalendar(
  ctx: ChangingLine,
  plan: CalendarPlan,
  id: string = crypto.randomUUID(),
): Promise<Outcome<string, CalendarProblem>> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from pbx.calendar c where ${ofLine(ctx, 'c')}`.execute(ctx.tx)
  if ((rows[0]?.count ?? 0) >= mostCalendars) return refuse('too-many')
  const { actor, contract, tx } = ctx
  const problem = await problemOf(ctx, id, plan)
  if (problem) return refuse(problem)
  await sql`insert into pbx.calendar (customer_id, contract_id, id, name, closes_on_national_holidays)
    values (${actor.customer.id}, ${contract.id}, ${id}, ${plan.name}, ${plan.closesOnNationalHolidays})`.execute(tx)
  await writeWeek(ctx, id, plan.week)
  await writeDays(ctx, id, plan.days)
  return done(id)
}

/** Within a change: what `saveCalendar` does, and a try of it. */
export async function setCalendar(
  ctx: ChangingLine,
  { id }: Pick<Calendar, 'id'>,
  { plan, version }: { plan: CalendarPlan; version: number },
): Promise<Outcome<void, CalendarProblem>> {
  const problem = await problemOf(ctx, id, plan)
  if (problem) return refuse(problem)
  const { rows } = await sql`update pbx.calendar c
    set name = ${plan.name}, closes_on_national_holidays = ${plan.closesOnNationalHolidays}, version = c.version + 1
    where ${ofLine(ctx, 'c')} and c.id = ${id} and c.version = ${version} returning c.id`.execute(ctx.tx)
  if (rows.length === 0) return refuse('changed-meanwhile')
  await writeWeek(ctx, id, plan.week)
  await writeDays(ctx, id, plan.days)
  return done()
}

async function problemOf(
  ctx: ChangingLine,
  id: string,
  { name, week, days }: CalendarPlan,
): Promise<CalendarProblem | undefined> {
  if (days.length > mostSpecialDays) return 'too-many-days'
  for (const spans of Map.groupBy(week, ({ weekday }) => weekday).values()) if (overlapIn(spans)) return 'overlapping'
  const { rows } = await sql`select from pbx.calendar c
    where ${ofLine(ctx, 'c')} and c.id <> ${id} and fold_text(c.name) = fold_text(${name})`.execute(ctx.tx)
  return rows.length > 0 ? 'name-taken' : undefined
}

/** What stays is changed where it is, so that a change keeps what has become another and no more. */
async function writeWeek(ctx: ChangingLine, id: string, week: readonly WeeklySpan[]): Promise<void> {
  const { tx, actor, contract } = ctx
  const given = sql`jsonb_to_recordset(${JSON.stringify(week)}::jsonb) as g (weekday integer, opens integer, closes integer)`
  const own = sql`${ofLine(ctx, 's')} and s.calendar_id = ${id}`
  await sql`delete from pbx.calendar_slot s where ${own}
    and not exists (select from ${given} where g.weekday = s.weekday and g.opens = s.opens)`.execute(tx)
  await sql`update pbx.calendar_slot s set closes = g.closes from ${given}
    where ${own} and s.weekday = g.weekday and s.opens = g.opens and s.closes <> g.closes`.execute(tx)
  await sql`insert into pbx.calendar_slot (customer_id, contract_id, calendar_id, weekday, opens, closes)
    select ${actor.customer.id}, ${contract.id}, ${id}, g.weekday, g.opens, g.closes from ${given}
    where not exists (select from pbx.calendar_slot s where ${own} and s.weekday = g.weekday and s.opens = g.opens)`.execute(
    tx,
  )
}

async function writeDays(ctx: ChangingLine, id: string, days: readonly SpecialDay[]): Promise<void> {
  const { tx, actor, contract } = ctx
  const rows = days.map(({ day, name, span }) => ({ day, name, opens: span?.opens, closes: span?.closes }))
  const given = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g (day date, name text, opens integer, closes integer)`
  const own = sql`${ofLine(ctx, 'd')} and d.calendar_id = ${id}`
  await sql`delete from pbx.calendar_day d where ${own} and d.day not in (select g.day from ${given})`.execute(tx)
  await sql`update pbx.calendar_day d set name = g.name, opens = g.opens, closes = g.closes from ${given}
    where ${own} and d.day = g.day and (d.name, d.opens, d.closes) is distinct from (g.name, g.opens, g.closes)`.execute(
    tx,
  )
  await sql`insert into pbx.calendar_day (customer_id, contract_id, calendar_id, day, name, opens, closes)
    select ${actor.customer.id}, ${contract.id}, ${id}, g.day, g.name, g.opens, g.closes from ${given}
    where not exists (select from pbx.calendar_day d where ${own} and d.day = g.day)`.execute(tx)
}
