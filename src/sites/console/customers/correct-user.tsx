import { workingFor } from '#features/staff/see-customer.ts'
import { correctIdentity, mayBeCorrected } from '#features/users/correct.ts'
import { mailAddress, phoneNumber, userValues } from '#features/users/values.ts'
import { rowVersion } from '#platform/form.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { TextField } from '#platform/ui/form/field.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { typed } from '#platform/values.ts'
import { notFound, problemAt, redirect } from '#platform/web/page.ts'
import { userLabels } from '#sites/frame/guide-labels.ts'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { seeUser } from './see-user.ts'
import { UserTrail } from './user-parts.tsx'

const words = {
  title: { ja: '登録内容の訂正', en: 'Correct what is registered' },
  lead: {
    ja: '登録待ちのユーザーの本人確認に使う内容です。メールアドレスを変えると、これまでのURLは使えなくなり、新しいURLを新しいアドレスに送信します。',
    en: 'What the user shows to register. With another address the former URL no longer works, and a new one is mailed there.',
  },
  name: userLabels.name,
  phone: { ja: '電話番号', en: 'Phone number' },
  mail: userLabels.mailAddress,
  effect: {
    ja: 'お客様の変更履歴にあなたの番号が残ります。',
    en: 'Your number stands in the customer’s history.',
  },
  version: { ja: '版', en: 'Version' },
  cancel: userLabels.cancel,
  change: { ja: '訂正する', en: 'Correct' },
  done: { ja: '登録内容を訂正しました。', en: 'What is registered was corrected.' },
  'not-awaiting': {
    ja: 'ユーザーの状態が変わっていたため、訂正できませんでした。最新の内容をご確認ください。',
    en: 'The state of the user has changed meanwhile, so nothing was done. Look at what it is now.',
  },
  'address-taken': {
    ja: 'このメールアドレスは、すでに登録されています。別のメールアドレスを入力してください。',
    en: 'A user has this email address already. Enter another one.',
  },
}

/** Name, telephone number and address of whoever has not registered yet. */
export const correctUserPage = staffConsole.page({
  path: paths.correctUser,
  allow: 'support',
  words,
  changesByLooking: true,
  async load(ctx, { params }) {
    const seen = await seeUser(ctx, params, paths.correctUser(params))
    return seen !== notFound && mayBeCorrected(seen.user) ? seen : notFound
  },
  form: {
    name: { label: words.name, value: typed(userValues.name) },
    phone: { label: words.phone, value: typed(phoneNumber) },
    mail: { label: words.mail, value: typed(mailAddress) },
    version: { label: words.version, value: rowVersion },
  },
  initial: ({ user: { name, phone, mail, version } }) => ({ name, phone, mail, version: String(version) }),
  critical: {
    async submit(ctx, { data: { customer, user }, input, words: text }) {
      const working = await workingFor(ctx, customer)
      const { version, ...identity } = input
      const corrected = await correctIdentity(working, { ...user, version }, identity)
      if (!corrected.ok) {
        const field = corrected.problem === 'address-taken' ? 'mail' : undefined
        return problemAt(field, text[corrected.problem], corrected)
      }
      return redirect(paths.user({ customer: customer.id, id: user.id }), { notice: text.done })
    },
  },
  title: ({ words: text }) => text.title,
  view({ data: { customer, user }, form, words: text, reader: { language } }) {
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <UserTrail customer={customer} user={user} language={language} current={text.title} />
        <PageHeading heading={text.title} lead={text.lead} tall />
        <Form form={form} layout="page">
          <input type="hidden" name="version" value={user.version} />
          <TextField form={form} name="name" label={text.name} language={language} mark="required" />
          <TextField form={form} name="phone" label={text.phone} language={language} mark="required" type="tel" />
          <TextField form={form} name="mail" label={text.mail} language={language} mark="required" type="email" />
          <CommitBar effect={text.effect}>
            <ButtonLink kind="secondary" href={paths.user({ customer: customer.id, id: user.id })}>
              {text.cancel}
            </ButtonLink>
            <Button>{text.change}</Button>
          </CommitBar>
        </Form>
      </>
    )
  },
})
