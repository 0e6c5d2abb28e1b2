import { z } from 'zod'
import { openSessionList } from '#features/sessions/list-open.ts'
import { isPinned } from '#features/shortcuts/set-pin.ts'
import { thingOfListing } from '#features/subjects/listings.ts'
import { rowId } from '#platform/form.ts'
import { Button, ButtonRow } from '#platform/ui/form/button.tsx'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { idsText, mostChosen } from '#platform/ui/list/chosen-ids.ts'
import { hrefOf } from '#platform/ui/list/list-query.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { Badge } from '#platform/ui/text/status.tsx'
import { untranslated } from '#platform/ui/text/untranslated.ts'
import { problemAt, redirect } from '#platform/web/page.ts'
import { accessHistoryTitle, factorWords } from '../access-history/words.ts'
import { paths } from '../paths.ts'
import { PinButton } from '../shortcuts/pin-button.tsx'
import { portal } from '../site.tsx'
import { MailBelow } from '../users/person.tsx'
import { openSessionsTitle, sessionLabels } from './words.ts'

const words = {
  ...sessionLabels,
  title: openSessionsTitle,
  history: accessHistoryTitle,
  about: {
    ja: '御社のユーザーが、いまログインしているブラウザの一覧です。',
    en: 'The browsers in which users of your company are logged in now.',
  },
  session: { ja: 'ログイン', en: 'Login' },
  task: { ja: '操作', en: 'What to do' },
  noMatch: { ja: '条件に合うログインがありません', en: 'No login matches' },
  choose: {
    ja: (name: string, browser: string) => `${name}さんのログイン（${browser}）を選択する`,
    en: (name: string, browser: string) => `Choose the login of ${name} (${browser})`,
  },
  chosen: {
    ja: 'チェックを付けたログインが対象です。このブラウザでのログインは対象になりません。',
    en: 'This is about the logins you have ticked. Your own login in this browser is left out.',
  },
  endChosen: { ja: '強制ログアウトする', en: 'Log out' },
  endOthers: { ja: 'このブラウザ以外をすべて強制ログアウトする', en: 'Log out all but this browser' },
  noneChosen: {
    ja: 'ログインが選択されていません。強制ログアウトするログインにチェックを付けてください。',
    en: 'No login is ticked. Tick those that you want to end.',
  },
  ofOne: {
    ja: (name: string) => `${name}さんのログインだけを表示しています。`,
    en: (name: string) => `Only the logins of ${name} are shown.`,
  },
  all: { ja: '全ユーザーのログインを表示する', en: 'Show the logins of all users' },
  ofUser: { ja: (name: string) => `${name}さんのログイン履歴`, en: (name: string) => `Login history of ${name}` },
}

const asked = z.object({ user: rowId.optional().catch(undefined) })

const thing = thingOfListing('open-sessions')

/** ログイン中のユーザー. It is never empty: whoever looks at it is in it. */
export const openSessionsPage = portal.list({
  path: paths.openSessions,
  allow: 'portal-administrator',
  isClosedToLooks: true,
  words,
  section: 'administration',
  from: openSessionList,
  async load(ctx, { query }, read) {
    const { user } = asked.parse(query)
    const [list, pinned] = await Promise.all([read({ userId: user }, { user }), isPinned(ctx, thing)])
    return { list, userId: user, isPinned: pinned }
  },
  about: () => thing,
  form: {
    session: { label: words.session, value: z.array(rowId).max(mostChosen), many: true },
    task: { label: words.task, value: z.enum(['chosen', 'others']) },
  },
  async submit(_ctx, { input: { session, task }, words: text }) {
    if (task === 'others') return redirect(hrefOf(paths.endOpenSessions, { all: 'others' }))
    if (session.length === 0) return problemAt('session', text.noneChosen)
    return redirect(hrefOf(paths.endOpenSessions, { sessions: idsText(session) }))
  },
  heading: (view) => (
    <>
      <Breadcrumb
        language={view.reader.language}
        trail={[{ label: view.words.history, href: paths.accessHistory }]}
        current={view.words.title}
      />
      <PageHeading
        heading={view.words.title}
        lead={view.words.about}
        actions={<PinButton view={view} thing={thing} isPinned={view.data.isPinned} />}
      />
    </>
  ),
  above: ({ data: { list, userId }, words: text }) =>
    userId !== undefined && (
      <Notice kind="info" label={text.user} action={<a href={paths.openSessions}>{text.all}</a>}>
        {text.ofOne(list.beside.userName ?? text.unknown)}
      </Notice>
    ),
  conditions: ({ data: { list, userId }, words: text }) =>
    userId === undefined ? [] : [text.ofOne(list.beside.userName ?? text.unknown)],
  columns: {
    user: {
      header: true,
      long: true,
      cell: ({ user, isThisOne }, { words: text }) => (
        <>
          <a href={hrefOf(paths.accessHistory, { user: user.id })} aria-label={text.ofUser(user.name)}>
            {user.name}
          </a>{' '}
          {isThisOne && <Badge kind="current">{text.thisOne}</Badge>}
          <MailBelow mail={user.mail} />
        </>
      ),
      csv: ({ user }) => user.name,
    },
    secondFactor: { csv: ({ secondFactor }, language) => factorWords[secondFactor][language] },
    ip: { long: true, cell: ({ ip }) => <span {...untranslated}>{ip}</span>, csv: ({ ip }) => ip },
    browser: {
      long: true,
      cell: ({ browser }, { words: text }) => browser || text.unknown,
      csv: ({ browser }) => browser,
    },
    started: {
      number: true,
      phone: 'labelled',
      cell: ({ startedAt }, { time }) => time(startedAt),
      csvTime: ({ startedAt }) => startedAt,
    },
    'last-used': {
      number: true,
      phone: 'labelled',
      cell: ({ lastUsedAt }, { time }) => time(lastUsedAt),
      csvTime: ({ lastUsedAt }) => lastUsedAt,
    },
  },
  csv: paths.openSessionsCsv,
  choose: {
    field: 'session',
    formId: 'sessions',
    id: ({ id }) => id,
    label: ({ user, browser }, { words: text }) => text.choose(user.name, browser || text.unknown),
    buttons: ({ words: text }) => (
      <ButtonRow>
        <Button kind="danger" small name="task" value="chosen">
          {text.endChosen}
        </Button>
        <Button kind="danger" small name="task" value="others">
          {text.endOthers}
        </Button>
      </ButtonRow>
    ),
  },
})
