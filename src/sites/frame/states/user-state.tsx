import type { JSX } from 'preact'
import type { NoticeState } from '#features/first-login/notice-state.ts'
import type { PeriodStage } from '#features/periods-of-use/period.ts'
import type { UserState } from '#features/users/user.ts'
import { Badge, PlainState } from '#platform/ui/text/status.tsx'
import type { Language } from '#platform/words.ts'
import { noticeWords, stageWords, stateWords } from './user-state-words.ts'

export interface UserStateMarkProps {
  state: UserState
  /** Of the period of use. */
  stage: PeriodStage
  /** Of the opening notice to whoever awaits registration. */
  notice: NoticeState | null
  language: Language
}

export function UserStateMark({ state, stage, notice, language }: UserStateMarkProps): JSX.Element {
  const word = stateWords[state][language]
  // Whoever may not use the portal today is not called active.
  if (stage !== 'running')
    return (
      <>
        <PlainState icon={stage === 'ahead' ? 'clock' : 'minus'}>{stageWords[stage][language]}</PlainState>
        {state !== 'active' && (
          <>
            <br />
            <span class="small-text">{word}</span>
          </>
        )}
      </>
    )
  if (state === 'active') return <PlainState>{word}</PlainState>
  if (state === 'locked')
    return (
      <Badge kind="trouble" icon="lock">
        {word}
      </Badge>
    )
  if (state === 'suspended') return <PlainState icon="minus">{word}</PlainState>
  return (
    <>
      <PlainState icon="clock">{word}</PlainState>
      {notice && <NoticeMark notice={notice} language={language} />}
    </>
  )
}

function NoticeMark({ notice, language }: { notice: NoticeState; language: Language }) {
  const word = noticeWords[notice][language]
  return (
    <>
      <br />
      {notice === 'refused' || notice === 'expired' ? (
        <Badge kind="trouble">{word}</Badge>
      ) : (
        <span class="small-text">{word}</span>
      )}
    </>
  )
}
