import { z } from 'zod'
import { groupLabels } from '#sites/frame/guide-labels.ts'
import { rowId } from '#platform/form.ts'
import { mostAtOnce } from '#features/user-groups/set-membership.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { EmptyState } from '#platform/ui/layout/empty-state.tsx'
import { ErrorSummary } from '#platform/ui/form/form.tsx'
import { hrefOf } from '#platform/ui/list/list-query.tsx'
import { redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { chosenText } from '../users/chosen-users.ts'
import { loadGroupUsers } from './group-users.ts'
import { GroupHeading } from './group-heading.tsx'
import { UsersTable } from './users-table.tsx'
import { groupName } from './words.ts'

const words = {
  title: { ja: 'ユーザーグループ', en: 'User group' },
  members: groupLabels.members,
  user: { ja: 'ユーザー', en: 'User' },
  add: { ja: 'ユーザーを追加する', en: 'Add users' },
  takeOut: { ja: 'このグループから外す', en: 'Take out of this group' },
  none: { ja: '所属するユーザーはいません', en: 'Nobody is in this group' },
  noneText: {
    ja: 'ユーザーを追加すると、このグループの権限が与えられます。',
    en: 'Whoever is added gets the rights of this group.',
  },
}

/** A group, with the users in it. */
export const userGroupPage = portal.page({
  path: paths.userGroup,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  load: (ctx, asked) => loadGroupUsers(ctx, asked, true),
  form: { user: { label: words.user, value: z.array(rowId).min(1).max(mostAtOnce), many: true } },
  async submit(_ctx, { data: { group }, input }) {
    return redirect(hrefOf(paths.takeOutGroupMembers({ id: group.id }), { users: chosenText(input.user) }))
  },
  title: ({ data: { group }, reader: { language } }) => groupName(group, language),
  view({ data, form, words: text, reader: { language } }) {
    const { group, list } = data
    const path = paths.userGroup({ id: group.id })
    const add = <ButtonLink href={paths.addGroupMembers({ id: group.id })}>{text.add}</ButtonLink>
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <GroupHeading group={group} language={language} tab="members" action={list.all > 0 && add} />
        {list.all === 0 ? (
          <EmptyState icon="users" heading={text.none} action={add}>
            {text.noneText}
          </EmptyState>
        ) : (
          <UsersTable {...data} form={form} language={language} path={path} caption={text.members}>
            <Button kind="secondary" small>
              {text.takeOut}
            </Button>
          </UsersTable>
        )}
      </>
    )
  },
})
