import { findTargets } from '#features/inside-numbers/targets.ts'
import type { LineContext } from '#features/lines/open.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'

/** Where calls go on to: nowhere, or to what stands beside it. */
export const onwardKinds = ['nothing', 'inside', 'outside', 'voicemail'] as const
export type OnwardKind = (typeof onwardKinds)[number]

export interface Onward {
  kind: OnwardKind
  /** As it is typed; outside, as dialled within Japan. Of `nothing` none. */
  number: string
}

/** The same as a row has it: one of them at most. */
export interface OnwardTarget {
  inside: string | null
  outside: string | null
  /** The extension that has the voicemail. */
  voicemail: string | null
}

export type OnwardProblem = 'unknown-target' | 'no-voicemail'

/** What of the line is meant by where calls are to go on to. */
export async function findOnward(ctx: LineContext, onward: Onward): Promise<Outcome<OnwardTarget, OnwardProblem>> {
  const { kind, number } = onward
  const nowhere: OnwardTarget = { inside: null, outside: null, voicemail: null }
  if (kind === 'nothing') return done(nowhere)
  if (kind === 'outside') return done({ ...nowhere, outside: number })
  if (kind === 'voicemail' && !ctx.line.hasVoicemail) return refuse('no-voicemail')
  const target = (await findTargets(ctx, [number])).get(number)
  if (!target) return refuse('unknown-target')
  if (kind === 'inside') return done({ ...nowhere, inside: target.number })
  return target.kind === 'extension' ? done({ ...nowhere, voicemail: target.number }) : refuse('unknown-target')
}
