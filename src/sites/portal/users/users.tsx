import { z } from 'zod'
import { userLabels } from '#sites/frame/guide-labels.ts'
import { listUsers, type UserList, type UsersAsked } from '#features/users/list.ts'
import { userStates } from '#features/users/user.ts'
import { mostAtOnce } from '#features/user-groups/set-membership.ts'
import { rowId } from '#platform/form.ts'
import { keywordOf } from '#platform/list/keywords.ts'
import { Button, ButtonLink, ButtonRow } from '#platform/ui/form/button.tsx'
import { chipOfAll, chipsFor, countOf } from '#platform/ui/list/chips.ts'
import { fieldId } from '#platform/ui/form/field-frame.tsx'
import { FilteredTable } from '#platform/ui/list/filtered-table.tsx'
import { ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { hrefOf, type ListQuery } from '#platform/ui/list/list-query.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { sortingQuery } from '#platform/ui/list/sorting.ts'
import { redirect, type View } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { chosenText } from './chosen-users.ts'
import { taskWords, userTasks } from './selected-tasks.ts'
import { columnsOf, usersFormId } from './user-columns.tsx'
import { userSorting, usersAskedIn } from './user-query.ts'
import { listTitle, loneAdministrator, stateLabel, stateWords } from './words.ts'

const words = {
  title: listTitle,
  add: userLabels.startAdding,
  user: { ja: 'ユーザー', en: 'User' },
  task: { ja: '操作', en: 'What to do' },
  state: stateLabel,
  noMatch: { ja: '条件に合うユーザがいません', en: 'No user matches' },
  chosen: {
    ja: 'チェックを付けたユーザが対象です。対象になるのは、この画面に表示されている方だけです。',
    en: 'This is about the users you have ticked on this page.',
  },
  lone: loneAdministrator,
  expired: {
    ja: (n: number) => `案内メールの有効期限が切れているユーザが${n}名います。`,
    en: (n: number) =>
      n === 1 ? 'The URL of one user has expired or is void.' : `The URLs of ${n} users have expired or are void.`,
  },
  resendAll: { ja: '期限切れの全員に再送する', en: 'Send a new one to all of them' },
  notice: { ja: 'ご確認ください', en: 'Please note' },
}

interface Data {
  keyword: string
  size: string | undefined
  asked: UsersAsked
  list: UserList
}

/** ユーザ一覧. It is never empty: whoever looks at it is in it. */
export const usersPage = portal.page({
  path: paths.users,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  async load(ctx, address): Promise<Data> {
    const { query } = address
    const asked = usersAskedIn(address)
    return { keyword: keywordOf(query), size: query.size, asked, list: await listUsers(ctx, asked) }
  },
  form: {
    user: { label: words.user, value: z.array(rowId).min(1).max(mostAtOnce), many: true },
    task: { label: words.task, value: z.enum(userTasks) },
  },
  async submit(_ctx, { input: { user, task } }) {
    return redirect(hrefOf(paths.selectedUsers, { task, users: chosenText(user) }))
  },
  title: ({ words: text }) => text.title,
  view(view) {
    const { data, form, words: text, reader } = view
    const { language } = reader
    const { asked, list } = data
    const unfiltered: ListQuery = { size: data.size, ...sortingQuery(asked.sorting, userSorting) }
    const query: ListQuery = { q: data.keyword || undefined, state: asked.state, ...unfiltered }
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <PageHeading
          heading={text.title}
          actions={
            <ButtonLink icon="plus" href={paths.addUser}>
              {text.add}
            </ButtonLink>
          }
        />
        <Advice {...view} />
        <FilteredTable
          language={language}
          path={paths.users}
          query={query}
          isFiltered={data.keyword !== '' || asked.state !== undefined}
          unfiltered={unfiltered}
          keyword={data.keyword}
          chips={chipsOf(view, query)}
          chipsLabel={text.state}
          place={asked.place}
          list={list}
          caption={text.title}
          columns={columnsOf({ form, reader, query, sorting: asked.sorting, sortable: userSorting })}
          rowKey={({ id }) => id}
          noMatch={text.noMatch}
          csvPath={paths.usersCsv}
        />
        {list.rows.length > 0 && <Bulk {...view} />}
      </>
    )
  },
})

type Shown = View<Data, typeof words>

function chipsOf({ data: { asked, list }, reader: { language } }: Shown, query: ListQuery) {
  const count = (state?: (typeof userStates)[number]): number => countOf(list.counts, [state])
  return [
    chipOfAll(['state'], { query, count: count(), language }),
    ...chipsFor(
      {
        name: 'state',
        values: userStates,
        chosen: asked.state,
        labels: stateWords,
        icons: { locked: 'lock' },
        count,
      },
      query,
      language,
    ),
  ]
}

/** What an administrator should see to. */
function Advice({ data: { list }, words: text }: Shown) {
  return (
    <>
      {list.administrators === 1 && (
        <Notice kind="warning" label={text.notice}>
          {text.lone}
        </Notice>
      )}
      {list.expired > 0 && (
        <Notice kind="info" label={text.resendAll} action={<a href={paths.resendExpired}>{text.resendAll}</a>}>
          {text.expired(list.expired)}
        </Notice>
      )}
    </>
  )
}

function Bulk({ form, words: text, reader: { language } }: Shown) {
  return (
    <div class="bulk" id={fieldId('user')} tabIndex={-1}>
      <p class="small-text">{text.chosen}</p>
      <Form form={form} id={usersFormId} layout="plain">
        <ButtonRow>
          {userTasks.map((task) => (
            <Button kind={task === 'delete' ? 'danger' : 'secondary'} small name="task" value={task} key={task}>
              {taskWords[task][language]}
            </Button>
          ))}
        </ButtonRow>
      </Form>
    </div>
  )
}
