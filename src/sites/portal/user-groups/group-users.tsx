import { z } from 'zod'
import { userLabels } from '#sites/frame/guide-labels.ts'
import type { Group } from '#features/user-groups/group.ts'
import type { GroupUser } from '#features/user-groups/list-users.ts'
import { mostAtOnce } from '#features/user-groups/set-membership.ts'
import { rowId } from '#platform/form.ts'
import type { ListColumn } from '#platform/web/list.ts'
import { type Field, notFound } from '#platform/web/page.ts'
import type { Language, Words } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { UserStateMark } from '../users/user-state.tsx'
import { roleWords, stateLabel } from '../users/words.ts'

/** What every list of users of a group says. */
export const userWords = {
  user: { ja: 'ユーザー', en: 'User' },
  name: userLabels.name,
  mail: userLabels.mailAddress,
  state: stateLabel,
  role: userLabels.role,
  noMatch: { ja: '条件に合うユーザーがいません', en: 'No user matches' },
  chosen: {
    ja: 'チェックを付けたユーザーが対象です。対象になるのは、この画面に表示されている方だけです。',
    en: 'This is about the users you have ticked on this page.',
  },
} satisfies Words

export const userColumns = {
  name: {
    header: true,
    long: true,
    cell: ({ id, name }) => <a href={paths.user({ id })}>{name}</a>,
  },
  mail: { long: true, phone: 'below', cell: ({ mail }) => mail },
  state: {
    phone: 'beside',
    cell: ({ state }, { language }) => <UserStateMark state={state} notice={null} language={language} />,
  },
  role: { cell: ({ role }, { language }) => roleWords[role][language] },
} satisfies Record<string, ListColumn<GroupUser, { language: Language }>>

/** The users that are ticked. */
export const usersField = {
  label: userWords.user,
  value: z.array(rowId).min(1).max(mostAtOnce),
  many: true,
} satisfies Field

export const choosingUsers = {
  field: 'user',
  formId: 'users',
  id: ({ id }: GroupUser): string => id,
  label: ({ name, mail }: GroupUser): string => `${name} ${mail}`,
} as const

/** The users of a group, unless there is no such group. */
export async function ofGroup<List extends { beside: Group | null }>(
  reading: Promise<List>,
): Promise<{ list: List; group: Group } | typeof notFound> {
  const list = await reading
  return list.beside ? { list, group: list.beside } : notFound
}
