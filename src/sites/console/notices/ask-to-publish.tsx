import { audienceOf, type Campaign, findCampaign } from '#features/notices/campaign.ts'
import { countReach, type Reach } from '#features/notices/reach.ts'
import { mostMailed, takesTwo } from '#features/notices/write.ts'
import { houseId } from '#features/house.ts'
import { askForSecondYes } from '#features/staff/ask.ts'
import { rowVersion } from '#platform/form.ts'
import { ErrorSummary } from '#platform/ui/form/form.tsx'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { notFound, problemAt, redirect } from '#platform/web/page.ts'
import { AskForm, askWords, reasonField } from '../ask-form.tsx'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { CampaignFacts } from './campaign-facts.tsx'
import { noticesTitle } from './notice-words.ts'

const words = {
  ...askWords,
  list: noticesTitle,
  title: { ja: '公開の承認を依頼する', en: 'Ask for a second yes to publish' },
  lead: {
    ja: `メールの宛先が${mostMailed}名を超えるお知らせは、ほかのセキュリティの担当者が承認すると公開されます。承認されるまでに内容を変更すると、公開されません。`,
    en: `A notice that is mailed to more than ${mostMailed} people is published once another member approves it. If it is changed before, it is not.`,
  },
  'changed-meanwhile': {
    ja: 'この画面を開いたあとに、お知らせが変更または公開されました。最新の内容をご確認ください。',
    en: 'The notice was changed or published after you opened this page. Look at what it is now.',
  },
}

interface Data {
  campaign: Campaign
  reach: Reach
}

/** Asks for the second yes without which no notice is mailed to many. */
export const askToPublishPage = staffConsole.page({
  path: paths.askToPublishNotice,
  allow: 'content',
  words,
  async load(ctx, { params: { id } }): Promise<Data | typeof notFound> {
    const campaign = await findCampaign(ctx, id)
    if (campaign?.state !== 'draft') return notFound
    const reach = await countReach(ctx, audienceOf(campaign))
    return takesTwo(campaign, reach) ? { campaign, reach } : notFound
  },
  form: { reason: reasonField, version: { label: words.version, value: rowVersion, carried: true } },
  critical: {
    async submit(ctx, { data: { campaign }, input: { reason, version }, words: text }) {
      const { id, title } = campaign
      if (version !== campaign.version) return problemAt(undefined, text['changed-meanwhile'])
      const asked = await askForSecondYes(ctx, {
        kind: 'notice-published',
        customerId: houseId,
        notice: { id, version, title },
        reason,
      })
      if (!asked.ok) return problemAt(undefined, text[asked.problem], asked)
      return redirect(paths.notice({ id }), { notice: text.asked })
    },
  },
  title: ({ words: text }) => text.title,
  view({ data: { campaign, reach }, form, words: text, reader }) {
    const { language } = reader
    const back = paths.notice({ id: campaign.id })
    const trail = [
      { label: text.list, href: paths.notices },
      { label: campaign.title[language], href: back },
    ]
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <Breadcrumb language={language} trail={trail} current={text.title} />
        <PageHeading heading={text.title} lead={text.lead} tall />
        <CampaignFacts campaign={campaign} reach={reach} reader={reader} />
        <AskForm form={form} language={language} back={back}>
          <input type="hidden" name="version" value={campaign.version} />
        </AskForm>
      </>
    )
  },
})
