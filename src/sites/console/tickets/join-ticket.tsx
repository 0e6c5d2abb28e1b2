import { z } from 'zod'
import { type JoinableIncident, joinTicket, listJoinable } from '#features/tickets/join.ts'
import { rowVersion } from '#platform/form.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { RadioField } from '#platform/ui/form/field.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { notFound, problemAt, redirect } from '#platform/web/page.ts'
import { userLabels } from '#sites/frame/guide-labels.ts'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { seeTicket, type SeenTicket } from './see-ticket.ts'
import { TicketTrail } from './ticket-parts.tsx'

const none = 'none'

const words = {
  title: { ja: '障害・工事に結びつける', en: 'Join to a fault or works' },
  lead: {
    ja: '結びつけたお問い合わせには、障害・工事の画面からまとめて返答できます。お客様の画面にも、どの工事・故障についてのお問い合わせかが表示されます。',
    en: 'What is joined can be answered together from the outage. Customers see, too, which fault or works it is about.',
  },
  incident: { ja: '障害・工事', en: 'Fault or works' },
  none: { ja: '結びつけない', en: 'None' },
  version: { ja: '版', en: 'Version' },
  effect: { ja: 'メールは送信されません。', en: 'Nobody is mailed.' },
  cancel: userLabels.cancel,
  join: { ja: '変更する', en: 'Change' },
  done: { ja: '障害・工事との結びつきを変更しました。', en: 'What the inquiry is about was changed.' },
  gone: {
    ja: '選択した障害・工事は、結びつけられなくなりました。選び直してください。',
    en: 'That one can no longer be joined. Choose another.',
  },
  meanwhile: {
    ja: 'この画面を開いたあとに、ほかの担当者またはお客様が操作しました。内容をご確認のうえ、もう一度変更してください。',
    en: 'The inquiry was changed after you opened this page. Read it, then change it again.',
  },
}

interface Data extends SeenTicket {
  incidents: JoinableIncident[]
}

/** Says which fault or works a ticket is about. */
export const joinTicketPage = staffConsole.page({
  path: paths.joinTicket,
  allow: 'support',
  words,
  changesByLooking: true,
  async load(ctx, { params: { id } }): Promise<Data | typeof notFound> {
    const seen = await seeTicket(ctx, id, paths.joinTicket({ id }))
    return seen === notFound ? notFound : { ...seen, incidents: await listJoinable(ctx, seen.customer) }
  },
  form: {
    incident: { label: words.incident, value: z.union([z.literal(none), z.uuid()]), chosen: true },
    version: { label: words.version, value: rowVersion, carried: true },
  },
  initial: ({ ticket: { incident } }) => ({ incident: incident?.id ?? none }),
  async submit(ctx, { data: { ticket, customer, incidents }, input: { incident, version }, words: text }) {
    const chosen =
      [...(ticket.incident ? [ticket.incident] : []), ...incidents].find(({ id }) => id === incident) ?? null
    if (incident !== none && !chosen) return problemAt('incident', text.gone)
    const joined = await joinTicket(ctx, { ticket, customer }, { incident: chosen, version })
    if (!joined.ok) return problemAt(undefined, text.meanwhile, joined)
    return redirect(paths.ticket({ id: ticket.id }), { notice: text.done })
  },
  title: ({ words: text }) => text.title,
  view({ data: { ticket, incidents }, form, words: text, reader: { language } }) {
    const { incident } = ticket
    const known = incident && !incidents.some(({ id }) => id === incident.id) ? [incident] : []
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <TicketTrail ticket={ticket} language={language} current={text.title} />
        <PageHeading heading={text.title} lead={text.lead} tall />
        <Form form={form} layout="page">
          <input type="hidden" name="version" value={ticket.version} />
          <RadioField
            form={form}
            name="incident"
            label={text.incident}
            language={language}
            stacked
            options={[
              ...known.map(({ id, title }) => ({ value: id, label: title[language] })),
              ...incidents.map(({ id, code, title }) => ({ value: id, label: `${title[language]} ${code}` })),
              { value: none, label: text.none },
            ]}
          />
          <CommitBar effect={text.effect}>
            <ButtonLink kind="secondary" href={paths.ticket({ id: ticket.id })}>
              {text.cancel}
            </ButtonLink>
            <Button>{text.join}</Button>
          </CommitBar>
        </Form>
      </>
    )
  },
})
