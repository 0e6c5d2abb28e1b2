import { findFeedback, markFeedback, noteAnswer, type StaffFeedback } from '#features/feedback/queue.ts'
import { seeCustomer, type SeenCustomer, workingFor } from '#features/staff/see-customer.ts'
import { openForUser } from '#features/tickets/open-for-user.ts'
import { longestMessage } from '#features/tickets/values.ts'
import { Button, ButtonRow } from '#platform/ui/form/button.tsx'
import { TextAreaField } from '#platform/ui/form/field.tsx'
import { ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Panel } from '#platform/ui/layout/panel.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import { lines, typedLines } from '#platform/values.ts'
import { notFound, problemAt, redirect, type View } from '#platform/web/page.ts'
import { z } from 'zod'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { feedbackKindWords, feedbackStateWords, feedbackTitle } from './feedback-words.ts'

const deeds = ['done', 'open', 'answer'] as const

const words = {
  list: feedbackTitle,
  title: { ja: 'ご意見', en: 'Feedback' },
  empty: { ja: '（本文なし）', en: '(no text)' },
  state: { ja: '状態', en: 'State' },
  kind: { ja: '種類', en: 'Kind' },
  page: { ja: 'ページ', en: 'Page' },
  customer: { ja: 'お客様', en: 'Customer' },
  user: { ja: 'ユーザー', en: 'User' },
  at: { ja: '日時', en: 'When' },
  browser: { ja: 'ブラウザ', en: 'Browser' },
  language: { ja: '画面の言語', en: 'Language of the screen' },
  ja: { ja: '日本語', en: 'Japanese' },
  en: { ja: '英語', en: 'English' },
  doneBy: { ja: '対応した担当者', en: 'Done by' },
  ticket: { ja: '返答', en: 'Answer' },
  toTicket: { ja: 'お問い合わせを開く', en: 'Open the inquiry' },
  answer: { ja: 'お問い合わせとして返答する', en: 'Answer by an inquiry' },
  answerText: { ja: '返答', en: 'Answer' },
  answerHint: {
    ja: 'このユーザーのお問い合わせを作成し、ご意見と返答を記録します。ユーザーにメールでお知らせします。ポータル管理者も読めます。',
    en: 'It opens an inquiry of this user with what was said and your answer, and tells the user by mail. Administrators can read it.',
  },
  send: { ja: '返答する', en: 'Answer' },
  done: { ja: '対応済みにする', en: 'Mark as done' },
  reopen: { ja: '未対応に戻す', en: 'Open it again' },
  deed: { ja: '操作', en: 'Action' },
  marked: { ja: '記録しました。', en: 'It was noted.' },
  answered: { ja: '返答しました。', en: 'The answer was sent.' },
  missing: { ja: '返答が入力されていません。返答を入力してください。', en: 'The answer is missing. Enter it.' },
  meanwhile: {
    ja: 'この画面を開いたあとに、ほかの担当者が対応しました。最新の内容をご確認ください。',
    en: 'Another member has done something about it. Look at what it is now.',
  },
  /** In the language of whoever said it. */
  ticketTitle: { ja: 'いただいたご意見への返答', en: 'In answer to your feedback' },
}

interface Data {
  feedback: StaffFeedback
  customer: SeenCustomer
}

/** What one user has said of a page, and what became of it. */
export const feedbackPage = staffConsole.page({
  path: paths.feedbackOf,
  allow: 'support',
  words,
  changesByLooking: true,
  async load(ctx, { params: { id } }): Promise<Data | typeof notFound> {
    const feedback = await findFeedback(ctx, id)
    const customer = feedback && (await seeCustomer(ctx, feedback.customer.id, paths.feedbackOf({ id })))
    return feedback && customer ? { feedback, customer } : notFound
  },
  form: {
    deed: { label: words.deed, value: z.enum(deeds), chosen: true, carried: true },
    text: { label: words.answerText, value: typedLines(lines(longestMessage)).optional() },
  },
  async submit(ctx, { data: { feedback, customer }, input, words: text }) {
    const { deed, text: answer = '' } = input
    if (deed === 'answer' && answer === '') return problemAt('text', text.missing)
    const by = deed === 'open' ? null : ctx.staff.number
    // First, so that of two who answer at once the second does nothing.
    if (!(await markFeedback(ctx, feedback, by))) return problemAt(undefined, text.meanwhile)
    if (deed !== 'answer') return redirect(paths.feedbackOf({ id: feedback.id }), { notice: text.marked })
    const { actor } = await workingFor(ctx, customer)
    const ticket = await openForUser(
      { ...ctx, customer, by: { id: actor.userId, name: actor.name } },
      {
        user: feedback.user,
        language: feedback.language,
        title: words.ticketTitle[feedback.language],
        said: saidIn(feedback),
        answer,
      },
    )
    await noteAnswer(ctx, feedback, ticket.id)
    return redirect(paths.ticket({ id: ticket.id }), { notice: text.answered })
  },
  title: ({ words: text }) => text.title,
  view(view) {
    const { data, form, words: text, reader } = view
    const { feedback } = data
    const { language } = reader
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <Breadcrumb language={language} trail={[{ label: text.list, href: paths.feedback }]} current={text.title} />
        <PageHeading
          heading={text.title}
          actions={
            <Form form={form} layout="plain">
              <Button kind="secondary" small name="deed" value={feedback.state === 'open' ? 'done' : 'open'}>
                {feedback.state === 'open' ? text.done : text.reopen}
              </Button>
            </Form>
          }
        />
        <Panel>
          <p class="told" lang={feedback.language}>
            {feedback.text || text.empty}
          </p>
        </Panel>
        <Section heading={text.state} small>
          <Facts facts={factsOf(view)} />
        </Section>
        {feedback.state === 'open' && (
          <Section heading={text.answer}>
            <Form form={form} layout="page" guard>
              <TextAreaField
                form={form}
                name="text"
                label={text.answerText}
                hint={text.answerHint}
                language={language}
                rows={6}
                most={longestMessage}
              />
              <ButtonRow>
                <Button name="deed" value="answer">
                  {text.send}
                </Button>
              </ButtonRow>
            </Form>
          </Section>
        )}
      </>
    )
  },
})

/** As the user reads it again: the page and the words. */
function saidIn({ page, text }: StaffFeedback): string {
  return text === '' ? '' : `${page}\n${text}`
}

function factsOf({ data: { feedback, customer }, words: text, reader }: View<Data, typeof words>) {
  const { language, timeZone: zone, now } = reader
  const when = (at: Date) => <Time at={at} zone={zone} language={language} now={now} />
  const { user, ticketId, doneAt, doneBy } = feedback
  const facts = [
    { term: text.state, value: feedbackStateWords[feedback.state][language] },
    { term: text.kind, value: feedbackKindWords[feedback.kind ?? 'none'][language] },
    { term: text.page, value: <code>{feedback.page}</code> },
    { term: text.customer, value: <a href={paths.customer({ id: customer.id })}>{customer.name}</a> },
    { term: text.user, value: <a href={paths.user({ customer: customer.id, id: user.id })}>{user.name}</a> },
    { term: text.at, value: when(feedback.at) },
    { term: text.language, value: text[feedback.language] },
    { term: text.browser, value: feedback.browser },
    {
      term: text.doneBy,
      value: doneAt && (
        <>
          {doneBy} {when(doneAt)}
        </>
      ),
    },
    { term: text.ticket, value: ticketId && <a href={paths.ticket({ id: ticketId })}>{text.toTicket}</a> },
  ]
  return facts.filter(({ value }) => Boolean(value))
}
