import type { RowProblem } from '#features/user-imports/plan.ts'
import type { Phrase } from '#platform/words.ts'
import { periodReversed } from '../users/words.ts'
import { type FileProblem, mostRows } from './read-rows.ts'

export const importTitle: Phrase = { ja: 'CSVで一括登録', en: 'Register from CSV' }

export const fileProblems: Record<FileProblem, Phrase<(columns: string) => string>> = {
  empty: {
    ja: () => 'CSVファイルに行がありません。1行目に見出し、2行目からユーザーを入力したファイルを選択してください。',
    en: () => 'The file has no rows. Line 1 is the heading; users begin at line 2.',
  },
  'too-large': {
    ja: () => 'CSVファイルが5MBを超えています。分けて登録してください。',
    en: () => 'The file is larger than 5 MB. Split it.',
  },
  'too-many-rows': {
    ja: () => `CSVファイルは${mostRows.toLocaleString('ja')}行までです。分けて登録してください。`,
    en: () => `A file can have at most ${mostRows.toLocaleString('en')} rows. Split it.`,
  },
  workbook: {
    ja: () => 'Excelブックのままでは登録できません。表計算ソフトで「CSV」の形式で保存したファイルを選択してください。',
    en: () => 'The file is a workbook. Save it as CSV in the spreadsheet program, then choose that file.',
  },
  'not-text': {
    ja: () => 'CSVファイルの文字コードを読み取れません。UTF-8かShift_JISで保存してください。',
    en: () => 'The file is not text in UTF-8 or Shift_JIS. Save it as one of them.',
  },
  'quotes-open': {
    ja: () => 'CSVファイルの「"」が閉じていません。CSV形式で保存し直してください。',
    en: () => 'A quotation mark in the file is never closed. Save it as CSV once more.',
  },
  'no-heading': {
    ja: () => 'CSVファイルの1行目に見出しがありません。テンプレートの見出しのまま入力してください。',
    en: () => 'Line 1 of the file is no heading. Keep that of the template.',
  },
  'unknown-columns': {
    ja: (columns) =>
      `CSVファイルに知らない見出しがあります：${columns}。テンプレートの見出しに直すか、列を削除してください。`,
    en: (columns) => `The file has unknown columns: ${columns}. Call them as in the template, or remove them.`,
  },
  'column-twice': {
    ja: (columns) => `CSVファイルに同じ見出しが2回あります：${columns}。どちらかの列を削除してください。`,
    en: (columns) => `These columns stand in the file twice: ${columns}. Remove one of each.`,
  },
}

export const rowProblems: Record<RowProblem, Phrase> = {
  malformed: {
    ja: '入力できる値ではありません。テンプレートの説明をご確認ください。',
    en: 'This is not one of the values that can be entered.',
  },
  'too-many-cells': {
    ja: '見出しより列が多くあります。値の中の「,」は「"」で囲んでください。',
    en: 'More cells than headings. Quote values that have commas.',
  },
  missing: { ja: '入力されていません。入力してください。', en: 'Missing. Enter it.' },
  'id-twice': {
    ja: '同じ管理IDの行が2つあります。どちらかを削除してください。',
    en: 'Two rows have this record ID. Remove one.',
  },
  'unknown-user': {
    ja: 'この管理IDのユーザーはいません。追加する場合は、管理IDを空欄にしてください。',
    en: 'No user has this record ID. To add one, leave it empty.',
  },
  'mail-twice': {
    ja: '同じメールアドレスの行が2つあります。どちらかを直してください。',
    en: 'Two rows have this email address. Correct one.',
  },
  'mail-taken': {
    ja: 'すでに登録されています。変更する場合は、そのユーザーの管理IDを入力してください。',
    en: 'Registered already. To change that user, enter its record ID.',
  },
  'mail-unavailable': {
    ja: 'このメールアドレスは登録できません。窓口へお問い合わせください。',
    en: 'This email address cannot be registered. Please contact us.',
  },
  'unknown-group': {
    ja: 'この名前のユーザーグループはありません。1行に1つずつ、名前を正しく入力してください。',
    en: 'No user group has this name. Enter one name a line.',
  },
  fixed: {
    ja: 'CSVでは変更できません。元の値に戻すか、列を削除してください。',
    en: 'A file cannot change it. Put it back, or remove the column.',
  },
  'own-role': { ja: '自分のユーザー権限は、CSVでは変更できません。', en: 'You cannot change your own role by a file.' },
  'own-period': {
    ja: '自分の利用期間は、CSVでは変更できません。',
    en: 'You cannot change your own period of use by a file.',
  },
  'period-reversed': periodReversed,
  'changed-meanwhile': {
    ja: '確認のあとで、別の方が変更しました。もう一度ファイルを選択してください。',
    en: 'Somebody else has changed it since it was checked. Choose the file once more.',
  },
  'no-administrator': {
    ja: '有効なポータル管理者がいない日ができるため、登録できません。',
    en: 'There would be days without an active portal administrator.',
  },
  'no-longer-administrator': {
    ja: 'ポータル管理者の権限がなくなったため、登録できませんでした。',
    en: 'You are no longer a portal administrator, so nothing was done.',
  },
}
