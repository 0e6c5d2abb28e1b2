import { contractLabels, siteLabels } from '#sites/frame/guide-labels.ts'
import { listManuals, type Manual, manualKey, type ManualList, wholePortal } from '#features/manuals/list.ts'
import { findServiceMenu, type MenuService } from '#features/service-menu/find.ts'
import { type Place, placeOf } from '#platform/list/paging.ts'
import { ButtonLink } from '#platform/ui/form/button.tsx'
import { chipOfAll, chipsFor } from '#platform/ui/list/chips.ts'
import { Day } from '#platform/ui/text/day.tsx'
import { EmptyState } from '#platform/ui/layout/empty-state.tsx'
import { FilteredTable } from '#platform/ui/list/filtered-table.tsx'
import type { Chip } from '#platform/ui/list/list-filter.tsx'
import type { ListQuery } from '#platform/ui/list/list-query.tsx'
import { OutsideLink } from '#platform/ui/text/outside-link.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import type { Column } from '#platform/ui/list/table.tsx'
import { notFound, type View } from '#platform/web/page.ts'
import { subjectQueryOf } from '../subjects/subject-query.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'

const words = {
  title: siteLabels.manuals,
  lead: {
    ja: '参照できるサービスと、ポータルの使い方のマニュアルです。リンク先は、ポータルの外のサイトです。',
    en: 'On the services you can view and on this portal. The links lead to sites outside the portal.',
  },
  caption: { ja: 'マニュアルの一覧', en: 'Manuals' },
  service: contractLabels.serviceName,
  portal: { ja: 'ポータル全般', en: 'The portal' },
  updated: { ja: '更新日', en: 'Updated' },
  noMatch: { ja: '条件に合うマニュアルがありません', en: 'No manual matches' },
  none: { ja: 'マニュアルはまだありません', en: 'There are no manuals yet' },
  noneText: {
    ja: 'マニュアルが公開されると、ここからご覧いただけます。',
    en: 'Manuals can be opened here once they are published.',
  },
  back: { ja: 'サービスメニューに戻る', en: 'Back to the service menu' },
}

interface Data {
  keyword: string
  /** Without the place. */
  query: ListQuery
  service: MenuService | undefined
  isOfPortal: boolean
  place: Place
  list: ManualList
  services: readonly MenuService[]
}

/** マニュアル */
export const manualsPage = portal.page({
  path: paths.manuals,
  allow: 'user',
  words,
  section: 'manuals',
  async load(ctx, address): Promise<Data | typeof notFound> {
    const { services } = await findServiceMenu(ctx.tx, ctx.actor, ctx.now)
    const given = subjectQueryOf(address, services)
    if (!given) return notFound
    const { keyword, terms, service, kept } = given
    const isOfPortal = service === undefined && address.query['portal'] === 'true'
    const place = placeOf(address.query, { key: manualKey })
    const list = await listManuals(ctx, { terms, subject: isOfPortal ? wholePortal : service?.id, place })
    const query = { ...kept, portal: isOfPortal ? 'true' : undefined }
    return { keyword, query, service, isOfPortal, place, list, services }
  },
  title: ({ words: text }) => text.title,
  view: (view) => (
    <>
      <PageHeading heading={view.words.title} lead={view.words.lead} />
      {view.data.list.all > 0 ? <Listed {...view} /> : <Nothing {...view} />}
    </>
  ),
})

type Shown = View<Data, typeof words>

function Nothing({ words: text }: Shown) {
  return (
    <EmptyState
      icon="document"
      heading={text.none}
      action={
        <ButtonLink kind="secondary" href={paths.serviceMenu}>
          {text.back}
        </ButtonLink>
      }
    >
      {text.noneText}
    </EmptyState>
  )
}

function Listed(view: Shown) {
  const { data, words: text, reader } = view
  const { keyword, query, service, isOfPortal, place, list } = data
  return (
    <FilteredTable
      language={reader.language}
      path={paths.manuals}
      query={query}
      isFiltered={keyword !== '' || isOfPortal || service !== undefined}
      unfiltered={{}}
      keyword={keyword}
      chips={chipsOf(view)}
      chipsLabel={text.service}
      place={place}
      list={list}
      caption={text.caption}
      columns={columnsOf(view)}
      rowKey={({ code }) => code}
      noMatch={text.noMatch}
    />
  )
}

/** All, the portal's own, and one for each service that has some. */
function chipsOf({ data, reader: { language } }: Shown): Chip[] {
  const { query, service, isOfPortal, list, services } = data
  const found = Object.values(list.counts).reduce<number>((sum, count) => sum + (count ?? 0), 0)
  const byCode = new Map(services.map((each) => [each.code, each]))
  const ofServices = {
    name: 'service',
    values: [...byCode.keys()],
    chosen: service?.code,
    labels: Object.fromEntries([...byCode].map(([code, { name }]) => [code, name])),
    count: (code: string) => list.counts[byCode.get(code)?.id ?? ''] ?? 0,
  }
  const ofPortal = {
    name: 'portal',
    values: ['true'] as const,
    chosen: isOfPortal ? ('true' as const) : undefined,
    labels: { true: words.portal },
    count: () => list.counts[wholePortal] ?? 0,
  }
  return [
    chipOfAll(['service', 'portal'], { query, count: found, language }),
    ...chipsFor(ofPortal, { ...query, service: undefined }, language),
    ...chipsFor(ofServices, { ...query, portal: undefined }, language),
  ]
}

function columnsOf({ words: text, reader: { language, now } }: Shown): Column<Manual>[] {
  return [
    {
      label: text.title,
      header: true,
      long: true,
      cell: ({ title, url }) => (
        <OutsideLink language={language} href={url}>
          {title[language]}
        </OutsideLink>
      ),
    },
    { label: text.service, long: true, cell: ({ service }) => service?.[language] ?? text.portal },
    {
      label: text.updated,
      phone: 'labelled',
      cell: ({ updatedOn }) => <Day on={updatedOn} language={language} now={now} />,
    },
  ]
}
