import { z } from 'zod'
import { userLabels } from '#sites/frame/guide-labels.ts'
import type { Context } from '#features/actor.ts'
import { listGroups } from '#features/user-groups/list.ts'
import { type Membership, setMembership } from '#features/user-groups/set-membership.ts'
import {
  findSelected,
  type LeftReason,
  removeEach,
  resendToEach,
  type SelectedUser,
  suspendEach,
  type Tally,
} from '#features/users/selected.ts'
import type { Confirmed } from '#platform/context.ts'
import { rowId } from '#platform/form.ts'
import { formatList } from '#platform/ui/text/list-format.ts'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { CheckField, SelectField } from '#platform/ui/form/field.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Table } from '#platform/ui/list/table.tsx'
import { problemAt, type Redirect, redirect, type View } from '#platform/web/page.ts'
import { inLanguage, type Language, type Phrase } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { chosenIn } from './chosen-users.ts'
import { taskWords, type UserTask, userTasks } from './selected-tasks.ts'
import { administratorProblems, emptyGroupLabel, groupWord, listTitle, roleWords } from './words.ts'

const words = {
  list: listTitle,
  chosen: {
    ja: (n: number) => `${n}名のユーザが選択されています。`,
    en: (n: number) => (n === 1 ? 'One user is chosen.' : `${n} users are chosen.`),
  },
  'put-in-group': { ja: 'グループの権限が、すぐに与えられます。', en: 'They have the rights of the group at once.' },
  'take-out-of-group': {
    ja: 'グループの権限が、すぐになくなります。',
    en: 'They lose the rights of the group at once.',
  },
  resend: {
    ja: '登録待ちのユーザに案内メールを再送します。これまでのURLは使えなくなります。',
    en: 'Whoever awaits registration is sent the notice again. Former URLs no longer work.',
  },
  suspend: {
    ja: '再開するまでログインできません。ログイン中のブラウザもログアウトされます。',
    en: 'Until resumed they cannot log in. Open logins end.',
  },
  delete: {
    ja: 'ログイン中のブラウザもすぐにログアウトされます。この操作は元に戻せません。履歴には名前が残ります。',
    en: 'Open logins end at once. This cannot be undone. The names stay in the histories.',
  },
  notSelf: { ja: '自分自身は対象になりません。', en: 'You yourself are left out.' },
  name: userLabels.name,
  mail: userLabels.mailAddress,
  role: userLabels.role,
  group: userLabels.groups,
  choose: userLabels.choose,
  cancel: userLabels.cancel,
  emptiesGroup: emptyGroupLabel,
  mustConfirm: administratorProblems['last-in-automatic-group'],
  noGroup: {
    ja: 'ユーザーグループが選択されていません。ユーザーグループを選択してください。',
    en: 'User groups is not chosen. Choose one.',
  },
  done: {
    ja: (n: number, all: number) => `選択した${all}名のうち${n}名を処理しました。`,
    en: (n: number, all: number) => `Done for ${n} of the ${all} chosen.`,
  },
  left: {
    ja: (names: string) => `処理できなかったユーザ：${names}`,
    en: (names: string) => `Not done for: ${names}`,
  },
  because: {
    ja: (name: string, reason: string) => `${name}（${reason}）`,
    en: (name: string, reason: string) => `${name} (${reason})`,
  },
  more: { ja: (n: number) => `ほか${n}名`, en: (n: number) => `${n} more` },
}

const titles: Record<UserTask, Phrase> = {
  'put-in-group': { ja: 'ユーザーグループへの追加', en: 'Add users to a group' },
  'take-out-of-group': { ja: 'ユーザーグループからの取り外し', en: 'Take users out of a group' },
  resend: { ja: '案内メールの再送', en: 'Send the opening notice again' },
  suspend: { ja: 'ユーザーの一時停止', en: 'Suspend users' },
  delete: { ja: 'ユーザーの削除', en: 'Delete users' },
}

const leftReasons: Record<LeftReason, Phrase> = {
  oneself: { ja: '自分自身', en: 'yourself' },
  'not-awaiting': { ja: '登録待ちではない', en: 'does not await registration' },
  'last-administrator': { ja: '最後の有効なポータル管理者', en: 'the last active portal administrator' },
  'last-in-automatic-group': {
    ja: '全サービス参照編集権限グループの最後のポータル管理者',
    en: 'the last portal administrator in the group for all services',
  },
  'no-longer-administrator': { ja: '操作する方がポータル管理者でない', en: 'you are no longer an administrator' },
  'changed-meanwhile': { ja: '状態が変わった', en: 'the state has changed' },
}

/** As many as the cookie holds that carries the notice, names of a hundred characters included. */
const mostNamed = 3

interface Data {
  task: UserTask
  users: SelectedUser[]
  groups: { id: string; name: string; isAutomatic: boolean }[]
}

const concernsGroup = (task: UserTask): boolean => task === 'put-in-group' || task === 'take-out-of-group'
const askedTask = z.enum(userTasks).optional().catch(undefined)

/** What is to be done with several users, and who they are. */
export const selectedUsersPage = portal.page({
  path: paths.selectedUsers,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  async load(ctx, { query }): Promise<Data | Redirect> {
    const task = askedTask.parse(query.task)
    const users = await findSelected(ctx, chosenIn(query))
    if (!task || users.length === 0) return redirect(paths.users)
    const groups = concernsGroup(task) ? await listGroups(ctx) : []
    return { task, users, groups }
  },
  form: {
    group: { label: words.group, value: z.union([rowId, z.literal('')]).optional() },
    emptiesGroup: { label: words.emptiesGroup, value: z.literal('on').optional() },
  },
  check: ({ data, input, words: text }) =>
    concernsGroup(data.task) && !groupIn(data, input) ? problemAt('group', text.noGroup) : undefined,
  submit: async (ctx, { data: { users } }) => leadBack(ctx, await resendToEach(ctx, users)),
  critical: {
    when: ({ data: { task } }) => task !== 'resend',
    async submit(ctx, { data, input }) {
      const group = groupIn(data, input)
      if (group) return setGroup(ctx, data, { group, mayLoseAdministrators: input.emptiesGroup === 'on' })
      const run = data.task === 'suspend' ? suspendEach : removeEach
      return leadBack(ctx, await run(ctx, data.users))
    },
  },
  title: ({ data: { task }, reader: { language } }) => titles[task][language],
  view(view) {
    const { data, form, words: text, reader } = view
    const { task, users } = data
    const { language } = reader
    const title = titles[task][language]
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <Breadcrumb language={language} trail={[{ label: text.list, href: paths.users }]} current={title} />
        <PageHeading heading={title} lead={`${text.chosen(users.length)} ${text[task]}`} tall />
        <Table caption={text.list} columns={columnsIn(view)} rows={users} rowKey={({ id }) => id} />
        <Form form={form} layout="page">
          {concernsGroup(task) && <GroupField {...view} />}
          <CommitBar effect={task === 'suspend' || task === 'delete' ? text.notSelf : text[task]}>
            <ButtonLink kind="secondary" href={paths.users}>
              {text.cancel}
            </ButtonLink>
            <Button kind={task === 'delete' || task === 'suspend' ? 'danger-confirm' : 'primary'}>
              {taskWords[task][language]}
            </Button>
          </CommitBar>
        </Form>
      </>
    )
  },
})

type Shown = View<Data, typeof words>

/** What was done, and with whom it could not be done, and why. */
function toldOf({ done, left }: Tally, language: Language): string {
  const text = inLanguage(words, language)
  const all = text.done(done, done + left.length)
  if (left.length === 0) return all
  const named = left.slice(0, mostNamed).map(({ name, reason }) => text.because(name, leftReasons[reason][language]))
  const more = left.length > mostNamed ? [text.more(left.length - mostNamed)] : []
  return `${all} ${text.left(formatList([...named, ...more], language))}`
}

function leadBack({ language }: Context, tally: Tally): Redirect {
  return redirect(paths.users, { notice: toldOf(tally, language) })
}

function groupIn({ groups }: Data, { group: id }: { group?: string | undefined }) {
  return groups.find((group) => group.id === id)
}

async function setGroup(
  ctx: Confirmed<Context>,
  { task, users }: Data,
  change: Pick<Membership, 'group'> & { mayLoseAdministrators: boolean },
) {
  const text = inLanguage(words, ctx.language)
  const userIds = users.map((user) => user.id)
  const set = await setMembership(ctx, { ...change, userIds, isMember: task === 'put-in-group' })
  if (!set.ok) return problemAt('emptiesGroup', text.mustConfirm, set)
  return redirect(paths.users, { notice: text.done(set.value, users.length) })
}

function columnsIn({ words: text, reader: { language } }: Shown) {
  return [
    { label: text.name, header: true, long: true, cell: ({ name }: SelectedUser) => name },
    { label: text.mail, long: true, cell: ({ mail }: SelectedUser) => mail },
    { label: text.role, cell: ({ role }: SelectedUser) => roleWords[role][language] },
  ]
}

function GroupField({ data: { task, groups }, form, words: text, reader: { language } }: Shown) {
  const asks = task === 'take-out-of-group' && form.problems.some(({ field }) => field === 'emptiesGroup')
  return (
    <>
      <SelectField
        form={form}
        name="group"
        label={text.group}
        language={language}
        mark="required"
        placeholder={text.choose}
        options={groups.map((group) => ({ value: group.id, label: groupWord(group, language) }))}
      />
      {asks && <CheckField form={form} name="emptiesGroup" label={text.emptiesGroup} language={language} />}
    </>
  )
}
