import { targetText } from '#features/inside-numbers/targets.ts'
import { hyphened } from '#features/inside-numbers/values.ts'
import type { Onward, OnwardKind } from '#features/onward/onward.ts'
import type { Language, Phrase } from '#platform/words.ts'

/** How calls go on that nobody takes, or that come in while nobody is there. */
export const onwardWords: Record<OnwardKind, Phrase> = {
  nothing: { ja: '切断する', en: 'End the call' },
  inside: { ja: '内線・着信グループを鳴らす', en: 'Ring an extension or a call group' },
  outside: { ja: '外線へ転送する', en: 'Pass on to an outside number' },
  voicemail: { ja: '留守番電話にする', en: 'Voicemail' },
}

/** Where calls go on to: 「外線へ転送する 090-1234-5678」 */
export function onwardSaid(onward: Onward & { name: string }, language: Language): string {
  return `${onwardWords[onward.kind][language]} ${onwardText(onward)}`.trim()
}

/** As it stands in a field: `6000 代表グループ`, `090-1234-5678`. */
export function onwardText(onward: Onward & { name: string }): string {
  return onward.kind === 'outside' ? hyphened(onward.number) : targetText(onward)
}

/** The kind alone, as a form carries it. */
export function onwardSaidOf(value: string, language: Language): string {
  const known: Readonly<Record<string, Phrase | undefined>> = onwardWords
  return known[value]?.[language] ?? value
}
