import { MaintenanceNotice } from '#sites/frame/maintenance-notice.tsx'
import { visitorTimeZone } from '#sites/frame/time-zone.ts'
import { z } from 'zod'
import { typedLoginId } from '#features/sign-in/login-id.ts'
import { signInLabels } from '#sites/frame/guide-labels.ts'
import { beginSignIn } from '#features/sign-in/begin.ts'
import { announced, findSiteState, type SiteState } from '#features/site-state/find.ts'
import { isConsole } from '#features/house.ts'
import { findLogin } from '#features/sign-in/find-login.ts'
import { Button } from '#platform/ui/form/button.tsx'
import { PasswordField, TextField } from '#platform/ui/form/field.tsx'
import { ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Panel } from '#platform/ui/layout/panel.tsx'
import { formatTime } from '#platform/time/format.ts'
import { problemAt, redirect } from '#platform/web/page.ts'
import { newReferenceNumber } from '#platform/web/reference-number.ts'

import { paths } from '../paths.ts'
import { loginRoom } from '../pages.ts'
import { browserIn, signedIn } from './after-second-step.ts'

/** Why the session before is over, as `over` in the address says it. */
const overWords = {
  time: {
    ja: '操作がない状態が続いたため、ログアウトしました',
    en: 'You were logged out after some time without activity',
  },
  limit: {
    ja: 'ログインの有効時間が過ぎたため、ログアウトしました',
    en: 'You were logged out because the time that a login lasts is over',
  },
  'signed-out': { ja: 'ログアウト済みです', en: 'You have logged out' },
  'ended-elsewhere': {
    ja: '別のブラウザでの操作により、ログアウトしました',
    en: 'You were logged out from another browser',
  },
  'password-changed': {
    ja: 'パスワードが変更されたため、ログアウトしました',
    en: 'You were logged out because the password was changed',
  },
  replaced: {
    ja: 'ログインし直したため、前のログインは終わりました',
    en: 'You have logged in anew, so the login before is over',
  },
  'ended-by-administrator': {
    ja: 'ポータル管理者の操作により、ログアウトしました',
    en: 'You were logged out by a portal administrator',
  },
  'ended-by-operator': {
    ja: '通信事業者の操作により、ログアウトしました',
    en: 'You were logged out by the operator',
  },
  'period-over': {
    ja: '利用期間が変わったため、ログアウトしました',
    en: 'You were logged out because your period of use was changed',
  },
  changed: {
    ja: 'ログインに関する設定が変更されたため、ログアウトしました',
    en: 'You were logged out because settings of the login were changed',
  },
}

type Over = keyof typeof overWords

const words = {
  title: { ja: '第一認証（1/2）ログイン', en: 'First step (1/2): log in' },
  step: { ja: 'ログイン（1/2）', en: 'Log in (1/2)' },
  heading: signInLabels.firstStep,
  userId: signInLabels.userId,
  password: signInLabels.firstPassword,
  next: { ja: '次へ進む', en: 'Next' },
  reset: signInLabels.resetPassword,
  firstLogin: { ja: '初めてログインする方へ（パスワードの設定手順）', en: 'First login? How to set your password' },
  ...overWords,
  back: { ja: 'ログインすると、もとの画面に戻ります。', en: 'Log in to return to where you were.' },
  kept: {
    ja: 'ログインすると、もとの画面に戻ります。入力していた内容は復元されます。',
    en: 'Log in to return to where you were. What you had entered will be there again.',
  },
  again: { ja: '続ける場合は、もう一度ログインしてください。', en: 'To continue, log in again.' },
  'wrong-password': {
    ja: 'ユーザIDまたはパスワードが正しくありません。',
    en: 'The user ID or the password is not right.',
  },
  'address-refused': {
    ja: (ip: string, number: string) =>
      `御社のアクセス制限設定により、いまのアクセス元（${ip}）からはログインできません。許可されたネットワークからログインするか、御社のポータル管理者に、このIPアドレスと受付番号（${number}）を伝えてお問い合わせください。`,
    en: (ip: string, number: string) =>
      `Your company allows logins from certain networks alone, and yours (${ip}) is not one of them. Log in from an allowed one, or ask your portal administrator and give this address and the reference number ${number}.`,
  },
  locked: {
    ja: (until: string) =>
      `ログインの失敗が続いたため、このユーザIDでのログインを一時停止しています。${until}以降に、もう一度お試しください。`,
    en: (until: string) =>
      `Logging in with this user ID is stopped for a while because it failed several times in a row. Try again after ${until}.`,
  },
}

interface Data {
  /** Why the session before has ended, if it did. */
  over: Over | undefined
  /** What was typed then was kept. */
  isKept: boolean
  returnTo: string | undefined
  isConsole: boolean
  /** Of the portal, where customers log in. */
  state?: SiteState
}

const isOver = (name = ''): name is Over => Object.hasOwn(overWords, name)

/** 第一認証: user ID and password. */
export const firstStepPage = loginRoom.page({
  path: paths.signIn,
  allow: 'anybody',
  isBeforeLogin: true,
  words,
  leadsOn: ({ query }, { ownPath, home }) => ownPath(query.return ?? '') ?? home,
  load: async ({ tx, site }, { query }): Promise<Data> => ({
    over: isOver(query.over) ? query.over : undefined,
    isKept: query.kept === 'true',
    returnTo: site.ownPath(query.return ?? ''),
    ...(isConsole(site) ? { isConsole: true } : { isConsole: false, state: await findSiteState(tx, 'portal') }),
  }),
  form: {
    username: { label: signInLabels.userId, value: typedLoginId },
    password: { label: signInLabels.firstPassword, value: z.string().min(1).max(1024), secret: true },
  },
  prepare: ({ visitor, inTransaction, passwords, asked }, { username, password }) =>
    // The place in line comes first: a try is counted only when it is judged. Nothing in it depends on who has the ID.
    passwords.inLine(visitor.client.network, async ({ verify }) => {
      const browserToken = asked.cookies.browser ?? ''
      const login = await inTransaction((ctx) => findLogin(ctx, { loginId: username, browserToken }))
      if (!login || login.lockedUntil) return { login, fits: false }
      return { login, fits: await verify(password, login.user?.passwordHash) }
    }),
  async submit(ctx, { data, prepared, words: text, asked: { cookies } }) {
    const { login, fits } = prepared
    if (!login) throw new Error('Anybody may log in')
    const begun = await beginSignIn(ctx, login, { fits, browser: browserIn(cookies) })
    if (begun.ok) {
      const { value } = begun
      if (value.state === 'complete') return signedIn(ctx, value.finished, data.returnTo)
      return redirect(paths.secondStep, {
        cookies: [
          { name: 'sign-in', value: value.token },
          { name: 'return', value: data.returnTo ?? null },
        ],
      })
    }
    if (begun.problem === 'wrong-password') return problemAt('password', text['wrong-password'], begun)
    if (begun.problem === 'address-refused') {
      const number = newReferenceNumber()
      const { ip } = ctx.client
      ctx.log.warn({ ip, number }, 'refused: not from this address')
      return problemAt(undefined, text['address-refused'](ip, number), begun)
    }
    const until = begun.until ?? ctx.now
    return problemAt(
      undefined,
      text.locked(formatTime(until, 'date-time', { zone: visitorTimeZone, language: ctx.language, now: ctx.now })),
      begun,
    )
  },
  title: ({ words: text }) => text.title,
  view: ({ data, form, words: text, reader, reader: { language } }) => (
    <>
      {data.state && <MaintenanceNotice site="portal" announced={announced(data.state, reader.now)} reader={reader} />}
      <ErrorSummary form={form} language={language} />
      {data.over && form.problems.length === 0 && (
        <Notice kind="info" heading={text[data.over]}>
          {data.returnTo === undefined ? text.again : data.isKept ? text.kept : text.back}
        </Notice>
      )}
      <Panel roomy>
        <PageHeading above={text.step} heading={text.heading} />
        <Form form={form}>
          <TextField
            form={form}
            name="username"
            label={text.userId}
            language={language}
            type="email"
            autoComplete="username"
            autoFocus={form.problems.length === 0}
          />
          <PasswordField
            form={form}
            name="password"
            label={text.password}
            language={language}
            autoComplete="current-password"
          />
          <Button wide>{text.next}</Button>
        </Form>
        <ul class="side-notes">
          <li>
            <a href={paths.reissue}>{text.reset}</a>
          </li>
          {!data.isConsole && (
            <li>
              <a href={paths.firstLoginHelp}>{text.firstLogin}</a>
            </li>
          )}
        </ul>
      </Panel>
    </>
  ),
})
