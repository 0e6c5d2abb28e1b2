import { type RawBuilder, sql } from 'kysely'
import { ofLine } from '#features/lines/of-line.ts'
import type { LineContext } from '#features/lines/open.ts'

/** Whether a change of it is reserved. */
export const reservedFacet: { values: readonly ['reserved', 'none']; column: string } = {
  values: ['reserved', 'none'],
  column: 'r.reserved',
}

/** For a `from`: each `number` of the line for which a change is reserved, as often as one is. */
export function reservedNumbers(ctx: LineContext): RawBuilder<unknown> {
  return sql`(select unnest(v.numbers) as number from pbx.reservation v where ${ofLine(ctx, 'v')} and v.state = 'waiting') waiting`
}

/** Of a row `r` with a number: the value of the facet. The numbers are looked up once for a statement. */
export function isReserved(ctx: LineContext): RawBuilder<'reserved' | 'none'> {
  return sql`case when r.number in (select number from ${reservedNumbers(ctx)}) then 'reserved' else 'none' end`
}
