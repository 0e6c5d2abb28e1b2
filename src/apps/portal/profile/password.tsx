import { z } from 'zod'
import { endOwnTry, takeOwnTry } from '#features/sign-in/own-password.ts'
import { changeOwnPassword, findOwnCredential } from '#features/users/change-password.ts'
import { findPasswordProblem } from '#features/users/password-rules.ts'
import { Button, ButtonLink, ButtonRow } from '#platform/ui/button.tsx'
import { PasswordField } from '#platform/ui/field.tsx'
import { ErrorSummary, Form } from '#platform/ui/form.tsx'
import { PageHeading } from '#platform/ui/page-heading.tsx'
import { problemAt, redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portalPage } from '../portal-page.ts'
import { secondStepProblems } from '../sign-in/problem-words.ts'
import { profileWords } from './links.ts'

const words = {
  title: profileWords.password,
  lead: {
    ja: '変更すると、このブラウザ以外でのログインはすべて終了します。',
    en: 'All other browsers will be logged out.',
  },
  current: { ja: '現在の第1パスワード', en: 'Present password' },
  fresh: { ja: '新しい第1パスワード', en: 'New password' },
  hint: {
    ja: '10文字以上128文字以内。文字の種類は問いません。よく使われるパスワードや、メールアドレス・名前に近いものは使えません。',
    en: '10 to 128 characters of any kind. Not a commonly used password, and not your email address or name.',
  },
  apply: { ja: '変更する', en: 'Change' },
  cancel: { ja: 'キャンセル', en: 'Cancel' },
  done: {
    ja: '第1パスワードを変更しました。ほかのブラウザでのログインは終了しました。',
    en: 'Your password was changed. All other browsers are logged out.',
  },
  locked: secondStepProblems.locked,
  'wrong-password': { ja: '現在の第1パスワードが正しくありません。', en: 'The present password is not right.' },
  'changed-meanwhile': {
    ja: '別の画面でパスワードが変更されました。もう一度お試しください。',
    en: 'The password was changed in another window. Try again.',
  },
  'too-short': {
    ja: '新しい第1パスワードは10文字以上で入力してください。',
    en: 'The new password needs at least 10 characters.',
  },
  'too-long': {
    ja: '新しい第1パスワードは128文字以内で入力してください。',
    en: 'The new password can have at most 128 characters.',
  },
  common: {
    ja: 'このパスワードは広く使われているため登録できません。別のパスワードを入力してください。',
    en: 'This password is too common. Choose another.',
  },
  'like-own-name': {
    ja: 'メールアドレスや名前に近いパスワードは登録できません。別のパスワードを入力してください。',
    en: 'This password is too close to your email address or name. Choose another.',
  },
}

/** パスワードの変更 */
export const passwordPage = portalPage({
  path: paths.password,
  allow: 'user',
  words,
  section: 'profile',
  load: async ({ actor }) => ({ mail: actor.mail }),
  form: {
    password: { label: words.current, value: z.string().min(1).max(1024), secret: true },
    newPassword: { label: words.fresh, value: z.string().min(1).max(1024), secret: true },
  },
  prepare: ({ visitor, inTransaction, passwords, asked }, { password, newPassword }) =>
    passwords.inLine(visitor.client.network, async ({ hash, verify }) => {
      const own = await inTransaction(async (ctx) => ({
        ...(await findOwnCredential(ctx)),
        actor: ctx.actor,
        ownTry: await takeOwnTry(ctx, asked.cookies.browser ?? ''),
      }))
      if (!own || own.ownTry.lockedUntil) return own && { ...own, fits: false, newHash: '', problem: undefined }
      const problem = findPasswordProblem(newPassword, own.actor)
      const fits = await verify(password, own.passwordHash)
      return { ...own, fits, problem, newHash: fits && !problem ? await hash(newPassword) : '' }
    }),
  async submit(ctx, { prepared, words: text }) {
    if (!prepared) throw new Error('Only whoever is logged in gets here')
    const { ownTry, fits, problem } = prepared
    if (ownTry.lockedUntil) return problemAt('password', text.locked)
    await endOwnTry(ctx, ownTry, fits ? 'right' : 'wrong')
    if (!fits) return problemAt('password', text['wrong-password'], { keep: true })
    if (problem) return problemAt('newPassword', text[problem], { keep: true })
    const changed = await changeOwnPassword(ctx, prepared)
    if (!changed.ok) return problemAt('', text[changed.problem], changed)
    return redirect(paths.profile, { notice: text.done, cookies: [{ name: 'session', value: changed.value }] })
  },
  title: ({ words: text }) => text.title,
  view: ({ form, words: text, data, reader: { language } }) => (
    <>
      <ErrorSummary form={form} language={language} />
      <PageHeading heading={text.title} lead={text.lead} />
      <Form form={form} layout="page">
        <input type="email" autocomplete="username" value={data.mail} hidden readOnly />
        <PasswordField
          form={form}
          name="password"
          label={text.current}
          language={language}
          autoComplete="current-password"
        />
        <PasswordField
          form={form}
          name="newPassword"
          label={text.fresh}
          language={language}
          autoComplete="new-password"
          hint={text.hint}
        />
        <ButtonRow>
          <ButtonLink kind="secondary" href={paths.profile}>
            {text.cancel}
          </ButtonLink>
          <Button>{text.apply}</Button>
        </ButtonRow>
      </Form>
    </>
  ),
})
