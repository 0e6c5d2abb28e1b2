import { z } from 'zod'
import type { Context } from '#features/actor.ts'
import { sayAnswers } from '#features/order-forms/answers.ts'
import { decideRequest, mayDecide, mayWithdraw, requestDeeds } from '#features/order-requests/decide.ts'
import { findRequest, type FoundRequest, type RequestLink } from '#features/order-requests/find.ts'
import { listApprovers, type RequestReader } from '#features/order-requests/readers.ts'
import { Button, ButtonLink, ButtonRow } from '#platform/ui/form/button.tsx'
import { TextAreaField } from '#platform/ui/form/field.tsx'
import { ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import type { Fact } from '#platform/ui/layout/facts.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Columns, Section } from '#platform/ui/layout/section.tsx'
import { hrefOf } from '#platform/ui/list/list-query.tsx'
import { lines, typedLines } from '#platform/values.ts'
import { notFound, problemAt, redirect, type View } from '#platform/web/page.ts'
import { OrderAnswers } from '#sites/frame/order-answers.tsx'
import { RequestFacts } from '#sites/frame/request-facts.tsx'
import { Files } from '#sites/frame/talk/files.tsx'
import { RequestStateMark } from '#sites/frame/states/request-state.tsx'
import { listTitles } from '../list-titles.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { SubjectContract } from '../subjects/subject.tsx'
import { decidedSentence, RequestNotice } from './request-notice.tsx'

const longestReason = 1000

const words = {
  list: listTitles['order-requests'],
  facts: { ja: '申請', en: 'The request' },
  answers: { ja: 'お申し込みの内容', en: 'What is ordered' },
  decide: { ja: '承認または却下', en: 'Approve or reject' },
  reason: { ja: '却下の理由', en: 'Why it is rejected' },
  reasonHint: {
    ja: '却下するときに入力してください。申請した人が読みます。',
    en: 'For a rejection. Whoever asked for it reads this.',
  },
  approve: { ja: '承認する', en: 'Approve' },
  reject: { ja: '却下する', en: 'Reject' },
  withdraw: { ja: '取り下げる', en: 'Withdraw' },
  again: { ja: '修正してもう一度申し込む', en: 'Correct it and order again' },
  deed: { ja: '操作', en: 'What to do' },
  follows: { ja: '元の申請', en: 'Former request' },
  followedBy: { ja: '修正後の申請', en: 'Corrected request' },
  takeBack: { ja: '申請の取り下げ', en: 'Withdraw the request' },
  takeBackText: {
    ja: '通信事業者が回答するまで、取り下げられます。',
    en: 'It can be withdrawn until the operator has answered.',
  },
  approved: { ja: '承認しました。通信事業者に申し込みました。', en: 'It was approved, and has gone to the operator.' },
  rejected: { ja: '却下しました。', en: 'It was rejected.' },
  withdrawn: { ja: '取り下げました。', en: 'It was withdrawn.' },
  noReason: {
    ja: '却下の理由が入力されていません。却下の理由を入力してください。',
    en: 'The reason is missing. Enter why it is rejected.',
  },
  notOwn: { ja: '取り下げられるのは、申請した人です。', en: 'Only who has asked for it can withdraw it.' },
  'may-not': {
    ja: 'この申請を承認できるのは、申請した人以外の、対象を参照できるポータル管理者です。',
    en: 'Only a portal administrator who can view what it is about, and has not asked for it, can decide on it.',
  },
}

export interface RequestData {
  request: FoundRequest
  /** While it awaits approval. */
  approvers: RequestReader[]
  mayDecide: boolean
  mayWithdraw: boolean
  mayAskAgain: boolean
}

/** 申請: what was asked for, what has become of it, and what can be done with it. */
export const requestPage = portal.page({
  path: paths.request,
  allow: 'user',
  words,
  section: 'orders',
  load: (ctx, { params }) => loadRequest(ctx, params.id),
  form: {
    reason: { label: words.reason, value: typedLines(lines(longestReason)).default('') },
    deed: { label: words.deed, value: z.enum(requestDeeds), chosen: true, carried: true },
  },
  async submit(ctx, { data: { request }, input, words: text }) {
    const { deed, reason } = input
    if (deed === 'reject' && reason === '') return problemAt('reason', text.noReason)
    const decided = await decideRequest(ctx, request, { deed, reason })
    if (decided.ok)
      return redirect(paths.request({ id: request.id }), {
        notice: { approve: text.approved, reject: text.rejected, withdraw: text.withdrawn }[deed],
      })
    if (decided.problem === 'may-not')
      return problemAt(undefined, deed === 'withdraw' ? text.notOwn : text['may-not'], decided)
    const reader = { language: ctx.language, timeZone: ctx.actor.timeZone, now: ctx.now }
    return problemAt(undefined, decidedSentence((await findRequest(ctx, request.id)) ?? request, reader), decided)
  },
  within: ({ request }) => request.subject.service.code,
  title: ({ data, reader }) => data.request.title[reader.language],
  view(view) {
    const { data, form, words: text, reader } = view
    const { request, approvers } = data
    const { language } = reader
    const title = request.title[language]
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <Breadcrumb language={language} trail={[{ label: text.list, href: paths.requests }]} current={title} />
        <PageHeading heading={title} lead={<RequestStateMark state={request.state} language={language} />} />
        <RequestNotice request={request} approvers={approvers} language={language} />
        <Columns count={2}>
          <Section heading={text.answers}>
            <OrderAnswers said={sayAnswers(request.form, request.answers, language)} />
            {request.files.length > 0 && (
              <Files
                files={request.files}
                links={{ file: (file) => paths.requestFile({ id: request.id, file }) }}
                language={language}
              />
            )}
          </Section>
          <Section heading={text.facts}>
            <RequestFacts
              request={request}
              reader={reader}
              contract={<SubjectContract subject={request.subject} />}
              orderAt={(id) => paths.order({ id })}
              behind={[...linkTo(text.follows, request.follows), ...linkTo(text.followedBy, request.followedBy)]}
            />
          </Section>
        </Columns>
        <Deeds {...view} />
      </>
    )
  },
})

async function loadRequest(ctx: Context, id: string): Promise<RequestData | typeof notFound> {
  const request = await findRequest(ctx, id)
  if (!request) return notFound
  const { tx, now, actor } = ctx
  const about = { contractId: request.contractId, serviceId: request.serviceId }
  const waits = request.state === 'awaiting-approval'
  const approvers = waits ? await listApprovers({ tx, now, customer: actor.customer }, about, request.askedById) : []
  const isBack = request.state === 'returned' || request.state === 'rejected' || request.state === 'withdrawn'
  return {
    request,
    approvers,
    mayDecide: mayDecide(ctx, request),
    mayWithdraw: mayWithdraw(ctx, request),
    mayAskAgain: isBack && request.askedById === actor.userId && !request.followedBy,
  }
}

function linkTo(term: string, to: RequestLink | null): Fact[] {
  return to ? [{ term, value: <a href={paths.request({ id: to.id })}>{to.code}</a> }] : []
}

type Shown = View<RequestData, typeof words>

function Deeds({ data, form, words: text, reader: { language } }: Shown) {
  const { request, mayDecide: decides, mayWithdraw: withdraws, mayAskAgain } = data
  const again = paths.orderForm({ service: request.subject.service.code, form: request.form.code })
  return (
    <>
      {decides && (
        <Section heading={text.decide}>
          <Form form={form}>
            <TextAreaField
              form={form}
              name="reason"
              label={text.reason}
              language={language}
              mark="optional"
              hint={text.reasonHint}
              most={longestReason}
            />
            <ButtonRow>
              <Button name="deed" value="approve">
                {text.approve}
              </Button>
              <Button kind="danger" name="deed" value="reject">
                {text.reject}
              </Button>
            </ButtonRow>
          </Form>
        </Section>
      )}
      {withdraws && (
        <Section heading={text.takeBack}>
          <p>{text.takeBackText}</p>
          <Form form={form}>
            <ButtonRow>
              <Button kind="danger" name="deed" value="withdraw">
                {text.withdraw}
              </Button>
            </ButtonRow>
          </Form>
        </Section>
      )}
      {mayAskAgain && (
        <ButtonRow>
          <ButtonLink href={hrefOf(again, { from: request.id })}>{text.again}</ButtonLink>
        </ButtonRow>
      )}
    </>
  )
}
