import { type Campaign, findCampaign } from '#features/notices/campaign.ts'
import { listServices, type Service } from '#features/notices/choices.ts'
import { addCampaign } from '#features/notices/write.ts'
import { isId } from '#platform/form.ts'
import { wallClockOf } from '#platform/time/wall-clock.ts'
import { ErrorSummary } from '#platform/ui/form/form.tsx'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { staffConsole } from '../site.tsx'
import { NoticeForm, noticeFields } from './notice-form.tsx'
import { noticesTitle } from './notice-words.ts'
import { typedOf } from './typed.ts'
import { writtenIn } from './written.ts'

const words = {
  list: noticesTitle,
  title: { ja: 'お知らせを書く', en: 'Write a notice' },
  saved: {
    ja: '下書きを保存しました。内容を確認して公開してください。',
    en: 'The draft was saved. Look at it, then publish it.',
  },
}

interface Data {
  services: Service[]
  /** From which it is begun. */
  like: Campaign | undefined
  timeZone: string
  now: Date
}

/** A new notice, or one like another. */
export const addNoticePage = staffConsole.page({
  path: paths.addNotice,
  allow: 'content',
  words,
  async load(ctx, { query }): Promise<Data> {
    const like = query.like !== undefined && isId(query.like) ? await findCampaign(ctx, query.like) : undefined
    return { services: await listServices(ctx.tx), like, timeZone: ctx.actor.timeZone, now: ctx.now }
  },
  form: noticeFields,
  initial: ({ like, timeZone, now }) =>
    like ? typedOf(like, timeZone) : { kind: 'news', from: wallClockOf(now, timeZone) },
  async submit(ctx, { input, words: text }) {
    const judged = await writtenIn(ctx, input)
    if ('problem' in judged) return judged.problem
    const id = await addCampaign(ctx, judged.written)
    return redirect(paths.notice({ id }), { notice: text.saved })
  },
  title: ({ words: text }) => text.title,
  view: ({ data: { services }, form, words: text, reader }) => (
    <>
      <ErrorSummary form={form} language={reader.language} />
      <Breadcrumb language={reader.language} trail={[{ label: text.list, href: paths.notices }]} current={text.title} />
      <PageHeading heading={text.title} tall />
      <NoticeForm form={form} services={services} reader={reader} back={paths.notices} />
    </>
  ),
})
