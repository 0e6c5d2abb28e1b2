import { dropTicks, keepTicks } from '#features/selections/selection.ts'
import { groupUserList } from '#features/user-groups/list-users.ts'
import { setMembership } from '#features/user-groups/set-membership.ts'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { EmptyState } from '#platform/ui/layout/empty-state.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { problemAt, redirect } from '#platform/web/page.ts'
import { userLabels } from '#sites/frame/guide-labels.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { tickFields, ticksIn } from '../users/ticked-users.ts'
import { choosingUsers, ofGroup, userColumns, userWords } from './group-users.tsx'
import { groupName, listTitle } from './words.ts'

const words = {
  ...userWords,
  title: { ja: '所属するユーザーの追加', en: 'Add members' },
  list: listTitle,
  toAdd: {
    ja: (group: string) =>
      `「${group}」に所属していないユーザーです。追加すると、このグループの権限がすぐに与えられます。`,
    en: (group: string) => `Users who are not in “${group}”. Whoever is added has its rights at once.`,
  },
  add: userLabels.add,
  cancel: userLabels.cancel,
  added: {
    ja: (n: number) => `${n}名のユーザーを追加しました。`,
    en: (n: number) => (n === 1 ? 'One user was added.' : `${n} users were added.`),
  },
  none: { ja: '追加できるユーザーはいません', en: 'There is nobody to add' },
  noneText: { ja: 'すべてのユーザーが、このグループに所属しています。', en: 'Everybody is in this group already.' },
  back: { ja: 'グループに戻る', en: 'Back to the group' },
}

/** 所属するユーザーの追加 */
export const addGroupMembersPage = portal.list({
  path: paths.addGroupMembers,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  from: groupUserList,
  async load(ctx, { params: { id: groupId } }, read) {
    return ofGroup(ctx, await read({ groupId, isMember: false }))
  },
  form: tickFields,
  async submit(ctx, { data: { list }, input, asked: { query }, words: text }) {
    const { q, size } = input
    const ticked = await ticksIn(ctx, { from: groupUserList, list, input, asking: { q, size }, query })
    return 'kind' in ticked ? ticked : problemAt('user', text.noUser)
  },
  critical: {
    // What leads to another part of the list adds nobody.
    when: ({ input, data: { ticked } }) => input.to === undefined && input.user.length + ticked.length > 0,
    async submit(ctx, { data: { group, list }, input, words: text }) {
      const userIds = await keepTicks(ctx, list.path, { shown: input.shown ?? [], ticked: input.user })
      const set = await setMembership(ctx, { group, userIds, isMember: true })
      await dropTicks(ctx, list.path)
      if (!set.ok) throw new Error('Whoever is put in leaves no group without administrators')
      return redirect(paths.userGroup({ id: group.id }), { notice: text.added(set.value) })
    },
  },
  heading: ({ data: { group }, words: text, reader: { language } }) => (
    <>
      <Breadcrumb
        language={language}
        trail={[
          { label: text.list, href: paths.userGroups },
          { label: groupName(group, language), href: paths.userGroup({ id: group.id }) },
        ]}
        current={text.title}
      />
      <PageHeading heading={text.title} lead={text.toAdd(groupName(group, language))} />
    </>
  ),
  empty: ({ data: { group }, words: text }) => (
    <EmptyState
      icon="users"
      heading={text.none}
      action={
        <ButtonLink kind="secondary" href={paths.userGroup({ id: group.id })}>
          {text.back}
        </ButtonLink>
      }
    >
      {text.noneText}
    </EmptyState>
  ),
  columns: userColumns,
  choose: {
    ...choosingUsers,
    ticked: ({ data: { ticked } }) => ticked,
    buttons: ({ data: { group }, words: text }) => (
      <>
        <ButtonLink kind="secondary" small href={paths.userGroup({ id: group.id })}>
          {text.cancel}
        </ButtonLink>
        <Button small>{text.add}</Button>
      </>
    ),
  },
})
