import type { JSX } from 'preact'
import type { ToldText } from '#features/incidents/entry.ts'
import type { Language } from '#platform/words.ts'

/** What the operator has said. Where there is no English yet, the Japanese stands with a word of it. */
export function ToldIn({ text, language }: { text: ToldText; language: Language }): JSX.Element {
  if (language === 'ja' || text.en !== undefined) return <p class="told">{text[language]}</p>
  return (
    <>
      <p class="small-text">This text is only available in Japanese.</p>
      <p class="told" lang="ja">
        {text.ja}
      </p>
    </>
  )
}
