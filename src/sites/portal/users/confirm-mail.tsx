import { z } from 'zod'
import { confirmMail, findMailChange, type MailChange } from '#features/users/confirm-mail.ts'
import { MailAddress } from '#platform/ui/text/mail-address.tsx'
import { Button, ButtonLink, ButtonRow } from '#platform/ui/form/button.tsx'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Panel } from '#platform/ui/layout/panel.tsx'
import { problemAt, redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { mailProblems } from './words.ts'

const words = {
  title: { ja: 'メールアドレスの確認', en: 'Confirm the email address' },
  lead: {
    ja: '確認すると、次のログインから新しいメールアドレスがユーザIDになります。',
    en: 'From the next login on, the new address is your user ID.',
  },
  now: { ja: '現在のメールアドレス', en: 'The address now' },
  newMail: { ja: '新しいメールアドレス', en: 'The new address' },
  confirm: { ja: '確認する', en: 'Confirm' },
  done: { ja: 'メールアドレスを変更しました。', en: 'The email address was changed.' },
  void: { ja: 'このURLは使用できません', en: 'This URL cannot be used' },
  voidText: {
    ja: '有効期限が過ぎたか、確認が終わったか、変更が取り消されています。必要なときは、御社のポータル管理者にご連絡ください。',
    en: 'It has expired, was used already, or the change was withdrawn. If need be, ask a portal administrator of your company.',
  },
  signIn: { ja: 'ログイン画面へ進む', en: 'Go to the login' },
  refused: {
    ja: '御社のアクセス制限設定により、いまのアクセス元からは確認できません。許可されたネットワークから開き直すか、御社のポータル管理者にお問い合わせください。',
    en: 'Your company allows this from certain networks alone, and you are not in one of them. Open the URL from an allowed one, or ask a portal administrator of your company.',
  },
  taken: mailProblems['mail-unavailable'],
}

/** Where the URL leads that was mailed to a new address. */
export const confirmMailPage = portal.page({
  path: paths.confirmMail,
  allow: 'anybody',
  words,
  isBeforeLogin: true,
  async load(ctx, { query: { key = '' } }): Promise<{ change: MailChange | undefined }> {
    return { change: await findMailChange(ctx, key) }
  },
  form: { sure: { label: words.confirm, value: z.literal('on').optional() } },
  async submit(ctx, { data: { change }, words: text }) {
    const confirmed = change && (await confirmMail(ctx, change))
    if (confirmed?.ok) return redirect(paths.signIn, { notice: text.done })
    if (confirmed?.problem === 'mail-taken') return problemAt(undefined, text.taken, confirmed)
    if (confirmed?.problem === 'address-refused') return problemAt(undefined, text.refused, confirmed)
    return problemAt(undefined, text.voidText)
  },
  title: ({ data: { change }, words: text }) => (change ? text.title : text.void),
  view: ({ data: { change }, form, words: text, reader: { language } }) => (
    <Panel roomy>
      <ErrorSummary form={form} language={language} />
      <PageHeading heading={change ? text.title : text.void} lead={change ? text.lead : text.voidText} tall />
      {change ? (
        <>
          <Facts
            facts={[
              { term: text.now, value: <MailAddress mail={change.mail} /> },
              { term: text.newMail, value: <MailAddress mail={change.newMail} /> },
            ]}
          />
          <Form form={form}>
            <ButtonRow>
              <Button>{text.confirm}</Button>
            </ButtonRow>
          </Form>
        </>
      ) : (
        <ButtonRow>
          <ButtonLink kind="secondary" href={paths.signIn}>
            {text.signIn}
          </ButtonLink>
        </ButtonRow>
      )}
    </Panel>
  ),
})
