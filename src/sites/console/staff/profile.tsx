import { findMember, type Member } from '#features/staff/members.ts'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Panel } from '#platform/ui/layout/panel.tsx'
import { MailAddress } from '#platform/ui/text/mail-address.tsx'
import { notFound } from '#platform/web/page.ts'
import { userLabels } from '#sites/frame/guide-labels.ts'
import { paths } from '../paths.ts'
import { profileTitle } from '../profile-title.ts'
import { staffConsole } from '../site.tsx'
import { memberFacts } from './member-facts.tsx'

const words = {
  title: profileTitle,
  lead: {
    ja: 'お客様には、あなたの名前ではなく番号が表示されます。役割の変更は、セキュリティの担当者に依頼してください。',
    en: 'Customers read your number, not your name. Ask those responsible for security for other roles.',
  },
  basics: userLabels.basics,
}

/** Who the reader is, as a member of staff. */
export const profilePage = staffConsole.page({
  path: paths.profile,
  allow: 'read',
  words,
  load: async (ctx): Promise<Member | typeof notFound> => (await findMember(ctx, ctx.actor.userId)) ?? notFound,
  title: ({ words: text }) => text.title,
  view: ({ data: member, words: text, reader }) => (
    <>
      <PageHeading heading={text.title} lead={text.lead} tall />
      <Panel heading={text.basics}>
        <Facts
          facts={[
            { term: userLabels.name[reader.language], value: member.name },
            { term: userLabels.mailAddress[reader.language], value: <MailAddress mail={member.mail} /> },
            ...memberFacts(member, reader),
          ]}
        />
      </Panel>
    </>
  ),
})
