import type { LineImportKind, RowProblem } from '#features/line-imports/plan.ts'
import type { Phrase } from '#platform/words.ts'
import type { Route } from '#platform/web/paths.ts'
import { linkWords } from '../links.ts'
import { paths } from '../paths.ts'

/** What differs between the files of each kind. */
export const importKinds: Record<
  LineImportKind,
  {
    title: Phrase
    lead: Phrase
    /** Of what the file is a list. */
    list: { label: Phrase; path: Route<'contract'>; csv: Route<'contract'> }
    path: Route<'contract'>
    rules: readonly Phrase[]
    /** Whether rows may be added; which outside numbers there are is the operator's. */
    adds: boolean
  }
> = {
  extensions: {
    title: { ja: '内線のCSV取り込み', en: 'Import extensions from CSV' },
    lead: {
      ja: 'CSVファイルで、内線をまとめて追加・変更します。適用する前に、1行ずつの内容を確認できます。',
      en: 'Add and change extensions by a file. You see what each row would do before anything is done.',
    },
    list: { label: linkWords.extensions, path: paths.extensions, csv: paths.extensionsCsv },
    path: paths.importExtensions,
    rules: [
      {
        ja: '「内線番号」は必須です。このご契約にない番号の行は追加、ある番号の行は変更になります。',
        en: 'The extension number is needed. A number that is not there is added, one that is there is changed.',
      },
      {
        ja: '内線番号を変更するときは、「新しい内線番号」の列を足して入力します。その番号を使う設定も、すべて変わります。',
        en: 'To renumber, add a column “New extension number”. Everything that names the extension follows.',
      },
      {
        ja: '外線番号、着信グループ、転送の列は読み取りません。それぞれの画面かCSVで変更します。',
        en: 'Outside numbers, call groups and forwards are not read. Change them on their own pages or by their own files.',
      },
    ],
    adds: true,
  },
  numbers: {
    title: { ja: '外線番号のCSV取り込み', en: 'Import outside numbers from CSV' },
    lead: {
      ja: 'CSVファイルで、外線番号の着信先とメモをまとめて変更します。適用する前に、1行ずつの内容を確認できます。',
      en: 'Change targets and memos by a file. You see what each row would do before anything is done.',
    },
    list: { label: linkWords.numbers, path: paths.numbers, csv: paths.numbersCsv },
    path: paths.importNumbers,
    rules: [
      {
        ja: '「外線番号」は必須です。外線番号の追加と解約は、窓口へお申し込みください。',
        en: 'The outside number is needed. Numbers are added and ended by the operator: contact us.',
      },
      {
        ja: '着信先には内線または着信グループの番号を入力します。空欄にすると、どこにも着信しません（未割当）。',
        en: 'As target enter the number of an extension or a call group. Left empty, the number is bound to nothing.',
      },
      { ja: '鳴る電話機と状態の列は読み取りません。', en: 'The columns of telephones and state are not read.' },
    ],
    adds: false,
  },
  'call-groups': {
    title: { ja: '着信グループのCSV取り込み', en: 'Import call groups from CSV' },
    lead: {
      ja: 'CSVファイルで、着信グループとメンバーをまとめて追加・変更します。適用する前に、1行ずつの内容を確認できます。',
      en: 'Add and change call groups with their members by a file. You see what each row would do before anything is done.',
    },
    list: { label: linkWords.callGroups, path: paths.callGroups, csv: paths.callGroupsCsv },
    path: paths.importCallGroups,
    rules: [
      {
        ja: '「代表番号」は必須です。このご契約にない番号の行は追加、ある番号の行は変更になります。',
        en: 'The group number is needed. A number that is not there is added, one that is there is changed.',
      },
      {
        ja: 'メンバーは内線番号を空白で区切って、鳴る順にすべて入力します。一時停止のメンバーは（1001）のように括弧で囲みます。',
        en: 'Members: all extensions in their order, with spaces between; who is paused in brackets, as (1001).',
      },
      {
        ja: '外線番号の列は読み取りません。「外線・内線の紐づけ設定」で変更します。',
        en: 'Outside numbers are not read. Change them where outside numbers are bound.',
      },
    ],
    adds: true,
  },
}

export const rowProblems: Record<RowProblem, Phrase> = {
  malformed: {
    ja: '入力できる値ではありません。一覧のCSVと同じ書き方で入力してください。',
    en: 'This is not one of the values that can be entered. Write it as the CSV of the list has it.',
  },
  'too-many-cells': {
    ja: '見出しより列が多くあります。値の中の「,」は「"」で囲んでください。',
    en: 'More cells than headings. Quote values that have commas.',
  },
  missing: { ja: '入力されていません。入力してください。', en: 'Missing. Enter it.' },
  'number-twice': {
    ja: '同じ番号の行が2つあります。どちらかを削除してください。',
    en: 'Two rows have this number. Remove one.',
  },
  'number-taken': {
    ja: 'この番号は、すでに内線または着信グループで使われています。別の番号を入力してください。',
    en: 'An extension or a call group has this number. Enter another one.',
  },
  'out-of-range': {
    ja: 'このご契約で使える番号の範囲にありません。使える番号を入力してください。',
    en: 'The contract has no such numbers. Enter one of its range.',
  },
  'too-many': {
    ja: 'ご契約の上限を超えるため、追加できません。行を減らすか、窓口へお問い合わせください。',
    en: 'The contract has no room for it. Remove rows, or contact us.',
  },
  'unknown-number': {
    ja: 'この番号は、このご契約にありません。一覧で確認して入力してください。',
    en: 'This number is not in the contract. Look it up in the list.',
  },
  'unknown-caller-number': {
    ja: 'この発信者番号は、このご契約で使用中の外線番号ではありません。別の番号を入力してください。',
    en: 'This is no outside number in use of the contract. Enter another one.',
  },
  'unknown-target': {
    ja: 'この番号の内線または着信グループは、このご契約にありません。一覧で確認して入力してください。',
    en: 'The contract has no such extension or call group. Look it up in the lists.',
  },
  'disabled-target': {
    ja: '無効になっている内線です。内線を有効にするか、別の着信先を入力してください。',
    en: 'This extension is disabled. Enable it, or enter another target.',
  },
  ended: {
    ja: '解約済みのため、着信先を設定できません。着信先を空欄にするか、行を削除してください。',
    en: 'The number has ended. Leave the target empty, or remove the row.',
  },
  'then-itself': {
    ja: 'グループ自身は指定できません。別の番号を入力してください。',
    en: 'A group cannot lead to itself. Enter another number.',
  },
  'new-outside': {
    ja: '新しい外線の転送先は、CSVでは設定できません。着信グループの画面で設定してください。',
    en: 'A file cannot set a new number outside. Set it on the page of the call group.',
  },
  'no-voicemail': {
    ja: 'このご契約では留守番電話を使えません。別の方法を入力してください。',
    en: 'This contract has no voicemail. Choose another way.',
  },
  'unknown-member': {
    ja: 'この内線は、このご契約にありません。先に内線を追加するか、メンバーから外してください。',
    en: 'The contract has no such extension. Add it first, or take it out of the members.',
  },
  'member-twice': {
    ja: '同じ内線が2回メンバーになっています。一方を外してください。',
    en: 'An extension is a member twice. Take one out.',
  },
  'too-many-members': {
    ja: 'メンバーは32内線までです。メンバーを減らしてください。',
    en: 'A group has at most 32 members.',
  },
  'changed-since': {
    ja: '確認のあとで、設定が変更されました。もう一度ファイルを選択して、確認してください。',
    en: 'The settings were changed since the file was checked. Choose it once more.',
  },
  'may-not-edit': {
    ja: 'このご契約の編集の権限がなくなったため、取り込めませんでした。',
    en: 'You may no longer edit this contract, so nothing was done.',
  },
}
