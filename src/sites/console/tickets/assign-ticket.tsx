import { assignTicket } from '#features/tickets/answer.ts'
import { listTicketStaff } from '#features/tickets/find-for-staff.ts'
import { rowVersion } from '#platform/form.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { RadioField } from '#platform/ui/form/field.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { notFound, problemAt, redirect } from '#platform/web/page.ts'
import { userLabels } from '#sites/frame/guide-labels.ts'
import { z } from 'zod'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { seeTicket } from './see-ticket.ts'
import { TicketTrail } from './ticket-parts.tsx'

const nobody = 'nobody'

const words = {
  title: { ja: '担当者の変更', en: 'Hand on' },
  to: { ja: '担当者', en: 'Assigned to' },
  nobody: { ja: '未割当に戻す', en: 'Nobody' },
  me: { ja: (name: string) => `自分（${name}）`, en: (name: string) => `Me (${name})` },
  version: { ja: '版', en: 'Version' },
  effect: { ja: '新しいお問い合わせは「対応中」になります。', en: 'A new inquiry is in progress then.' },
  cancel: userLabels.cancel,
  change: { ja: '変更する', en: 'Change' },
  done: { ja: '担当者を変更しました。', en: 'It was handed on.' },
  gone: {
    ja: '選択した担当者は、担当できなくなりました。選び直してください。',
    en: 'That member can no longer have it. Choose another one.',
  },
  meanwhile: {
    ja: 'この画面を開いたあとに、ほかの担当者またはお客様が操作しました。内容をご確認のうえ、もう一度変更してください。',
    en: 'The inquiry was changed after you opened this page. Read it, then change it again.',
  },
}

/** Takes a ticket, hands it on or lays it back. */
export const assignTicketPage = staffConsole.page({
  path: paths.assignTicket,
  allow: 'support',
  words,
  changesByLooking: true,
  async load(ctx, { params: { id } }) {
    const seen = await seeTicket(ctx, id, paths.assignTicket({ id }))
    return seen === notFound ? notFound : { ...seen, staff: await listTicketStaff(ctx), ownId: ctx.actor.userId }
  },
  form: {
    to: { label: words.to, value: z.union([z.literal(nobody), z.uuid()]), chosen: true },
    version: { label: words.version, value: rowVersion, carried: true },
  },
  initial: ({ ownId }) => ({ to: ownId }),
  async submit(ctx, { data: { ticket, customer, staff }, input, words: text }) {
    const to = input.to === nobody ? null : input.to
    if (to !== null && !staff.some(({ id }) => id === to)) return problemAt('to', text.gone)
    const by = { id: ctx.actor.userId, name: ctx.staff.number }
    const assigned = await assignTicket({ ...ctx, customer, by }, ticket.id, { to, version: input.version })
    if (!assigned.ok) return problemAt(undefined, text.meanwhile, assigned)
    return redirect(paths.ticket({ id: ticket.id }), { notice: text.done })
  },
  title: ({ words: text }) => text.title,
  view: ({ data: { ticket, staff, ownId }, form, words: text, reader: { language } }) => (
    <>
      <ErrorSummary form={form} language={language} />
      <TicketTrail ticket={ticket} language={language} current={text.title} />
      <PageHeading heading={text.title} />
      <Form form={form} layout="page">
        <input type="hidden" name="version" value={ticket.version} />
        <RadioField
          form={form}
          name="to"
          label={text.to}
          language={language}
          stacked
          options={[
            ...staff.map(({ id, name }) => ({ value: id, label: id === ownId ? text.me(name) : name })),
            { value: nobody, label: text.nobody },
          ]}
        />
        <CommitBar effect={text.effect}>
          <ButtonLink kind="secondary" href={paths.ticket({ id: ticket.id })}>
            {text.cancel}
          </ButtonLink>
          <Button>{text.change}</Button>
        </CommitBar>
      </Form>
    </>
  ),
})
