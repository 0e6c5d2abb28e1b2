import { administratorLabels, contractLabels } from '#sites/frame/guide-labels.ts'
import { placeList, type PlaceState } from '#features/network-map/places.ts'
import { EmptyState } from '#platform/ui/layout/empty-state.tsx'
import type { Phrase } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { mapTitle, prefectureLabel, prefectureName } from './words.ts'

const words = {
  title: administratorLabels.networkMap,
  lead: {
    ja: '拠点が地図のどこに表示されるかを設定します。',
    en: 'Where your sites stand on the map.',
  },
  chips: { ja: '位置', en: 'Place' },
  state: { ja: '位置', en: 'Place' },
  name: contractLabels.site,
  prefecture: prefectureLabel,
  address: { ja: '住所', en: 'Address' },
  toMap: { ja: `${mapTitle.ja}を表示する`, en: 'Show the network map' },
  noMatch: { ja: '条件に合う拠点がありません', en: 'No site matches' },
  none: { ja: '拠点はありません', en: 'There are no sites' },
  noneText: {
    ja: 'ご契約に拠点が登録されると、ここに表示されます。',
    en: 'The sites of your contracts will be shown here.',
  },
}

const placeStateWords: Record<PlaceState, Phrase> = {
  unplaced: { ja: '未設定', en: 'Not set' },
  rough: { ja: '都道府県のみ', en: 'Prefecture alone' },
  exact: { ja: '正確な位置', en: 'Exact' },
}

/** ネットワークマップ設定 */
export const networkMapSettingsPage = portal.list({
  path: paths.networkMapSettings,
  allow: 'portal-administrator',
  words,
  section: 'administration',
  from: placeList,
  actions: ({ words: text }) => <a href={paths.networkMap}>{text.toMap}</a>,
  empty: ({ words: text }) => (
    <EmptyState icon="map" heading={text.none}>
      {text.noneText}
    </EmptyState>
  ),
  chips: { state: { labels: placeStateWords } },
  columns: {
    state: { phone: 'beside', cell: ({ state }, { language }) => placeStateWords[state][language] },
    name: { header: true, long: true, cell: ({ id, name }) => <a href={paths.sitePlace({ id })}>{name}</a> },
    prefecture: { cell: ({ prefecture }, { language }) => prefectureName(prefecture, language) },
    address: { long: true, cell: ({ address }) => address },
  },
})
