import { Button } from '#platform/ui/form/button.tsx'
import { CodeField } from '#platform/ui/form/field.tsx'
import { ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Panel } from '#platform/ui/layout/panel.tsx'
import { paths } from '../paths.ts'
import { loginRoom } from '../pages.ts'
import { endSecondStep, loadAwaited } from './after-second-step.ts'
import { recoveryCodeField } from './code-field.ts'
import { codeProblems } from './problem-words.ts'
import { RefusedLogin } from './refused-login.tsx'

const words = {
  ...codeProblems,
  'wrong-code': {
    ja: 'リカバリーコードが正しくないか、すでに使われています。まだ使っていないコードを入力してください。',
    en: 'The recovery code is not right or has been used. Enter one that you have not used.',
  },
  title: { ja: 'リカバリーコードでログイン（2/2）', en: 'Log in with a recovery code (2/2)' },
  step: { ja: 'ログイン（2/2）', en: 'Log in (2/2)' },
  heading: { ja: 'リカバリーコード', en: 'Recovery code' },
  lead: {
    ja: 'お手元に保管しているリカバリーコードを1つ入力してください。使ったコードは、もう一度使うことはできません。',
    en: 'Enter one of the recovery codes that you keep. Each works once.',
  },
  code: recoveryCodeField.label,
  hint: { ja: '大文字と小文字、ハイフンの有無は問いません。', en: 'Capitals and hyphens make no difference.' },
  signIn: { ja: 'ログインする', en: 'Log in' },
  back: { ja: '第二認証に戻る', en: 'Back to the second step' },
}

/** For whoever has lost the second factor. */
export const recoveryCodePage = loginRoom.page({
  path: paths.recoveryCode,
  allow: 'anybody',
  isBeforeLogin: true,
  words,
  load: loadAwaited,
  form: { recoveryCode: recoveryCodeField },
  submit: (ctx, { data, input, asked, words: text }) =>
    endSecondStep(
      ctx,
      { signIn: data, code: input.recoveryCode, kind: 'recovery-code', trusts: false },
      { asked, field: 'recoveryCode', words: text },
    ),
  title: ({ words: text }) => text.title,
  view: ({ data, form, words: text, reader: { language } }) =>
    data.isRefused ? (
      <RefusedLogin language={language} />
    ) : (
      <>
        <ErrorSummary form={form} language={language} />
        <Panel roomy>
          <PageHeading above={text.step} heading={text.heading} lead={text.lead} tall />
          <Form form={form}>
            <CodeField
              kind="recovery"
              form={form}
              name="recoveryCode"
              label={text.code}
              language={language}
              hint={text.hint}
              autoFocus={form.problems.length === 0}
            />
            <Button wide>{text.signIn}</Button>
          </Form>
          <ul class="side-notes">
            <li>
              <a href={paths.secondStep}>{text.back}</a>
            </li>
          </ul>
        </Panel>
      </>
    ),
})
