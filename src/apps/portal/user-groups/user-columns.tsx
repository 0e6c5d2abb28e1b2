import type { JSX } from 'preact'
import { userLabels } from '#apps/frame/guide-labels.ts'
import type { GroupUser, GroupUserState } from '#features/user-groups/list-users.ts'
import type { FormView } from '#platform/form.ts'
import { Badge, PlainState } from '#platform/ui/status.tsx'
import type { Column } from '#platform/ui/table.tsx'
import { inLanguage, type Language, type Phrase } from '#platform/words.ts'

const words = {
  choose: { ja: '選択', en: 'Choose' },
  name: userLabels.name,
  mail: userLabels.mailAddress,
  state: { ja: '状態', en: 'State' },
  role: userLabels.role,
}

const roleWords: Record<GroupUser['role'], Phrase> = {
  'general-user': userLabels.generalUser,
  'portal-administrator': userLabels.portalAdministrator,
}

const stateWords: Record<GroupUserState, Phrase> = {
  'awaiting-registration': { ja: '登録待ち', en: 'Awaiting registration' },
  active: { ja: '有効', en: 'Active' },
  suspended: { ja: '一時停止', en: 'Suspended' },
}

/** The form that the boxes belong to. It stands under the table, because a form cannot hold the list's own ones. */
export const usersFormId = 'users'

/** Users with a box to tick before each. */
export function userColumns({ values }: Pick<FormView, 'values'>, language: Language): Column<GroupUser>[] {
  const text = inLanguage(words, language)
  const ticked = values.user ?? []
  return [
    {
      label: text.choose,
      hideLabel: true,
      phone: 'beside',
      cell: ({ id, name, mail }) => (
        <label class="tick">
          <input type="checkbox" form={usersFormId} name="user" value={id} checked={ticked.includes(id)} />
          <span class="visually-hidden">{`${name} ${mail}`}</span>
        </label>
      ),
    },
    { label: text.name, header: true, long: true, cell: ({ name }) => name },
    { label: text.mail, long: true, phone: 'below', cell: ({ mail }) => mail },
    { label: text.state, cell: ({ state }) => <UserState state={state} language={language} /> },
    { label: text.role, cell: ({ role }) => roleWords[role][language] },
  ]
}

export function UserState({ state, language }: { state: GroupUserState; language: Language }): JSX.Element {
  const word = stateWords[state][language]
  if (state === 'active') return <PlainState>{word}</PlainState>
  if (state === 'suspended') return <Badge kind="warning">{word}</Badge>
  return <PlainState icon="clock">{word}</PlainState>
}
