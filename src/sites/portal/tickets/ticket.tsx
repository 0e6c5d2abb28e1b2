import { z } from 'zod'
import { serviceLabels } from '#sites/frame/guide-labels.ts'
import { judgeFiles } from '#features/attachments/judge.ts'
import { findTicket, type FoundTicket, isOpenForReply } from '#features/tickets/find.ts'
import { replyToTicket, ticketDeeds } from '#features/tickets/reply.ts'
import { longestMessage } from '#features/tickets/values.ts'
import { isPinned } from '#features/shortcuts/set-pin.ts'
import { type ContractEvents, listEventsAround } from '#features/events/list.ts'
import { rowVersion } from '#platform/form.ts'
import { Button, ButtonLink, ButtonRow } from '#platform/ui/form/button.tsx'
import { FileField, TextAreaField } from '#platform/ui/form/field.tsx'
import { ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Columns, Section, WithAside } from '#platform/ui/layout/section.tsx'
import { lines, typedLines, uploadedFiles } from '#platform/values.ts'
import { hrefOf } from '#platform/ui/list/list-query.tsx'
import { notFound, problemAt, redirect, type View } from '#platform/web/page.ts'
import { WindowFacts } from '../subjects/window-facts.tsx'
import { OtherEvents } from '../subjects/contract-events.tsx'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { PinButton } from '../shortcuts/pin-button.tsx'
import { TicketStateMark } from '#sites/frame/states/ticket-state.tsx'
import { TicketCourse } from './course.tsx'
import { TicketFacts } from './facts.tsx'
import { acceptedFiles, fileWords, mostBytesOfForm, sentenceOfFiles } from '#sites/frame/talk/file-words.ts'
import type { FileLinks } from '#sites/frame/talk/files.tsx'
import { Talk } from '#sites/frame/talk/talk.tsx'

const words = {
  ...fileWords,
  list: serviceLabels.ticketList,
  talk: { ja: '対応ログ', en: 'What was said' },
  noTalk: { ja: 'やり取りはまだありません。', en: 'Nothing was said yet.' },
  facts: { ja: 'お問い合わせの内容', en: 'The inquiry' },
  contact: { ja: 'お急ぎのときの窓口', en: 'When it is urgent' },
  reply: { ja: '返信', en: 'Reply' },
  text: { ja: '内容', en: 'Text' },
  textHint: {
    ja: 'このお問い合わせを参照できる社内の方と、通信事業者の担当者が読みます。パスワードや認証コードは書かないでください。',
    en: 'Those of your company who may see this inquiry read it, and the operator’s staff. Do not enter passwords or codes.',
  },
  deed: { ja: '操作', en: 'Action' },
  version: { ja: '版', en: 'Version' },
  send: { ja: '返信する', en: 'Send the reply' },
  solved: { ja: '解決した', en: 'It is solved' },
  unsolved: { ja: 'まだ解決していません', en: 'It is not solved yet' },
  missing: {
    ja: '内容が入力されていません。内容を入力してください。',
    en: 'Text is missing. Enter it.',
  },
  meanwhile: {
    ja: 'この画面を開いたあとに、新しい対応がありました。対応ログをご確認のうえ、もう一度操作してください。',
    en: 'Something was written after you opened this page. Read it, then send yours again.',
  },
  filesAgain: {
    ja: 'ファイルは、もう一度選択してください。',
    en: 'Choose your files again.',
  },
  replied: { ja: '返信しました。', en: 'Your reply was sent.' },
  settled: { ja: 'お問い合わせを完了しました。', en: 'The inquiry was closed.' },
  goOn: { ja: '続きのお問い合わせを作成する', en: 'Open an inquiry that goes on with it' },
  mayNot: {
    ja: '返信には編集の権限が必要です。御社のポータル管理者にご連絡ください。',
    en: 'To reply you need the right to edit. Ask your portal administrator.',
  },
}

interface Data {
  ticket: FoundTicket
  /** Of its contract, if it has one. */
  events: ContractEvents | undefined
  isPinned: boolean
}

/** One ticket: where it stands, what was said, and the reply. */
export const ticketPage = portal.page({
  path: paths.ticket,
  allow: 'user',
  words,
  section: 'tickets',
  async load(ctx, { params: { id } }): Promise<Data | typeof notFound> {
    const ticket = await findTicket(ctx, id)
    if (!ticket) return notFound
    const [events, pinned] = await Promise.all([
      listEventsAround(ctx, ticket.subject),
      isPinned(ctx, { kind: 'ticket', id }),
    ])
    return { ticket, events, isPinned: pinned }
  },
  form: {
    text: { label: words.text, value: typedLines(lines(longestMessage)) },
    files: { label: words.files, value: uploadedFiles, file: true, many: true, mostBytes: mostBytesOfForm },
    deed: { label: words.deed, value: z.enum(ticketDeeds), chosen: true, carried: true },
    version: { label: words.version, value: rowVersion, carried: true },
  },
  async prepare({ inTransaction, asked }, { files }) {
    const customerId = await inTransaction(async (ctx) => {
      const ticket = await findTicket(ctx, asked.params.id)
      return ticket?.mayAct ? ctx.actor.customer.id : undefined
    })
    return customerId === undefined ? undefined : judgeFiles(files, customerId)
  },
  async submit(ctx, { data: { ticket }, input, prepared, words: text }) {
    const { deed, text: typed, version } = input
    if (!prepared) return problemAt(undefined, text.mayNot)
    if (!prepared.ok) return problemAt('files', sentenceOfFiles(prepared, ctx.language))
    if (deed !== 'solved' && typed === '' && prepared.value.length === 0) return problemAt('text', text.missing)
    const done = await replyToTicket(ctx, ticket, { deed, text: typed, version, files: prepared.value })
    if (done.ok)
      return redirect(paths.ticket({ id: ticket.id }), { notice: deed === 'solved' ? text.settled : text.replied })
    if (done.problem === 'may-not-act') return problemAt(undefined, text.mayNot, done)
    if (done.problem === 'closed' || done.problem === 'changed-meanwhile') {
      const again = prepared.value.length > 0 ? `${text.meanwhile} ${text.filesAgain}` : text.meanwhile
      return problemAt(undefined, again, done)
    }
    return problemAt('files', text[done.problem], done)
  },
  within: ({ ticket }) => ticket.subject.service?.code ?? '',
  about: ({ ticket: { id } }) => ({ kind: 'ticket', id }),
  title: ({ data, reader }) => data.ticket.title[reader.language],
  view(view) {
    const { data, form, words: text, reader } = view
    const { ticket } = data
    const { language } = reader
    const title = ticket.title[language]
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <Breadcrumb language={language} trail={[{ label: text.list, href: paths.tickets }]} current={title} />
        <PageHeading
          heading={title}
          lead={<TicketStateMark state={ticket.state} language={language} />}
          actions={<PinButton view={view} thing={{ kind: 'ticket', id: ticket.id }} isPinned={data.isPinned} />}
        />
        <TicketCourse ticket={ticket} reader={reader} />
        <WithAside>
          <div>
            <Section heading={text.talk}>
              {ticket.messages.length === 0 ? (
                <p class="small-text">{text.noTalk}</p>
              ) : (
                <Talk messages={ticket.messages} links={filesOf(ticket)} reader={reader} />
              )}
            </Section>
            <Answer {...view} />
          </div>
          <Columns count={2}>
            <Section heading={text.facts} small>
              <TicketFacts ticket={ticket} reader={reader} />
            </Section>
            {ticket.window && (
              <Section heading={text.contact} small>
                <WindowFacts window={ticket.window} language={language} />
              </Section>
            )}
          </Columns>
        </WithAside>
        {data.events && <OtherEvents events={data.events} but={ticket.id} reader={reader} />}
      </>
    )
  },
})

function filesOf({ id }: FoundTicket): FileLinks {
  return { file: (file) => paths.ticketFile({ id, file }), picture: (file) => paths.ticketPicture({ id, file }) }
}

/** The reply; or why there is none. */
function Answer({ data: { ticket }, form, words: text, reader: { language, now } }: View<Data, typeof words>) {
  const { id, state, mayAct, version } = ticket
  if (!isOpenForReply(ticket, now))
    return (
      <ButtonRow>
        <ButtonLink kind="secondary" icon="plus" href={hrefOf(paths.addTicket, { follows: id })}>
          {text.goOn}
        </ButtonLink>
      </ButtonRow>
    )
  if (!mayAct) return <p class="small-text">{text.mayNot}</p>
  return (
    <Section heading={text.reply}>
      <Form form={form} guard withFile>
        <input type="hidden" name="version" value={version} />
        <TextAreaField
          form={form}
          name="text"
          label={text.text}
          language={language}
          hint={text.textHint}
          rows={6}
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
        <ButtonRow>
          <Button name="deed" value={state === 'closed' || state === 'solved' ? 'unsolved' : 'reply'}>
            {state === 'closed' || state === 'solved' ? text.unsolved : text.send}
          </Button>
          {state !== 'closed' && (
            <Button kind="secondary" icon="check" name="deed" value="solved">
              {text.solved}
            </Button>
          )}
        </ButtonRow>
      </Form>
    </Section>
  )
}
