import { askForSecondYes } from '#features/staff/ask.ts'
import { seeCustomer } from '#features/staff/see-customer.ts'
import { ErrorSummary } from '#platform/ui/form/form.tsx'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { notFound, problemAt, redirect } from '#platform/web/page.ts'
import { AskForm, askWords, reasonField } from '../ask-form.tsx'
import { paths } from '../paths.ts'
import { PersonFields, personFields } from '../person-fields.tsx'
import { staffConsole } from '../site.tsx'
import { kindWords } from './second-yes-words.ts'

const words = {
  ...askWords,
  title: kindWords['administrator-added'],
  lead: {
    ja: 'お客様にポータル管理者がいなくなったときに、新しい人をポータル管理者として追加します。追加されると、その人に開通案内を送信し、お客様のほかのポータル管理者にもメールでお知らせします。',
    en: 'For a customer without a portal administrator: somebody new becomes one. That person is sent the opening notice, and the other administrators are told by mail.',
  },
  find: { ja: 'お客様を探す', en: 'Find a customer' },
}

/** Somebody new to administer for a customer. */
export const addAdministratorPage = staffConsole.page({
  path: paths.addAdministrator,
  allow: 'support',
  words,
  changesByLooking: true,
  load: async (ctx, { params: { id } }) => (await seeCustomer(ctx, id, paths.addAdministrator({ id }))) ?? notFound,
  form: { ...personFields, reason: reasonField },
  critical: {
    async submit(ctx, { data: customer, input: { reason, ...person }, words: text }) {
      const asked = await askForSecondYes(ctx, {
        kind: 'administrator-added',
        customerId: customer.id,
        person,
        reason,
      })
      if (!asked.ok)
        return problemAt(asked.problem === 'address-taken' ? 'mail' : undefined, text[asked.problem], asked)
      return redirect(paths.customer({ id: customer.id }), { notice: text.asked })
    },
  },
  title: ({ words: text }) => text.title,
  view({ data: customer, form, words: text, reader: { language } }) {
    const back = paths.customer({ id: customer.id })
    const trail = [
      { label: text.find, href: paths.search },
      { label: customer.name, href: back },
    ]
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <Breadcrumb language={language} trail={trail} current={text.title} />
        <PageHeading heading={text.title} lead={text.lead} tall />
        <AskForm form={form} language={language} back={back}>
          <PersonFields form={form} language={language} />
        </AskForm>
      </>
    )
  },
})
