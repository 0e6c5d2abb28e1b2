import type { JSX } from 'preact'
import type { Member } from '#features/staff/members.ts'
import type { Language } from '#platform/words.ts'
import { UserStateMark } from '#sites/frame/states/user-state.tsx'

export function MemberState({ state, language }: { state: Member['state']; language: Language }): JSX.Element {
  return <UserStateMark state={state} stage="running" notice={null} language={language} />
}
