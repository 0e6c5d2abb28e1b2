import { contractLabels } from '#sites/frame/guide-labels.ts'
import type { Phrase } from '#platform/words.ts'

/** What a column of the file of outside numbers is called, whichever way the file goes. */
export const numberColumns = {
  number: { ja: '外線番号', en: 'Outside number' },
  memo: contractLabels.memo,
  target: { ja: '着信先（内線・着信グループ）', en: 'Target (extension or call group)' },
  phones: { ja: '鳴る電話機', en: 'Telephones that ring' },
  state: { ja: '状態', en: 'State' },
} satisfies Record<string, Phrase>
