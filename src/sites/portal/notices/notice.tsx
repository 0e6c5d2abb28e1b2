import { siteLabels } from '#sites/frame/guide-labels.ts'
import { type Notice, openNotice } from '#features/notices/open.ts'
import { isPinned } from '#features/shortcuts/set-pin.ts'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Panel } from '#platform/ui/layout/panel.tsx'
import { notFound } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { PinButton } from '../shortcuts/pin-button.tsx'
import { NoticeLead } from '#sites/frame/states/notice-kind.tsx'

const words = {
  list: siteLabels.news,
}

interface Data {
  notice: Notice
  isPinned: boolean
}

/** One notice; opening it makes it a read one. */
export const noticePage = portal.page({
  path: paths.notice,
  allow: 'user',
  words,
  section: 'notices',
  changesByLooking: true,
  async load(ctx, { params: { id } }): Promise<Data | typeof notFound> {
    const notice = await openNotice(ctx, id)
    if (!notice) return notFound
    return { notice, isPinned: await isPinned(ctx, { kind: 'notice', id: notice.id }) }
  },
  about: ({ notice: { id } }) => ({ kind: 'notice', id }),
  title: ({ data: { notice }, reader }) => notice.title[reader.language],
  view(view) {
    const { data, words: text, reader } = view
    const { id, title, body } = data.notice
    const { language } = reader
    return (
      <>
        <Breadcrumb language={language} trail={[{ label: text.list, href: paths.notices }]} current={title[language]} />
        <PageHeading
          heading={title[language]}
          lead={<NoticeLead notice={data.notice} language={language} reader={reader} />}
          actions={<PinButton view={view} thing={{ kind: 'notice', id }} isPinned={data.isPinned} />}
        />
        <Panel>
          <p class="told">{body[language]}</p>
        </Panel>
      </>
    )
  },
})
