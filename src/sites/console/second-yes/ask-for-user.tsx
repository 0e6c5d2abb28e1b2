import { askForSecondYes } from '#features/staff/ask.ts'
import type { SecondYesKind } from '#features/staff/second-yes.ts'
import type { User } from '#features/users/user.ts'
import { rowVersion } from '#platform/form.ts'
import { ErrorSummary } from '#platform/ui/form/form.tsx'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { MailAddress } from '#platform/ui/text/mail-address.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { notFound, problemAt, redirect } from '#platform/web/page.ts'
import type { Route } from '#platform/web/paths.ts'
import type { Phrase } from '#platform/words.ts'
import { userLabels } from '#sites/frame/guide-labels.ts'
import { AskForm, askWords, reasonField } from '../ask-form.tsx'
import { seeUser } from '../customers/see-user.ts'
import { UserTrail } from '../customers/user-parts.tsx'
import { paths } from '../paths.ts'
import { type ConsolePath, staffConsole } from '../site.tsx'
import { kindWords } from './second-yes-words.ts'

interface AskedOfUser {
  path: Route<'customer' | 'id'>
  kind: SecondYesKind
  lead: Phrase
  /** Whether it can be done to the user; if not, there is no such page. */
  isOffered: (user: User) => boolean
}

const words = {
  ...askWords,
  name: userLabels.name,
  mail: userLabels.mailAddress,
  only: { ja: 'ただ一人のポータル管理者です', en: 'This is the only portal administrator' },
  onlyText: {
    ja: '承認されると、わかっているすべてのメールアドレスに予告し、24時間後にリセットします。それまでにこのユーザーがログインすると、中止します。',
    en: 'Once approved, all known addresses are told, and it is reset 24 hours later. A login of this user before then stops it.',
  },
}

/** What staff ask for about a customer's user, and no member does alone. */
export const askForUserPages: readonly ConsolePath[] = [
  askPage({
    path: paths.resetUserFactor,
    kind: 'factor-reset',
    lead: {
      ja: 'このユーザーの第1パスワード・第2段階認証・リカバリーコードを無効にし、設定し直すためのURLをユーザーのメールアドレスに送信します。お客様のポータル管理者がリセットできる場合は、そちらを案内してください。',
      en: 'Password, second step and recovery codes of this user become void, and a URL to set them up again is mailed to the user. Where an administrator of the customer can do it, refer to that person.',
    },
    // Staff do not see who has credentials; who is active has some.
    isOffered: ({ state }) => state === 'active' || state === 'locked',
  }),
  askPage({
    path: paths.makeAdministrator,
    kind: 'administrator-made',
    lead: {
      ja: 'このユーザーを、お客様のポータル管理者にします。お客様のポータル管理者とこのユーザーに、メールでお知らせします。',
      en: 'This user becomes portal administrator of the customer. The user and the administrators are told by mail.',
    },
    isOffered: ({ role, state }) => role === 'general-user' && state !== 'suspended',
  }),
]

function askPage({ path, kind, lead, isOffered }: AskedOfUser): ConsolePath {
  const own = { ...words, title: kindWords[kind], lead }
  return staffConsole.page({
    path,
    allow: 'support',
    words: own,
    changesByLooking: true,
    async load(ctx, { params }) {
      const seen = await seeUser(ctx, params, path(params))
      return seen !== notFound && isOffered(seen.user) ? seen : notFound
    },
    form: { reason: reasonField, version: { label: words.version, value: rowVersion, carried: true } },
    critical: {
      async submit(ctx, { data: { customer, user }, input: { reason, version }, words: text }) {
        const subject = { id: user.id, version }
        const asked = await askForSecondYes(ctx, { kind, customerId: customer.id, user: subject, reason })
        if (!asked.ok) return problemAt(undefined, text[asked.problem], asked)
        return redirect(paths.user({ customer: customer.id, id: user.id }), { notice: text.asked })
      },
    },
    title: ({ words: text }) => text.title,
    view: ({ data: { customer, user }, form, words: text, reader: { language } }) => (
      <>
        <ErrorSummary form={form} language={language} />
        <UserTrail customer={customer} user={user} language={language} current={text.title} />
        <PageHeading heading={text.title} lead={text.lead} tall />
        <Facts
          facts={[
            { term: text.name, value: user.name },
            { term: text.mail, value: <MailAddress mail={user.mail} /> },
          ]}
        />
        {kind === 'factor-reset' && user.isLastAdministrator && (
          <Notice kind="warning" heading={text.only}>
            {text.onlyText}
          </Notice>
        )}
        <AskForm form={form} language={language} back={paths.user({ customer: customer.id, id: user.id })}>
          <input type="hidden" name="version" value={user.version} />
        </AskForm>
      </>
    ),
  })
}
