import { z } from 'zod'
import { rowId } from '#platform/form.ts'
import { mostAtOnce, setMembership } from '#features/user-groups/set-membership.ts'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { Button, ButtonLink, ButtonRow } from '#platform/ui/form/button.tsx'
import { EmptyState } from '#platform/ui/layout/empty-state.tsx'
import { ErrorSummary } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { redirect } from '#platform/web/page.ts'
import { userLabels } from '#sites/frame/guide-labels.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { loadGroupUsers } from './group-users.ts'
import { UsersTable } from './users-table.tsx'
import { groupName, listTitle } from './words.ts'

const words = {
  title: { ja: '所属するユーザーの追加', en: 'Add members' },
  list: listTitle,
  lead: {
    ja: (group: string) =>
      `「${group}」に所属していないユーザーです。追加すると、このグループの権限がすぐに与えられます。`,
    en: (group: string) => `Users who are not in “${group}”. Whoever is added has its rights at once.`,
  },
  user: { ja: 'ユーザー', en: 'User' },
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
export const addGroupMembersPage = portal.page({
  path: paths.addGroupMembers,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  load: (ctx, asked) => loadGroupUsers(ctx, asked, false),
  form: { user: { label: words.user, value: z.array(rowId).min(1).max(mostAtOnce), many: true } },
  critical: {
    async submit(ctx, { data: { group }, input, words: text }) {
      const set = await setMembership(ctx, { group, userIds: input.user, isMember: true })
      if (!set.ok) throw new Error('Whoever is put in leaves no group without administrators')
      return redirect(paths.userGroup({ id: group.id }), { notice: text.added(set.value) })
    },
  },
  title: ({ words: text }) => text.title,
  view({ data, form, words: text, reader: { language } }) {
    const { group, list } = data
    const back = paths.userGroup({ id: group.id })
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <Breadcrumb
          language={language}
          trail={[
            { label: text.list, href: paths.userGroups },
            { label: groupName(group, language), href: back },
          ]}
          current={text.title}
        />
        <PageHeading heading={text.title} lead={text.lead(groupName(group, language))} />
        {list.all === 0 ? (
          <EmptyState
            icon="users"
            heading={text.none}
            action={
              <ButtonLink kind="secondary" href={back}>
                {text.back}
              </ButtonLink>
            }
          >
            {text.noneText}
          </EmptyState>
        ) : (
          <UsersTable
            {...data}
            form={form}
            language={language}
            path={paths.addGroupMembers({ id: group.id })}
            caption={text.title}
          >
            <ButtonRow place="end">
              <ButtonLink kind="secondary" href={back}>
                {text.cancel}
              </ButtonLink>
              <Button>{text.add}</Button>
            </ButtonRow>
          </UsersTable>
        )}
      </>
    )
  },
})
