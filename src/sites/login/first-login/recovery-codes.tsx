import { z } from 'zod'
import { enterPortal } from '#features/first-login/enter-portal.ts'
import { readCodes } from '#features/first-login/recovery-codes.ts'
import type { FirstLogin } from '#features/first-login/find.ts'
import { Button, ButtonRow } from '#platform/ui/form/button.tsx'
import { CheckField } from '#platform/ui/form/field.tsx'
import { ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { Icon } from '#platform/ui/text/icon.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Panel } from '#platform/ui/layout/panel.tsx'
import { problemAt, type Redirect, redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { loginRoom } from '../pages.ts'
import { browserIn, signedIn } from '../sign-in/after-second-step.ts'
import { loadStep, startAgain, stepCookie } from './steps.tsx'
import { untranslated } from '#platform/ui/text/untranslated.ts'

const words = {
  title: { ja: 'リカバリーコード', en: 'Recovery codes' },
  registered: { ja: '登録が完了しました', en: 'Registration complete' },
  lead: {
    ja: '認証アプリやメールを使えないときに、認証コードの代わりに入力できます。1つのコードは1回だけ使えます。',
    en: 'Enter one of them in place of the code when you cannot use your app or mail. Each works once.',
  },
  once: {
    ja: 'この画面を閉じると、コードは二度と表示されません。パスワードとは別の安全な場所に保管してください。',
    en: 'They are never shown again. Keep them in a safe place, apart from your password.',
  },
  codes: { ja: 'コードの一覧', en: 'The codes' },
  copy: { ja: 'コピーする', en: 'Copy' },
  copied: { ja: 'リカバリーコードをコピーしました', en: 'The recovery codes were copied' },
  print: { ja: '印刷する', en: 'Print' },
  kept: { ja: 'リカバリーコードを保管しました', en: 'I have kept the recovery codes' },
  notKept: {
    ja: 'リカバリーコードを保管してから、「リカバリーコードを保管しました」にチェックを入れてください。',
    en: 'Keep the recovery codes first, then tick “I have kept the recovery codes”.',
  },
  signIn: { ja: 'ログインする', en: 'Log in' },
  enterCode: { ja: '認証コードの入力へ進む', en: 'Continue to the code' },
  done: {
    ja: '登録が完了しました。登録した第1パスワードでログインしてください。',
    en: 'Your registration is complete. Log in with the password you have set.',
  },
}

interface Data extends FirstLogin {
  codes: string[]
}

/** After the last step: ten codes, until their user says that they are kept. */
export const firstCodesPage = loginRoom.page({
  path: paths.firstLoginCodes,
  allow: 'anybody',
  isBeforeLogin: true,
  words,
  section: 'first-login',
  async load(ctx, asked): Promise<Data | Redirect> {
    const firstLogin = await loadStep(ctx, asked, 'recovery-codes')
    return 'kind' in firstLogin ? firstLogin : { ...firstLogin, codes: readCodes(ctx, firstLogin) ?? [] }
  },
  form: { kept: { label: words.kept, value: z.literal('on').optional() } },
  async submit(ctx, { data, input, asked, words: text }) {
    if (!input.kept) return problemAt('kept', text.notKept)
    const entered = await enterPortal(ctx, data, browserIn(asked.cookies))
    if (!entered.ok) return startAgain
    const { value } = entered
    if (value.state === 'log-in') return redirect(paths.signIn, { notice: text.done, cookies: [stepCookie(null)] })
    if (value.state === 'complete') return leaving(signedIn(ctx, value.finished, undefined))
    return leaving(redirect(paths.secondStep, { cookies: [{ name: 'sign-in', value: value.token }] }))
  },
  title: ({ words: text }) => text.title,
  view: ({ data, form, words: text, reader: { language } }) => (
    <>
      <ErrorSummary form={form} language={language} />
      <Panel roomy>
        <PageHeading above={text.registered} heading={text.title} lead={text.lead} tall />
        <Notice kind="warning" label={text.title}>
          {text.once}
        </Notice>
        <div>
          <ul class="recovery-codes" aria-label={text.codes} {...untranslated}>
            {data.codes.map((code) => (
              <li key={code}>{code}</li>
            ))}
          </ul>
          <ButtonRow>
            <button
              class="button button-secondary button-small"
              type="button"
              hidden
              data-copy={data.codes.join('\n')}
              data-copied={text.copied}
            >
              <Icon name="copy" />
              {text.copy}
            </button>
            <button class="button button-secondary button-small" type="button" data-print="">
              <Icon name="print" />
              {text.print}
            </button>
          </ButtonRow>
        </div>
        <Form form={form}>
          <CheckField form={form} name="kept" label={text.kept} language={language} />
          <ButtonRow place="end">
            <Button>{data.secondFactor === 'mail-otp' ? text.enterCode : text.signIn}</Button>
          </ButtonRow>
        </Form>
      </Panel>
    </>
  ),
})

/** The first login is over: its cookie goes. */
const leaving = (to: Redirect): Redirect => ({ ...to, cookies: [...to.cookies, stepCookie(null)] })
