import type { JSX } from 'preact'
import type { MailState } from '#features/mails/causes.ts'
import { Badge } from '#platform/ui/text/status.tsx'
import type { Language, Phrase } from '#platform/words.ts'

interface Mark<State extends MailState> {
  state: State
  words: Record<State, Phrase>
  language: Language
}

/** How far a mail has come; what did not arrive in colour. */
export function MailStateMark<State extends MailState>({ state, words, language }: Mark<State>): JSX.Element {
  const kind = state === 'refused' || state === 'expired' ? 'trouble' : 'plain'
  return <Badge kind={kind}>{words[state][language]}</Badge>
}
