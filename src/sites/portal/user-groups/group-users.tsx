import { stateWords } from '#sites/frame/states/user-state-words.ts'
import { userLabels } from '#sites/frame/guide-labels.ts'
import type { Context } from '#features/actor.ts'
import { findTicked } from '#features/selections/selection.ts'
import type { Group } from '#features/user-groups/group.ts'
import type { GroupUser } from '#features/user-groups/list-users.ts'
import { MailAddress } from '#platform/ui/text/mail-address.tsx'
import type { ListColumn } from '#platform/web/list.ts'
import { notFound } from '#platform/web/page.ts'
import type { Language, Words } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { tickWords } from '../users/ticked-users.ts'
import { UserStateMark } from '#sites/frame/states/user-state.tsx'
import { roleWords, stateLabel } from '../users/words.ts'

/** What every list of users of a group says. */
export const userWords = {
  ...tickWords,
  unit: { ja: '名', en: '' },
  name: userLabels.name,
  mail: userLabels.mailAddress,
  state: stateLabel,
  role: userLabels.role,
  noMatch: { ja: '条件に合うユーザーがいません', en: 'No user matches' },
} satisfies Words

export const userColumns = {
  name: {
    header: true,
    long: true,
    cell: ({ id, name }) => <a href={paths.user({ id })}>{name}</a>,
    csv: ({ name }) => name,
  },
  mail: { long: true, phone: 'below', cell: ({ mail }) => <MailAddress mail={mail} />, csv: ({ mail }) => mail },
  state: {
    phone: 'beside',
    cell: ({ state, stage }, { language }) => (
      <UserStateMark state={state} stage={stage} notice={null} language={language} />
    ),
    csv: ({ state }, language) => stateWords[state][language],
  },
  role: {
    cell: ({ role }, { language }) => roleWords[role][language],
    csv: ({ role }, language) => roleWords[role][language],
  },
} satisfies Record<string, ListColumn<GroupUser, { language: Language }>>

export const choosingUsers = {
  field: 'user',
  formId: 'users',
  id: ({ id }: GroupUser): string => id,
  label: ({ name, mail }: GroupUser): string => `${name} ${mail}`,
} as const

/** The users of a group, and which of them are ticked, unless there is no such group. */
export async function ofGroup<List extends { beside: Group | null; path: string }>(
  ctx: Context,
  list: List,
): Promise<{ list: List; group: Group; ticked: readonly string[] } | typeof notFound> {
  return list.beside ? { list, group: list.beside, ticked: await findTicked(ctx, list.path) } : notFound
}
