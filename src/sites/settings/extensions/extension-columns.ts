import type { Phrase } from '#platform/words.ts'
import { extensionWords } from './extension-fields.tsx'

/** What a column of the file of extensions is called, whichever way the file goes. */
export const extensionColumns = {
  number: extensionWords.number,
  name: extensionWords.name,
  kana: extensionWords.kana,
  numbers: { ja: '外線番号', en: 'Outside numbers' },
  groups: { ja: '着信グループ', en: 'Call groups' },
  forwards: { ja: '転送', en: 'Forwards' },
  callerNumber: extensionWords.callerNumber,
  hidesCaller: extensionWords.hidesCaller,
  ringSeconds: extensionWords.ringSeconds,
  enabled: { ja: '状態', en: 'State' },
} satisfies Record<string, Phrase>

export const enabledCells = {
  on: { ja: '有効', en: 'Enabled' },
  off: { ja: '無効', en: 'Disabled' },
} satisfies Record<string, Phrase>

export const hiddenCells = { hidden: { ja: '非通知', en: 'Hidden' } } satisfies Record<string, Phrase>
