import { endOtherSession, endOtherSessions } from '#features/sessions/end.ts'
import { listOwnSessions } from '#features/sessions/list.ts'
import { rowId } from '#platform/form.ts'
import { Button, ButtonRow } from '#platform/ui/form/button.tsx'
import { ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Badge } from '#platform/ui/text/status.tsx'
import { Table } from '#platform/ui/list/table.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import { redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { profileWords } from './links.ts'
import { ProfileBreadcrumb } from './profile-breadcrumb.tsx'

const words = {
  title: profileWords.sessions,
  lead: {
    ja: '心当たりのないブラウザがあるときは、そのブラウザをログアウトさせ、第1パスワードを変更してください。',
    en: 'If you do not recognise a browser, log it out and change your first password.',
  },
  browser: { ja: 'ブラウザ', en: 'Browser' },
  unknown: { ja: '不明なブラウザ', en: 'Unknown browser' },
  thisOne: { ja: 'このブラウザ', en: 'This browser' },
  ip: { ja: '接続元', en: 'From' },
  since: { ja: 'ログイン', en: 'Logged in' },
  lastUsed: { ja: '最後の操作', en: 'Last used' },
  action: { ja: '操作', en: 'Action' },
  end: { ja: 'ログアウトさせる', en: 'Log out' },
  endThis: {
    ja: (browser: string, ip: string) => `${browser}（${ip}）をログアウトさせる`,
    en: (browser: string, ip: string) => `Log out ${browser} (${ip})`,
  },
  endAll: { ja: 'ほかのブラウザをすべてログアウトさせる', en: 'Log out all other browsers' },
  ended: { ja: '選んだブラウザをログアウトさせました。', en: 'The browser was logged out.' },
  allEnded: { ja: 'ほかのブラウザをすべてログアウトさせました。', en: 'All other browsers were logged out.' },
  gone: { ja: '選んだブラウザは、すでにログアウトしています。', en: 'The browser had been logged out already.' },
  session: { ja: 'ログイン', en: 'Login' },
}

/** ログイン中のブラウザ */
export const sessionsPage = portal.page({
  path: paths.sessions,
  allow: 'user',
  isClosedToLooks: true,
  words,
  section: 'profile',
  load: listOwnSessions,
  async submit(ctx, { words: text }) {
    await endOtherSessions(ctx)
    return redirect(paths.sessions, { notice: text.allEnded })
  },
  title: ({ words: text }) => text.title,
  view: ({ data: sessions, form, words: text, tokenFor, reader: { language, now, timeZone: zone } }) => (
    <>
      <ErrorSummary form={form} language={language} />
      <ProfileBreadcrumb language={language} current={text.title} />
      <PageHeading heading={text.title} lead={text.lead} />
      <Table
        caption={text.title}
        rows={sessions}
        rowKey={({ id }) => id}
        columns={[
          {
            label: text.browser,
            header: true,
            cell: ({ browser, isThisOne }) => (
              <>
                {browser || text.unknown} {isThisOne && <Badge kind="current">{text.thisOne}</Badge>}
              </>
            ),
          },
          { label: text.ip, phone: 'labelled', cell: ({ ip }) => ip },
          {
            label: text.since,
            phone: 'labelled',
            cell: ({ startedAt }) => <Time at={startedAt} zone={zone} language={language} now={now} />,
          },
          {
            label: text.lastUsed,
            phone: 'labelled',
            cell: ({ lastUsedAt }) => <Time at={lastUsedAt} zone={zone} language={language} now={now} />,
          },
          {
            label: text.action,
            hideLabel: true,
            phone: 'end',
            cell: ({ id, browser, ip, isThisOne }) =>
              !isThisOne && (
                <Form form={{ action: paths.endSession, token: tokenFor(paths.endSession) }} layout="plain">
                  <input type="hidden" name="session" value={id} />
                  <Button kind="secondary" small label={text.endThis(browser || text.unknown, ip)}>
                    {text.end}
                  </Button>
                </Form>
              ),
          },
        ]}
      />
      {sessions.length > 1 && (
        <Form form={form}>
          <ButtonRow>
            <Button kind="secondary">{text.endAll}</Button>
          </ButtonRow>
        </Form>
      )}
    </>
  ),
})

/** Target of 「ログアウトさせる」. */
export const endSessionAction = portal.action({
  path: paths.endSession,
  allow: 'user',
  words,
  form: { session: { label: words.session, value: rowId } },
  back: paths.sessions,
  async submit(ctx, { input, words: text }) {
    const ended = await endOtherSession(ctx, input.session)
    return redirect(paths.sessions, { notice: ended ? text.ended : text.gone })
  },
})
