import type { JSX } from 'preact'
import type { Reasons } from '#features/effective-rights/reason.ts'
import { formatTime } from '#platform/time/format.ts'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage, type Language } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { groupNamed } from '../group-named.ts'
import { layerWords, levelWord } from '../user-groups/words.ts'

const words = {
  rule: {
    ja: (layer: string, level: string) => `（${layer}：${level}）`,
    en: (layer: string, level: string) => ` (${layer.toLowerCase()}: ${level.toLowerCase()})`,
  },
  since: { ja: (day: string) => `${day}から`, en: (day: string) => `since ${day}` },
  more: { ja: (n: number) => `ほか${n}件`, en: (n: number) => `${n} more` },
}

export interface ReasonListProps extends Reasons {
  language: Language
  /** Administrators are led to the groups. */
  isLinked: boolean
  reader: Pick<Reader, 'timeZone' | 'now'>
}

/** The same in one cell of a file. */
export function reasonText({ reasons, reasonCount }: Reasons, language: Language): string {
  const text = inLanguage(words, language)
  const said = reasons.map(
    ({ group, layer, level }) =>
      groupNamed(group.name, language) + text.rule(layerWords[layer][language], levelWord(level, language)),
  )
  const more = reasonCount > reasons.length ? [text.more(reasonCount - reasons.length)] : []
  return [...said, ...more].join(language === 'ja' ? '、' : ', ')
}

/** Since when somebody has the right that the first of the reasons gives; null: since before that was kept. */
export function sinceOf({ reasons: [first] }: Reasons): Date | null {
  return first?.since ?? null
}

/** Which groups give a right, and by which of their rules. */
export function ReasonList({ reasons, reasonCount, language, isLinked, reader }: ReasonListProps): JSX.Element {
  const { timeZone: zone, now } = reader
  const text = inLanguage(words, language)
  const name = (group: { name: string }): string => groupNamed(group.name, language)
  return (
    <ul>
      {reasons.map(({ group, layer, level, since }) => (
        <li key={`${group.id} ${layer}`}>
          {isLinked ? <a href={paths.groupRights({ id: group.id })}>{name(group)}</a> : name(group)}
          <span class="small-text">{text.rule(layerWords[layer][language], levelWord(level, language))}</span>
          {since && <span class="small-text"> {text.since(formatTime(since, 'date', { zone, language, now }))}</span>}
        </li>
      ))}
      {reasonCount > reasons.length && <li class="small-text">{text.more(reasonCount - reasons.length)}</li>}
    </ul>
  )
}
