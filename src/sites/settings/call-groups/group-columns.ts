import type { Phrase } from '#platform/words.ts'
import { groupWords } from './group-fields.ts'

/** What a column of the file of call groups is called, whichever way the file goes. */
export const groupColumns = {
  number: groupWords.number,
  name: groupWords.name,
  kind: groupWords.kind,
  ringSeconds: groupWords.ringSeconds,
  members: { ja: 'メンバー', en: 'Members' },
  numbers: { ja: '外線番号', en: 'Outside numbers' },
  onward: groupWords.onward,
} satisfies Record<string, Phrase>
