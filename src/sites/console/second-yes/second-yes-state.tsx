import type { JSX } from 'preact'
import type { SecondYesState } from '#features/staff/second-yes.ts'
import { Badge, PlainState } from '#platform/ui/text/status.tsx'
import type { Language } from '#platform/words.ts'
import { stateWords } from './second-yes-words.ts'

export function SecondYesStateMark({ state, language }: { state: SecondYesState; language: Language }): JSX.Element {
  const word = stateWords[state][language]
  if (state === 'waiting' || state === 'approved' || state === 'delayed') return <Badge kind="current">{word}</Badge>
  if (state === 'stopped') return <Badge kind="trouble">{word}</Badge>
  return <PlainState icon={state === 'done' ? 'check' : 'minus'}>{word}</PlainState>
}
