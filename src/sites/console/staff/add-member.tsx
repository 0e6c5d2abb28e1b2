import { askForSecondYes } from '#features/staff/ask.ts'
import { houseId } from '#features/house.ts'
import { ErrorSummary } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { problemAt, redirect } from '#platform/web/page.ts'
import { AskForm, askWords, reasonField } from '../ask-form.tsx'
import { paths } from '../paths.ts'
import { PersonFields, personFields } from '../person-fields.tsx'
import { kindWords } from '../second-yes/second-yes-words.ts'
import { staffConsole } from '../site.tsx'
import { MemberTrail } from './member-trail.tsx'
import { RoleFields, roleFields, rolesIn } from './role-fields.tsx'

const words = {
  ...askWords,
  title: kindWords['staff-added'],
  lead: {
    ja: '承認されると、パスワードと認証アプリを設定するURLを、この人のメールアドレスに送信します。',
    en: 'Once approved, a URL to set password and authenticator app is mailed to this person.',
  },
}

/** Somebody new among the staff. */
export const addMemberPage = staffConsole.page({
  path: paths.addMember,
  allow: 'security',
  words,
  load: async () => ({}),
  form: { ...personFields, ...roleFields, reason: reasonField },
  critical: {
    async submit(ctx, { input, words: text }) {
      const { name, mail, phone, reason } = input
      const asked = await askForSecondYes(ctx, {
        kind: 'staff-added',
        customerId: houseId,
        person: { name, mail, phone },
        roles: rolesIn(input),
        reason,
      })
      if (!asked.ok)
        return problemAt(asked.problem === 'address-taken' ? 'mail' : undefined, text[asked.problem], asked)
      return redirect(paths.secondYesRequest({ id: asked.value }), { notice: text.asked })
    },
  },
  title: ({ words: text }) => text.title,
  view: ({ form, words: text, reader: { language } }) => (
    <>
      <ErrorSummary form={form} language={language} />
      <MemberTrail language={language} current={text.title} />
      <PageHeading heading={text.title} lead={text.lead} tall />
      <AskForm form={form} language={language} back={paths.members}>
        <PersonFields form={form} language={language} />
        <RoleFields form={form} language={language} />
      </AskForm>
    </>
  ),
})
