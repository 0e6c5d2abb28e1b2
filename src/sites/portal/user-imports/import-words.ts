import type { RowProblem } from '#features/user-imports/plan.ts'
import type { Phrase } from '#platform/words.ts'
import { periodReversed } from '../users/words.ts'

export const importTitle: Phrase = { ja: 'CSVで一括登録', en: 'Register from CSV' }

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
