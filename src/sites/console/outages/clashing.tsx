import type { JSX } from 'preact'
import type { Clashes } from '#features/outages/week-of-works.ts'
import { inLanguage, type Language } from '#platform/words.ts'
import { paths } from '../paths.ts'

const words = {
  more: { ja: (n: string) => ` ほか${n}社`, en: (n: string) => ` and ${n} more` },
}

/** Customers who have other works at the same time. */
export function Clashing({ clashes, language }: { clashes: Clashes; language: Language }): JSX.Element {
  const { first, customers } = clashes
  const others = customers - first.length
  return (
    <>
      {first.map(({ id, name }, at) => (
        <>
          {at > 0 && (language === 'ja' ? '、' : ', ')}
          <a href={paths.customer({ id })}>{name}</a>
        </>
      ))}
      {others > 0 && inLanguage(words, language).more(others.toLocaleString(language === 'ja' ? 'ja-JP' : 'en-GB'))}
    </>
  )
}
