import { z } from 'zod'
import type { EditProblem } from '#features/extensions/edit.ts'
import { extensionKana, extensionName } from '#features/extensions/values.ts'
import { insideNumber, ringSeconds } from '#features/inside-numbers/values.ts'
import type { Line } from '#features/lines/open.ts'
import { typed } from '#platform/values.ts'
import type { Language, Phrase } from '#platform/words.ts'

export const extensionWords = {
  number: { ja: '内線番号', en: 'Extension number' },
  name: { ja: '名前', en: 'Name' },
  kana: { ja: 'カナ', en: 'Kana' },
  callerNumber: { ja: '発信者番号', en: 'Caller number' },
  hidesCaller: { ja: '非通知で発信する', en: 'Hide the caller number' },
  ringSeconds: { ja: '呼び出し時間（秒）', en: 'Rings for (seconds)' },
  isEnabled: { ja: '有効', en: 'Enabled' },
  mainNumber: { ja: '代表番号', en: 'The main number' },
}

/** The fields of an extension, for adding and editing alike. */
export const extensionFields = {
  number: { label: extensionWords.number, value: insideNumber, example: '1001' },
  name: { label: extensionWords.name, value: typed(extensionName) },
  kana: { label: extensionWords.kana, value: typed(extensionKana) },
  ringSeconds: { label: extensionWords.ringSeconds, value: ringSeconds, example: '20（5〜120）' },
} as const

export const checkBox = z.literal('on').optional()

/** Why a number cannot be given, at its field. */
export function numberProblem(
  problem: Exclude<EditProblem, 'changed-meanwhile' | 'may-not-edit'>,
  line: Line,
  language: Language,
): string {
  return problems[problem][language](line)
}

const problems: Record<Exclude<EditProblem, 'changed-meanwhile' | 'may-not-edit'>, Phrase<(line: Line) => string>> = {
  'number-taken': {
    ja: () => 'この番号は、すでに内線または着信グループで使われています。別の番号を入力してください。',
    en: () => 'An extension or a call group has this number. Enter another one.',
  },
  'out-of-range': {
    ja: ({ firstExtension, lastExtension }) => `番号は${firstExtension}から${lastExtension}までで入力してください。`,
    en: ({ firstExtension, lastExtension }) => `Enter a number from ${firstExtension} to ${lastExtension}.`,
  },
  'too-many': {
    ja: ({ mostExtensions, mostGroups }) =>
      `ご契約の上限（内線${mostExtensions}、着信グループ${mostGroups}）を超えるため、追加できません。窓口へお問い合わせください。`,
    en: ({ mostExtensions, mostGroups }) =>
      `The contract has room for ${mostExtensions} extensions and ${mostGroups} call groups. Contact us for more.`,
  },
  'unknown-caller-number': {
    ja: () => 'この発信者番号は、このご契約の外線番号ではありません。別の番号を選択してください。',
    en: () => 'This is no outside number of the contract. Choose another one.',
  },
}
