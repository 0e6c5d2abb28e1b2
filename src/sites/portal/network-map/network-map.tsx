import type { JSX } from 'preact'
import { contractLabels, menuLabels, serviceLabels } from '#sites/frame/guide-labels.ts'
import { type MapScope, mostMarks, type SiteMark, siteList } from '#features/network-map/list.ts'
import { prefectures } from '#features/network-map/prefectures.ts'
import { isPinned } from '#features/shortcuts/set-pin.ts'
import { thingOfListing } from '#features/subjects/listings.ts'
import { Breadcrumb } from '#platform/ui/layout/breadcrumb.tsx'
import { EmptyState } from '#platform/ui/layout/empty-state.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Panel } from '#platform/ui/layout/panel.tsx'
import { hrefOf } from '#platform/ui/list/list-query.tsx'
import type { In, Language } from '#platform/words.ts'
import { contractStatusIcons, ContractStatusMark, contractStatusWords } from '#sites/frame/states/contract-status.tsx'
import { paths } from '../paths.ts'
import { PinButton } from '../shortcuts/pin-button.tsx'
import { portal } from '../site.tsx'
import { MapFigure } from './map-figure.tsx'
import { mapTitle, prefectureLabel, prefectureName } from './words.ts'

const words = {
  title: mapTitle,
  lead: { ja: '拠点ごとの運用状況', en: 'How your sites are' },
  caption: { ja: '拠点の運用状況（地図と同じ内容）', en: 'How the sites are, as on the map' },
  chips: contractLabels.status,
  status: contractLabels.status,
  name: contractLabels.site,
  prefecture: prefectureLabel,
  address: { ja: '住所', en: 'Address' },
  contracts: { ja: 'ご契約', en: 'Contracts' },
  show: { ja: 'ご契約を表示する', en: 'Show contracts' },
  contractsOf: {
    ja: (site: string) => `${site}のご契約を表示する`,
    en: (site: string) => `Show contracts of ${site}`,
  },
  list: { ja: '拠点の一覧', en: 'Sites' },
  trouble: { ja: '故障・工事中の拠点', en: 'Sites with faults or works' },
  allWell: { ja: '故障・工事中の拠点はありません。', en: 'No site has a fault or works.' },
  moreTrouble: { ja: (n: number) => `ほか${n}拠点`, en: (n: number) => `${n} more` },
  whole: { ja: '日本全体を表示する', en: 'Show all of Japan' },
  unplaced: {
    ja: (n: number) => `位置が設定されていない${n}拠点は、一覧だけに表示しています。`,
    en: (n: number) =>
      n === 1
        ? 'One site has no place and is in the list alone.'
        : `${n} sites have no place and are in the list alone.`,
  },
  setPlaces: { ja: '拠点の位置を設定する', en: 'Set their places' },
  several: { ja: '・', en: ', ' },
  noMatch: { ja: '条件に合う拠点がありません', en: 'No site matches' },
  none: { ja: '表示できる拠点はありません', en: 'There is no site to show' },
  noneText: {
    ja: '参照できるご契約に拠点があると、ここに表示されます。',
    en: 'Sites of the contracts that you may see are shown here.',
  },
  toContracts: serviceLabels.contractList,
}

/** `13-14`: prefectures by their codes, in order; what is none is left out. */
function areaIn({ area = '' }: Readonly<Record<string, string>>): MapScope['area'] {
  const codes = area.split('-')
  const known = [...prefectures.keys()].filter((code) => codes.includes(String(code)))
  return known.length > 0 ? known : undefined
}

const thing = thingOfListing('network-map')

/** ネットワークマップ */
export const networkMapPage = portal.list({
  path: paths.networkMap,
  allow: 'user',
  words,
  section: 'network-map',
  from: siteList,
  async load(ctx, { query }, read) {
    const area = areaIn(query)
    const [list, pinned] = await Promise.all([read({ area }, { area: area?.join('-') }), isPinned(ctx, thing)])
    return { list, area, isAdministrator: ctx.actor.role === 'portal-administrator', isPinned: pinned }
  },
  about: () => thing,
  heading(view) {
    const { data, words: text, reader } = view
    const { area } = data
    const { language } = reader
    return (
      <>
        <Breadcrumb
          language={language}
          trail={[{ label: menuLabels.chooseService[language], href: paths.serviceMenu }]}
          current={text.title}
        />
        <PageHeading
          heading={text.title}
          lead={area ? areaName(area, text.several, language) : text.lead}
          actions={
            <>
              {area && <a href={paths.networkMap}>{text.whole}</a>}
              <PinButton view={view} thing={thing} isPinned={data.isPinned} />
            </>
          }
        />
      </>
    )
  },
  empty: ({ data: { area }, words: text }) =>
    area ? null : (
      <EmptyState icon="map" heading={text.none} action={<a href={paths.contracts}>{text.toContracts}</a>}>
        {text.noneText}
      </EmptyState>
    ),
  above: ({ data: { list, area, isAdministrator }, words: text, reader: { language } }) => (
    <>
      <div class="map-and-aside">
        <MapFigure marks={list.beside} area={area} language={language} />
        <Aside
          marks={list.beside}
          unplaced={area || list.all > mostMarks ? 0 : list.all - list.beside.length}
          maySet={isAdministrator}
          text={text}
          language={language}
        />
      </div>
      <h2 id="sites">{text.list}</h2>
    </>
  ),
  chips: { status: { labels: contractStatusWords, icons: contractStatusIcons } },
  narrowings: ({ data: { area }, words: text, reader: { language } }) => [
    {
      name: 'area',
      label: text.prefecture,
      chosen: area?.join('-'),
      options: areaOptions(area, text.several, language),
    },
  ],
  columns: {
    status: {
      phone: 'beside',
      cell: ({ status }, { language }) => <ContractStatusMark status={status} language={language} />,
      csv: ({ status }, language) => contractStatusWords[status][language],
    },
    name: {
      header: true,
      long: true,
      cell: ({ name, address }) => (
        <>
          {name}
          {address && <div class="small-text">{address}</div>}
        </>
      ),
      csv: ({ name }) => name,
    },
    prefecture: {
      cell: ({ prefecture }, { language }) => prefectureName(prefecture, language),
      csv: ({ prefecture }, language) => prefectureName(prefecture, language),
    },
    address: { csv: ({ address }) => address },
    contracts: {
      hideLabel: true,
      phone: 'end',
      cell: ({ name }, { words: text }) => (
        <a href={hrefOf(paths.contracts, { q: name })} aria-label={text.contractsOf(name)}>
          {text.show}
        </a>
      ),
    },
  },
  csv: paths.networkMapCsv,
})

function areaName(area: readonly number[], between: string, language: Language): string {
  return area.map((code) => prefectureName(code, language)).join(between)
}

/** Each prefecture, and the few together that are shown now. */
function areaOptions(area: MapScope['area'], between: string, language: Language) {
  const each = [...prefectures.values()].map(({ code, name }) => ({ value: String(code), label: name[language] }))
  if (!area || area.length === 1) return each
  return [{ value: area.join('-'), label: areaName(area, between, language) }, ...each]
}

const mostTroubles = 5

interface AsideProps {
  marks: readonly SiteMark[]
  /** How many sites stand nowhere on the map. */
  unplaced: number
  maySet: boolean
  text: In<typeof words>
  language: Language
}

/** What is wrong, beside the map. */
function Aside({ marks, unplaced, maySet, text, language }: AsideProps): JSX.Element {
  const troubled = marks.filter(({ status }) => status === 'fault' || status === 'works')
  const hidden = troubled.length - mostTroubles
  return (
    <Panel heading={text.trouble}>
      {troubled.length === 0 && <p>{text.allWell}</p>}
      <ul>
        {troubled.slice(0, mostTroubles).map(({ id, name, status }) => (
          <li key={id}>
            <ContractStatusMark status={status} language={language} />{' '}
            <a href={hrefOf(paths.contracts, { q: name })}>{name}</a>
          </li>
        ))}
        {hidden > 0 && <li>{text.moreTrouble(hidden)}</li>}
      </ul>
      {unplaced > 0 && (
        <p class="small-text">
          {text.unplaced(unplaced)} {maySet && <a href={paths.networkMapSettings}>{text.setPlaces}</a>}
        </p>
      )}
    </Panel>
  )
}
