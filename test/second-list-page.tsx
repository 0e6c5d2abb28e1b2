import { EmptyState } from '#platform/ui/layout/empty-state.tsx'
import { definePaths } from '#platform/web/paths.ts'
import type { Phrase } from '#platform/words.ts'
import { placeList, type PlaceUse } from './second-list.ts'
import { secondSite } from './second-site.tsx'

export const placePaths = definePaths({ places: '/places', placesCsv: '/places.csv' })

const words = {
  title: { ja: '拠点一覧', en: 'Sites' },
  lead: { ja: '御社の拠点です。', en: 'The sites of your company.' },
  name: { ja: '拠点', en: 'Site' },
  code: { ja: 'コード', en: 'Code' },
  use: { ja: '利用状況', en: 'Use' },
  contracts: { ja: 'ご契約', en: 'Contracts' },
  noMatch: { ja: '条件に合う拠点がありません', en: 'No site matches' },
  none: { ja: '拠点はありません', en: 'There are no sites' },
  noneText: { ja: '登録されると、ここに表示します。', en: 'They will be shown here.' },
}

const useWords: Record<PlaceUse, Phrase> = {
  used: { ja: '利用中', en: 'In use' },
  unused: { ja: '未使用', en: 'Not in use' },
}

/** The sites of the customer, and as a file. */
export const placesPage = secondSite.list({
  path: placePaths.places,
  allow: 'user',
  words,
  from: placeList,
  empty: ({ words: text }) => (
    <EmptyState icon="info" heading={text.none}>
      {text.noneText}
    </EmptyState>
  ),
  chips: { use: { labels: useWords } },
  columns: {
    name: { header: true, cell: ({ name }) => name, csv: ({ name }) => name },
    code: { cell: ({ code }) => code, csv: ({ code }) => code },
    use: {
      cell: ({ use }, { language }) => useWords[use][language],
      csv: ({ use }, language) => useWords[use][language],
    },
    contracts: { number: true, cell: ({ contracts }) => contracts, csv: ({ contracts }) => contracts },
  },
  csv: placePaths.placesCsv,
})
