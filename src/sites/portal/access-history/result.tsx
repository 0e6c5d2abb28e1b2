import type { JSX } from 'preact'
import { resultOf } from '#features/access-history/events.ts'
import type { AccessRow } from '#features/access-history/list.ts'
import { Badge, PlainState } from '#platform/ui/text/status.tsx'
import type { Language } from '#platform/words.ts'
import { resultWords } from './words.ts'

/** Whether it succeeded, in a word. */
export function Result({ event, language }: Pick<AccessRow, 'event'> & { language: Language }): JSX.Element {
  const result = resultOf(event)
  const word = resultWords[result][language]
  if (result === 'success') return <PlainState>{word}</PlainState>
  return (
    <Badge kind="trouble" icon="close">
      {word}
    </Badge>
  )
}
