import { judgeFiles } from '#features/attachments/judge.ts'
import { workingFor } from '#features/staff/see-customer.ts'
import { answeredStates, answerTicket } from '#features/tickets/answer.ts'
import { findOthersAt, findTicketForStaff } from '#features/tickets/find-for-staff.ts'
import { longestMessage } from '#features/tickets/values.ts'
import { rowVersion } from '#platform/form.ts'
import { Button, ButtonLink, ButtonRow } from '#platform/ui/form/button.tsx'
import { FileField, RadioField, TextAreaField } from '#platform/ui/form/field.tsx'
import { ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Columns, Section, WithAside } from '#platform/ui/layout/section.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { lines, typedLines, uploadedFiles } from '#platform/values.ts'
import { notFound, problemAt, redirect, type View } from '#platform/web/page.ts'
import { TicketStateMark, ticketStateWords } from '#sites/frame/states/ticket-state.tsx'
import { acceptedFiles, fileWords, mostBytesOfForm, sentenceOfFiles } from '#sites/frame/talk/file-words.ts'
import type { FileLinks } from '#sites/frame/talk/files.tsx'
import { Talk } from '#sites/frame/talk/talk.tsx'
import { z } from 'zod'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { seeTicket, type SeenTicket } from './see-ticket.ts'
import { TicketFacts } from './ticket-facts.tsx'
import { TicketNotes } from './ticket-notes.tsx'
import { TicketTrail } from './ticket-parts.tsx'

const words = {
  files: fileWords.files,
  filesHint: fileWords.filesHint,
  talk: { ja: '対応ログ', en: 'What was said' },
  noTalk: { ja: 'やり取りはまだありません。', en: 'Nothing was said yet.' },
  facts: { ja: 'お問い合わせの内容', en: 'The inquiry' },
  notes: { ja: '社内メモ（お客様には表示されません）', en: 'Notes (never shown to customers)' },
  assign: { ja: '担当者を変更する', en: 'Hand on' },
  join: { ja: '障害・工事に結びつける', en: 'Join to a fault or works' },
  note: { ja: '社内メモを書く', en: 'Write a note' },
  answer: { ja: '返答', en: 'Answer' },
  text: { ja: '内容', en: 'Text' },
  textHint: {
    ja: 'このお問い合わせを参照できるお客様全員が読みます。作成者と関係者にメールでお知らせします。',
    en: 'All of the customer who may see this inquiry read it. Its author and those who take part are told by mail.',
  },
  state: { ja: '返答後の状況', en: 'State after it' },
  version: { ja: '版', en: 'Version' },
  send: { ja: '返答する', en: 'Send the answer' },
  sent: { ja: '返答しました。', en: 'The answer was sent.' },
  missing: { ja: '内容が入力されていません。内容を入力してください。', en: 'Text is missing. Enter it.' },
  mayNot: { ja: '返答にはサポートの役割が必要です。', en: 'To answer you need the role for support.' },
  meanwhile: {
    ja: 'この画面を開いたあとに、ほかの担当者またはお客様が操作しました。対応ログをご確認のうえ、もう一度返答してください。',
    en: 'The inquiry was changed after you opened this page. Read it, then send your answer again.',
  },
  filesAgain: { ja: 'ファイルは、もう一度選択してください。', en: 'Choose the files again.' },
  'thing-full': {
    ja: 'このお問い合わせに添付できる容量（200MB）を超えます。',
    en: 'That is more than this inquiry can hold (200 MB).',
  },
  'customer-full': {
    ja: 'このお客様が添付できる容量（2GB）を超えます。',
    en: 'That is more than can be kept for this customer (2 GB).',
  },
  others: { ja: 'ほかの担当者も見ています', en: 'Others look at it, too' },
  othersText: {
    ja: (numbers: string) => `${numbers}が、この2分の間にこの画面を開きました。`,
    en: (numbers: string) => `${numbers} opened this page within the last two minutes.`,
  },
}

interface Data extends SeenTicket {
  /** Numbers of members of staff. */
  others: string[]
  mayAct: boolean
}

/** One ticket of a customer: what was said, the answer, and what staff tell each other. */
export const ticketPage = staffConsole.page({
  path: paths.ticket,
  allow: 'read',
  words,
  changesByLooking: true,
  async load(ctx, { params: { id } }): Promise<Data | typeof notFound> {
    const path = paths.ticket({ id })
    const seen = await seeTicket(ctx, id, path)
    if (seen === notFound) return notFound
    const others = await findOthersAt(ctx, { customerId: seen.customer.id, path })
    return { ...seen, others, mayAct: ctx.staff.roles.includes('support') }
  },
  form: {
    text: { label: words.text, value: typedLines(lines(longestMessage)) },
    files: { label: words.files, value: uploadedFiles, file: true, many: true, mostBytes: mostBytesOfForm },
    state: { label: words.state, value: z.enum(answeredStates), chosen: true },
    version: { label: words.version, value: rowVersion, carried: true },
  },
  initial: ({ ticket: { state } }) => ({ state: state === 'received' ? 'open' : state }),
  async prepare({ inTransaction, asked }, { files }) {
    const customerId = await inTransaction(async (ctx) => {
      const ticket = ctx.staff.roles.includes('support') ? await findTicketForStaff(ctx, asked.params.id) : undefined
      return ticket?.customerId
    })
    return customerId === undefined ? undefined : judgeFiles(files, customerId)
  },
  async submit(ctx, { data: { ticket, customer, mayAct }, input, prepared, words: text }) {
    if (!mayAct || !prepared) return problemAt(undefined, text.mayNot)
    if (!prepared.ok) return problemAt('files', sentenceOfFiles(prepared, ctx.language))
    const files = prepared.value
    if (input.text === '' && files.length === 0 && input.state !== 'closed') return problemAt('text', text.missing)
    const { actor } = await workingFor(ctx, customer)
    const by = { id: actor.userId, name: actor.name }
    const answered = await answerTicket({ ...ctx, customer, by }, ticket.id, { ...input, files })
    if (answered.ok) return redirect(paths.ticket({ id: ticket.id }), { notice: text.sent })
    if (answered.problem === 'thing-full' || answered.problem === 'customer-full')
      return problemAt('files', text[answered.problem], answered)
    const again = files.length > 0 ? `${text.meanwhile} ${text.filesAgain}` : text.meanwhile
    return problemAt(undefined, again, answered)
  },
  title: ({ data, reader }) => data.ticket.title[reader.language],
  view(view) {
    const { data, form, words: text, reader } = view
    const { ticket, customer, others } = data
    const { language } = reader
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <TicketTrail ticket={ticket} language={language} />
        <PageHeading
          heading={ticket.title[language]}
          lead={<TicketStateMark state={ticket.state} language={language} />}
          actions={data.mayAct && <Actions {...view} />}
        />
        {others.length > 0 && (
          <Notice kind="info" heading={text.others}>
            {text.othersText(others.join(language === 'ja' ? '、' : ', '))}
          </Notice>
        )}
        <WithAside>
          <div>
            <Section heading={text.talk}>
              {ticket.messages.length === 0 ? (
                <p class="small-text">{text.noTalk}</p>
              ) : (
                <Talk messages={ticket.messages} links={filesOf(ticket.id)} reader={reader} />
              )}
            </Section>
            {data.mayAct && <Answer {...view} />}
          </div>
          <Columns count={2}>
            <Section heading={text.facts} small>
              <TicketFacts ticket={ticket} customer={customer} reader={reader} />
            </Section>
            {ticket.notes.length > 0 && (
              <Section heading={text.notes} small>
                <TicketNotes notes={ticket.notes} reader={reader} />
              </Section>
            )}
          </Columns>
        </WithAside>
      </>
    )
  },
})

type Shown = View<Data, typeof words>

function Actions({ data: { ticket }, words: text }: Shown) {
  return (
    <>
      <ButtonLink kind="secondary" small href={paths.assignTicket({ id: ticket.id })}>
        {text.assign}
      </ButtonLink>
      <ButtonLink kind="secondary" small href={paths.joinTicket({ id: ticket.id })}>
        {text.join}
      </ButtonLink>
      <ButtonLink kind="secondary" small href={paths.addTicketNote({ id: ticket.id })}>
        {text.note}
      </ButtonLink>
    </>
  )
}

function Answer({ data: { ticket }, form, words: text, reader: { language } }: Shown) {
  return (
    <Section heading={text.answer}>
      <Form form={form} guard withFile>
        <input type="hidden" name="version" value={ticket.version} />
        <TextAreaField
          form={form}
          name="text"
          label={text.text}
          language={language}
          hint={text.textHint}
          rows={8}
          most={longestMessage}
        />
        <FileField
          form={form}
          name="files"
          label={text.files}
          language={language}
          mark="optional"
          hint={text.filesHint}
          accept={acceptedFiles}
          multiple
        />
        <RadioField
          form={form}
          name="state"
          label={text.state}
          language={language}
          options={answeredStates.map((state) => ({ value: state, label: ticketStateWords[state][language] }))}
        />
        <ButtonRow>
          <Button>{text.send}</Button>
        </ButtonRow>
      </Form>
    </Section>
  )
}

function filesOf(id: string): FileLinks {
  return { file: (file) => paths.openTicketFile({ id, file }), picture: (file) => paths.ticketPicture({ id, file }) }
}
