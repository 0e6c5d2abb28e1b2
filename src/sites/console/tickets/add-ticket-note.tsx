import { noteTicket } from '#features/tickets/answer.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { TextAreaField } from '#platform/ui/form/field.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { longestNote } from '#features/customer-notes/notes.ts'
import { lines, typed } from '#platform/values.ts'
import { redirect } from '#platform/web/page.ts'
import { userLabels } from '#sites/frame/guide-labels.ts'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { seeTicket } from './see-ticket.ts'
import { TicketTrail } from './ticket-parts.tsx'

const words = {
  title: { ja: '社内メモを書く', en: 'Write a note' },
  lead: { ja: '担当者だけが読みます。お客様には表示されません。', en: 'For staff alone. Customers never see it.' },
  text: { ja: 'メモ', en: 'Note' },
  effect: { ja: '書いたメモは、変更も削除もできません。', en: 'A note can be neither changed nor deleted.' },
  cancel: userLabels.cancel,
  add: { ja: '記録する', en: 'Add' },
  done: { ja: '社内メモを記録しました。', en: 'The note was added.' },
}

/** What staff tell each other of a ticket. */
export const addTicketNotePage = staffConsole.page({
  path: paths.addTicketNote,
  allow: 'support',
  words,
  changesByLooking: true,
  load: (ctx, { params: { id } }) => seeTicket(ctx, id, paths.addTicketNote({ id })),
  form: { text: { label: words.text, value: typed(lines(longestNote).min(1)) } },
  async submit(ctx, { data: { ticket, customer }, input, words: text }) {
    const by = { id: ctx.actor.userId, name: ctx.staff.number }
    const noted = await noteTicket({ ...ctx, customer, by }, ticket.id, input.text)
    if (!noted.ok) throw new Error('A ticket that was seen is there')
    return redirect(paths.ticket({ id: ticket.id }), { notice: text.done })
  },
  title: ({ words: text }) => text.title,
  view: ({ data: { ticket }, form, words: text, reader: { language } }) => (
    <>
      <ErrorSummary form={form} language={language} />
      <TicketTrail ticket={ticket} language={language} current={text.title} />
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
          <ButtonLink kind="secondary" href={paths.ticket({ id: ticket.id })}>
            {text.cancel}
          </ButtonLink>
          <Button>{text.add}</Button>
        </CommitBar>
      </Form>
    </>
  ),
})
