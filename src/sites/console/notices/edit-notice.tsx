import { type Campaign, findCampaign } from '#features/notices/campaign.ts'
import { listServices, type Service } from '#features/notices/choices.ts'
import { editCampaign } from '#features/notices/write.ts'
import { ErrorSummary } from '#platform/ui/form/form.tsx'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { notFound, problemAt, redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { NoticeForm, noticeFields } from './notice-form.tsx'
import { noticesTitle } from './notice-words.ts'
import { typedOf } from './typed.ts'
import { writtenIn } from './written.ts'

const words = {
  list: noticesTitle,
  title: { ja: 'お知らせの編集', en: 'Edit the notice' },
  saved: { ja: '下書きを保存しました。', en: 'The draft was saved.' },
  meanwhile: {
    ja: 'この画面を開いたあとに、ほかの担当者が変更または公開しました。最新の内容をご確認ください。',
    en: 'Another member has changed or published it since you opened this page. Look at what it is now.',
  },
}

interface Data {
  campaign: Campaign
  services: Service[]
  timeZone: string
}

/** A draft. What is published stays as customers have seen it. */
export const editNoticePage = staffConsole.page({
  path: paths.editNotice,
  allow: 'content',
  words,
  async load(ctx, { params: { id } }): Promise<Data | typeof notFound> {
    const campaign = await findCampaign(ctx, id)
    if (campaign?.state !== 'draft') return notFound
    return { campaign, services: await listServices(ctx.tx), timeZone: ctx.actor.timeZone }
  },
  form: noticeFields,
  initial: ({ campaign, timeZone }) => typedOf(campaign, timeZone),
  async submit(ctx, { data: { campaign }, input, words: text }) {
    const judged = await writtenIn(ctx, input)
    if ('problem' in judged) return judged.problem
    const { version = 0 } = input
    const edited = await editCampaign(ctx, { id: campaign.id, version }, judged.written)
    if (!edited.ok) return problemAt(undefined, text.meanwhile, edited)
    return redirect(paths.notice({ id: campaign.id }), { notice: text.saved })
  },
  title: ({ words: text }) => text.title,
  view({ data: { campaign, services }, form, words: text, reader }) {
    const { id, title, version } = campaign
    const { language } = reader
    return (
      <>
        <ErrorSummary form={form} language={language} />
        <Breadcrumb
          language={language}
          trail={[
            { label: text.list, href: paths.notices },
            { label: title[language], href: paths.notice({ id }) },
          ]}
          current={text.title}
        />
        <PageHeading heading={text.title} tall />
        <NoticeForm form={form} services={services} version={version} reader={reader} back={paths.notice({ id })} />
      </>
    )
  },
})
