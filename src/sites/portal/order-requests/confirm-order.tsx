import { z } from 'zod'
import type { Context } from '#features/actor.ts'
import { judgeFiles } from '#features/attachments/judge.ts'
import { sayAnswers } from '#features/order-forms/answers.ts'
import { fileFieldOf, type OrderForm } from '#features/order-forms/form.ts'
import { type Asking, findAsking } from '#features/order-requests/asking.ts'
import { askForOrder } from '#features/order-requests/ask.ts'
import { readDraft, takeDraft } from '#features/sessions/drafts.ts'
import { type FormView, isId } from '#platform/form.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { FileField } from '#platform/ui/form/field.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { Day } from '#platform/ui/text/day.tsx'
import { uploadedFiles } from '#platform/values.ts'
import { notFound, type PageRequest, problemAt, type Redirect, redirect, type View } from '#platform/web/page.ts'
import { inLanguage, type Language } from '#platform/words.ts'
import { OrderAnswers } from '#sites/frame/order-answers.tsx'
import { acceptedFiles, fileWords, mostBytesOfForm, sentenceOfFiles } from '#sites/frame/talk/file-words.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { formWords } from './form-words.ts'
import { filledOf, judgeFilled, type Ready } from './judge-filled.ts'
import { OrderTrail } from './order-trail.tsx'
import { approversIn } from './request-words.ts'

const words = {
  ...formWords,
  title: { ja: 'お申し込みの確認', en: 'Check your order' },
  lead: {
    ja: 'まだ申し込まれていません。内容をご確認ください。',
    en: 'Nothing is ordered yet. Check what you entered.',
  },
  about: { ja: '対象', en: 'About' },
  service: { ja: 'サービス名', en: 'Service' },
  files: fileWords.files,
  filesHint: fileWords.filesHint,
  tooManyFiles: {
    ja: (most: number) => `添付できるファイルは${most}個までです。ファイルを選び直してください。`,
    en: (most: number) => `Up to ${most} files can be attached. Choose them again.`,
  },
  noFile: {
    ja: (label: string) => `${label}が選択されていません。ファイルを選択してください。`,
    en: (label: string) => `No file is chosen for “${label}”. Choose one.`,
  },
  'thing-full': {
    ja: 'この申請に添付できる容量（200MB）を超えます。ファイルを減らしてください。',
    en: 'That is more than a request can hold (200 MB). Choose fewer files.',
  },
  'customer-full': fileWords['customer-full'],
  soon: { ja: '指定なし', en: 'None' },
  approvers: { ja: '承認できるポータル管理者', en: 'Who can approve it' },
  edit: { ja: '修正する', en: 'Change it' },
  ask: { ja: '申請する', en: 'Ask for approval' },
  order: { ja: '申し込む', en: 'Order' },
  askEffect: {
    ja: 'ポータル管理者が承認すると、通信事業者に申し込まれます。',
    en: 'It goes to the operator once a portal administrator has approved it.',
  },
  orderEffect: { ja: '通信事業者に申し込みます。', en: 'It goes to the operator.' },
  asked: {
    ja: (code: string) => `申請しました。申請番号は${code}です。`,
    en: (code: string) => `Your request awaits approval. Its number is ${code}.`,
  },
  ordered: {
    ja: (code: string) => `申し込みました。申請番号は${code}です。`,
    en: (code: string) => `Your order was sent. Its number is ${code}.`,
  },
  'too-many-requests': {
    ja: '申請は1時間に20件まで作成できます。時間をおいて、もう一度お試しください。',
    en: 'You can ask for 20 orders an hour. Try again later.',
  },
  incomplete: {
    ja: '入力内容に確認が必要な項目があります。もう一度「確認する」を押してください。',
    en: 'Something has to be looked at again. Press “Go on to check” once more.',
  },
}

interface Data extends Asking {
  ready: Ready
  /** The request that this one goes on with. */
  from: string | null
}

/** お申し込みの確認: what was kept of the form, before it is asked for. */
export const confirmOrderPage = portal.page({
  path: paths.confirmOrderForm,
  allow: 'user',
  words,
  section: 'orders',
  load: loadFilled,
  form: {
    shown: { label: words.shown, value: z.string().max(40), carried: true },
    files: { label: words.files, value: uploadedFiles, file: true, many: true, mostBytes: mostBytesOfForm },
  },
  async prepare({ inTransaction }, { files }) {
    const customerId = await inTransaction(({ actor }) => Promise.resolve(actor.customer.id))
    return customerId === undefined ? undefined : judgeFiles(files, customerId)
  },
  async submit(ctx, { data, input, prepared, words: text }) {
    if (!prepared) throw new Error('Only whoever is logged in gets here')
    if (!prepared.ok) return problemAt('files', sentenceOfFiles(prepared, ctx.language))
    const refused = problemOfFiles(data.form, prepared.value.length, ctx.language)
    if (refused !== undefined) return problemAt('files', refused)

    const { service, form, mark, ready, from, needsApproval } = data
    const names = { service: service.code, form: form.code }
    if (input.shown !== mark) return redirect(paths.orderForm(names), { notice: text.changed })
    // Of two who send it at once, through two processes as well, one asks.
    if (!(await takeDraft(ctx, ctx.actor, paths.orderForm(names)))) return redirect(paths.requests)
    const { contract, answers, wishedOn } = ready
    const contractId = contract?.id ?? null
    const asked = await askForOrder(ctx, {
      serviceId: service.id,
      contractId,
      form,
      answers,
      files: prepared.value,
      wishedOn,
      needsApproval,
      follows: from,
    })
    if (!asked.ok && (asked.problem === 'thing-full' || asked.problem === 'customer-full'))
      return problemAt('files', text[asked.problem], asked)
    if (!asked.ok) {
      const about = contract?.number ?? service.name[ctx.language]
      const sentence =
        asked.problem === 'nobody-can-approve' ? text['nobody-can-approve'](about) : text['too-many-requests']
      return problemAt(undefined, sentence, asked)
    }
    const { id, code, state } = asked.value
    return redirect(paths.request({ id }), { notice: state === 'sent' ? text.ordered(code) : text.asked(code) })
  },
  within: ({ service }) => service.code,
  title: ({ words: text }) => text.title,
  view(view) {
    const { data, form, words: text, reader } = view
    const { language } = reader
    const { service, form: asks, ready, needsApproval } = data
    const back = paths.orderForm({ service: service.code, form: asks.code })
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <OrderTrail
          service={service}
          hasPage={data.hasPage}
          language={language}
          on={{ label: asks.name[language], href: back }}
          current={text.title}
        />
        <PageHeading heading={text.title} lead={text.lead} />
        <Section heading={text.about}>
          <AboutFacts {...view} />
        </Section>
        <Section heading={text.answers}>
          <OrderAnswers said={sayAnswers(asks, ready.answers, language)} />
        </Section>
        <Form form={form} layout="page" withFile>
          <input type="hidden" name="shown" value={data.mark} />
          <FilesAsked form={form} asks={asks} language={language} hint={text.filesHint} />
          <CommitBar effect={needsApproval ? text.askEffect : text.orderEffect}>
            <ButtonLink kind="secondary" href={back}>
              {text.edit}
            </ButtonLink>
            <Button>{needsApproval ? text.ask : text.order}</Button>
          </CommitBar>
        </Form>
      </>
    )
  },
})

interface FilesAskedProps {
  form: FormView
  asks: OrderForm
  language: Language
  /** Which files there may be. */
  hint: string
}

/** The question that files answer, if the form has one. */
function FilesAsked({ form, asks, language, hint }: FilesAskedProps) {
  const field = fileFieldOf(asks)
  if (!field) return null
  return (
    <FileField
      form={form}
      name="files"
      label={field.label[language]}
      language={language}
      mark={field.required ? 'required' : 'optional'}
      hint={[field.hint?.[language], hint].filter(Boolean).join(' ')}
      accept={acceptedFiles}
      multiple={(field.max ?? 1) > 1}
    />
  )
}

/** Why there may not be so many; undefined: there may. */
function problemOfFiles(asks: OrderForm, count: number, language: Language): string | undefined {
  const field = fileFieldOf(asks)
  const text = inLanguage(words, language)
  const most = field ? (field.max ?? 1) : 0
  if (count > most) return text.tooManyFiles(most)
  return field?.required && count === 0 ? text.noFile(field.label[language]) : undefined
}

/** What was kept is judged anew: rights, sites and the form may have changed since. */
async function loadFilled(
  ctx: Context,
  { params }: PageRequest<'service' | 'form'>,
): Promise<Data | Redirect | typeof notFound> {
  const asking = await findAsking(ctx, params)
  if (!asking) return notFound
  const back = paths.orderForm({ service: asking.service.code, form: asking.form.code })
  const text = inLanguage(formWords, ctx.language)
  const { values } = await readDraft(ctx, ctx.actor, back)
  if (!values) return redirect(back)
  if (values.shown !== asking.mark) return redirect(back, { notice: text.changed })
  const judged = await judgeFilled(ctx, asking, filledOf(values))
  const [problem] = judged.ok ? [] : judged.problems
  if (!judged.ok) return redirect(back, { notice: problem?.text ?? inLanguage(words, ctx.language).incomplete })
  const from = typeof values.from === 'string' && isId(values.from) ? values.from : null
  return { ...asking, ready: judged.ready, from }
}

type Shown = View<Data, typeof words>

function AboutFacts({ data: { service, ready }, words: text, reader: { language, now } }: Shown) {
  const { contract, wishedOn, approvers } = ready
  return (
    <Facts
      facts={[
        { term: text.service, value: service.name[language] },
        ...(contract ? [{ term: text.contract, value: <span class="number">{contract.number}</span> }] : []),
        { term: text.wished, value: wishedOn ? <Day on={wishedOn} language={language} now={now} /> : text.soon },
        ...(approvers ? [{ term: text.approvers, value: approversIn(approvers, language) }] : []),
      ]}
    />
  )
}
