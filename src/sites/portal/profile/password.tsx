import { z } from 'zod'
import { userLabels } from '#sites/frame/guide-labels.ts'
import { endOwnTry, takeOwnTry } from '#features/sign-in/own-password.ts'
import { changeOwnPassword, findOwnCredential } from '#features/users/change-password.ts'
import { findPasswordProblem, longestPassword, shortestPassword } from '#features/users/password-rules.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { PasswordField } from '#platform/ui/form/field.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { problemAt, redirect } from '#platform/web/page.ts'
import { passwordProblems } from '#sites/login/password-problems.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { overProblems } from '#sites/login/sign-in/problem-words.ts'
import { profileWords } from './links.ts'
import { ProfileBreadcrumb } from './profile-breadcrumb.tsx'

const words = {
  ...passwordProblems,
  title: profileWords.password,
  lead: {
    ja: '変更すると、このブラウザ以外でのログインはすべて終了します。',
    en: 'When you change it, all other browsers are logged out.',
  },
  current: { ja: '現在の第1パスワード', en: 'Current first password' },
  fresh: { ja: '新しい第1パスワード', en: 'New first password' },
  hint: {
    ja: `${shortestPassword}文字以上${longestPassword}文字以内。文字の種類は問いません。よく使われるパスワードや、メールアドレス・名前に近いものは使えません。`,
    en: `${shortestPassword} to ${longestPassword} characters of any kind. Not a commonly used password, and not your email address or name.`,
  },
  apply: { ja: '変更する', en: 'Change' },
  cancel: userLabels.cancel,
  done: {
    ja: '第1パスワードを変更しました。ほかのブラウザでのログインは終了しました。',
    en: 'Your first password was changed. All other browsers were logged out.',
  },
  locked: overProblems.locked,
  'wrong-password': {
    ja: '現在の第1パスワードが正しくありません。大文字と小文字の違いを確認して、もう一度入力してください。',
    en: 'The current first password is not right. Check capital and small letters and enter it again.',
  },
  'changed-meanwhile': {
    ja: '別の画面で第1パスワードが変更されたため、変更していません。変更後の第1パスワードでログインし直してください。',
    en: 'The first password was changed in another window, so it was not changed here. Log in again with the one it has now.',
  },
  barEffect: {
    ja: '変更すると、ほかのブラウザのログインはすべて終わります。',
    en: 'Your logins in all other browsers end.',
  },
}

/** パスワードの変更 */
export const passwordPage = portal.page({
  path: paths.password,
  allow: 'user',
  isClosedToLooks: true,
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
    if (!changed.ok) return problemAt(undefined, text[changed.problem], changed)
    return redirect(paths.profile, { notice: text.done, cookies: [{ name: 'session', value: changed.value }] })
  },
  title: ({ words: text }) => text.title,
  view: ({ form, words: text, data, reader: { language } }) => (
    <>
      <ErrorSummary form={form} language={language} />
      <ProfileBreadcrumb language={language} current={text.title} />
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
        <CommitBar effect={text.barEffect}>
          <ButtonLink kind="secondary" href={paths.profile}>
            {text.cancel}
          </ButtonLink>
          <Button>{text.apply}</Button>
        </CommitBar>
      </Form>
    </>
  ),
})
