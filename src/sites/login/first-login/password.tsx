import type { JSX } from 'preact'
import { z } from 'zod'
import { choosePassword } from '#features/first-login/choose-password.ts'
import { findFirstLogin } from '#features/first-login/find.ts'
import { findPasswordProblem, longestPassword, ownWords, shortestPassword } from '#features/users/password-rules.ts'
import { Button, ButtonRow } from '#platform/ui/form/button.tsx'
import { PasswordField } from '#platform/ui/form/field.tsx'
import { fieldId } from '#platform/ui/form/field-frame.tsx'
import { ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { Icon } from '#platform/ui/text/icon.tsx'
import { Panel } from '#platform/ui/layout/panel.tsx'
import { problemAt, redirect } from '#platform/web/page.ts'
import type { In } from '#platform/words.ts'
import { passwordProblems } from '../password-problems.ts'
import { paths } from '../paths.ts'
import { loginRoom } from '../pages.ts'
import { loadStep, startAgain, stepCookie, StepHeading, stepPaths, stepTitle } from './steps.tsx'

const words = {
  ...passwordProblems,
  fresh: { ja: '新しい第1パスワード', en: 'New first password' },
  resetLead: {
    ja: '登録すると、ログイン中のブラウザはすべてログアウトされます。第2段階認証の設定は変わりません。',
    en: 'All browsers will be logged out. Your second step stays as it is.',
  },
  length: {
    ja: `${shortestPassword}文字以上${longestPassword}文字以下（文字の種類は問いません）`,
    en: `${shortestPassword} to ${longestPassword} characters of any kind`,
  },
  notCommon: {
    ja: 'よく使われるパスワードではない（ボタンを押したときに確認します）',
    en: 'Not a commonly used password (checked when you press the button)',
  },
  notOwn: {
    ja: 'メールアドレスや氏名に近くない',
    en: 'Not close to your email address or name',
  },
  met: { ja: '（満たしています）', en: ' (met)' },
  unmet: { ja: '（まだ満たしていません）', en: ' (not met yet)' },
  next: { ja: '次へ進む', en: 'Next' },
  apply: { ja: '登録する', en: 'Set the password' },
  done: {
    ja: '第1パスワードを再設定しました。新しい第1パスワードでログインしてください。',
    en: 'Your first password was set anew. Log in with it.',
  },
}

/** ②パスワード設定 */
export const firstPasswordPage = loginRoom.page({
  path: paths.firstLoginPassword,
  allow: 'anybody',
  isBeforeLogin: true,
  words,
  section: 'first-login',
  load: (ctx, asked) => loadStep(ctx, asked, 'password'),
  form: { newPassword: { label: words.fresh, value: z.string().min(1).max(1024), secret: true } },
  prepare: ({ visitor, inTransaction, passwords, asked }, { newPassword }) =>
    passwords.inLine(visitor.client.network, async ({ hash }) => {
      const firstLogin = await inTransaction((ctx) => findFirstLogin(ctx, asked.cookies['first-login'] ?? ''))
      // For whoever has not shown the identity nothing is worked out.
      if (!firstLogin || firstLogin.step === 'identity') return { problem: undefined, newHash: '' }
      const problem = findPasswordProblem(newPassword, firstLogin.user)
      return { problem, newHash: problem ? '' : await hash(newPassword) }
    }),
  async submit(ctx, { data, prepared: { problem, newHash }, words: text }) {
    if (problem) return problemAt('newPassword', text[problem])
    if (newHash === '') return startAgain
    const chosen = await choosePassword(ctx, data, newHash)
    if (!chosen.ok) return startAgain
    if (chosen.value !== 'sign-in') return redirect(stepPaths[chosen.value])
    return redirect(paths.signIn, { notice: text.done, cookies: [stepCookie(null)] })
  },
  title: ({ data, reader: { language } }) => stepTitle({ firstLogin: data, step: 'password', language }),
  view: ({ data, form, words: text, reader: { language } }) => (
    <>
      <ErrorSummary form={form} language={language} />
      <Panel roomy>
        <StepHeading firstLogin={data} step="password" language={language} />
        {data.purpose === 'password-reset' && <p>{text.resetLead}</p>}
        <Form form={form}>
          <input type="email" autocomplete="username" value={data.user.mail} hidden readOnly />
          <PasswordField
            form={form}
            name="newPassword"
            label={text.fresh}
            language={language}
            mark="required"
            autoComplete="new-password"
            autoFocus={form.problems.length === 0}
            hint={<Rules words={text} own={data.user} />}
          />
          <ButtonRow place="end">
            <Button>{data.purpose === 'password-reset' ? text.apply : text.next}</Button>
          </ButtonRow>
        </Form>
      </Panel>
    </>
  ),
})

/** A script ticks those that are met while one types. */
function Rules({ words: text, own }: { words: In<typeof words>; own: { mail: string; name: string } }): JSX.Element {
  const rules = [
    ['length', text.length],
    ['common', text.notCommon],
    ['own', text.notOwn],
  ] as const
  return (
    <ul
      class="rules"
      data-rules-for={fieldId('newPassword')}
      data-least={shortestPassword}
      data-most={longestPassword}
      data-words={ownWords(own).join('\n')}
      data-met={text.met}
      data-unmet={text.unmet}
    >
      {rules.map(([rule, said]) => (
        <li key={rule} data-rule={rule}>
          <Icon name="check" />
          <span>
            {said}
            <span class="visually-hidden" data-told="" />
          </span>
        </li>
      ))}
    </ul>
  )
}
