import { userLabels } from '#sites/frame/guide-labels.ts'
import type { UserColumn, UserRow } from '#features/users/list.ts'
import type { FormView } from '#platform/form.ts'
import type { ListQuery } from '#platform/ui/list/list-query.tsx'
import { type Sortable, type Sorting, sortLink } from '#platform/ui/list/sorting.ts'
import type { Column } from '#platform/ui/list/table.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { UserStateMark } from './user-state.tsx'
import { factorWord, lastLoginLabel, roleWords, stateLabel } from './words.ts'

const words = {
  choose: { ja: '選択', en: 'Choose' },
  chooseUser: { ja: (name: string) => `${name}を選択する`, en: (name: string) => `Choose ${name}` },
  name: userLabels.name,
  state: stateLabel,
  role: userLabels.role,
  groups: userLabels.groups,
  lastLogin: lastLoginLabel,
  none: { ja: 'なし', en: 'None' },
  andMore: {
    ja: (first: string, n: number) => `${first} ほか${n}件`,
    en: (first: string, n: number) => `${first} and ${n} more`,
  },
}

/** The form that the boxes belong to. It stands under the table, because a form cannot hold the list's own ones. */
export const usersFormId = 'users'

interface Listed {
  form: Pick<FormView, 'values'>
  reader: Reader
  query: ListQuery
  sorting: Sorting<UserColumn>
  sortable: Sortable<UserColumn>
}

/** Users with a box to tick before each. */
export function columnsOf({ form, reader, query, sorting, sortable }: Listed): Column<UserRow>[] {
  const { language, timeZone: zone, now } = reader
  const text = inLanguage(words, language)
  const ticked = form.values.user ?? []
  const sort = (by: UserColumn) => sortLink({ path: paths.users, query, sorting, sortable }, by)
  return [
    {
      label: text.choose,
      hideLabel: true,
      phone: 'before',
      cell: ({ id, name, mail }) => (
        <label class="tick">
          <input type="checkbox" form={usersFormId} name="user" value={id} checked={ticked.includes(id)} />
          <span class="visually-hidden">{text.chooseUser(`${name} ${mail}`)}</span>
        </label>
      ),
    },
    {
      label: text.name,
      header: true,
      long: true,
      sort: sort('name'),
      cell: ({ id, name, mail }) => (
        <>
          <a href={paths.user({ id })}>{name}</a>
          <br />
          <span class="small-text">{mail}</span>
        </>
      ),
    },
    {
      label: text.state,
      phone: 'beside',
      sort: sort('state'),
      cell: ({ state, notice }) => <UserStateMark state={state} notice={notice} language={language} />,
    },
    {
      label: text.role,
      sort: sort('role'),
      cell: ({ role, secondFactor }) => (
        <>
          {roleWords[role][language]}
          <div class="small-text phone-inline">{factorWord(secondFactor, language)}</div>
        </>
      ),
    },
    { label: text.groups, long: true, phone: 'labelled', cell: ({ groups }) => groupsIn(groups, text) },
    {
      label: text.lastLogin,
      number: true,
      phone: 'labelled',
      sort: sort('last-login'),
      cell: ({ lastSignInAt: at }) => (at ? <Time at={at} zone={zone} language={language} now={now} /> : text.none),
    },
  ]
}

function groupsIn(
  [first, ...more]: readonly string[],
  text: { none: string; andMore: (first: string, n: number) => string },
): string {
  if (first === undefined) return text.none
  return more.length > 0 ? text.andMore(first, more.length) : first
}
