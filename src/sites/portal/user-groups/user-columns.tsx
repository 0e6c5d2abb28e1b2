import { userLabels } from '#sites/frame/guide-labels.ts'
import type { GroupUser } from '#features/user-groups/list-users.ts'
import type { FormView } from '#platform/form.ts'
import type { Column } from '#platform/ui/list/table.tsx'
import { inLanguage, type Language } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { UserStateMark } from '../users/user-state.tsx'
import { roleWords, stateLabel } from '../users/words.ts'

const words = {
  choose: { ja: '選択', en: 'Choose' },
  name: userLabels.name,
  mail: userLabels.mailAddress,
  state: stateLabel,
  role: userLabels.role,
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
      phone: 'before',
      cell: ({ id, name, mail }) => (
        <label class="tick">
          <input type="checkbox" form={usersFormId} name="user" value={id} checked={ticked.includes(id)} />
          <span class="visually-hidden">{`${name} ${mail}`}</span>
        </label>
      ),
    },
    {
      label: text.name,
      header: true,
      long: true,
      cell: ({ id, name }) => <a href={paths.user({ id })}>{name}</a>,
    },
    { label: text.mail, long: true, phone: 'below', cell: ({ mail }) => mail },
    {
      label: text.state,
      phone: 'beside',
      cell: ({ state }) => <UserStateMark state={state} notice={null} language={language} />,
    },
    { label: text.role, cell: ({ role }) => roleWords[role][language] },
  ]
}
