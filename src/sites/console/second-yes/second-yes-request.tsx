import { z } from 'zod'
import { audienceOf, type Campaign, findCampaign } from '#features/notices/campaign.ts'
import { countReach, type Reach } from '#features/notices/reach.ts'
import type { StaffContext } from '#features/staff/context.ts'
import { decideSecondYes, decisions, listDeciders } from '#features/staff/decide.ts'
import { findSecondYes, type SecondYes } from '#features/staff/second-yes.ts'
import { seeCustomer } from '#features/staff/see-customer.ts'
import { Button, ButtonRow } from '#platform/ui/form/button.tsx'
import { ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Panel } from '#platform/ui/layout/panel.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { notFound, problemAt, redirect, type View } from '#platform/web/page.ts'
import { AsShown } from '../notices/as-shown.tsx'
import { CampaignFacts } from '../notices/campaign-facts.tsx'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { factsOf } from './second-yes-facts.tsx'
import { SecondYesStateMark } from './second-yes-state.tsx'
import { kindWords, problemWords } from './second-yes-words.ts'

const words = {
  list: { ja: '二人目の承認', en: 'Second yes' },
  decision: { ja: '承認または却下', en: 'Approve or decline' },
  approve: { ja: '承認する', en: 'Approve' },
  decline: { ja: '却下する', en: 'Decline' },
  effect: {
    ja: '承認すると、1分以内に実行します。実行する前に、依頼した人・承認した人の役割と、対象が変わっていないことを、もう一度確認します。',
    en: 'Once approved it is done within a minute, after both members’ roles and whom it is about were looked at again.',
  },
  waits: {
    ja: 'お客様のただ一人のポータル管理者のときは、すぐには実行せず、これまでに登録されたことのあるすべてのメールアドレスに予告し、24時間後に実行します。',
    en: 'If this is the customer’s only administrator, it is not done at once: all addresses there ever were are told, and it is done 24 hours later.',
  },
  facts: { ja: '依頼の内容', en: 'What is asked for' },
  approved: { ja: '承認しました。', en: 'Approved.' },
  declined: { ja: '却下しました。', en: 'Declined.' },
  'own-request': {
    ja: '自分の依頼は承認できません。ほかの担当者に依頼してください。',
    en: 'You cannot approve what you asked for. Ask another member of staff.',
  },
  'decided-or-over': {
    ja: 'この依頼は、すでにほかの担当者が承認または却下したか、期限が切れています。最新の内容をご確認ください。',
    en: 'Somebody has decided this meanwhile, or it is too late. Look at what it is now.',
  },
  own: { ja: 'あなたの依頼です', en: 'You asked for this' },
  others: {
    ja: (names: string) => `自分の依頼は承認できません。ほかの担当者に依頼してください。承認できる担当者：${names}`,
    en: (names: string) =>
      `You cannot approve what you asked for. Ask another member of staff. Who can approve it: ${names}`,
  },
  nobody: {
    ja: '承認できる担当者がほかにいません。サーバーのコマンド「npm run operator -- second-yes」だけで承認できます。',
    en: 'Nobody else can approve it. It can be approved at the server’s command line alone: npm run operator -- second-yes.',
  },
  notice: { ja: 'お知らせの対象と期間', en: 'For whom the notice is, and when' },
  stopped: { ja: '実行しませんでした', en: 'It was not done' },
}

interface Data {
  request: SecondYes
  /** As it is now, with whom it would reach. */
  notice: { campaign: Campaign; reach: Reach } | undefined
  isOwn: boolean
  /** Who else can decide it. */
  deciders: string[]
}

/** One request with all its facts, and the second yes or no to it. */
export const secondYesRequestPage = staffConsole.page({
  path: paths.secondYesRequest,
  allow: 'security',
  words,
  changesByLooking: true,
  async load(ctx, { params: { id } }): Promise<Data | typeof notFound> {
    const request = await findSecondYes(ctx, id)
    if (!request) return notFound
    const deciders = await listDeciders(ctx, request.askedBy.id)
    if (!request.customer.isHouse) await seeCustomer(ctx, request.customer.id, paths.secondYesRequest({ id }))
    const notice = request.facts.notice && (await findNotice(ctx, request.facts.notice.id))
    const isOwn = request.askedBy.id === ctx.actor.userId
    return { request, notice, isOwn, deciders: deciders.map(({ name }) => name) }
  },
  form: { decision: { label: words.decision, value: z.enum(decisions), chosen: true } },
  check: ({ data: { isOwn }, words: text }) => (isOwn ? problemAt(undefined, text['own-request']) : undefined),
  critical: {
    async submit(ctx, { data: { request }, input: { decision }, words: text }) {
      const decided = await decideSecondYes(ctx, request, decision)
      if (!decided.ok) return problemAt(undefined, text[decided.problem], decided)
      return redirect(paths.secondYesRequest({ id: request.id }), { notice: text[decision] })
    },
  },
  title: ({ data: { request }, reader: { language } }) => kindWords[request.kind][language],
  view(view) {
    const { data, form, words: text, reader } = view
    const { request, notice, isOwn } = data
    const { language } = reader
    const title = kindWords[request.kind][language]
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <Breadcrumb language={language} trail={[{ label: text.list, href: paths.secondYes }]} current={title} />
        <PageHeading heading={title} lead={<SecondYesStateMark state={request.state} language={language} />} />
        {request.problem && (
          <Notice kind="trouble" heading={text.stopped}>
            {problemWords[request.problem][language]}
          </Notice>
        )}
        <Panel heading={text.facts}>
          <Facts facts={factsOf(request, reader)} />
        </Panel>
        {notice && (
          <>
            <Panel heading={text.notice}>
              <CampaignFacts {...notice} reader={reader} />
            </Panel>
            <AsShown campaign={notice.campaign} reader={reader} />
          </>
        )}
        {request.state === 'waiting' && (isOwn ? <Own {...view} /> : <Decide {...view} />)}
      </>
    )
  },
})

async function findNotice(ctx: StaffContext, id: string): Promise<Data['notice']> {
  const campaign = await findCampaign(ctx, id)
  return campaign && { campaign, reach: await countReach(ctx, audienceOf(campaign)) }
}

type Shown = View<Data, typeof words>

function Own({ data: { deciders }, words: text, reader: { language } }: Shown) {
  return (
    <Notice kind="info" heading={text.own}>
      {deciders.length === 0 ? text.nobody : text.others(deciders.join(language === 'ja' ? '、' : ', '))}
    </Notice>
  )
}

function Decide({ data: { request }, form, words: text }: Shown) {
  return (
    <Form form={form}>
      <p class="small-text">{text.effect}</p>
      {request.kind === 'factor-reset' && <p class="small-text">{text.waits}</p>}
      <ButtonRow>
        <Button name="decision" value="approved">
          {text.approve}
        </Button>
        <Button kind="secondary" name="decision" value="declined">
          {text.decline}
        </Button>
      </ButtonRow>
    </Form>
  )
}
