import { z } from 'zod'
import { answeredStates } from '#features/tickets/answer.ts'
import { answerJoined, mostAnswered } from '#features/tickets/join.ts'
import { listTicketsOfOutage } from '#features/tickets/of-incident.ts'
import { longestMessage, ticketText } from '#features/tickets/values.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { RadioField, TextAreaField } from '#platform/ui/form/field.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { typedLines } from '#platform/values.ts'
import { notFound, problemAt, redirect } from '#platform/web/page.ts'
import { ticketStateWords } from '#sites/frame/states/ticket-state.tsx'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { loadOutage, type ShownOutage } from './load-outage.ts'
import { OutageTrail } from './outage-trail.tsx'
import { outageWords } from './words.ts'

const words = {
  cancel: outageWords.cancel,
  title: { ja: 'お問い合わせへの返答', en: 'Answer its inquiries' },
  lead: {
    ja: (n: string) => `この障害・工事に結びつけた、完了していないお問い合わせ${n}件に、同じ返答を送ります。`,
    en: (n: string) => `The same answer goes to the inquiries about it that are not closed: ${n}.`,
  },
  text: { ja: '内容', en: 'Text' },
  state: { ja: '返答後の状況', en: 'State after it' },
  effect: {
    ja: 'お問い合わせの作成者と関係者に、メールでお知らせします。',
    en: 'Their authors and those who take part are told by mail.',
  },
  send: { ja: '返答する', en: 'Send the answer' },
  sent: { ja: (n: number) => `お問い合わせ${n}件に返答しました。`, en: (n: number) => `Answered: ${n}.` },
  more: {
    ja: (n: number) => `お問い合わせ${n}件に返答しました。残りに返答するには、もう一度「返答する」を押してください。`,
    en: (n: number) => `Answered: ${n}. Send it once more for those that are left.`,
  },
  none: {
    ja: '返答するお問い合わせがありません。ほかの担当者が返答したか、お客様が完了しました。',
    en: 'There is nothing left to answer. Somebody else has, or the customers have closed them.',
  },
}

interface Data extends ShownOutage {
  open: number
}

/** The same words to everybody who has asked about an outage, above all when it is over. */
export const answerTicketsPage = staffConsole.page({
  path: paths.answerTickets,
  allow: 'support',
  words,
  async load(ctx, { params: { id } }): Promise<Data | typeof notFound> {
    const shown = await loadOutage(ctx, id, ({ state }) => state !== 'draft')
    if (shown === notFound) return notFound
    const { open } = await listTicketsOfOutage(ctx, id)
    return { ...shown, open }
  },
  form: {
    text: { label: words.text, value: typedLines(ticketText) },
    state: { label: words.state, value: z.enum(answeredStates), chosen: true },
  },
  initial: ({ outage: { stage, updates, cause } }) => ({
    text: (stage === 'over' ? cause?.ja : undefined) ?? updates[0]?.text.ja ?? '',
    state: stage === 'over' ? 'solved' : 'open',
  }),
  async submit(ctx, { data: { outage, open }, input, words: text }) {
    const { id } = outage
    const answered = await answerJoined(ctx, { outageId: id, path: paths.answerTickets({ id }) }, input)
    if (answered === 0) return problemAt(undefined, text.none)
    if (answered === mostAnswered && open > answered)
      return redirect(paths.answerTickets({ id }), { notice: text.more(answered) })
    return redirect(paths.outage({ id }), { notice: text.sent(answered) })
  },
  title: ({ words: text }) => text.title,
  view({ data: { outage, open }, form, words: text, reader: { language } }) {
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <OutageTrail outage={outage} language={language} current={text.title} />
        <PageHeading
          heading={text.title}
          lead={text.lead(open.toLocaleString(language === 'ja' ? 'ja-JP' : 'en-GB'))}
          tall
        />
        <Form form={form} layout="page" guard>
          <TextAreaField
            form={form}
            name="text"
            label={text.text}
            language={language}
            mark="required"
            rows={8}
            most={longestMessage}
          />
          <RadioField
            form={form}
            name="state"
            label={text.state}
            language={language}
            options={answeredStates.map((state) => ({ value: state, label: ticketStateWords[state][language] }))}
          />
          <CommitBar effect={text.effect}>
            <ButtonLink kind="secondary" href={paths.outage({ id: outage.id })}>
              {text.cancel}
            </ButtonLink>
            <Button>{text.send}</Button>
          </CommitBar>
        </Form>
      </>
    )
  },
})
