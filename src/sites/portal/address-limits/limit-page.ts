import { menuLabels, userLabels } from '#sites/frame/guide-labels.ts'
import { mostEntries, type WrongLine } from '#features/address-limits/entries.ts'
import type { AddressLimit, AffectedUser } from '#features/address-limits/find.ts'
import type { Words } from '#platform/words.ts'
import { limitsTitle, tabWords, trialProblems, trialWords } from './words.ts'

export const limitPageWords = {
  ...tabWords,
  ...trialWords,
  ...trialProblems,
  title: limitsTitle,
  menu: menuLabels.forAdministrators,
  lead: {
    ja: (ip: string) => `登録したIPアドレスからのみ利用できます。あなたのIPアドレス：${ip}`,
    en: (ip: string) => `The portal can be used from the addresses listed alone. Your IP address: ${ip}`,
  },
  isOn: { ja: 'IPアドレスによる制限', en: 'Restriction by IP address' },
  on: { ja: '制限する', en: 'Restrict' },
  off: { ja: '制限しない', en: 'Do not restrict' },
  network: { ja: 'IPアドレス（CIDR）', en: 'IP address (CIDR)' },
  description: { ja: '説明', en: 'Description' },
  networkOf: { ja: (n: number) => `${n}行目のIPアドレス（CIDR）`, en: (n: number) => `IP address (CIDR) of line ${n}` },
  descriptionOf: { ja: (n: number) => `${n}行目の説明`, en: (n: number) => `Description of line ${n}` },
  deed: { ja: '操作', en: 'What to do' },
  own: { ja: '現在のアクセス元', en: 'Where you are' },
  count: {
    ja: (n: number) => `合計 ${n} 件（${mostEntries}件まで）`,
    en: (n: number) => `Total ${n} (up to ${mostEntries})`,
  },
  remove: { ja: '削除する', en: 'Remove' },
  removeOf: {
    ja: (n: number, network: string) => `${n}行目（${network}）を削除する`,
    en: (n: number, network: string) => `Remove line ${n} (${network})`,
  },
  addRow: { ja: 'IPアドレスを追加する', en: 'Add an address' },
  pasteHeading: { ja: 'まとめて貼り付ける', en: 'Paste several' },
  addLines: { ja: '貼り付けた内容を行に追加する', en: 'Make rows of what was pasted' },
  list: { ja: '貼り付けるIPアドレスと説明', en: 'Addresses and what they are' },
  listHint: {
    ja: `1行に1件、「203.0.113.0/24 東京本社」のように入力します（${mostEntries}件まで）。説明は省略できます。`,
    en: `One a line, such as “203.0.113.0/24 Tokyo office”; up to ${mostEntries}. The description may be left out.`,
  },
  addOwn: {
    ja: (ip: string) => `いまのアクセス元（${ip}）を追加する`,
    en: (ip: string) => `Add the address I am at (${ip})`,
  },
  look: { ja: '影響を確認する', en: 'See who is affected' },
  task: { ja: '操作', en: 'What to do' },
  version: { ja: '版', en: 'Version' },
  wrong: {
    ja: (lines: string) => `正しくない行があります（${lines}）。内容をご確認ください。`,
    en: (lines: string) => `Some lines are not right (${lines}). Check them.`,
  },
  line: { ja: (n: number) => `${n}行目`, en: (n: number) => `line ${n}` },
  lineIs: {
    ja: (line: string, typed: string, problem: string) => `${line}「${typed}」：${problem}`,
    en: (line: string, typed: string, problem: string) => `${line}: “${typed}” ${problem}`,
  },
  fix: { ja: (meant: string) => `${meant} に直す`, en: (meant: string) => `Make it ${meant}` },
  tooMany: {
    ja: `IPアドレスは${mostEntries}件まで登録できます。件数を減らしてください。`,
    en: `There can be up to ${mostEntries} addresses. Remove some.`,
  },
  none: {
    ja: '「制限する」を選択するときは、許可するIPアドレスを1件以上入力してください。',
    en: 'To restrict access, enter at least one address.',
  },
  cancel: userLabels.cancel,
} satisfies Words

/** What the page shows: the rules in force, and what the form as it stands would do. */
export interface LimitPageData {
  limit: AddressLimit
  affected: { users: AffectedUser[]; count: number }
  /** What the form was asked about, without being sent. */
  looked?: { users: AffectedUser[]; count: number }
  wrong: WrongLine[]
  ownAddress: string
}
