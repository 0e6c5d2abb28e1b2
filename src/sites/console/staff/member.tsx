import { findMember, type Member } from '#features/staff/members.ts'
import { listOpenSecondYes, type SecondYes } from '#features/staff/second-yes.ts'
import { houseId } from '#features/house.ts'
import { ButtonLink } from '#platform/ui/form/button.tsx'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { LinkList } from '#platform/ui/layout/link-list.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Panel } from '#platform/ui/layout/panel.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { MailAddress } from '#platform/ui/text/mail-address.tsx'
import { notFound, type View } from '#platform/web/page.ts'
import { userLabels } from '#sites/frame/guide-labels.ts'
import { paths } from '../paths.ts'
import { kindWords } from '../second-yes/second-yes-words.ts'
import { staffConsole } from '../site.tsx'
import { memberFacts } from './member-facts.tsx'
import { MemberTrail } from './member-trail.tsx'

const words = {
  basics: userLabels.basics,
  changeRoles: { ja: '役割を変更する', en: 'Change the roles' },
  suspend: { ja: '一時停止する', en: 'Suspend' },
  resume: { ja: '再開する', en: 'Let back in' },
  open: { ja: '承認待ちの依頼', en: 'Requests that wait' },
}

interface Data {
  member: Member
  isOwn: boolean
  open: SecondYes[]
}

/** A member of staff, and what those responsible for security can do. */
export const memberPage = staffConsole.page({
  path: paths.member,
  allow: 'security',
  words,
  async load(ctx, { params: { id } }): Promise<Data | typeof notFound> {
    const member = await findMember(ctx, id)
    if (!member) return notFound
    const open = await listOpenSecondYes(ctx, { customerId: houseId, userId: id })
    return { member, isOwn: id === ctx.actor.userId, open }
  },
  title: ({ data: { member } }) => member.name,
  view(view) {
    const { data, words: text, reader } = view
    const { member, open } = data
    const { language } = reader
    return (
      <>
        <MemberTrail language={language} current={member.name} />
        <PageHeading heading={member.name} lead={<MailAddress mail={member.mail} />} actions={<Actions {...view} />} />
        <Panel heading={text.basics}>
          <Facts facts={memberFacts(member, reader)} />
        </Panel>
        {open.length > 0 && (
          <Section heading={text.open} small>
            <LinkList
              items={open.map(({ id, kind }) => ({
                label: kindWords[kind][language],
                href: paths.secondYesRequest({ id }),
              }))}
            />
          </Section>
        )}
      </>
    )
  },
})

function Actions({ data: { member, isOwn }, words: text }: View<Data, typeof words>) {
  const { id, state } = member
  return (
    <>
      {!isOwn && (
        <ButtonLink kind="secondary" small href={paths.memberRoles({ id })}>
          {text.changeRoles}
        </ButtonLink>
      )}
      {!isOwn && state !== 'suspended' && (
        <ButtonLink kind="danger" small href={paths.suspendMember({ id })}>
          {text.suspend}
        </ButtonLink>
      )}
      {state === 'suspended' && (
        <ButtonLink kind="secondary" small href={paths.resumeMember({ id })}>
          {text.resume}
        </ButtonLink>
      )}
    </>
  )
}
