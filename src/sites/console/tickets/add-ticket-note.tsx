import { noteTicket } from '#features/tickets/answer.ts'
import { ErrorSummary } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { redirect } from '#platform/web/page.ts'
import { NoteForm, noteFields, noteWords } from '../note-form.tsx'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { seeTicket } from './see-ticket.ts'
import { TicketTrail } from './ticket-parts.tsx'

/** What staff tell each other of a ticket. */
export const addTicketNotePage = staffConsole.page({
  path: paths.addTicketNote,
  allow: 'support',
  words: noteWords,
  changesByLooking: true,
  load: (ctx, { params: { id } }) => seeTicket(ctx, id, paths.addTicketNote({ id })),
  form: noteFields,
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
      <NoteForm form={form} language={language} back={paths.ticket({ id: ticket.id })} />
    </>
  ),
})
