import { z } from 'zod'
import { groupLabels } from '#sites/frame/guide-labels.ts'
import { isPinned } from '#features/shortcuts/set-pin.ts'
import { groupUserList } from '#features/user-groups/list-users.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { EmptyState } from '#platform/ui/layout/empty-state.tsx'
import { hrefOf } from '#platform/ui/list/list-query.tsx'
import { notFound, problemAt, redirect } from '#platform/web/page.ts'
import { plannedTitle } from '../users/planned-words.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { taskWords } from '../users/selected-tasks.ts'
import { listIn, tickFields, ticksIn } from '../users/ticked-users.ts'
import { GroupHeading } from './group-heading.tsx'
import { choosingUsers, ofGroup, userColumns, userWords } from './group-users.tsx'
import { groupName } from './words.ts'

const words = {
  ...userWords,
  title: { ja: 'ユーザーグループ', en: 'User group' },
  caption: groupLabels.members,
  task: { ja: '操作', en: 'What to do' },
  move: taskWords.move,
  add: { ja: 'ユーザーを追加する', en: 'Add users' },
  takeOut: { ja: 'このグループから外す', en: 'Take out of this group' },
  planned: {
    ja: (n: number) => `${plannedTitle.ja} ${n}件`,
    en: (n: number) => `${plannedTitle.en}: ${n}`,
  },
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
  async load(ctx, { params: { id: groupId } }, read) {
    const members = await ofGroup(ctx, await read({ groupId, isMember: true }))
    if (members === notFound) return notFound
    return { ...members, isPinned: await isPinned(ctx, { kind: 'user-group', id: groupId }) }
  },
  form: { ...tickFields, task: { label: words.task, value: z.enum(['take-out', 'move']).optional() } },
  async submit(ctx, { data: { group, list }, input, asked: { query }, words: text }) {
    const { task, q, size } = input
    const ticked = await ticksIn(ctx, { from: groupUserList, list, input, asking: { q, size }, query })
    if ('kind' in ticked) return ticked
    if (ticked.length === 0 || !task) return problemAt('user', text.noUser)
    const left = listIn.text(query)
    if (task === 'take-out') return redirect(hrefOf(paths.takeOutGroupMembers({ id: group.id }), { list: left }))
    return redirect(hrefOf(paths.selectedUsers, { task, in: group.id, list: left }))
  },
  title: ({ data: { group }, reader: { language } }) => groupName(group, language),
  about: ({ group: { id } }) => ({ kind: 'user-group', id }),
  heading(view) {
    const { data, words: text } = view
    const { group, list } = data
    return (
      <GroupHeading
        group={group}
        isPinned={data.isPinned}
        view={view}
        tab="members"
        action={
          <>
            {group.planned > 0 && (
              <a href={hrefOf(paths.plannedMemberships, { group: group.id })}>{text.planned(group.planned)}</a>
            )}
            {list.all > 0 && <AddUsers id={group.id} text={text} />}
          </>
        }
      />
    )
  },
  empty: ({ data: { group }, words: text }) => (
    <EmptyState icon="users" heading={text.none} action={<AddUsers id={group.id} text={text} />}>
      {text.noneText}
    </EmptyState>
  ),
  columns: userColumns,
  csv: paths.userGroupCsv.pattern,
  whose: ({ group }, language) => groupName(group, language),
  choose: {
    ...choosingUsers,
    ticked: ({ data: { ticked } }) => ticked,
    buttons: ({ words: text }) => (
      <>
        <Button kind="secondary" small name="task" value="move">
          {text.move}
        </Button>
        <Button kind="secondary" small name="task" value="take-out">
          {text.takeOut}
        </Button>
      </>
    ),
  },
})

function AddUsers({ id, text }: { id: string; text: { add: string } }) {
  return <ButtonLink href={paths.addGroupMembers({ id })}>{text.add}</ButtonLink>
}
