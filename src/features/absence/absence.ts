import { sql } from 'kysely'
import { ofLine, sameLine } from '#features/lines/of-line.ts'
import type { LineContext } from '#features/lines/open.ts'
import type { Onward } from '#features/onward/onward.ts'

/** When calls to an extension go elsewhere, in the order in which it matters. */
export const absenceConditions = ['always', 'busy', 'no-answer', 'unreachable'] as const
export type AbsenceCondition = (typeof absenceConditions)[number]

/** What an extension does with calls that nobody takes at it. A voicemail is its own. */
export type Absence = Record<AbsenceCondition, Onward & { name: string }>

/** What is to become of it; conditions that are absent stay as they are. */
export type AbsencePlan = Partial<Record<AbsenceCondition, Onward>>

/** What is set of an extension. */
export async function findAbsence(ctx: LineContext, extension: string): Promise<Absence> {
  const { rows } = await sql<Onward & { condition: AbsenceCondition; name: string }>`
    select f.condition,
      case when f.to_inside is not null then 'inside' when f.to_outside is not null then 'outside' else 'voicemail' end as kind,
      coalesce(f.to_inside, f.to_outside, '') as number,
      coalesce((select e.name from pbx.extension e where ${sameLine('e', 'f')} and e.number = f.to_inside),
        (select g.name from pbx.call_group g where ${sameLine('g', 'f')} and g.number = f.to_inside), '') as name
    from pbx.forward f where ${ofLine(ctx, 'f')} and f.extension = ${extension}`.execute(ctx.tx)
  const set = new Map(rows.map(({ condition, ...onward }) => [condition, onward]))
  const of = (condition: AbsenceCondition): Absence[AbsenceCondition] =>
    set.get(condition) ?? { kind: 'nothing', number: '', name: '' }
  return { always: of('always'), busy: of('busy'), 'no-answer': of('no-answer'), unreachable: of('unreachable') }
}
