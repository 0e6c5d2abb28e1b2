import { userLabels } from '#sites/frame/guide-labels.ts'
import { endByAdministrator } from '#features/sessions/end-by-administrator.ts'
import { findOpenSessions, type SessionScope, type UsersSession } from '#features/sessions/list-open.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { type Column, Table } from '#platform/ui/list/table.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import { untranslated } from '#platform/ui/text/untranslated.ts'
import { type Redirect, redirect, type View } from '#platform/web/page.ts'
import { accessHistoryTitle } from '../access-history/words.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { sessionScopeIn } from './chosen-sessions.ts'
import { openSessionsTitle, sessionLabels } from './words.ts'

const words = {
  ...sessionLabels,
  title: { ja: '強制ログアウト', en: 'Log users out' },
  history: accessHistoryTitle,
  list: openSessionsTitle,
  question: {
    ja: (n: number) => `以下の${n}件のログインを終了しますか？　保存していない入力は失われます。`,
    en: (n: number) =>
      n === 1
        ? 'End this login? What is typed and not saved there is lost.'
        : `End these ${n} logins? What is typed and not saved there is lost.`,
  },
  more: { ja: (n: number) => `ほか${n}件`, en: (n: number) => `and ${n} more` },
  effect: {
    ja: 'すぐにログアウトされ、対象のユーザーにメールでお知らせします。',
    en: 'They are logged out at once, and told by mail.',
  },
  cancel: userLabels.cancel,
  done: {
    ja: (sessions: number, users: number) => `${users}名のユーザーのログイン${sessions}件を終了しました。`,
    en: (sessions: number, users: number) => `Logins ended: ${sessions} (users: ${users}).`,
  },
  gone: {
    ja: '選択されたログインは、すでに終了していました。',
    en: 'The logins you had chosen had ended already.',
  },
}

interface Data {
  scope: SessionScope
  sessions: UsersSession[]
  count: number
}

/** 強制ログアウト: which logins, and the button that ends them. */
export const endOpenSessionsPage = portal.page({
  path: paths.endOpenSessions,
  allow: 'portal-administrator',
  isClosedToLooks: true,
  words,
  section: 'administration',
  async load(ctx, { query }): Promise<Data | Redirect> {
    const scope = sessionScopeIn(query)
    if (!scope) return redirect(paths.openSessions)
    const { sessions, count } = await findOpenSessions(ctx, scope)
    if (count === 0) return redirect(paths.openSessions, { notice: words.gone[ctx.language] })
    return { scope, sessions, count }
  },
  critical: {
    async submit(ctx, { data: { scope }, words: text }) {
      const { sessions, users } = await endByAdministrator(ctx, scope)
      return redirect(paths.openSessions, { notice: text.done(sessions, users) })
    },
  },
  title: ({ words: text }) => text.title,
  view(view) {
    const { data, form, words: text, reader } = view
    const { sessions, count } = data
    const { language } = reader
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <Breadcrumb
          language={language}
          trail={[
            { label: text.history, href: paths.accessHistory },
            { label: text.list, href: paths.openSessions },
          ]}
          current={text.title}
        />
        <PageHeading heading={text.title} lead={text.question(count)} tall />
        <Table caption={text.list} rows={sessions} rowKey={({ id }) => id} columns={columnsIn(view)} />
        {count > sessions.length && <p>{text.more(count - sessions.length)}</p>}
        <Form form={form}>
          <CommitBar effect={text.effect}>
            <ButtonLink kind="secondary" href={paths.openSessions}>
              {text.cancel}
            </ButtonLink>
            <Button kind="danger-confirm">{text.end}</Button>
          </CommitBar>
        </Form>
      </>
    )
  },
})

function columnsIn({ words: text, reader }: View<Data, typeof words>): Column<UsersSession>[] {
  const { language, timeZone: zone, now } = reader
  return [
    { label: text.user, header: true, long: true, cell: ({ user }) => user.name },
    { label: text.ip, long: true, cell: ({ ip }) => <span {...untranslated}>{ip}</span> },
    { label: text.browser, long: true, cell: ({ browser }) => browser || text.unknown },
    {
      label: text['last-used'],
      phone: 'labelled',
      cell: ({ lastUsedAt }) => <Time at={lastUsedAt} zone={zone} language={language} now={now} />,
    },
  ]
}
