import { z } from 'zod'
import type { Context } from '#features/actor.ts'
import { findContract } from '#features/contracts/find.ts'
import { type Asking, findAsking } from '#features/order-requests/asking.ts'
import { findRequest, type FoundRequest } from '#features/order-requests/find.ts'
import { keepDraft } from '#features/sessions/drafts.ts'
import { isId } from '#platform/form.ts'
import { days } from '#platform/time/duration.ts'
import { Button, ButtonLink, ButtonRow } from '#platform/ui/form/button.tsx'
import { TextField } from '#platform/ui/form/field.tsx'
import { CommitBar, ErrorSummary, FieldSet, Form } from '#platform/ui/form/form.tsx'
import { EmptyState } from '#platform/ui/layout/empty-state.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { notFound, type PageRequest, problemsAt, redirect, type View } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { formWords } from './form-words.ts'
import { givenOf, judgeFilled, valuesOf } from './judge-filled.ts'
import { OrderFieldInput } from './order-fields.tsx'
import { OrderTrail } from './order-trail.tsx'

const words = {
  ...formWords,
  contractHint: {
    ja: 'このサービスのご契約のうち、編集できるものの番号を入力してください。',
    en: 'The number of a contract of this service that you can edit.',
  },
  about: { ja: '対象とご希望日', en: 'About, and when' },
  when: { ja: 'ご希望日', en: 'When' },
  wishedHint: {
    ja: (day: string) => `${day}以降の日を指定できます。お急ぎでないときは、空のままにしてください。`,
    en: (day: string) => `${day} at the earliest. Leave it empty if there is no hurry.`,
  },
  effect: {
    ja: '次の画面で内容を確認します。まだ申し込まれません。',
    en: 'You check it on the next page. Nothing is ordered yet.',
  },
  check: { ja: '確認する', en: 'Go on to check' },
  keep: { ja: '下書きを保存する', en: 'Keep as a draft' },
  kept: {
    ja: '下書きを保存しました。14日以内に、この画面で続きを入力できます。',
    en: 'The draft was kept. Go on with it on this page within 14 days.',
  },
  discard: { ja: '下書きを破棄する', en: 'Discard the draft' },
  discarded: { ja: '下書きを破棄しました。', en: 'The draft was discarded.' },
  otherContract: { ja: '別のご契約の下書きを表示しています', en: 'This is a draft for another contract' },
  otherText: {
    ja: (kept: string, asked: string) =>
      `下書きのご契約番号は${kept}です。${asked}について申し込むときは、下書きを破棄してください。`,
    en: (kept: string, asked: string) => `It is for ${kept}. To order for ${asked}, discard the draft.`,
  },
  mayNot: { ja: '編集の権限が必要です', en: 'You need the right to edit' },
  step: { ja: '操作', en: 'What to do' },
}

/** How long a draft waits. */
const draftFor = 14 * days

interface Data extends Asking {
  /** Filled in from the address. */
  contract: { id: string; number: string; mayEdit: boolean } | undefined
  /** The user's own request that this one goes on with. */
  former: { id: string; contract: string; given: Record<string, string> } | undefined
}

/** The order form of a service: `?contract=` and `?from=` fill it in. */
export const orderFormPage = portal.page({
  path: paths.orderForm,
  allow: 'user',
  words,
  section: 'orders',
  load: loadForm,
  form: {
    contract: { label: words.contract, value: z.string().max(100).default('') },
    wished: { label: words.wished, value: z.string().max(40).default('') },
    a: { label: words.answers, value: z.record(z.string().max(100), z.string().max(20_000)), perRow: true },
    shown: { label: words.shown, value: z.string().max(40), carried: true },
    from: { label: words.from, value: z.string().max(40).default(''), carried: true },
    step: { label: words.step, value: z.enum(['check', 'keep', 'discard']), chosen: true, carried: true },
  },
  initial: ({ contract, former }) => ({
    contract: contract?.number ?? former?.contract ?? '',
    from: former?.id ?? '',
    // Names of single answers are those of the field in rows.
    ...former?.given,
  }),
  async submit(ctx, { data, input, words: text }) {
    const { service, form, mark } = data
    const names = { service: service.code, form: form.code }
    if (input.step === 'discard') return redirect(paths.orderForm(names), { notice: text.discarded })
    if (input.shown !== mark) return problemsAt([{ text: text.changed }])
    if (input.step === 'check') {
      const judged = await judgeFilled(ctx, data, input)
      if (!judged.ok) return problemsAt(judged.problems)
    }
    const { customer, userId } = ctx.actor
    const owner = { customerId: customer.id, userId }
    const values = { ...valuesOf(input), shown: mark, from: input.from }
    await keepDraft(ctx, { owner, path: paths.orderForm(names), values }, draftFor)
    if (input.step === 'keep') return redirect(paths.orderForm(names), { notice: text.kept })
    return redirect(paths.confirmOrderForm(names))
  },
  within: ({ service }) => service.code,
  title: ({ data, reader }) => data.form.name[reader.language],
  view(view) {
    const { data, form, words: text, reader } = view
    const { language } = reader
    const { name, lead, kind } = data.form
    const mayAsk = kind === 'new' ? data.mayAskForNew : data.contract?.mayEdit !== false
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <OrderTrail service={data.service} hasPage={data.hasPage} language={language} current={name[language]} />
        <PageHeading heading={name[language]} lead={lead?.[language]} tall />
        {mayAsk ? (
          <FilledForm {...view} />
        ) : (
          <EmptyState icon="lock" heading={text.mayNot}>
            {kind === 'new' ? text['may-not-ask'] : text['contract-not-editable']}
          </EmptyState>
        )}
      </>
    )
  },
})

async function loadForm(
  ctx: Context,
  { params, query }: PageRequest<'service' | 'form'>,
): Promise<Data | typeof notFound> {
  const asking = await findAsking(ctx, params)
  if (!asking) return notFound
  const { contract: contractId = '', from = '' } = query
  const contract = isId(contractId) ? await findContract(ctx, contractId) : undefined
  // What is named and not seen is as if it were not there.
  if (contractId !== '' && contract?.service.id !== asking.service.id) return notFound
  const request = isId(from) ? await findRequest(ctx, from) : undefined
  const isOwn = request?.askedById === ctx.actor.userId && request.serviceId === asking.service.id
  return { ...asking, contract, former: isOwn ? formerOf(request) : undefined }
}

function formerOf({ id, subject, answers }: FoundRequest): Data['former'] {
  return { id, contract: subject.contract?.number ?? '', given: givenOf(answers) }
}

type Shown = View<Data, typeof words>

function FilledForm({ data, form, words: text, reader: { language } }: Shown) {
  const kept = form.values.contract
  const asked = data.contract?.number
  const isOther = asked !== undefined && typeof kept === 'string' && kept !== '' && kept !== asked
  const { service, form: asks } = data
  const hasContract = asks.kind !== 'new'
  return (
    <>
      {isOther && (
        <Notice kind="warning" heading={text.otherContract}>
          {text.otherText(kept, asked)}
        </Notice>
      )}
      <Form form={form} layout="page" guard>
        <input type="hidden" name="shown" value={data.mark} />
        <input type="hidden" name="from" value={String(form.values.from ?? '')} />
        <FieldSet legend={hasContract ? text.about : text.when}>
          {hasContract && (
            <TextField
              form={form}
              language={language}
              name="contract"
              label={text.contract}
              mark="required"
              hint={text.contractHint}
              width="medium"
            />
          )}
          <TextField
            form={form}
            language={language}
            name="wished"
            label={text.wished}
            mark="optional"
            type="date"
            hint={text.wishedHint(data.earliestOn)}
            width="medium"
          />
        </FieldSet>
        <FieldSet legend={text.answers}>
          {asks.fields.map((field) => (
            <OrderFieldInput field={field} form={form} language={language} sites={data.sites} key={field.code} />
          ))}
        </FieldSet>
        <CommitBar effect={text.effect}>
          <ButtonLink kind="quiet" href={data.hasPage ? paths.service({ code: service.code }) : paths.newOrders}>
            {text.cancel}
          </ButtonLink>
          <Button name="step" value="check">
            {text.check}
          </Button>
        </CommitBar>
        {/* Behind the one that Enter presses, which is the first. */}
        <ButtonRow>
          <Button kind="secondary" small name="step" value="keep">
            {text.keep}
          </Button>
          <Button kind="quiet" small name="step" value="discard">
            {text.discard}
          </Button>
        </ButtonRow>
      </Form>
    </>
  )
}
