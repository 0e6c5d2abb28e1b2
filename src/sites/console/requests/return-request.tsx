import { returnRequest } from '#features/order-requests/answer.ts'
import { workingFor } from '#features/staff/see-customer.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { TextAreaField } from '#platform/ui/form/field.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { lines, typedLines } from '#platform/values.ts'
import { problemAt, redirect } from '#platform/web/page.ts'
import { userLabels } from '#sites/frame/guide-labels.ts'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { RequestTrail } from './request-parts.tsx'
import { seeRequest } from './see-request.ts'

const longestReason = 1000

const words = {
  title: { ja: '申請の差し戻し', en: 'Return the request' },
  lead: {
    ja: '申請した人は、内容を直してもう一度申し込めます。',
    en: 'Whoever has asked can correct it and order again.',
  },
  reason: { ja: '差し戻しの理由', en: 'What is to be put right' },
  reasonHint: { ja: 'お客様が読みます。', en: 'The customer reads it.' },
  effect: { ja: '申請した人に、メールでお知らせします。', en: 'Whoever has asked for it is told by mail.' },
  cancel: userLabels.cancel,
  return: { ja: '差し戻す', en: 'Return it' },
  done: { ja: '差し戻しました。', en: 'It was returned.' },
  meanwhile: {
    ja: 'この申請は、ほかの担当者が回答したか、お客様が取り下げました。申請の画面でご確認ください。',
    en: 'Somebody else has answered this request, or the customer has withdrawn it. See its page.',
  },
}

/** Gives a request back, with what is to be put right. */
export const returnRequestPage = staffConsole.page({
  path: paths.returnRequest,
  allow: 'provisioning',
  words,
  changesByLooking: true,
  load: (ctx, { params: { id } }) => seeRequest(ctx, id, paths.returnRequest({ id })),
  form: { reason: { label: words.reason, value: typedLines(lines(longestReason).min(1)) } },
  async submit(ctx, { data: { request, customer }, input, words: text }) {
    const returned = await returnRequest(await workingFor(ctx, customer), request, input.reason)
    if (!returned.ok) return problemAt(undefined, text.meanwhile, returned)
    return redirect(paths.request({ id: request.id }), { notice: text.done })
  },
  title: ({ words: text }) => text.title,
  view: ({ data: { request }, form, words: text, reader: { language } }) => (
    <>
      <ErrorSummary form={form} language={language} />
      <RequestTrail request={request} language={language} current={text.title} />
      <PageHeading heading={text.title} lead={text.lead} tall />
      <Form form={form} layout="page">
        <TextAreaField
          form={form}
          name="reason"
          label={text.reason}
          language={language}
          mark="required"
          hint={text.reasonHint}
          rows={5}
          most={longestReason}
        />
        <CommitBar effect={text.effect}>
          <ButtonLink kind="secondary" href={paths.request({ id: request.id })}>
            {text.cancel}
          </ButtonLink>
          <Button>{text.return}</Button>
        </CommitBar>
      </Form>
    </>
  ),
})
