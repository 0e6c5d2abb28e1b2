import { type AskedViewing, findAskedViewing, handOverViewing } from '#features/viewings/ask.ts'
import { confirmedFor } from '#platform/context.ts'
import { isId } from '#platform/form.ts'
import { minutes } from '#platform/time/duration.ts'
import { ButtonLink } from '#platform/ui/form/button.tsx'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { notFound, type Redirect, redirect } from '#platform/web/page.ts'
import { addressOn, portalLinks } from '#sites/frame/between-sites.ts'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { viewTitle } from './view-title.ts'

const words = {
  title: viewTitle,
  lead: {
    ja: 'ビジネスポータルを、このユーザーの画面で開きます。すべての画面に「通信事業者が確認中です（閲覧のみ）」と表示されます。',
    en: 'The portal opens as this user sees it. Every page says that the operator is looking.',
  },
  customer: { ja: 'お客様', en: 'Customer' },
  user: { ja: 'ユーザー', en: 'User' },
  reason: { ja: '理由', en: 'Reason' },
  open: { ja: 'お客様画面を開く', en: 'Open the customer’s screens' },
}

interface Data {
  viewing: AskedViewing
  href: string
}

/** The way to the portal, as a link: browsers hold a form's redirect into another origin for part of the form. */
export const viewingPage = staffConsole.page({
  path: paths.viewing,
  allow: 'support',
  words,
  async load(ctx, { params: { id } }): Promise<Data | typeof notFound> {
    const viewing = await findAskedViewing(ctx, id)
    return viewing ? { viewing, href: addressOn(ctx.portalUrl, portalLinks.beginViewing, { viewing: id }) } : notFound
  },
  title: ({ words: text }) => text.title,
  view: ({ data: { viewing, href }, words: text }) => (
    <>
      <PageHeading heading={text.title} lead={text.lead} tall />
      <Facts
        facts={[
          { term: text.customer, value: viewing.customer.name },
          { term: text.user, value: viewing.user.name },
          { term: text.reason, value: <span class="told">{viewing.reason}</span> },
        ]}
      />
      <div>
        <ButtonLink href={href}>{text.open}</ButtonLink>
      </div>
    </>
  ),
})

const refusedWords = {
  title: { ja: 'お客様画面を開けませんでした', en: 'The customer’s screens could not be opened' },
  why: {
    ja: `理由を入力してから${confirmedFor / minutes}分が過ぎたか、お客様の許可が終わったか、すでに開いた画面確認です。お客様のユーザーの画面から、やり直してください。`,
    en: `It was asked for more than ${confirmedFor / minutes} minutes ago, the customer no longer allows it, or it was begun already. Begin again from the customer’s user.`,
  },
  search: { ja: 'お客様を探す', en: 'Find a customer' },
}

/** Where the portal sends the browser of a member of staff for the code of a look that was asked for here. */
export const signOnToPortalPage = staffConsole.page({
  path: paths.signOnToPortal,
  allow: 'support',
  words: refusedWords,
  changesByLooking: true,
  async load(ctx, { query: { viewing = '', challenge = '' } }): Promise<object | Redirect> {
    const code = isId(viewing) ? await handOverViewing(ctx, { id: viewing, challenge }) : undefined
    return code === undefined ? {} : redirect(addressOn(ctx.portalUrl, portalLinks.finishViewing, { code }))
  },
  title: ({ words: text }) => text.title,
  view: ({ words: text }) => (
    <>
      <PageHeading heading={text.title} lead={text.why} tall />
      <div>
        <ButtonLink href={paths.search}>{text.search}</ButtonLink>
      </div>
    </>
  ),
})
