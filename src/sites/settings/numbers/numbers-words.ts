import { groupFormWords } from '../call-groups/group-form-words.ts'
import type { NumberState } from '#features/numbers/number.ts'
import { longestNumberMemo } from '#features/numbers/values.ts'
import { rightLabels, userLabels } from '#sites/frame/guide-labels.ts'
import type { Phrase } from '#platform/words.ts'
import { linkWords } from '../links.ts'
import { bringWords } from '../parts/line-heading.tsx'
import { reservedChipsWords, reservedWord } from '../parts/reserved-chips.ts'
import { numberColumns } from './number-columns.ts'

export const numbersWords = {
  chips: reservedChipsWords,
  reserved: reservedWord,
  title: linkWords.numbers,
  caption: { ja: '外線番号と着信先', en: 'Outside numbers and their targets' },
  noMatch: { ja: '条件に合う外線番号がありません', en: 'No outside number matches' },
  none: { ja: '外線番号はありません', en: 'There are no outside numbers' },
  noneText: { ja: '開通すると、ここに表示します。', en: 'They are shown here once they are in service.' },
  ...numberColumns,
  bring: bringWords,
  targetOf: {
    ja: (number: string): string => `${number} の着信先`,
    en: (number: string): string => `Target of ${number}`,
  },
  memoOf: { ja: (number: string): string => `${number} のメモ`, en: (number: string): string => `Memo of ${number}` },
  phonesCount: { ja: (count: number): string => `${count}台`, en: (count: number): string => String(count) },
  nobody: { ja: 'どの電話機も鳴りません', en: 'No telephone rings' },
  order: { ja: '順番を確認する', en: 'See the order' },
  details: { ja: '詳細', en: 'Details' },
  unset: { ja: '未割当', en: 'Not bound' },
  apply: rightLabels.apply,
  cancel: userLabels.cancel,
  version: { ja: '版', en: 'Version' },
  do: { ja: '操作', en: 'Action' },
  preview: groupFormWords.preview,
  effect: {
    ja: '変更した行だけが、すぐに反映されます。次の着信から新しい着信先が鳴ります。',
    en: 'Only the rows that you changed count, at once: from the next call on the new target rings.',
  },
  memoTooLong: {
    ja: `メモは${longestNumberMemo}文字以内で入力してください。`,
    en: `A memo can have at most ${longestNumberMemo} characters.`,
  },
}

export const numberStateWords: Record<NumberState, Phrase> = {
  unset: numbersWords.unset,
  bound: { ja: '割当済み', en: 'Bound' },
  ended: { ja: '解約済み', en: 'Ended' },
}
