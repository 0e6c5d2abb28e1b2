import { z } from 'zod'
import { siteLabels } from '#sites/frame/guide-labels.ts'
import { noticeList } from '#features/notices/list.ts'
import { markAllRead } from '#features/notices/mark-all-read.ts'
import { findServiceMenu } from '#features/service-menu/find.ts'
import { isPinned } from '#features/shortcuts/set-pin.ts'
import { thingOfListing } from '#features/subjects/listings.ts'
import { Button } from '#platform/ui/form/button.tsx'
import { Form } from '#platform/ui/form/form.tsx'
import { hrefOf, numberIn } from '#platform/ui/list/list-query.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Badge } from '#platform/ui/text/status.tsx'
import { notFound, redirect } from '#platform/web/page.ts'
import { NothingHere } from '../service-menu/nothing-here.tsx'
import { paths } from '../paths.ts'
import { PinButton } from '../shortcuts/pin-button.tsx'
import { portal } from '../site.tsx'
import { ImportantMark, NoticeKindMark, noticeKindIcons, noticeKindWords } from '#sites/frame/states/notice-kind.tsx'

const words = {
  title: siteLabels.news,
  caption: { ja: 'お知らせの一覧', en: 'News' },
  kind: { ja: '種別', en: 'Kind' },
  published: { ja: '掲載日時', en: 'Published' },
  unread: { ja: '未読', en: 'Unread' },
  howMany: {
    ja: (unread: string) => `未読は${unread}件です。新しいものから表示しています。`,
    en: (unread: string) => `${unread} unread. Newest first.`,
  },
  readAll: { ja: 'すべて既読にする', en: 'Mark all as read' },
  allRead: { ja: 'すべて既読にしました。', en: 'All are marked as read.' },
  listedAt: { ja: '一覧の表示日時', en: 'Listed at' },
  noMatch: { ja: '条件に合うお知らせがありません', en: 'No news matches' },
  none: { ja: 'お知らせはありません', en: 'There is no news' },
  noneText: {
    ja: '工事の予定や窓口の変更などがあると、ここに表示します。',
    en: 'Planned works, changes of the help desk and the like will be shown here.',
  },
}

const thing = thingOfListing('notices')

/** お知らせ */
export const noticesPage = portal.list({
  path: paths.notices,
  allow: 'user',
  words,
  section: 'notices',
  from: noticeList,
  async load(ctx, { query }, read) {
    // They are of no service.
    if (query.service) return notFound
    const [{ unreadNotices }, list, pinned] = await Promise.all([
      findServiceMenu(ctx.tx, ctx.actor, ctx.now),
      read(undefined),
      isPinned(ctx, thing),
    ])
    return { list, unread: unreadNotices, isPinned: pinned }
  },
  about: () => thing,
  form: { listedAt: { label: words.listedAt, value: z.coerce.date() } },
  async submit(ctx, { data: { list }, input, words: text }) {
    await markAllRead(ctx, input.listedAt)
    return redirect(hrefOf(paths.notices, list.query), { notice: text.allRead })
  },
  heading(view) {
    const { data, form, words: text, reader } = view
    const { list, unread } = data
    const { language, now } = reader
    const pin = <PinButton view={view} thing={thing} isPinned={data.isPinned} />
    if (list.all === 0) return <PageHeading heading={text.title} actions={pin} />
    const readAll = (
      <Form form={form} layout="plain">
        <input type="hidden" name="listedAt" value={now.toISOString()} />
        <Button kind="secondary" small icon="check">
          {text.readAll}
        </Button>
      </Form>
    )
    return (
      <PageHeading
        heading={text.title}
        lead={text.howMany(numberIn(language, unread))}
        actions={
          <>
            {unread > 0 && readAll}
            {pin}
          </>
        }
      />
    )
  },
  empty: (view) => <NothingHere {...view} icon="info" />,
  chips: { kind: { labels: noticeKindWords, icons: noticeKindIcons } },
  columns: {
    title: {
      header: true,
      long: true,
      cell: ({ id, title, isImportant, isUnread }, { language, words: text }) => (
        <>
          {isImportant && <ImportantMark language={language} />} <a href={paths.notice({ id })}>{title[language]}</a>{' '}
          {isUnread && <Badge kind="current">{text.unread}</Badge>}
        </>
      ),
    },
    kind: { cell: ({ kind }, { language }) => <NoticeKindMark kind={kind} language={language} /> },
    published: { cell: ({ publishedAt }, { time }) => time(publishedAt) },
  },
})
