import { addCustomerNote } from '#features/customer-notes/notes.ts'
import { seeCustomer } from '#features/staff/see-customer.ts'
import { ErrorSummary } from '#platform/ui/form/form.tsx'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { notFound, redirect } from '#platform/web/page.ts'
import { NoteForm, noteFields, noteWords } from '../note-form.tsx'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'

const words = { ...noteWords, find: { ja: 'お客様を探す', en: 'Find a customer' } }

/** What staff tell each other of a customer. */
export const addNotePage = staffConsole.page({
  path: paths.addNote,
  allow: 'support',
  words,
  changesByLooking: true,
  load: async (ctx, { params: { id } }) => (await seeCustomer(ctx, id, paths.addNote({ id }))) ?? notFound,
  form: noteFields,
  async submit(ctx, { data: customer, input, words: text }) {
    await addCustomerNote(ctx, customer, input.text)
    return redirect(paths.customer({ id: customer.id }), { notice: text.done })
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
        <NoteForm form={form} language={language} back={back} />
      </>
    )
  },
})
