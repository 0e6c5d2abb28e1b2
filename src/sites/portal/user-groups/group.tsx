import { groupLabels } from '#sites/frame/guide-labels.ts'
import { groupUserList } from '#features/user-groups/list-users.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { EmptyState } from '#platform/ui/layout/empty-state.tsx'
import { hrefOf } from '#platform/ui/list/list-query.tsx'
import { redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { chosenText } from '../users/chosen-users.ts'
import { GroupHeading } from './group-heading.tsx'
import { choosingUsers, ofGroup, userColumns, usersField, userWords } from './group-users.tsx'
import { groupName } from './words.ts'

const words = {
  ...userWords,
  title: { ja: 'ユーザーグループ', en: 'User group' },
  caption: groupLabels.members,
  add: { ja: 'ユーザーを追加する', en: 'Add users' },
  takeOut: { ja: 'このグループから外す', en: 'Take out of this group' },
  none: { ja: '所属するユーザーはいません', en: 'Nobody is in this group' },
  noneText: {
    ja: 'ユーザーを追加すると、このグループの権限が与えられます。',
    en: 'Whoever is added gets the rights of this group.',
  },
}

/** A group, with the users in it. */
export const userGroupPage = portal.list({
  path: paths.userGroup,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  from: groupUserList,
  load: (_ctx, { params: { id: groupId } }, read) => ofGroup(read({ groupId, isMember: true })),
  form: { user: usersField },
  async submit(_ctx, { data: { group }, input }) {
    return redirect(hrefOf(paths.takeOutGroupMembers({ id: group.id }), { users: chosenText(input.user) }))
  },
  title: ({ data: { group }, reader: { language } }) => groupName(group, language),
  heading: ({ data: { group, list }, words: text, reader: { language } }) => (
    <GroupHeading
      group={group}
      language={language}
      tab="members"
      action={list.all > 0 && <AddUsers id={group.id} text={text} />}
    />
  ),
  empty: ({ data: { group }, words: text }) => (
    <EmptyState icon="users" heading={text.none} action={<AddUsers id={group.id} text={text} />}>
      {text.noneText}
    </EmptyState>
  ),
  columns: userColumns,
  choose: {
    ...choosingUsers,
    buttons: ({ words: text }) => (
      <Button kind="secondary" small>
        {text.takeOut}
      </Button>
    ),
  },
})

function AddUsers({ id, text }: { id: string; text: { add: string } }) {
  return <ButtonLink href={paths.addGroupMembers({ id })}>{text.add}</ButtonLink>
}
