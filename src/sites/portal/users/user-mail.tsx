import { z } from 'zod'
import { userLabels } from '#sites/frame/guide-labels.ts'
import { changeMail, withdrawMailChange } from '#features/users/change-mail.ts'
import { findUser, type User } from '#features/users/user.ts'
import { MailAddress } from '#platform/ui/text/mail-address.tsx'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { TextField } from '#platform/ui/form/field.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { notFound, problemAt, redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { mailField } from './user-fields.ts'
import { changedMeanwhile, listTitle, mailProblems } from './words.ts'

const words = {
  ...mailProblems,
  'changed-meanwhile': changedMeanwhile,
  title: { ja: 'メールアドレスの変更', en: 'Change the email address' },
  list: listTitle,
  missing: {
    ja: '新しいメールアドレスが入力されていません。新しいメールアドレスを入力してください。',
    en: 'New email address is missing. Enter it.',
  },
  now: { ja: '現在のメールアドレス', en: 'The email address now' },
  waiting: { ja: '確認を待っているメールアドレス', en: 'Awaiting confirmation' },
  newMail: { ja: '新しいメールアドレス', en: 'New email address' },
  lead: {
    ja: '新しいメールアドレスに確認のURLを送信します。確認されるまでは、現在のメールアドレスでログインします。',
    en: 'A URL is mailed to the new address. Until it is confirmed there, the present address is used to log in.',
  },
  leadAwaiting: {
    ja: '登録待ちのユーザーです。新しいメールアドレスに案内メールを送信します。',
    en: 'The user awaits registration: the opening notice goes to the new address.',
  },
  effect: {
    ja: '現在のメールアドレスにも、変更をお知らせします。',
    en: 'The present address is told, too.',
  },
  cancel: userLabels.cancel,
  change: { ja: '変更する', en: 'Change' },
  withdraw: { ja: '変更を取り消す', en: 'Withdraw the change' },
  changed: {
    ja: '案内メールを新しいメールアドレスに送信しました。',
    en: 'The opening notice was sent to the new address.',
  },
  asked: {
    ja: '確認のメールを新しいメールアドレスに送信しました。',
    en: 'A mail to confirm it was sent to the new address.',
  },
  withdrawn: { ja: 'メールアドレスの変更を取り消しました。', en: 'The change was withdrawn.' },
}

/** メールアドレスの変更 */
export const userMailPage = portal.page({
  path: paths.userMail,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  load: async (ctx, { params: { id } }) => (await findUser(ctx, id)) ?? notFound,
  form: {
    mail: { ...mailField, label: words.newMail, value: z.union([mailField.value, z.literal('')]) },
    withdraw: { label: words.withdraw, value: z.literal('on').optional() },
  },
  check: ({ input, words: text }) =>
    input.mail === '' && input.withdraw !== 'on' ? problemAt('mail', text.missing) : undefined,
  async submit(ctx, { data: user, words: text }) {
    await withdrawMailChange(ctx, user)
    return redirect(paths.user({ id: user.id }), { notice: text.withdrawn })
  },
  critical: {
    when: ({ input }) => input.withdraw !== 'on',
    async submit(ctx, { data: user, input, words: text }) {
      const changed = await changeMail(ctx, user, input.mail)
      const notice = changed.ok && changed.value === 'changed' ? text.changed : text.asked
      if (changed.ok) return redirect(paths.user({ id: user.id }), { notice })
      const field = changed.problem === 'changed-meanwhile' ? undefined : 'mail'
      return problemAt(field, text[changed.problem], changed)
    },
  },
  title: ({ words: text }) => text.title,
  view({ data: user, form, words: text, reader: { language } }) {
    const back = paths.user({ id: user.id })
    const awaits = user.state === 'awaiting-registration'
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <Breadcrumb
          language={language}
          trail={[
            { label: text.list, href: paths.users },
            { label: user.name, href: back },
          ]}
          current={text.title}
        />
        <PageHeading heading={text.title} lead={awaits ? text.leadAwaiting : text.lead} tall />
        <Waiting user={user} text={text} />
        <Form form={form} layout="page">
          <TextField
            form={form}
            name="mail"
            label={text.newMail}
            language={language}
            type="email"
            mark="required"
            most={200}
          />
          <CommitBar effect={awaits ? text.leadAwaiting : text.effect}>
            <ButtonLink kind="secondary" href={back}>
              {text.cancel}
            </ButtonLink>
            <Button>{text.change}</Button>
          </CommitBar>
        </Form>
        {user.newMail !== null && (
          <Form form={form} layout="plain">
            <input type="hidden" name="mail" value="" />
            <Button kind="quiet" name="withdraw" value="on">
              {text.withdraw}
            </Button>
          </Form>
        )}
      </>
    )
  },
})

function Waiting({ user, text }: { user: User; text: { now: string; waiting: string } }) {
  return (
    <Facts
      facts={[
        { term: text.now, value: <MailAddress mail={user.mail} /> },
        ...(user.newMail === null ? [] : [{ term: text.waiting, value: user.newMail }]),
      ]}
    />
  )
}
