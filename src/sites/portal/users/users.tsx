import { z } from 'zod'
import { userLabels } from '#sites/frame/guide-labels.ts'
import { userList, type UserTally } from '#features/users/list.ts'
import { mostAtOnce } from '#features/user-groups/set-membership.ts'
import { rowId } from '#platform/form.ts'
import { Button, ButtonLink, ButtonRow } from '#platform/ui/form/button.tsx'
import { hrefOf } from '#platform/ui/list/list-query.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { redirect } from '#platform/web/page.ts'
import type { In } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { chosenText } from './chosen-users.ts'
import { taskWords, userTasks } from './selected-tasks.ts'
import { UserStateMark } from './user-state.tsx'
import { factorWord, lastLoginLabel, listTitle, loneAdministrator, roleWords, stateLabel, stateWords } from './words.ts'

const words = {
  title: listTitle,
  add: userLabels.startAdding,
  user: { ja: 'ユーザー', en: 'User' },
  task: { ja: '操作', en: 'What to do' },
  name: userLabels.name,
  mail: userLabels.mailAddress,
  state: stateLabel,
  role: userLabels.role,
  secondFactor: userLabels.secondFactor,
  groups: userLabels.groups,
  'last-login': lastLoginLabel,
  none: { ja: 'なし', en: 'None' },
  andMore: {
    ja: (first: string, n: number) => `${first} ほか${n}件`,
    en: (first: string, n: number) => `${first} and ${n} more`,
  },
  noMatch: { ja: '条件に合うユーザがいません', en: 'No user matches' },
  choose: { ja: (name: string) => `${name}を選択する`, en: (name: string) => `Choose ${name}` },
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

/** ユーザ一覧. It is never empty: whoever looks at it is in it. */
export const usersPage = portal.list({
  path: paths.users,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  from: userList,
  form: {
    user: { label: words.user, value: z.array(rowId).min(1).max(mostAtOnce), many: true },
    task: { label: words.task, value: z.enum(userTasks) },
  },
  async submit(_ctx, { input: { user, task } }) {
    return redirect(hrefOf(paths.selectedUsers, { task, users: chosenText(user) }))
  },
  actions: ({ words: text }) => (
    <ButtonLink icon="plus" href={paths.addUser}>
      {text.add}
    </ButtonLink>
  ),
  above: ({ data: { list }, words: text }) => <Advice tally={list.beside} text={text} />,
  chips: { state: { labels: stateWords, icons: { locked: 'lock' } } },
  columns: {
    name: {
      header: true,
      long: true,
      cell: ({ id, name, mail }) => (
        <>
          <a href={paths.user({ id })}>{name}</a>
          <br />
          <span class="small-text">{mail}</span>
        </>
      ),
      csv: ({ name }) => name,
    },
    mail: { csv: ({ mail }) => mail },
    state: {
      phone: 'beside',
      cell: ({ state, notice }, { language }) => <UserStateMark state={state} notice={notice} language={language} />,
      csv: ({ state }, language) => stateWords[state][language],
    },
    role: {
      cell: ({ role, secondFactor }, { language }) => (
        <>
          {roleWords[role][language]}
          <div class="small-text phone-inline">{factorWord(secondFactor, language)}</div>
        </>
      ),
      csv: ({ role }, language) => roleWords[role][language],
    },
    secondFactor: { csv: ({ secondFactor }, language) => factorWord(secondFactor, language) },
    groups: {
      long: true,
      phone: 'labelled',
      cell({ groups: [first, ...more] }, { words: text }) {
        if (first === undefined) return text.none
        return more.length > 0 ? text.andMore(first, more.length) : first
      },
      csv: ({ groups }) => groups.join(', '),
    },
    'last-login': {
      number: true,
      phone: 'labelled',
      cell: ({ lastSignInAt }, { time, words: text }) => (lastSignInAt ? time(lastSignInAt) : text.none),
      csvTime: ({ lastSignInAt }) => lastSignInAt,
    },
  },
  csv: paths.usersCsv,
  choose: {
    field: 'user',
    formId: 'users',
    id: ({ id }) => id,
    label: ({ name, mail }, { words: text }) => text.choose(`${name} ${mail}`),
    buttons: ({ reader: { language } }) => (
      <ButtonRow>
        {userTasks.map((task) => (
          <Button kind={task === 'delete' ? 'danger' : 'secondary'} small name="task" value={task} key={task}>
            {taskWords[task][language]}
          </Button>
        ))}
      </ButtonRow>
    ),
  },
})

/** What an administrator should see to. */
function Advice({ tally, text }: { tally: UserTally; text: In<typeof words> }) {
  return (
    <>
      {tally.administrators === 1 && (
        <Notice kind="warning" label={text.notice}>
          {text.lone}
        </Notice>
      )}
      {tally.expired > 0 && (
        <Notice kind="info" label={text.resendAll} action={<a href={paths.resendExpired}>{text.resendAll}</a>}>
          {text.expired(tally.expired)}
        </Notice>
      )}
    </>
  )
}
