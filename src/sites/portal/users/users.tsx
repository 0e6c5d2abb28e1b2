import { stateWords } from '#sites/frame/states/user-state-words.ts'
import { z } from 'zod'
import { userLabels } from '#sites/frame/guide-labels.ts'
import { userList, type UserTally } from '#features/users/list.ts'
import { findOfferedGroups } from '#features/user-groups/list.ts'
import { isPinned } from '#features/shortcuts/set-pin.ts'
import { thingOfListing } from '#features/subjects/listings.ts'
import { findTicked } from '#features/selections/selection.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { hrefOf } from '#platform/ui/list/list-query.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { problemAt, redirect } from '#platform/web/page.ts'
import type { In, Language } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { PinButton } from '../shortcuts/pin-button.tsx'
import { groupNamed } from '../group-named.ts'
import { LoneAdministrator } from './lone-administrator.tsx'
import { Person } from './person.tsx'
import { taskWords, userTasks } from './selected-tasks.ts'
import { listIn, tickFields, ticksIn, tickWords } from './ticked-users.ts'
import { columnLabels, groupSeparator, languageCells, receiveCells } from './user-columns.ts'
import { narrowingsOf } from './user-narrowings.ts'
import { scopeFields, userScopeIn } from './user-scope.ts'
import { UserStateMark } from '#sites/frame/states/user-state.tsx'
import { PeriodBelow } from './period.tsx'
import { factorWord, lastLoginLabel, listTitle, roleWords, startImporting } from './words.ts'

const words = {
  ...tickWords,
  unit: { ja: '名', en: '' },
  title: listTitle,
  add: userLabels.startAdding,
  import: startImporting,
  task: { ja: '操作', en: 'What to do' },
  ...columnLabels,
  'last-login': lastLoginLabel,
  none: { ja: 'なし', en: 'None' },
  andMore: {
    ja: (n: number) => `ほか${n}件`,
    en: (n: number) => `${n} more`,
  },
  noMatch: { ja: '条件に合うユーザーがいません', en: 'No user matches' },
  choose: { ja: (name: string) => `${name}を選択する`, en: (name: string) => `Choose ${name}` },
  unlock: { ja: 'ロックを解除する', en: 'Unlock' },
  unlockOf: { ja: (name: string) => `${name}さんのロックを解除する`, en: (name: string) => `Unlock ${name}` },
  expired: {
    ja: (n: number) => `案内メールの有効期限が切れているユーザーが${n}名います。`,
    en: (n: number) =>
      n === 1 ? 'The URL of one user has expired or is void.' : `The URLs of ${n} users have expired or are void.`,
  },
  resendAll: { ja: '期限切れの全員に再送する', en: 'Send a new one to all of them' },
}

const thing = thingOfListing('users')

/** ユーザ一覧. It is never empty: whoever looks at it is in it. */
export const usersPage = portal.list({
  path: paths.users,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  from: userList,
  async load(ctx, { query }, read) {
    const { scope, kept } = userScopeIn(query)
    const [list, groups, ticked, pinned] = await Promise.all([
      read(scope, kept),
      findOfferedGroups(ctx, scope.group),
      findTicked(ctx, paths.users),
      isPinned(ctx, thing),
    ])
    return { list, scope, groups, ticked, isPinned: pinned }
  },
  form: {
    ...tickFields,
    ...scopeFields,
    task: { label: words.task, value: z.enum(userTasks).optional() },
  },
  async submit(ctx, { data: { list }, input, asked: { query }, words: text }) {
    const { task, q, size, role, factor, group, login, period } = input
    const asking = { q, size, role, factor, group, login, period }
    const ticked = await ticksIn(ctx, { from: userList, list, input, asking, query })
    if ('kind' in ticked) return ticked
    if (ticked.length === 0 || !task) return problemAt('user', text.noUser)
    return redirect(hrefOf(paths.selectedUsers, { task, list: listIn.text(query) }))
  },
  about: () => thing,
  actions: (view) => (
    <>
      <PinButton view={view} thing={thing} isPinned={view.data.isPinned} />
      <ButtonLink kind="secondary" href={paths.importUsers}>
        {view.words.import}
      </ButtonLink>
      <ButtonLink icon="plus" href={paths.addUser}>
        {view.words.add}
      </ButtonLink>
    </>
  ),
  // The first rows come first; the home of administrators says the same above all.
  below: ({ data: { list }, words: text, reader: { language } }) => (
    <Advice tally={list.beside} text={text} language={language} />
  ),
  narrowings: ({ data: { list, ...data }, reader: { language } }) =>
    narrowingsOf({ ...data, hasPeriods: list.beside.hasPeriods, language }),
  chips: { state: { labels: stateWords, icons: { locked: 'lock' } } },
  columns: {
    id: { csv: ({ id }) => id },
    name: {
      header: true,
      long: true,
      cell: (user) => <Person {...user} />,
      csv: ({ name }) => name,
    },
    kana: { csv: ({ kana }) => kana },
    mail: { csv: ({ mail }) => mail },
    phone: { csv: ({ phone }) => phone },
    state: {
      phone: 'beside',
      cell: ({ id, name, state, stage, notice, ...period }, { language, words: text, reader: { now } }) => (
        <>
          <UserStateMark state={state} stage={stage} notice={notice} language={language} />
          <PeriodBelow period={period} language={language} now={now} />
          {state === 'locked' && (
            <>
              <br />
              <a href={paths.unlockUser({ id })} aria-label={text.unlockOf(name)}>
                {text.unlock}
              </a>
            </>
          )}
        </>
      ),
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
    mailLanguage: { csv: ({ mailLanguage }, language) => languageCells[mailLanguage][language] },
    timeZone: { csv: ({ timeZone }) => timeZone },
    jobTitle: { csv: ({ jobTitle }) => jobTitle },
    mobilePhone: { csv: ({ mobilePhone }) => mobilePhone },
    comment: { csv: ({ comment }) => comment },
    mobileThresholdMail: {
      csv: ({ mobileThresholdMail: receives }, language) => receiveCells[receives ? 'true' : 'false'][language],
    },
    groups: {
      long: true,
      phone: 'labelled',
      cell({ groups: [first, ...more] }, { words: text, language }) {
        if (first === undefined) return text.none
        if (more.length === 0) return groupNamed(first, language)
        return (
          <>
            {groupNamed(first, language)}
            <details>
              <summary class="small-text">{text.andMore(more.length)}</summary>
              {more.map((name) => (
                <div key={name}>{groupNamed(name, language)}</div>
              ))}
            </details>
          </>
        )
      },
      csv: ({ groups }) => groups.join(groupSeparator),
    },
    beginsOn: { csv: ({ beginsOn }) => beginsOn },
    endsOn: { csv: ({ endsOn }) => endsOn },
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
    ticked: ({ data: { ticked } }) => ticked,
    id: ({ id }) => id,
    label: ({ name, mail }, { words: text }) => text.choose(`${name} ${mail}`),
    buttons: ({ reader: { language } }) => (
      <>
        {userTasks.map((task) => (
          <Button kind={task === 'delete' ? 'danger' : 'secondary'} small name="task" value={task} key={task}>
            {taskWords[task][language]}
          </Button>
        ))}
      </>
    ),
  },
})

/** What an administrator should see to. */
function Advice({ tally, text, language }: { tally: UserTally; text: In<typeof words>; language: Language }) {
  return (
    <>
      {tally.administrators === 1 && <LoneAdministrator language={language} />}
      {tally.expired > 0 && (
        <Notice kind="info" label={text.resendAll} action={<a href={paths.resendExpired}>{text.resendAll}</a>}>
          {text.expired(tally.expired)}
        </Notice>
      )}
    </>
  )
}
