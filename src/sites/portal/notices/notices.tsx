import { z } from 'zod'
import { siteLabels } from '#sites/frame/guide-labels.ts'
import {
  type ListedNotice,
  listNotices,
  noticeKey,
  noticeKinds,
  type NoticeList,
  type NoticesAsked,
} from '#features/notices/list.ts'
import { markAllRead } from '#features/notices/mark-all-read.ts'
import { findServiceMenu } from '#features/service-menu/find.ts'
import { placeOf } from '#platform/list/paging.ts'
import { Button, ButtonLink } from '#platform/ui/form/button.tsx'
import { chipOfAll, chipsFor } from '#platform/ui/list/chips.ts'
import { EmptyState } from '#platform/ui/layout/empty-state.tsx'
import { FilteredTable } from '#platform/ui/list/filtered-table.tsx'
import { Form } from '#platform/ui/form/form.tsx'
import { hrefOf, type ListQuery, numberIn } from '#platform/ui/list/list-query.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Badge } from '#platform/ui/text/status.tsx'
import type { Column } from '#platform/ui/list/table.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import { notFound, redirect, type View } from '#platform/web/page.ts'
import { subjectQueryOf } from '../subjects/subject-query.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { NoticeKindMark, noticeKindIcons, noticeKindWords } from './notice-kind.tsx'

const words = {
  title: siteLabels.news,
  lead: {
    ja: (unread: string) => `未読は${unread}件です。新しいものから表示しています。`,
    en: (unread: string) => `${unread} unread. Newest first.`,
  },
  caption: { ja: 'お知らせの一覧', en: 'News' },
  readAll: { ja: 'すべて既読にする', en: 'Mark all as read' },
  allRead: { ja: 'すべて既読にしました。', en: 'All are marked as read.' },
  kind: { ja: '種別', en: 'Kind' },
  unread: { ja: '未読', en: 'Unread' },
  published: { ja: '掲載日時', en: 'Published' },
  listedAt: { ja: '一覧の表示日時', en: 'Listed at' },
  noMatch: { ja: '条件に合うお知らせがありません', en: 'No news matches' },
  none: { ja: 'お知らせはありません', en: 'There is no news' },
  noneText: {
    ja: '工事の予定や窓口の変更などがあると、ここに表示します。',
    en: 'Planned works, changes of the help desk and the like will be shown here.',
  },
  back: { ja: 'サービスメニューに戻る', en: 'Back to the service menu' },
}

interface Data {
  keyword: string
  /** Without the place. */
  query: ListQuery
  asked: NoticesAsked
  list: NoticeList
  unread: number
}

/** お知らせ */
export const noticesPage = portal.page({
  path: paths.notices,
  allow: 'user',
  words,
  section: 'notices',
  async load(ctx, address): Promise<Data | typeof notFound> {
    // They are of no service.
    const given = subjectQueryOf(address, [])
    if (!given) return notFound
    const { keyword, terms, kept } = given
    const kind = noticeKinds.find((each) => each === address.query['kind'])
    const asked = { terms, kind, place: placeOf(address.query, { key: noticeKey }) }
    const [{ unreadNotices }, list] = await Promise.all([
      findServiceMenu(ctx.tx, ctx.actor, ctx.now),
      listNotices(ctx, asked),
    ])
    return { keyword, query: { ...kept, kind }, asked, list, unread: unreadNotices }
  },
  form: { listedAt: { label: words.listedAt, value: z.coerce.date() } },
  async submit(ctx, { data, input, words: text }) {
    await markAllRead(ctx, input.listedAt)
    return redirect(hrefOf(paths.notices, data.query), { notice: text.allRead })
  },
  title: ({ words: text }) => text.title,
  view(view) {
    const { data, form, words: text, reader } = view
    const { language } = reader
    const readAll = (
      <Form form={form} layout="plain">
        <input type="hidden" name="listedAt" value={reader.now.toISOString()} />
        <Button kind="secondary" small icon="check">
          {text.readAll}
        </Button>
      </Form>
    )
    if (data.list.all === 0) return <Nothing {...view} />
    return (
      <>
        <PageHeading
          heading={text.title}
          lead={text.lead(numberIn(language, data.unread))}
          actions={data.unread > 0 && readAll}
        />
        <Listed {...view} />
      </>
    )
  },
})

type Shown = View<Data, typeof words>

function Nothing({ words: text }: Shown) {
  return (
    <>
      <PageHeading heading={text.title} />
      <EmptyState
        icon="info"
        heading={text.none}
        action={
          <ButtonLink kind="secondary" href={paths.serviceMenu}>
            {text.back}
          </ButtonLink>
        }
      >
        {text.noneText}
      </EmptyState>
    </>
  )
}

function Listed(view: Shown) {
  const { data, words: text, reader } = view
  const { language } = reader
  const { keyword, query, asked, list } = data
  const found = noticeKinds.reduce((sum, kind) => sum + (list.counts[kind] ?? 0), 0)
  const kinds = {
    name: 'kind',
    values: noticeKinds,
    chosen: asked.kind,
    labels: noticeKindWords,
    icons: noticeKindIcons,
    count: (kind: (typeof noticeKinds)[number]) => list.counts[kind] ?? 0,
  }
  return (
    <FilteredTable
      language={language}
      path={paths.notices}
      query={query}
      isFiltered={keyword !== '' || asked.kind !== undefined}
      unfiltered={{}}
      keyword={keyword}
      chips={[chipOfAll(['kind'], { query, count: found, language }), ...chipsFor(kinds, query, language)]}
      chipsLabel={text.kind}
      place={asked.place}
      list={list}
      caption={text.caption}
      columns={columnsOf(view)}
      rowKey={({ id }) => id}
      noMatch={text.noMatch}
    />
  )
}

function columnsOf({ words: text, reader: { language, timeZone, now } }: Shown): Column<ListedNotice>[] {
  return [
    {
      label: text.title,
      header: true,
      long: true,
      cell: ({ id, title, isUnread }) => (
        <>
          <a href={paths.notice({ id })}>{title[language]}</a> {isUnread && <Badge kind="current">{text.unread}</Badge>}
        </>
      ),
    },
    { label: text.kind, cell: ({ kind }) => <NoticeKindMark kind={kind} language={language} /> },
    {
      label: text.published,
      cell: ({ publishedAt }) => <Time at={publishedAt} zone={timeZone} language={language} now={now} />,
    },
  ]
}
