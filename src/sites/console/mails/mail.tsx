import { findMailForStaff, type StaffMail } from '#features/mails/find.ts'
import { markAddress } from '#features/mails/refused-addresses.ts'
import { type NotResent, resendMail } from '#features/mails/resend.ts'
import { seeCustomer, type SeenCustomer, workingFor } from '#features/staff/see-customer.ts'
import { Button, ButtonRow } from '#platform/ui/form/button.tsx'
import { ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { notFound, problemAt, redirect, type View } from '#platform/web/page.ts'
import type { Phrase } from '#platform/words.ts'
import { z } from 'zod'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { causeWords, remedyWords } from './cause-words.ts'
import { MailFacts } from './mail-facts.tsx'
import { mailKindWord } from './mail-words.ts'

const deeds = ['resend', 'mark', 'unmark'] as const
type Deed = (typeof deeds)[number]

const words = {
  list: { ja: '届かなかったメール', en: 'Mails that did not arrive' },
  deed: { ja: '操作', en: 'Action' },
  again: { ja: 'もう一度送る', en: 'Send it again' },
  resend: { ja: '再送する', en: 'Send again' },
  resendTo: {
    ja: (mail: string) => `いまの登録アドレス（${mail}）に、同じ内容をもう一度送ります。`,
    en: (mail: string) => `The same text goes to the address that is registered now (${mail}).`,
  },
  hurry: { ja: '待たずに、いま送信を試します。', en: 'It is tried now, without waiting.' },
  address: { ja: 'アドレスの記録', en: 'The address' },
  mark: { ja: '届かないアドレスとして記録する', en: 'Note that it does not work' },
  markText: {
    ja: 'お客様のポータル管理者のユーザー画面に表示し、故障・工事などのメール通知をこのアドレスに送らなくなります。アドレスが変更されると、記録は消えます。',
    en: 'Administrators of the customer see it on the user’s page, and nothing that is merely wished for is sent there any more. With another address the note is gone.',
  },
  unmark: { ja: '記録を取り消す', en: 'Take the note back' },
  unmarkText: {
    ja: '届かないアドレスとして記録されています。届くことを確認できたら、取り消してください。',
    en: 'It is noted as not working. Take that back once you know that it does.',
  },
  'resend-done': { ja: 'メールの再送を受け付けました。', en: 'The mail is on its way again.' },
  'mark-done': { ja: '届かないアドレスとして記録しました。', en: 'The address is noted as not working.' },
  'unmark-done': { ja: '記録を取り消しました。', en: 'The note was taken back.' },
  changed: {
    ja: 'アドレスの記録またはアドレスが、ほかで変更されました。最新の内容をご確認ください。',
    en: 'The address or its note was changed meanwhile. Look at what it is now.',
  },
}

const notResentWords: Record<NotResent, Phrase> = {
  'not-waiting': {
    ja: 'このメールは、すでに送信されたか、再送を受け付けています。',
    en: 'The mail was sent already, or is on its way.',
  },
  'text-gone': {
    ja: '認証コードやURLを含むメール、または作成から日が経ったメールのため、内容を残していません。ご案内が必要なときは、ユーザーの画面から案内メールを再送してください。',
    en: 'Its text is not kept, for it had a code or a URL, or is too old. Where a notice is needed, send a new one from the user’s page.',
  },
  'no-user': { ja: '宛先のユーザーは削除されています。', en: 'Its user was deleted.' },
  'address-refused': {
    ja: '届かないアドレスとして記録されています。アドレスが変更されるか、記録を取り消すと再送できます。',
    en: 'The address is noted as not working. It can be sent again with another address, or once the note is taken back.',
  },
  'right-lost': {
    ja: 'このメールのあとに、宛先のユーザーの権限が減っています。参照できなくなった内容を送らないため、再送できません。',
    en: 'Rights were taken from its user after the mail was written. It cannot be sent again, lest they read what they may no longer see.',
  },
}

interface Data {
  customer: SeenCustomer
  mail: StaffMail
}

/** One mail that did not arrive: why, and what can be done. What it says nobody reads here. */
export const mailPage = staffConsole.page({
  path: paths.mail,
  allow: 'support',
  words,
  changesByLooking: true,
  async load(ctx, { params: { id } }): Promise<Data | typeof notFound> {
    const mail = await findMailForStaff(ctx, id)
    const customer = mail && (await seeCustomer(ctx, mail.customerId, paths.mail({ id })))
    return mail && customer ? { mail, customer } : notFound
  },
  form: { deed: { label: words.deed, value: z.enum(deeds), chosen: true, carried: true } },
  async submit(ctx, { data: { customer, mail }, input: { deed }, words: text, asked }) {
    const working = await workingFor(ctx, customer)
    if (deed === 'resend') {
      const resent = await resendMail(working, mail)
      if (!resent.ok) return problemAt(undefined, notResentWords[resent.problem][ctx.language], resent)
    } else {
      const { user } = mail
      const isDone =
        user && (await markAddress(working, { userId: user.id, mail: mail.recipient, isRefused: deed === 'mark' }))
      if (!isDone) return problemAt(undefined, text.changed)
    }
    return redirect(paths.mail({ id: asked.params.id }), { notice: text[`${deed}-done`] })
  },
  title: ({ data: { mail } }) => mail.recipient,
  view(view) {
    const { data, form, words: text, reader } = view
    const { mail, customer } = data
    const { language } = reader
    const hasFailed = mail.state !== 'sent' && mail.state !== 'kept'
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <Breadcrumb
          language={language}
          trail={[{ label: text.list, href: paths.mails }]}
          current={mailKindWord(mail.kind, language)}
        />
        <PageHeading heading={mail.recipient} lead={mailKindWord(mail.kind, language)} />
        {hasFailed && (
          <Notice kind={mail.state === 'queued' ? 'warning' : 'trouble'} heading={causeWords[mail.cause][language]}>
            {remedyWords[mail.cause][language]}
          </Notice>
        )}
        <MailFacts mail={mail} customer={customer} reader={reader} />
        {hasFailed && <Resend {...view} />}
        <Address {...view} />
      </>
    )
  },
})

type Shown = View<Data, typeof words>

function Resend({ data: { mail }, form, words: text, reader: { language } }: Shown) {
  const problem = problemOf(mail)
  if (problem)
    return (
      <Section heading={text.again} small>
        <p>{notResentWords[problem][language]}</p>
      </Section>
    )
  const effect = mail.state === 'queued' ? text.hurry : text.resendTo(mail.user?.mail ?? '')
  return <Deed form={form} deed="resend" heading={text.again} effect={effect} label={text.resend} />
}

/** What stands against it as far as the page knows. */
function problemOf({ state, canBeResent, user }: StaffMail): NotResent | undefined {
  if (state === 'queued') return undefined
  if (!canBeResent) return 'text-gone'
  if (!user) return 'no-user'
  return user.refusedAt ? 'address-refused' : undefined
}

function Address({ data: { mail }, form, words: text }: Shown) {
  const { user } = mail
  if (user?.mail !== mail.recipient) return null
  return user.refusedAt ? (
    <Deed form={form} deed="unmark" heading={text.address} effect={text.unmarkText} label={text.unmark} />
  ) : (
    <Deed form={form} deed="mark" heading={text.address} effect={text.markText} label={text.mark} />
  )
}

interface DeedProps {
  form: Shown['form']
  deed: Deed
  heading: string
  /** What comes of it. */
  effect: string
  label: string
}

function Deed({ form, deed, heading, effect, label }: DeedProps) {
  return (
    <Section heading={heading} small>
      <Form form={form}>
        <p>{effect}</p>
        <ButtonRow>
          <Button kind="secondary" name="deed" value={deed}>
            {label}
          </Button>
        </ButtonRow>
      </Form>
    </Section>
  )
}
