import type { JSX } from 'preact'
import { inLanguage, type Language } from '#platform/words.ts'
import type { Difference } from './words.ts'

const words = {
  colon: { ja: '：', en: ': ' },
  became: { ja: '→', en: '→' },
  formerly: { ja: '変更前', en: 'Before' },
  now: { ja: '変更後', en: 'After' },
  rest: { ja: '全文を表示する', en: 'Show all of it' },
  inFiles: {
    ja: (n: number) => `残りの${n.toLocaleString('ja-JP')}件は、CSVで確認してください。`,
    en: (n: number) => `The other ${n.toLocaleString('en-GB')} are in the CSV.`,
  },
  more: {
    ja: (n: number) => `ほか${n}件の変更`,
    en: (n: number) => (n === 1 ? 'One more change' : `${n} more changes`),
  },
}

const mostShown = 10
/** Behind the first ones, when they are opened. Rights of thousands of contracts may be put into force at once; the files tell all. */
const mostOpened = 200
/** Characters of a value: a hundred users may be put into a group at once. */
const longestShown = 200

interface DifferenceListProps {
  differences: readonly Difference[]
  language: Language
}

/** 「メモ：本社 → 大阪支店」 */
export function DifferenceList({ differences, language }: DifferenceListProps): JSX.Element {
  const text = inLanguage(words, language)
  const hidden = differences.slice(mostShown, mostShown + mostOpened)
  const left = differences.length - mostShown - hidden.length
  return (
    <>
      <Differences differences={differences.slice(0, mostShown)} language={language} />
      {hidden.length > 0 && (
        <details>
          <summary class="small-text">{text.more(hidden.length + left)}</summary>
          <Differences differences={hidden} language={language} />
          {left > 0 && <p class="small-text">{text.inFiles(left)}</p>}
        </details>
      )}
    </>
  )
}

function Differences({ differences, language }: DifferenceListProps): JSX.Element {
  const text = inLanguage(words, language)
  return (
    <ul>
      {differences.map(({ field, before, after }) => (
        <li key={field}>
          <span class="small-text">
            {field}
            {text.colon}
          </span>
          {before !== undefined && (
            <del>
              <span class="visually-hidden">{text.formerly} </span>
              <Value value={before} rest={text.rest} />
            </del>
          )}
          {before !== undefined && after !== undefined && <span aria-hidden="true"> {text.became} </span>}
          {after !== undefined && (
            <ins>
              <span class="visually-hidden">{text.now} </span>
              <Value value={after} rest={text.rest} />
            </ins>
          )}
        </li>
      ))}
    </ul>
  )
}

/** A long one opens. */
function Value({ value, rest }: { value: string; rest: string }): JSX.Element {
  const characters = Array.from(value)
  if (characters.length <= longestShown) return <>{value}</>
  return (
    <>
      {characters.slice(0, longestShown).join('')}…
      <details>
        <summary class="small-text">{rest}</summary>
        {value}
      </details>
    </>
  )
}
