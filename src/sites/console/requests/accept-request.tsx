import { z } from 'zod'
import { acceptRequest } from '#features/order-requests/answer.ts'
import { workingFor } from '#features/staff/see-customer.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { TextField } from '#platform/ui/form/field.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { line, typed, typedDay } from '#platform/values.ts'
import { problemAt, redirect } from '#platform/web/page.ts'
import { userLabels } from '#sites/frame/guide-labels.ts'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { RequestTrail } from './request-parts.tsx'
import { seeRequest } from './see-request.ts'

const words = {
  title: { ja: '申請の受付', en: 'Accept the request' },
  lead: {
    ja: '申請からお申し込みを作成します。お客様の画面に、お申し込みの進捗として表示されます。',
    en: 'An order is made of the request. The customer follows it as such.',
  },
  code: { ja: 'お申し込み番号', en: 'Order number' },
  codeHint: {
    ja: (code: string) => `空のときは、申請番号（${code}）になります。英数字、ハイフン、ドット、下線を使えます。`,
    en: (code: string) => `If empty, that of the request (${code}). Letters, digits, hyphens, dots and underscores.`,
  },
  titleJa: { ja: '件名（日本語）', en: 'Title in Japanese' },
  titleEn: { ja: '件名（英語）', en: 'Title in English' },
  delivery: { ja: '提供予定日', en: 'Delivery date' },
  deliveryHint: { ja: '未定のときは、空のままにしてください。', en: 'Leave it empty while it is not set.' },
  effect: {
    ja: '申請した人に、メールでお知らせします。',
    en: 'Whoever has asked for it is told by mail.',
  },
  cancel: userLabels.cancel,
  accept: { ja: '受け付ける', en: 'Accept it' },
  done: { ja: '受け付けました。', en: 'It was accepted.' },
  'answered-meanwhile': {
    ja: 'この申請は、ほかの担当者が回答したか、お客様が取り下げました。申請の画面でご確認ください。',
    en: 'Somebody else has answered this request, or the customer has withdrawn it. See its page.',
  },
  'contract-gone': {
    ja: 'このご契約は終了したか、別のお客様に移りました。申請を差し戻してください。',
    en: 'The contract has ended or moved to another customer. Return the request.',
  },
  'code-taken': {
    ja: 'このお客様には、同じお申し込み番号があります。別の番号を入力してください。',
    en: 'The customer has an order of this number. Enter another one.',
  },
  'before-ordered': {
    ja: '提供予定日には、申請日以降の日を入力してください。',
    en: 'The delivery date cannot be before the day of the request.',
  },
}

const orderCode = typed(z.string().regex(/^[\w.-]{0,64}$/))
const orderTitle = typed(line(200).min(1))

/** Makes an order of a request. */
export const acceptRequestPage = staffConsole.page({
  path: paths.acceptRequest,
  allow: 'provisioning',
  words,
  changesByLooking: true,
  load: (ctx, { params: { id } }) => seeRequest(ctx, id, paths.acceptRequest({ id })),
  form: {
    code: { label: words.code, value: orderCode, example: 'A-2026-000001' },
    titleJa: { label: words.titleJa, value: orderTitle },
    titleEn: { label: words.titleEn, value: orderTitle },
    delivery: { label: words.delivery, value: z.union([typedDay, z.literal('')]), example: '2026-12-01' },
  },
  initial: ({ request: { title, wishedOn } }) => ({ titleJa: title.ja, titleEn: title.en, delivery: wishedOn ?? '' }),
  async submit(ctx, { data: { request, customer }, input, words: text }) {
    const working = await workingFor(ctx, customer)
    const { code, titleJa, titleEn, delivery } = input
    const accepted = await acceptRequest(working, request, {
      code,
      title: { ja: titleJa, en: titleEn },
      deliveryOn: delivery,
    })
    if (accepted.ok) return redirect(paths.order({ id: accepted.value.orderId }), { notice: text.done })
    const fields = {
      'code-taken': 'code',
      'before-ordered': 'delivery',
      'answered-meanwhile': undefined,
      'contract-gone': undefined,
    }
    return problemAt(fields[accepted.problem], text[accepted.problem], accepted)
  },
  title: ({ words: text }) => text.title,
  view: ({ data: { request }, form, words: text, reader: { language } }) => (
    <>
      <ErrorSummary form={form} language={language} />
      <RequestTrail request={request} language={language} current={text.title} />
      <PageHeading heading={text.title} lead={text.lead} tall />
      <Form form={form} layout="page">
        <TextField
          form={form}
          language={language}
          name="code"
          label={text.code}
          mark="optional"
          hint={text.codeHint(request.code)}
          width="medium"
        />
        <TextField form={form} language={language} name="titleJa" label={text.titleJa} mark="required" />
        <TextField form={form} language={language} name="titleEn" label={text.titleEn} mark="required" />
        <TextField
          form={form}
          language={language}
          name="delivery"
          label={text.delivery}
          mark="optional"
          type="date"
          hint={text.deliveryHint}
          width="medium"
        />
        <CommitBar effect={text.effect}>
          <ButtonLink kind="secondary" href={paths.request({ id: request.id })}>
            {text.cancel}
          </ButtonLink>
          <Button>{text.accept}</Button>
        </CommitBar>
      </Form>
    </>
  ),
})
