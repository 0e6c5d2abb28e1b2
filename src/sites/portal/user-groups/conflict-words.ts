import { findLastChange } from '#features/change-history/last-change.ts'
import type { Context } from '#features/actor.ts'
import { formatTime } from '#platform/time/format.ts'
import type { Phrase } from '#platform/words.ts'

const words = {
  conflict: {
    ja: (by: string, at: string) =>
      `${by}さんが${at}に同じグループの権限を変更しています。最新の内容を確認してから、もう一度「適用する」を押してください。`,
    en: (by: string, at: string) =>
      `${by} changed the rights of the same group at ${at}. Look at what they are now, then press “Apply” again.`,
  } satisfies Phrase<(by: string, at: string) => string>,
  somebody: { ja: '別の方', en: 'Somebody else' },
}

/** Who has applied rights to a group while the actor was choosing. */
export async function conflictSentence(ctx: Context, groupId: string): Promise<string> {
  const { language, actor, now } = ctx
  const last = await findLastChange(ctx, { kind: 'user-group', id: groupId })
  const { by = words.somebody[language], at = now } = last ?? {}
  return words.conflict[language](by, formatTime(at, 'date-time', { zone: actor.timeZone, language, now }))
}
