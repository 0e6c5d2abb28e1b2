import type { Context } from '#features/actor.ts'
import { type Changeable, findLastChange } from '#features/change-history/last-change.ts'
import type { LastChange } from '#platform/form.ts'
import { actionWord } from '#sites/frame/states/action-words.ts'

/** Who has changed what a form is about, as the change history calls it. */
export async function lastChangeOf(ctx: Context, thing: Changeable): Promise<LastChange | undefined> {
  const last = await findLastChange(ctx, thing)
  return last && { ...last, what: { ja: actionWord(last.action, 'ja'), en: actionWord(last.action, 'en') } }
}
