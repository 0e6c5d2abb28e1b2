import type { Phrase } from '#platform/words.ts'

/** A fault of a file, taken apart. */
export interface ReadFault {
  /** Undefined: of the file as a whole. */
  line: string | undefined
  /** As `customers[0].contracts[2].number`. */
  place: string | undefined
  said: string
}

/** A fault as the import words it: `file.json:12: customers[0].code is missing`. */
export function readFault(fault: string, name: string): ReadFault {
  const rest = fault.startsWith(name) ? fault.slice(name.length) : fault
  const [, line, told = rest] = /^:(\d+): (.*)$/s.exec(rest) ?? [undefined, undefined, rest.replace(/^: /, '')]
  const [, place, said = told] = /^([A-Za-z]\w*(?:\.\w+|\[[^\]]*\])*) (.*)$/s.exec(told) ?? []
  return line === undefined ? { line, place: undefined, said: told } : { line, place, said }
}

/** What to do about a fault, in words; undefined: what is said tells it. */
export function remedyOf(said: string): Phrase | undefined {
  return remedies.find(([pattern]) => pattern.test(said))?.[1]
}

const remedies: readonly (readonly [RegExp, Phrase])[] = [
  [/^is missing$/, { ja: '必須です。値を追加してください。', en: 'It is needed: add it.' }],
  [
    /^is not known here$/,
    {
      ja: 'この場所では使えない項目です。つづりを確認するか、削除してください。',
      en: 'Check how it is spelled, or remove it.',
    },
  ],
  [/^must be a list$/, { ja: '[ ]で囲んだ一覧にしてください。', en: 'Put it in [ ].' }],
  [/^must be an object$/, { ja: '{ }で囲んだ形にしてください。', en: 'Put it in { }.' }],
  [/^must be a text$/, { ja: '「"」で囲んだ文字にしてください。', en: 'Put it in quotation marks.' }],
  [
    /^must be a (?:whole )?number$/,
    { ja: '「"」を付けず、数字にしてください。', en: 'Write a number without quotation marks.' },
  ],
  [/^must be true or false$/, { ja: 'trueかfalseにしてください。', en: 'Write true or false.' }],
  [/^must be a day/, { ja: '日付は2026-12-06の形式にしてください。', en: 'Write a day as 2026-12-06.' }],
  [
    /^must be a time/,
    {
      ja: '日時は2026-12-06T01:00:00+09:00の形式（時差付き）にしてください。',
      en: 'Write a time with its offset: 2026-12-06T01:00:00+09:00.',
    },
  ],
  [/^must be a mail address/, { ja: 'メールアドレスの形式にしてください。', en: 'Write a mail address.' }],
  [/^must be an address that begins/, { ja: 'https://で始まるURLにしてください。', en: 'Write a URL.' }],
  [/^must be ".*" or "/, { ja: '示された値のどれかにしてください。', en: 'Choose one of these values.' }],
  [/^is too long/, { ja: '長すぎます。短くしてください。', en: 'Shorten it.' }],
  [/^must be at (least|most)/, { ja: '示された範囲の値にしてください。', en: 'Choose a value within the bounds.' }],
  [
    /^stands here for the second time/,
    { ja: '同じものが2回あります。どちらかを削除してください。', en: 'It stands twice: remove one of them.' },
  ],
  [
    /^is a new user of a customer/,
    {
      ja: 'すでに登録されているお客様に、ファイルでユーザーを追加することはできません。ファイルから削除してください。ポータル管理者の追加は、お客様の画面から依頼してください。',
      en: 'Leave it out. An administrator is asked for on the page of the customer.',
    },
  ],
  [
    /^names no (service|category)/,
    {
      ja: 'この番号のサービス・カテゴリはありません。先に取り込むか、コードを直してください。',
      en: 'Import it first, or correct the code.',
    },
  ],
  [
    /^names no (site|contract|incident|group)/,
    {
      ja: 'このお客様にはありません。同じファイルに加えるか、値を直してください。',
      en: 'The customer has none: add it to the file, or correct the value.',
    },
  ],
  [
    /^is a (contract|user) of another customer/,
    {
      ja: '別のお客様に登録されています。お客様を移すときはmove-contractを使い、誤りなら値を直してください。',
      en: 'It is another customer’s. Use move-contract for a move, or correct the value.',
    },
  ],
  [
    /^does not fit the operator's pattern/,
    { ja: '契約番号の形式に合いません。番号を直してください。', en: 'Correct the contract number.' },
  ],
  [/^lies in the future/, { ja: '解約日が来てから取り込んでください。', en: 'Import it once the day has come.' }],
  [
    /^need an operator/,
    { ja: '先に「operator」を含むファイルを取り込んでください。', en: 'Import the file with “operator” first.' },
  ],
  [
    /^is not JSON/,
    {
      ja: 'JSONの書式の誤りです。示された行の前後で、カンマ・括弧・引用符を確認してください。',
      en: 'Check commas, brackets and quotation marks around that line.',
    },
  ],
  [/bring it once more/, { ja: 'ファイルをもう一度取り込んでください。', en: 'Bring the file once more.' }],
]
