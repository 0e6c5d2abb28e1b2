import type { JSX } from 'preact'
import type { User } from '#features/users/user.ts'
import { formatTime } from '#platform/time/format.ts'
import { Notice } from '#platform/ui/text/notice.tsx'
import { hrefOf } from '#platform/ui/list/list-query.tsx'
import { inLanguage, type Language } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { groupWord } from './words.ts'
import { joinsWord, leavesWord, withoutPlanner } from './planned-words.ts'

const words = {
  add: { ja: '所属の予定を追加する', en: 'Plan a change of groups' },
  cancel: { ja: '予定を確認・取り消す', en: 'See and cancel what is planned' },
  between: { ja: '：', en: ': ' },
  made: { ja: '登録した所属の予定', en: 'Plans for others' },
  comeToNothing: {
    ja: (n: number) =>
      `登録した所属の予定${n}件は、予定日になっても反映されません。必要な予定は、ほかのポータル管理者が登録し直してください。`,
    en: (n: number) =>
      `What was planned for the groups of others (${n}) will not be made. Another administrator has to plan anew what is needed.`,
  },
  seeMade: { ja: '予定を確認する', en: 'See what is planned' },
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
      {user.planned.map(({ joins, dueOn, hasPlanner, ...group }) => (
        <div key={`${group.id} ${dueOn}`}>
          {formatTime(new Date(`${dueOn}T00:00:00Z`), 'date', { zone: 'UTC', language, now })}{' '}
          {groupWord(group, language)}
          {text.between}
          {(joins ? joinsWord : leavesWord)[language]}
          {!hasPlanner && <div class="small-text">{withoutPlanner[language]}</div>}
        </div>
      ))}
    </>
  )
}

/** How much those who are about to go have planned for others. Null: nothing. */
export function PlansMade({
  plans,
  by,
  language,
}: {
  plans: number
  /** Undefined: several. */
  by?: string
  language: Language
}): JSX.Element | null {
  if (plans === 0) return null
  const text = inLanguage(words, language)
  return (
    <Notice
      kind="warning"
      label={text.made}
      action={<a href={hrefOf(paths.plannedMemberships, { by })}>{text.seeMade}</a>}
    >
      {text.comeToNothing(plans)}
    </Notice>
  )
}
