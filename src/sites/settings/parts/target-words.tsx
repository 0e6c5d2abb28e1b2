import type { JSX } from 'preact'
import type { Target } from '#features/inside-numbers/targets.ts'
import { targetText } from '#features/inside-numbers/targets.ts'
import type { Phrase } from '#platform/words.ts'

export const groupKindWords: Record<'simultaneous' | 'sequential' | 'even', Phrase> = {
  simultaneous: { ja: '一斉', en: 'All at once' },
  sequential: { ja: '順次', en: 'In order' },
  even: { ja: '均等', en: 'In turn' },
}

/** What fields for a target suggest, once for a page: they name it by `list`. */
export function Suggestions({ targets }: { targets: readonly Target[] }): JSX.Element {
  return (
    <datalist id={suggestionsId}>
      {targets.map((target) => (
        <option key={target.number}>{targetText(target)}</option>
      ))}
    </datalist>
  )
}

export const suggestionsId = 'targets'
