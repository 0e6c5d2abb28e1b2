import { askForSecondYes } from '#features/staff/ask.ts'
import { houseId } from '#features/house.ts'
import { findMember, type Member, suspendMember } from '#features/staff/members.ts'
import { rowVersion } from '#platform/form.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { notFound, problemAt, redirect } from '#platform/web/page.ts'
import { AskForm, askWords, reasonField } from '../ask-form.tsx'
import { paths } from '../paths.ts'
import { kindWords } from '../second-yes/second-yes-words.ts'
import { staffConsole } from '../site.tsx'
import { MemberTrail } from './member-trail.tsx'
import { RoleFields, roleFields, rolesIn } from './role-fields.tsx'

const versionField = { label: askWords.version, value: rowVersion, carried: true } as const

const roleWords = {
  ...askWords,
  title: kindWords['staff-roles'],
  lead: {
    ja: (name: string) => `${name}さんの、承認されたあとの役割を選択してください。`,
    en: (name: string) => `Choose the roles that ${name} shall have once it is approved.`,
  },
  same: { ja: '今の役割と同じです。変更する役割を選択してください。', en: 'These are the present roles. Change some.' },
}

/** Other roles for a member; of the own ones another has to think. */
export const memberRolesPage = staffConsole.page({
  path: paths.memberRoles,
  allow: 'security',
  words: roleWords,
  load: async (ctx, { params: { id } }): Promise<Member | typeof notFound> =>
    id === ctx.actor.userId ? notFound : ((await findMember(ctx, id)) ?? notFound),
  form: { ...roleFields, reason: reasonField, version: versionField },
  initial: ({ roles }) => Object.fromEntries(roles.map((role) => [role, 'on'])),
  check: ({ data, input, words: text }) =>
    rolesIn(input).toSorted().join() === data.roles.toSorted().join() ? problemAt('support', text.same) : undefined,
  critical: {
    async submit(ctx, { data: { id, roles: formerRoles }, input, words: text }) {
      const { reason, version } = input
      const asked = await askForSecondYes(ctx, {
        kind: 'staff-roles',
        customerId: houseId,
        user: { id, version },
        roles: rolesIn(input),
        formerRoles,
        reason,
      })
      if (!asked.ok) return problemAt(undefined, text[asked.problem], asked)
      return redirect(paths.member({ id }), { notice: text.asked })
    },
  },
  title: ({ words: text }) => text.title,
  view: ({ data: member, form, words: text, reader: { language } }) => (
    <>
      <ErrorSummary form={form} language={language} />
      <MemberTrail language={language} member={member} current={text.title} />
      <PageHeading heading={text.title} lead={text.lead(member.name)} tall />
      <AskForm form={form} language={language} back={paths.member({ id: member.id })}>
        <input type="hidden" name="version" value={member.version} />
        <RoleFields form={form} language={language} />
      </AskForm>
    </>
  ),
})

const resumeWords = {
  ...askWords,
  title: kindWords['staff-resumed'],
  lead: {
    ja: (name: string) => `一時停止した${name}さんが、ふたたびログインできるようにします。`,
    en: (name: string) => `${name}, who was suspended, can log in again.`,
  },
}

/** A suspended member comes back. */
export const resumeMemberPage = staffConsole.page({
  path: paths.resumeMember,
  allow: 'security',
  words: resumeWords,
  async load(ctx, { params: { id } }): Promise<Member | typeof notFound> {
    const member = await findMember(ctx, id)
    return member?.state === 'suspended' ? member : notFound
  },
  form: { reason: reasonField, version: versionField },
  critical: {
    async submit(ctx, { data: { id }, input: { reason, version }, words: text }) {
      const asked = await askForSecondYes(ctx, {
        kind: 'staff-resumed',
        customerId: houseId,
        user: { id, version },
        reason,
      })
      if (!asked.ok) return problemAt(undefined, text[asked.problem], asked)
      return redirect(paths.member({ id }), { notice: text.asked })
    },
  },
  title: ({ words: text }) => text.title,
  view: ({ data: member, form, words: text, reader: { language } }) => (
    <>
      <ErrorSummary form={form} language={language} />
      <MemberTrail language={language} member={member} current={text.title} />
      <PageHeading heading={text.title} lead={text.lead(member.name)} tall />
      <AskForm form={form} language={language} back={paths.member({ id: member.id })}>
        <input type="hidden" name="version" value={member.version} />
      </AskForm>
    </>
  ),
})

const suspendWords = {
  title: { ja: '担当者の一時停止', en: 'Suspend a member' },
  lead: {
    ja: (name: string) =>
      `${name}さんを一時停止しますか？　すぐにログアウトされ、ログインできなくなります。再開するには、二人目の承認が必要です。`,
    en: (name: string) =>
      `Suspend ${name}, who is logged out at once and cannot log in? To come back takes a second yes.`,
  },
  effect: { ja: 'すぐに反映されます。', en: 'It takes effect at once.' },
  version: askWords.version,
  cancel: askWords.cancel,
  suspend: { ja: '一時停止する', en: 'Suspend' },
  done: { ja: (name: string) => `${name}さんを一時停止しました。`, en: (name: string) => `${name} was suspended.` },
  'own-self': {
    ja: '自分を一時停止することはできません。ほかの担当者に依頼してください。',
    en: 'You cannot suspend yourself. Ask another member.',
  },
  'changed-meanwhile': askWords['changed-meanwhile'],
}

/** Shuts a member out, which one alone may do. */
export const suspendMemberPage = staffConsole.page({
  path: paths.suspendMember,
  allow: 'security',
  words: suspendWords,
  async load(ctx, { params: { id } }): Promise<Member | typeof notFound> {
    const member = await findMember(ctx, id)
    return member && member.state !== 'suspended' ? member : notFound
  },
  form: { version: versionField },
  critical: {
    async submit(ctx, { data: member, input: { version }, words: text }) {
      const suspended = await suspendMember(ctx, { ...member, version })
      if (!suspended.ok) return problemAt(undefined, text[suspended.problem], suspended)
      return redirect(paths.member({ id: member.id }), { notice: text.done(member.name) })
    },
  },
  title: ({ words: text }) => text.title,
  view: ({ data: member, form, words: text, reader: { language } }) => (
    <>
      <ErrorSummary form={form} language={language} />
      <MemberTrail language={language} member={member} current={text.title} />
      <PageHeading heading={text.title} lead={text.lead(member.name)} tall />
      <Form form={form}>
        <input type="hidden" name="version" value={member.version} />
        <CommitBar effect={text.effect}>
          <ButtonLink kind="secondary" href={paths.member({ id: member.id })}>
            {text.cancel}
          </ButtonLink>
          <Button kind="danger-confirm">{text.suspend}</Button>
        </CommitBar>
      </Form>
    </>
  ),
})
