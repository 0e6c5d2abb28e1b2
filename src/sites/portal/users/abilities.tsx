import type { ComponentChildren, JSX } from 'preact'
import { rightLabels } from '#sites/frame/guide-labels.ts'
import { z } from 'zod'
import { findGiven, type Given } from '#features/user-groups/given.ts'
import { Notice } from '#platform/ui/text/notice.tsx'
import { rowId } from '#platform/form.ts'
import { inLanguage, type Language } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'

const words = {
  heading: { ja: 'このユーザーができること', en: 'What this user can do' },
  onceLetIn: {
    ja: '利用できるようになると、このユーザーができること（いまは、ログインできません）',
    en: 'What this user can do once let in (and cannot now)',
  },
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

interface Able {
  given: readonly Given[]
  isAdministrator: boolean
  language: Language
}

export interface AbilitiesProps extends Able {
  /** The heading where it is what the user will no longer be able to do; absent: what the user can do. */
  lost?: string
  /** The user cannot even log in today: suspended, or outside the period of use. */
  isShutOut?: boolean
  /** Where a script asks what other groups would give. */
  askedAt?: string
  /** A button to ask again. */
  children?: ComponentChildren
}

/** What the groups of a user give, counted by the server. */
export function Abilities({ lost, isShutOut, askedAt, children, ...able }: AbilitiesProps): JSX.Element | null {
  const { given, isAdministrator, language } = able
  const text = inLanguage(words, language)
  const isNothing = given.length === 0
  if (lost && isNothing && !isAdministrator) return null
  return (
    <Notice
      kind={lost || isNothing ? 'warning' : 'info'}
      icon={lost ? 'warning' : 'eye'}
      heading={lost ?? (isShutOut ? text.onceLetIn : text.heading)}
      action={children}
      live={!lost}
    >
      <ul data-abilities={askedAt}>
        {linesOf(able, Boolean(lost)).map(([what, level, amount]) => (
          <li key={`${what} ${level}`}>
            {what}
            {level && <b>{level}</b>} {amount}
          </li>
        ))}
      </ul>
    </Notice>
  )
}

/** Of a line: what it is about, how far, and of how much. */
type Line = readonly [what: string, level?: string, amount?: string]

/** A line for each thing that can be done; or that nothing can, unless it is told what is lost. */
function linesOf({ given, isAdministrator, language }: Able, isLost: boolean): Line[] {
  const text = inLanguage(words, language)
  return [
    ...(isAdministrator ? [[text.administrator] as const] : []),
    ...(given.length === 0 && !isLost ? [[text.nothing] as const] : []),
    ...given.map(({ service, level, contracts }): Line => [
      service[language] + text.between,
      text[level],
      text.contracts(contracts),
    ]),
  ]
}

const asked = {
  groups: z.array(rowId).max(200).catch([]),
  role: z.enum(['general-user', 'portal-administrator']).catch('general-user'),
}

/** Tells the script what groups would give a user of a role. */
export const abilitiesAnswer = portal.answer({
  path: paths.abilities,
  allow: 'portal-administrator',
  words,
  async load(ctx, { query }) {
    const groups = asked.groups.parse(query.groups?.split('.').filter(Boolean) ?? [])
    const isAdministrator = asked.role.parse(query.role) === 'portal-administrator'
    const given = await findGiven(ctx, groups)
    const lines = linesOf({ given, isAdministrator, language: ctx.language }, false)
    return { lines, isNothing: given.length === 0 }
  },
})
