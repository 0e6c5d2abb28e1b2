import { sql } from 'kysely'
import { findTargets } from '#features/inside-numbers/targets.ts'
import { ofLine } from '#features/lines/of-line.ts'
import type { LineContext } from '#features/lines/open.ts'
import { only } from '#platform/database/json-row.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { digitsIn, type OutsideProblem, readOutside } from '#features/lines/outside-numbers.ts'

/** Where calls go on to: nowhere, or to what stands beside it. */
export const onwardKinds = ['nothing', 'inside', 'outside', 'voicemail'] as const
export type OnwardKind = (typeof onwardKinds)[number]

export interface Onward {
  kind: OnwardKind
  /** As it is typed. Of `nothing` none. */
  number: string
}

/** The same as a row has it: one of them at most. */
export interface OnwardTarget {
  inside: string | null
  /** As dialled within Japan, or `+` and digits. */
  outside: string | null
  /** The extension that has the voicemail. */
  voicemail: string | null
}

export type OnwardProblem = 'unknown-target' | 'no-voicemail' | OutsideProblem | 'own-number' | 'unconfirmed-outside'

/**
 * What is meant by where calls are to go on to, of whatever is set: of a number outside only one that calls may be passed on to,
 * and that somebody has confirmed for this line (`allowOutside`).
 */
export async function findOnward(ctx: LineContext, onward: Onward): Promise<Outcome<OnwardTarget, OnwardProblem>> {
  const { kind, number } = onward
  const nowhere: OnwardTarget = { inside: null, outside: null, voicemail: null }
  if (kind === 'nothing') return done(nowhere)
  if (kind === 'outside') {
    const { own, known } = await lookUp(ctx, digitsIn(number) ?? '')
    if (own) return refuse('own-number')
    const read = readOutside(number, ctx.line.internationalTargets)
    if ('problem' in read) return refuse(read.problem)
    return known.includes(read.number) ? done({ ...nowhere, outside: read.number }) : refuse('unconfirmed-outside')
  }
  if (kind === 'voicemail' && !ctx.line.hasVoicemail) return refuse('no-voicemail')
  const target = (await findTargets(ctx, [number])).get(number)
  if (!target) return refuse('unknown-target')
  if (kind === 'inside') return done({ ...nowhere, inside: target.number })
  return target.kind === 'extension' ? done({ ...nowhere, voicemail: target.number }) : refuse('unknown-target')
}

/** Whether a number is one of the line's own, and how it is known where it was confirmed. */
async function lookUp(ctx: LineContext, digits: string): Promise<{ own: boolean; known: string[] }> {
  const abroad = digits.replace(/^010/, '+')
  const { rows } = await sql<{ own: boolean; known: string[] }>`
    select exists (select from pbx.external_number n where ${ofLine(ctx, 'n')} and n.number = ${digits}) as own,
      array(select t.number from pbx.outside_target t where ${ofLine(ctx, 't')} and t.number in (${digits}, ${abroad})) as known`.execute(
    ctx.tx,
  )
  return only(rows)
}
