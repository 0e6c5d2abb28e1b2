import type { ComponentChildren, JSX } from 'preact'
import { rightLabels } from '#sites/frame/guide-labels.ts'
import type { Given } from '#features/user-groups/given.ts'
import { Notice } from '#platform/ui/text/notice.tsx'
import { inLanguage, type Language } from '#platform/words.ts'

const words = {
  heading: { ja: 'このユーザーができること', en: 'What this user can do' },
  view: rightLabels.view,
  edit: rightLabels.edit,
  contracts: { ja: (n: number) => `${n.toLocaleString('ja-JP')}件`, en: (n: number) => n.toLocaleString('en-GB') },
  between: { ja: '：', en: ': ' },
  nothing: {
    ja: '参照できるご契約はありません。ご契約を参照するには、権限のあるユーザーグループに所属する必要があります。',
    en: 'No contract can be seen. For that, the user must be in a user group that has rights.',
  },
  administrator: {
    ja: 'ユーザー、ユーザーグループなどを管理できます（ポータル管理者）。',
    en: 'Manage users, user groups and so on (portal administrator).',
  },
}

export interface AbilitiesProps {
  given: readonly Given[]
  isAdministrator: boolean
  language: Language
  /** The heading where it is what the user will no longer be able to do; absent: what the user can do. */
  lost?: string
  /** A button to ask again. */
  children?: ComponentChildren
}

/** What the groups of a user give, counted by the server. */
export function Abilities({ given, isAdministrator, language, lost, children }: AbilitiesProps): JSX.Element | null {
  const text = inLanguage(words, language)
  const isNothing = given.length === 0
  if (lost && isNothing && !isAdministrator) return null
  return (
    <Notice
      kind={lost || isNothing ? 'warning' : 'info'}
      icon={lost ? 'warning' : 'eye'}
      heading={lost ?? text.heading}
      action={children}
      live={!lost}
    >
      <ul>
        {isAdministrator && <li>{text.administrator}</li>}
        {isNothing && !lost && <li>{text.nothing}</li>}
        {given.map(({ service, level, contracts }) => (
          <li key={`${service.ja} ${level}`}>
            {service[language]}
            {text.between}
            <b>{text[level]}</b> {text.contracts(contracts)}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
