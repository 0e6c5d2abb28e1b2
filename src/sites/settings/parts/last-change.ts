import { findLastLineChange } from '#features/line-changes/last-change.ts'
import type { LineContext } from '#features/lines/open.ts'
import type { LastChange } from '#platform/form.ts'
import { lineActionWords } from '#sites/frame/line-action-words.ts'

/** Who has changed what belongs to a number of the line, or by their id business hours. */
export async function lastChangeOf(ctx: LineContext, key: string): Promise<LastChange | undefined> {
  const last = await findLastLineChange(ctx, key)
  return last && { ...last, what: lineActionWords[last.action] }
}
