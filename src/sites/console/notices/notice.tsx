import { audienceOf, type Campaign, findCampaign } from '#features/notices/campaign.ts'
import { countReach, type Reach } from '#features/notices/reach.ts'
import { mostMailed, publishCampaign, takesTwo, withdrawCampaign } from '#features/notices/write.ts'
import { houseId } from '#features/house.ts'
import { listOpenSecondYes } from '#features/staff/second-yes.ts'
import { rowVersion } from '#platform/form.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { CommitBar, ErrorSummary, Form } from '#platform/ui/form/form.tsx'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Section } from '#platform/ui/layout/section.tsx'
import { numberIn } from '#platform/ui/list/list-query.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { notFound, problemAt, redirect, type View } from '#platform/web/page.ts'
import { z } from 'zod'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { AsShown } from './as-shown.tsx'
import { CampaignFacts } from './campaign-facts.tsx'
import { campaignStateWords, noticesTitle } from './notice-words.ts'

const words = {
  list: noticesTitle,
  edit: { ja: '編集する', en: 'Edit' },
  copy: { ja: 'コピーして書く', en: 'Write one like it' },
  facts: { ja: '対象と期間', en: 'For whom, and when' },
  publish: { ja: '公開する', en: 'Publish' },
  publishEffect: {
    ja: (customers: string, users: string, mails: string) =>
      `お客様${customers}社・ユーザー${users}名に表示し、${mails}通のメールを送ります。公開したあとは変更できません。`,
    en: (customers: string, users: string, mails: string) =>
      `It is shown to customers: ${customers}, users: ${users}; mails sent: ${mails}. Once published it cannot be changed.`,
  },
  published: { ja: 'お知らせを公開しました。', en: 'The notice was published.' },
  withdraw: { ja: '取り下げる', en: 'Withdraw' },
  withdrawEffect: {
    ja: 'お客様の画面から、すぐに消えます。送ったメールは取り消せません。',
    en: 'Customers are shown it no more at once. Mails that were sent cannot be called back.',
  },
  withdrawn: { ja: 'お知らせを取り下げました。', en: 'The notice was withdrawn.' },
  isWithdrawn: {
    ja: '取り下げたお知らせです。お客様には表示されません。',
    en: 'It was withdrawn, and nobody is shown it.',
  },
  deed: { ja: '操作', en: 'Action' },
  version: { ja: '版', en: 'Version' },
  'changed-meanwhile': {
    ja: 'この画面を開いたあとに、ほかの担当者が変更しました。最新の内容をご確認ください。',
    en: 'Another member has changed it since you opened this page. Look at what it is now.',
  },
  over: {
    ja: '掲載終了の日時を過ぎています。期間を変更してから公開してください。',
    en: 'The time until which it is shown is over. Change that first.',
  },
  nobody: {
    ja: '対象になるお客様がいません。対象を確認してください。',
    en: 'It is for no customer. Look at whom it is for.',
  },
  'too-many-mails': {
    ja: `メールの宛先が${mostMailed}名を超えるため、ひとりでは公開できません。公開の承認を依頼するか、対象を絞ってください。`,
    en: `More than ${mostMailed} people would be mailed, which nobody may do alone. Ask for a second yes, or narrow whom it is for.`,
  },
  ask: { ja: '公開の承認を依頼する', en: 'Ask for a second yes' },
  takesTwo: {
    ja: `メールの宛先が${mostMailed}名を超えるため、公開にはほかのセキュリティの担当者の承認が必要です。`,
    en: `More than ${mostMailed} people would be mailed, so that it takes a second yes to publish it.`,
  },
  isAsked: { ja: '公開の承認を待っています', en: 'It awaits a second yes' },
  isAskedText: {
    ja: (who: string) => `${who}が公開の承認を依頼しました。承認されると、1分以内に公開されます。`,
    en: (who: string) => `${who} asked for it. Once it is approved it is published within a minute.`,
  },
}

interface Data {
  campaign: Campaign
  reach: Reach
  /** Who has asked for a second yes that is still awaited. */
  askedBy: string | undefined
}

const deeds = ['publish', 'withdraw'] as const

/** A notice: how customers see it, whom it reaches, and whether it is shown. */
export const noticePage = staffConsole.page({
  path: paths.notice,
  allow: 'content',
  words,
  async load(ctx, { params: { id } }): Promise<Data | typeof notFound> {
    const campaign = await findCampaign(ctx, id)
    if (!campaign) return notFound
    const reach = await countReach(ctx, audienceOf(campaign))
    const [open] = await listOpenSecondYes(ctx, { customerId: houseId, noticeId: id })
    return { campaign, reach, askedBy: campaign.state === 'draft' ? open?.askedBy.number : undefined }
  },
  form: {
    deed: { label: words.deed, value: z.enum(deeds), chosen: true, carried: true },
    version: { label: words.version, value: rowVersion, carried: true },
  },
  critical: {
    async submit(ctx, { data: { campaign }, input: { deed, version }, words: text }) {
      const asRead = { ...campaign, version }
      const moved = deed === 'publish' ? await publishCampaign(ctx, asRead) : await withdrawCampaign(ctx, asRead)
      if (!moved.ok) return problemAt(undefined, text[moved.problem], moved)
      return redirect(paths.notice({ id: campaign.id }), {
        notice: deed === 'publish' ? text.published : text.withdrawn,
      })
    },
  },
  title: ({ data: { campaign }, reader }) => campaign.title[reader.language],
  view(view) {
    const { data, form, words: text, reader } = view
    const { campaign, reach } = data
    const { language } = reader
    const { id, state, title } = campaign
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <Breadcrumb language={language} trail={[{ label: text.list, href: paths.notices }]} current={title[language]} />
        <PageHeading
          heading={title[language]}
          lead={campaignStateWords[state][language]}
          actions={
            <>
              {state === 'draft' && (
                <ButtonLink kind="secondary" small icon="edit" href={paths.editNotice({ id })}>
                  {text.edit}
                </ButtonLink>
              )}
              <ButtonLink kind="secondary" small href={`${paths.addNotice}?${new URLSearchParams({ like: id })}`}>
                {text.copy}
              </ButtonLink>
            </>
          }
        />
        {state === 'withdrawn' && <Notice kind="info">{text.isWithdrawn}</Notice>}
        <Section heading={text.facts}>
          <CampaignFacts campaign={campaign} reach={reach} reader={reader} />
        </Section>
        <AsShown campaign={campaign} reader={reader} />
        {data.askedBy !== undefined && (
          <Notice kind="info" heading={text.isAsked}>
            {text.isAskedText(data.askedBy)}
          </Notice>
        )}
        {state === 'draft' && takesTwo(campaign, reach) ? (
          data.askedBy === undefined && <Asking {...view} />
        ) : (
          <>{state !== 'withdrawn' && <Deeds {...view} />}</>
        )}
      </>
    )
  },
})

function Asking({ data: { campaign }, words: text }: View<Data, typeof words>) {
  return (
    <CommitBar effect={text.takesTwo}>
      <ButtonLink href={paths.askToPublishNotice({ id: campaign.id })}>{text.ask}</ButtonLink>
    </CommitBar>
  )
}

function Deeds({ data: { campaign, reach }, form, words: text, reader: { language } }: View<Data, typeof words>) {
  const isDraft = campaign.state === 'draft'
  const [customers, users, mails] = [reach.customers, reach.users, campaign.byMail ? reach.mailed : 0].map((n) =>
    numberIn(language, n),
  )
  return (
    <Form form={form} layout="page">
      <input type="hidden" name="version" value={campaign.version} />
      <CommitBar effect={isDraft ? text.publishEffect(customers ?? '', users ?? '', mails ?? '') : text.withdrawEffect}>
        <Button name="deed" value={isDraft ? 'publish' : 'withdraw'} kind={isDraft ? 'primary' : 'danger'}>
          {isDraft ? text.publish : text.withdraw}
        </Button>
      </CommitBar>
    </Form>
  )
}
