import type { JSX } from 'preact'
import { hrefOf } from '#platform/ui/list/list-query.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { inLanguage, type Language } from '#platform/words.ts'
import { paths } from '../paths.ts'

const words = {
  notice: { ja: 'ご確認ください', en: 'Please note' },
  lone: {
    ja: '有効なポータル管理者は1名だけです。ログインできなくなったときに備えて、もう1名を設定してください。',
    en: 'There is only one active portal administrator. Make a second one, in case that one cannot log in.',
  },
  someDay: {
    ja: 'このユーザーのほかに、有効なポータル管理者がいない日があります。ログインできなくなったときに備えて、もう1名を設定してください。',
    en: 'There are days on which no other portal administrator is active. Make a second one, in case this one cannot log in.',
  },
  add: { ja: 'ポータル管理者を追加する', en: 'Add a portal administrator' },
}

interface LoneAdministratorProps {
  language: Language
  /** Of one user, who is the only one on some day; absent: today there is one alone. */
  isOnSomeDay?: boolean
}

/** Warns that nobody else could let the administrator in again, and leads to what ends it. */
export function LoneAdministrator({ language, isOnSomeDay = false }: LoneAdministratorProps): JSX.Element {
  const text = inLanguage(words, language)
  const href = hrefOf(paths.addUser, { role: 'portal-administrator' })
  return (
    <Notice kind="warning" label={text.notice} action={<a href={href}>{text.add}</a>}>
      {isOnSomeDay ? text.someDay : text.lone}
    </Notice>
  )
}
