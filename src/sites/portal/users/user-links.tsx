import type { JSX } from 'preact'
import type { User } from '#features/users/user.ts'
import { ButtonLink, ButtonRow } from '#platform/ui/form/button.tsx'
import { hrefOf } from '#platform/ui/list/list-query.tsx'
import { inLanguage, type Language } from '#platform/words.ts'
import { paths } from '../paths.ts'

const words = {
  copy: { ja: 'このユーザーをもとに追加する', en: 'Add a user like this one' },
  logins: { ja: 'ログイン履歴を確認する', en: 'See the login history' },
  history: { ja: '変更履歴を確認する', en: 'See the change history' },
}

/** What else can be done with what is known of the user. */
export function UserLinks({ user, language }: { user: User; language: Language }): JSX.Element {
  const text = inLanguage(words, language)
  return (
    <ButtonRow>
      <ButtonLink kind="quiet" small href={hrefOf(paths.addUser, { from: user.id })}>
        {text.copy}
      </ButtonLink>
      <ButtonLink kind="quiet" small href={hrefOf(paths.accessHistory, { user: user.id })}>
        {text.logins}
      </ButtonLink>
      <ButtonLink kind="quiet" small href={hrefOf(paths.changeHistory, { q: user.name })}>
        {text.history}
      </ButtonLink>
    </ButtonRow>
  )
}
