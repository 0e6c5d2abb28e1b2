import { readingFor } from '#features/staff/see-customer.ts'
import { findAllowance, isOpenToStaff } from '#features/viewings/allowance.ts'
import { askToView } from '#features/viewings/ask.ts'
import { ErrorSummary } from '#platform/ui/form/form.tsx'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { MailAddress } from '#platform/ui/text/mail-address.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { notFound, problemAt, redirect } from '#platform/web/page.ts'
import { userLabels } from '#sites/frame/guide-labels.ts'
import { AskForm, reasonField } from '../ask-form.tsx'
import { seeUser, type SeenUser } from '../customers/see-user.ts'
import { UserTrail } from '../customers/user-parts.tsx'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { viewTitle } from './view-title.ts'

const words = {
  title: viewTitle,
  lead: {
    ja: 'このユーザーの画面を、閲覧のみで確認します。30分まで、操作がないと15分で終わります。お客様の変更履歴とアクセス管理に、あなたの番号・理由・時間が残ります。',
    en: 'You see what this user sees, and can change nothing. It takes 30 minutes at most, and ends after 15 without a page. Your number, the reason and the time stand in the customer’s histories.',
  },
  name: userLabels.name,
  mail: userLabels.mailAddress,
  closed: { ja: 'このお客様は画面の確認を許可していません。', en: 'This customer does not allow it.' },
  closedText: {
    ja: 'お客様のポータル管理者に、「ポータル管理者向け」の「通信事業者による画面確認」で許可してもらってください。',
    en: 'Ask a portal administrator of the customer to allow it, on the page for administrators.',
  },
  reasonHint: {
    ja: '5文字以上で入力してください。お客様が読みます。お問い合わせ番号があれば書いてください。',
    en: 'Five characters or more. The customer reads it. Name the number of the inquiry, if there is one.',
  },
  effect: { ja: '次の画面で、お客様画面を開きます。', en: 'The next page leads to the customer’s screens.' },
  ask: { ja: '次へ進む', en: 'Go on' },
  'not-allowed': { ja: 'このお客様は画面の確認を許可していません。', en: 'This customer does not allow it.' },
}

interface Data extends SeenUser {
  isOpen: boolean
}

/** Why a member of staff wants to look at the screens of a user. */
export const viewUserPage = staffConsole.page({
  path: paths.viewUser,
  allow: 'support',
  words,
  changesByLooking: true,
  async load(ctx, { params }): Promise<Data | typeof notFound> {
    const seen = await seeUser(ctx, params, paths.viewUser(params))
    if (seen === notFound || seen.user.state === 'suspended' || seen.user.state === 'awaiting-registration')
      return notFound
    const allowance = await findAllowance(readingFor(ctx, seen.customer), seen.customer.id)
    return { ...seen, isOpen: isOpenToStaff(allowance) }
  },
  form: { reason: reasonField },
  check: ({ data: { isOpen }, words: text }) => (isOpen ? undefined : problemAt(undefined, text['not-allowed'])),
  critical: {
    async submit(ctx, { data: { customer, user }, input: { reason }, words: text }) {
      const asked = await askToView(ctx, customer, { userId: user.id, reason })
      if (!asked.ok) return problemAt(undefined, text[asked.problem], asked)
      return redirect(paths.viewing({ id: asked.value }))
    },
  },
  title: ({ words: text }) => text.title,
  view({ data: { customer, user, isOpen }, form, words: text, reader: { language } }) {
    const back = paths.user({ customer: customer.id, id: user.id })
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <UserTrail customer={customer} user={user} language={language} current={text.title} />
        <PageHeading heading={text.title} lead={text.lead} tall />
        <Facts
          facts={[
            { term: text.name, value: <a href={back}>{user.name}</a> },
            { term: text.mail, value: <MailAddress mail={user.mail} /> },
          ]}
        />
        {isOpen ? (
          <AskForm form={form} language={language} back={back} words={words} />
        ) : (
          <Notice kind="warning" heading={text.closed}>
            {text.closedText}
          </Notice>
        )}
      </>
    )
  },
})
