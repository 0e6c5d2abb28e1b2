import type { JSX } from 'preact'
import type { User } from '#features/users/user.ts'
import { formatTime } from '#platform/time/format.ts'
import { hrefOf } from '#platform/ui/list/list-query.tsx'
import { inLanguage, type Language } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { groupWord } from './words.ts'
import { joinsWord, leavesWord } from './planned-words.ts'

const words = {
  add: { ja: '所属の予定を追加する', en: 'Plan a change of groups' },
  cancel: { ja: '予定を確認・取り消す', en: 'See and cancel what is planned' },
  between: { ja: '：', en: ': ' },
}

interface PlannedProps {
  user: User
  language: Language
  now: Date
}

/** What is planned for a user, and the way to plan more. */
export function PlannedGroups(planned: PlannedProps): JSX.Element {
  const { user, language } = planned
  const text = inLanguage(words, language)
  return (
    <>
      <Plans {...planned} />
      <div>
        <a href={paths.planMembership({ id: user.id })}>{text.add}</a>
      </div>
      {user.planned.length > 0 && (
        <div>
          <a href={hrefOf(paths.plannedMemberships, { user: user.id })}>{text.cancel}</a>
        </div>
      )}
    </>
  )
}

/** The day, the group and what becomes of it, of each plan. */
export function Plans({ user, language, now }: PlannedProps): JSX.Element {
  const text = inLanguage(words, language)
  return (
    <>
      {user.planned.map(({ joins, dueOn, ...group }) => (
        <div key={`${group.id} ${dueOn}`}>
          {formatTime(new Date(`${dueOn}T00:00:00Z`), 'date', { zone: 'UTC', language, now })}{' '}
          {groupWord(group, language)}
          {text.between}
          {(joins ? joinsWord : leavesWord)[language]}
        </div>
      ))}
    </>
  )
}
