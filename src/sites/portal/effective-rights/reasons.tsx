import type { JSX } from 'preact'
import type { Reasons } from '#features/effective-rights/reason.ts'
import { inLanguage, type Language } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { layerWords, levelWord } from '../user-groups/words.ts'

const words = {
  rule: {
    ja: (layer: string, level: string) => `（${layer}：${level}）`,
    en: (layer: string, level: string) => ` (${layer.toLowerCase()}: ${level.toLowerCase()})`,
  },
  more: { ja: (n: number) => `ほか${n}件`, en: (n: number) => `${n} more` },
}

export interface ReasonListProps extends Reasons {
  language: Language
  /** Administrators are led to the groups. */
  isLinked: boolean
}

/** Which groups give a right, and by which of their rules. */
export function ReasonList({ reasons, reasonCount, language, isLinked }: ReasonListProps): JSX.Element {
  const text = inLanguage(words, language)
  return (
    <ul>
      {reasons.map(({ group, layer, level }) => (
        <li key={`${group.id} ${layer}`}>
          {isLinked ? <a href={paths.groupRights({ id: group.id })}>{group.name}</a> : group.name}
          <span class="small-text">{text.rule(layerWords[layer][language], levelWord(level, language))}</span>
        </li>
      ))}
      {reasonCount > reasons.length && <li class="small-text">{text.more(reasonCount - reasons.length)}</li>}
    </ul>
  )
}
