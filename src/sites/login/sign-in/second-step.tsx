import { z } from 'zod'
import { signInLabels } from '#sites/frame/guide-labels.ts'
import { findAwaitedSignIn } from '#features/sign-in/awaited.ts'
import { trustLasts, trustSlides } from '#features/trusted-browsers/rule.ts'
import { days } from '#platform/time/duration.ts'
import { Button } from '#platform/ui/form/button.tsx'
import { CheckField, CodeField } from '#platform/ui/form/field.tsx'
import { ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Panel } from '#platform/ui/layout/panel.tsx'
import { paths } from '../paths.ts'
import { loginRoom } from '../pages.ts'
import { endSecondStep, loadAwaited } from './after-second-step.ts'
import { RefusedLogin } from './refused-login.tsx'
import { codeField } from './code-field.ts'
import { CodeHint, deliveryWords, ResendCode, WhereCodeIs } from './mailed-code.tsx'
import { codeProblems } from './problem-words.ts'

const [slides, lasts] = [trustSlides / days, trustLasts / days]

const words = {
  ...codeProblems,
  ...deliveryWords,
  title: { ja: '第二認証（2/2）ログイン', en: 'Second step (2/2): log in' },
  step: { ja: 'ログイン（2/2）', en: 'Log in (2/2)' },
  heading: signInLabels.secondStep,
  notSent: {
    ja: 'このユーザIDへのコードの送信が1時間の上限に達したため、送信していません。1時間以上おいて、第一認証からやり直すか、リカバリーコードをお使いください。',
    en: 'No code was sent, because too many were sent to this user ID within an hour. Begin again in an hour, or use a recovery code.',
  },
  code: codeField.label,
  trust: {
    ja: `このブラウザでは、次回から${slides}日間、第二認証をスキップする`,
    en: `Skip the second step in this browser for the next ${slides} days`,
  },
  trustHint: {
    ja: (browser: string) =>
      `${browser}。ログインするたびに延長され、最長${lasts}日です。ほかの方も使う端末では選択しないでください。`,
    en: (browser: string) =>
      `${browser}. Each login lengthens it, to ${lasts} days at most. Not on a device that others use, too.`,
  },
  unknownBrowser: { ja: '不明なブラウザ', en: 'Unknown browser' },
  signIn: { ja: 'ログインする', en: 'Log in' },
  noMail: { ja: 'メールが届かないとき', en: 'If no mail arrives' },
  noMailText: {
    ja: '迷惑メールのフォルダをご確認ください。届かない場合は、御社のポータル管理者にご連絡ください。',
    en: 'Look into the folder for unwanted mail. If it is not there, ask your portal administrator.',
  },
  newDevice: { ja: '端末を変えた場合や、コードを受け取れない場合：', en: 'New phone, or no way to get a code? ' },
  recovery: { ja: 'リカバリーコードを使う', en: 'Use a recovery code' },
  back: { ja: '第一認証に戻る', en: 'Back to the first step' },
}

/** 第二認証: the code, from a mail or from an authenticator. */
export const secondStepPage = loginRoom.page({
  path: paths.secondStep,
  allow: 'anybody',
  isBeforeLogin: true,
  words,
  load: loadAwaited,
  form: { code: codeField, trust: { label: words.trust, value: z.literal('on').optional() } },
  submit: (ctx, { data, input, asked, words: text }) =>
    endSecondStep(
      ctx,
      { signIn: data, code: input.code, kind: 'own-factor', trusts: input.trust === 'on' },
      { asked, field: 'code', words: text },
    ),
  title: ({ words: text }) => text.title,
  view: (view) => {
    const { data, form, words: text, reader, tokenFor } = view
    const { language } = reader
    const code = { signIn: data, reader }
    if (data.isRefused) return <RefusedLogin language={language} />
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <Panel roomy>
          <PageHeading
            above={text.step}
            heading={text.heading}
            lead={data.secondFactor === 'totp' || data.code ? <WhereCodeIs {...code} /> : text.notSent}
            tall
          />
          <Form form={form}>
            <CodeField
              form={form}
              name="code"
              label={text.code}
              language={language}
              autoFocus={form.problems.length === 0}
              hint={<CodeHint {...code} pollPath={paths.delivery} />}
            />
            {data.mayTrust && (
              <CheckField
                form={form}
                name="trust"
                label={text.trust}
                language={language}
                hint={text.trustHint(data.browser || text.unknownBrowser)}
              />
            )}
            <Button wide>{text.signIn}</Button>
          </Form>
          <ul class="side-notes">
            <ResendCode {...code} form={{ action: paths.resendCode, token: tokenFor(paths.resendCode) }} />
            {data.code && (
              <li>
                <details>
                  <summary>{text.noMail}</summary>
                  <p>{text.noMailText}</p>
                </details>
              </li>
            )}
            <li>
              {text.newDevice}
              <a href={paths.recoveryCode}>{text.recovery}</a>
            </li>
            <li>
              <a href={paths.signIn}>{text.back}</a>
            </li>
          </ul>
        </Panel>
      </>
    )
  },
})

/** Tells the script how far the mail with the code has come. */
export const deliveryAnswer = loginRoom.answer({
  path: paths.delivery,
  allow: 'anybody',
  words,
  async load(ctx, { cookies }, text) {
    const awaited = await findAwaitedSignIn(ctx, cookies['sign-in'] ?? '')
    return { text: awaited?.code && !awaited.isRefused ? text[awaited.code.delivery] : '' }
  },
})
