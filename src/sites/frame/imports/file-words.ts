import type { Phrase } from '#platform/words.ts'
import type { FileProblem } from './read-table.ts'

interface Told {
  /** The columns that it is about. */
  columns: string
  mostRows: number
}

/** Why a file cannot be read, and what to do. */
export const fileProblems: Record<FileProblem, Phrase<(told: Told) => string>> = {
  empty: {
    ja: () => 'CSVファイルに行がありません。1行目に見出し、2行目から内容を入力したファイルを選択してください。',
    en: () => 'The file has no rows. Line 1 is the heading; the rows begin at line 2.',
  },
  'too-large': {
    ja: () => 'CSVファイルが5MBを超えています。ファイルを分けてください。',
    en: () => 'The file is larger than 5 MB. Split it.',
  },
  'too-many-rows': {
    ja: ({ mostRows }) => `CSVファイルは${mostRows.toLocaleString('ja')}行までです。ファイルを分けてください。`,
    en: ({ mostRows }) => `A file can have at most ${mostRows.toLocaleString('en')} rows. Split it.`,
  },
  'too-many-cells': {
    ja: () => 'CSVファイルの列が多すぎます。使わない列を削除してください。',
    en: () => 'The file has too many columns. Remove those that are not used.',
  },
  workbook: {
    ja: () => 'Excelブックのままでは読み取れません。表計算ソフトで「CSV」の形式で保存したファイルを選択してください。',
    en: () => 'The file is a workbook. Save it as CSV in the spreadsheet program, then choose that file.',
  },
  'not-text': {
    ja: () => 'CSVファイルの文字コードを読み取れません。UTF-8かShift_JISで保存してください。',
    en: () => 'The file is not text in UTF-8 or Shift_JIS. Save it as one of them.',
  },
  'utf-8-or-not': {
    ja: () =>
      'CSVファイルの文字コードがUTF-8かShift_JISかを区別できません。表計算ソフトで「CSV UTF-8」の形式で保存してください。',
    en: () => 'The file could be UTF-8 as well as Shift_JIS. Save it as “CSV UTF-8” in the spreadsheet program.',
  },
  'quotes-open': {
    ja: () => 'CSVファイルの「"」が閉じていません。CSV形式で保存し直してください。',
    en: () => 'A quotation mark in the file is never closed. Save it as CSV once more.',
  },
  'no-heading': {
    ja: () => 'CSVファイルの1行目に見出しがありません。一覧やテンプレートのCSVの見出しのまま入力してください。',
    en: () => 'Line 1 of the file is no heading. Keep that of the list or the template.',
  },
  'unknown-columns': {
    ja: ({ columns }) =>
      `CSVファイルに知らない見出しがあります：${columns}。一覧やテンプレートのCSVの見出しに直すか、列を削除してください。`,
    en: ({ columns }) =>
      `The file has unknown columns: ${columns}. Call them as in the list or the template, or remove them.`,
  },
  'column-twice': {
    ja: ({ columns }) => `CSVファイルに同じ見出しが2回あります：${columns}。どちらかの列を削除してください。`,
    en: ({ columns }) => `These columns stand in the file twice: ${columns}. Remove one of each.`,
  },
}
