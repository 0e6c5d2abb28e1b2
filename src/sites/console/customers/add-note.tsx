import { addCustomerNote, longestNote } from '#features/customer-notes/notes.ts'
import { seeCustomer } from '#features/staff/see-customer.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { TextAreaField } from '#platform/ui/form/field.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { lines, typed } from '#platform/values.ts'
import { notFound, redirect } from '#platform/web/page.ts'
import { userLabels } from '#sites/frame/guide-labels.ts'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'

const words = {
  title: { ja: '社内メモを書く', en: 'Write a note' },
  lead: { ja: '担当者だけが読みます。お客様には表示されません。', en: 'For staff alone. Customers never see it.' },
  find: { ja: 'お客様を探す', en: 'Find a customer' },
  text: { ja: 'メモ', en: 'Note' },
  effect: { ja: '書いたメモは、変更も削除もできません。', en: 'A note can be neither changed nor deleted.' },
  cancel: userLabels.cancel,
  add: { ja: '記録する', en: 'Add' },
  done: { ja: '社内メモを記録しました。', en: 'The note was added.' },
}

/** What staff tell each other of a customer. */
export const addNotePage = staffConsole.page({
  path: paths.addNote,
  allow: 'support',
  words,
  changesByLooking: true,
  load: async (ctx, { params: { id } }) => (await seeCustomer(ctx, id, paths.addNote({ id }))) ?? notFound,
  form: { text: { label: words.text, value: typed(lines(longestNote).min(1)) } },
  async submit(ctx, { data: customer, input, words: text }) {
    await addCustomerNote(ctx, customer, input.text)
    return redirect(paths.customer({ id: customer.id }), { notice: text.done })
  },
  title: ({ words: text }) => text.title,
  view: ({ data: customer, form, words: text, reader: { language } }) => (
    <>
      <ErrorSummary form={form} language={language} />
      <Breadcrumb
        language={language}
        trail={[
          { label: text.find, href: paths.search },
          { label: customer.name, href: paths.customer({ id: customer.id }) },
        ]}
        current={text.title}
      />
      <PageHeading heading={text.title} lead={text.lead} tall />
      <Form form={form} layout="page">
        <TextAreaField
          form={form}
          name="text"
          label={text.text}
          language={language}
          mark="required"
          rows={6}
          most={longestNote}
        />
        <CommitBar effect={text.effect}>
          <ButtonLink kind="secondary" href={paths.customer({ id: customer.id })}>
            {text.cancel}
          </ButtonLink>
          <Button>{text.add}</Button>
        </CommitBar>
      </Form>
    </>
  ),
})
