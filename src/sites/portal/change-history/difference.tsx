import type { JSX } from 'preact'
import { inLanguage, type Language } from '#platform/words.ts'
import type { Difference } from './words.ts'

const words = {
  colon: { ja: '：', en: ': ' },
  became: { ja: '→', en: '→' },
  formerly: { ja: '変更前', en: 'Before' },
  now: { ja: '変更後', en: 'After' },
  more: {
    ja: (n: number) => `ほか${n}件の変更`,
    en: (n: number) => (n === 1 ? 'One more change' : `${n} more changes`),
  },
}

/** Rights of thousands of contracts may be put into force at once; the files tell all. */
const mostShown = 10
/** Characters of a value: a hundred users may be put into a group at once. */
const longestShown = 200

/** 「メモ：本社 → 大阪支店」 */
export function DifferenceList({
  differences,
  language,
}: {
  differences: readonly Difference[]
  language: Language
}): JSX.Element {
  const text = inLanguage(words, language)
  const hidden = differences.length - mostShown
  return (
    <ul>
      {differences.slice(0, mostShown).map(({ field, before, after }) => (
        <li key={field}>
          <span class="small-text">
            {field}
            {text.colon}
          </span>
          {before !== undefined && (
            <del>
              <span class="visually-hidden">{text.formerly} </span>
              {shortened(before)}
            </del>
          )}
          {before !== undefined && after !== undefined && <span aria-hidden="true"> {text.became} </span>}
          {after !== undefined && (
            <ins>
              <span class="visually-hidden">{text.now} </span>
              {shortened(after)}
            </ins>
          )}
        </li>
      ))}
      {hidden > 0 && <li class="small-text">{text.more(hidden)}</li>}
    </ul>
  )
}

function shortened(value: string): string {
  const characters = Array.from(value)
  return characters.length > longestShown ? `${characters.slice(0, longestShown).join('')}…` : value
}
