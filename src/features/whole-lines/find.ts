import { sql } from 'kysely'
import type { AbsenceCondition } from '#features/absence/absence.ts'
import { type Calendar, calendarRow } from '#features/calendars/calendar.ts'
import { type CallGroup, callGroupRow } from '#features/call-groups/call-group.ts'
import { type Extension, extensionRow } from '#features/extensions/extension.ts'
import { ofLine } from '#features/lines/of-line.ts'
import type { Onward } from '#features/onward/onward.ts'
import { type ExternalNumber, externalNumber, numbersSeen } from '#features/numbers/number.ts'
import { jsonRow, only, rowsOf, value } from '#platform/database/json-row.ts'
import type { LineContext } from '#features/lines/open.ts'

/** Everything that is set in a line, in the order of its numbers. */
export interface WholeLine {
  numbers: ExternalNumber[]
  groups: CallGroup[]
  extensions: Extension[]
  /** What extensions do with calls that nobody takes at them. */
  forwards: ListedForward[]
  calendars: Calendar[]
}

export interface ListedForward extends Onward {
  extension: string
  condition: AbsenceCondition
}

const forward = jsonRow<ListedForward>({
  extension: value('f.extension'),
  condition: value('f.condition'),
  kind: value(
    sql`case when f.to_inside is not null then 'inside' when f.to_outside is not null then 'outside' else 'voicemail' end`,
  ),
  number: value(sql`coalesce(f.to_inside, f.to_outside, '')`),
})

/** So many extensions are printed; of more there is the file. */
export const mostPrinted = 1000

/** Reads a line as a whole, for paper. */
export async function findWholeLine(ctx: LineContext): Promise<WholeLine> {
  const whole = jsonRow<WholeLine>({
    numbers: rowsOf(externalNumber, { from: sql`(${numbersSeen(ctx)}) r`, orderBy: sql`r.number` }),
    groups: rowsOf(callGroupRow, {
      from: sql`pbx.call_group r join pbx.inside_number i on ${ofLine(ctx, 'i')} and i.number = r.number where ${ofLine(ctx, 'r')}`,
      orderBy: sql`r.number`,
    }),
    extensions: rowsOf(extensionRow, {
      from: sql`pbx.extension r join pbx.inside_number i on ${ofLine(ctx, 'i')} and i.number = r.number
        where ${ofLine(ctx, 'r')} and ${ctx.line.extensions}::int <= ${sql.lit(mostPrinted)}`,
      orderBy: sql`r.number`,
    }),
    forwards: rowsOf(forward, {
      from: sql`pbx.forward f where ${ofLine(ctx, 'f')} and ${ctx.line.extensions}::int <= ${sql.lit(mostPrinted)}`,
      orderBy: sql`f.extension, f.condition`,
    }),
    calendars: rowsOf(calendarRow, { from: sql`pbx.calendar r where ${ofLine(ctx, 'r')}`, orderBy: sql`r.name, r.id` }),
  })
  const { rows } = await sql<Parameters<typeof whole.read>[0]>`select ${whole.columns}`.execute(ctx.tx)
  return whole.read(only(rows))
}
