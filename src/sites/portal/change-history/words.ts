import { lineActionWords } from '#sites/frame/line-action-words.ts'
import { contractLabels, groupLabels, rightLabels, userLabels } from '#sites/frame/guide-labels.ts'
import type { CustomerSubjectKind } from '#features/change-history/actions.ts'
import { automaticGroup } from '#features/user-groups/automatic.ts'
import type { ChangedValues, ServiceNames } from '#features/change-history/list.ts'
import type { Language, Phrase } from '#platform/words.ts'
import { orderStateWords } from '#sites/frame/states/order-state.tsx'
import { requestStateWords } from '#sites/frame/states/request-state.tsx'
import { listTitles } from '../list-titles.ts'
import { allowanceWords, viewingEndWords } from '../viewings/words.ts'
import { userFields } from '../users/user-fields.ts'

export const historyTitle: Phrase = listTitles['change-history']

export const historyLabels = {
  at: { ja: '日時', en: 'Time' },
  actor: { ja: '変更者', en: 'Changed by' },
  action: { ja: '操作', en: 'Action' },
  subject: { ja: '対象', en: 'Subject' },
  change: { ja: '変更内容', en: 'Change' },
  operator: { ja: '通信事業者', en: 'The operator' },
} satisfies Record<string, Phrase>

export const subjectKindWords: Record<CustomerSubjectKind, Phrase> = {
  user: { ja: 'ユーザー', en: 'User' },
  'user-group': { ja: 'ユーザーグループ', en: 'User group' },
  contract: { ja: 'ご契約', en: 'Contract' },
  customer: { ja: '御社全体', en: 'The company' },
  'user-import': { ja: 'CSV一括登録', en: 'Registration from CSV' },
  site: contractLabels.site,
  'access-review': { ja: '棚卸し', en: 'Access review' },
  order: { ja: 'お申し込み', en: 'Order' },
  'order-request': { ja: '申請', en: 'Request' },
  ticket: { ja: 'お問い合わせ', en: 'Inquiry' },
}

/** What is recorded of a thing, by the name under which it is; of a user, as the form calls it. */
const fieldWords: Readonly<Record<string, Phrase>> = {
  ...Object.fromEntries(Object.entries(userFields).map(([name, { label }]) => [name, label])),
  memo: contractLabels.memo,
  site: contractLabels.site,
  movedIncidents: { ja: '移った工事・故障', en: 'Works and faults that moved along' },
  endedRules: { ja: '終了した権限', en: 'Rights that ended' },
  deletedSettings: { ja: '削除された回線設定', en: 'Line settings deleted' },
  telephoneNumbers: { ja: '移った電話番号', en: 'Telephone numbers that moved along' },
  number: { ja: '番号', en: 'Number' },
  description: groupLabels.description,
  from: { ja: '複製元', en: 'Duplicated from' },
  members: groupLabels.members,
  users: groupLabels.members,
  language: { ja: '表示言語', en: 'Language' },
  theme: { ja: '配色', en: 'Colours' },
  shortcuts: { ja: 'キーボードショートカット', en: 'Keyboard shortcuts' },
  mail: userLabels.mailAddress,
  state: { ja: '状態', en: 'State' },
  mobileThresholdMail: userLabels.mobileThresholdMail,
  sessions: { ja: '終了したログイン', en: 'Logins ended' },
  logo: { ja: 'コーポレートロゴ', en: 'Company logo' },
  change: { ja: '変更番号', en: 'Change number' },
  action: { ja: '操作', en: 'What was done' },
  about: { ja: '対象', en: 'About' },
  due: { ja: '反映する日時', en: 'When it counts' },
  sha256: { ja: '変更内容のSHA-256', en: 'SHA-256 of what changed' },
  prefecture: { ja: '都道府県', en: 'Prefecture' },
  joins: { ja: '追加の予定', en: 'To be put into' },
  leaves: { ja: '除外の予定', en: 'To be taken out of' },
  dueOn: { ja: '予定日', en: 'Planned for' },
  position: { ja: '緯度・経度', en: 'Latitude and longitude' },
  address: { ja: '住所', en: 'Address' },
  trustsBrowsers: { ja: '2段階認証のスキップ', en: 'Skipping the second step' },
  mayTrust: { ja: '2段階認証のスキップ', en: 'Skipping the second step' },
  browsers: { ja: '解除したブラウザ', en: 'Browsers where it ended' },
  browser: { ja: 'ブラウザ', en: 'Browser' },
  idleMinutes: { ja: 'タイムアウト時間（分）', en: 'Timeout (minutes)' },
  mayShorten: { ja: '一般ユーザーによる変更', en: 'Change by general users' },
  usersReset: { ja: 'この値にしたユーザー', en: 'Users set to it' },
  isOn: { ja: 'IPアドレスによる制限', en: 'Restriction by IP address' },
  networks: { ja: '許可するIPアドレス', en: 'Allowed IP addresses' },
  newlyLimited: { ja: '「制限あり」になるユーザー', en: 'Users who become restricted' },
  newlyUnlimited: { ja: '「制限なし」になるユーザー', en: 'Users who are no longer restricted' },
  limitsNewUsers: { ja: '新しく追加するユーザー', en: 'Users who are added' },
  asOf: { ja: '基準日時', en: 'As of' },
  groups: { ja: 'ユーザーグループ', en: 'User groups' },
  rights: { ja: '権限', en: 'Rights' },
  note: { ja: '所見', en: 'Note' },
  incident: { ja: '工事・故障', en: 'Fault or works' },
  needsApproval: { ja: '承認', en: 'Approval' },
  order: { ja: 'お申し込み', en: 'Order' },
  deliveryOn: { ja: '提供予定日', en: 'Delivery date' },
  opening: { ja: '開通案内', en: 'Opening' },
  filesAdded: { ja: '追加したファイル', en: 'Files added' },
  filesRemoved: { ja: '削除したファイル', en: 'Files removed' },
  openingText: { ja: '開通案内の内容', en: 'Text of the opening' },
  receivedDay: { ja: '受付の日', en: 'Day of the receipt' },
  receivedNote: { ja: '受付の案内', en: 'Note of the receipt' },
  surveyingDay: { ja: '調査の日', en: 'Day of the survey' },
  surveyingNote: { ja: '調査の案内', en: 'Note of the survey' },
  constructingDay: { ja: '工事の日', en: 'Day of the works' },
  constructingNote: { ja: '工事の案内', en: 'Note of the works' },
  readyDay: { ja: '開通待ちの日', en: 'Day of readiness' },
  readyNote: { ja: '開通待ちの案内', en: 'Note of readiness' },
  completedDay: { ja: '完了の日', en: 'Day of completion' },
  completedNote: { ja: '完了の案内', en: 'Note of completion' },
  askedBy: { ja: '依頼した担当者', en: 'Asked by' },
  approvedBy: { ja: '承認した担当者', en: 'Approved by' },
  viewing: { ja: '画面確認の許可', en: 'Leave to look at screens' },
  openHours: { ja: '許可する時間（時間）', en: 'Open for (hours)' },
  reason: { ja: '理由', en: 'Reason' },
  lasted: { ja: '時間（分）', en: 'Minutes' },
  viewingEnd: { ja: '終わり方', en: 'How it ended' },
  rowsSha256: { ja: '内容のSHA-256', en: 'SHA-256 of the rows' },
}

const languageWords = { ja: { ja: '日本語', en: 'Japanese' }, en: { ja: '英語', en: 'English' } }
const valueWords: Readonly<Record<string, Readonly<Record<string, Phrase>>>> = {
  action: lineActionWords,
  language: languageWords,
  mailLanguage: languageWords,
  theme: {
    system: { ja: '端末の設定', en: 'As the device' },
    light: { ja: 'ライト', en: 'Light' },
    dark: { ja: 'ダーク', en: 'Dark' },
  },
  secondFactor: { totp: userLabels.totp, 'mail-otp': userLabels.mailOtp },
  role: { 'general-user': userLabels.generalUser, 'portal-administrator': userLabels.portalAdministrator },
  state: {
    'awaiting-registration': { ja: '登録待ち', en: 'Awaiting registration' },
    active: { ja: '有効', en: 'Active' },
    suspended: { ja: '一時停止', en: 'Suspended' },
    ...requestStateWords,
    ...orderStateWords,
  },
  needsApproval: { true: { ja: '必要', en: 'needed' }, false: { ja: '不要', en: 'not needed' } },
  opening: { true: { ja: 'あり', en: 'there is one' }, false: { ja: 'なし', en: 'none' } },
  mobileThresholdMail: { true: userLabels.receive, false: userLabels.doNotReceive },
  trustsBrowsers: { true: { ja: '許可する', en: 'allowed' }, false: { ja: '許可しない', en: 'not allowed' } },
  mayTrust: {
    true: { ja: '許可する', en: 'allowed' },
    false: { ja: '許可しない', en: 'not allowed' },
    null: { ja: '全ユーザの設定', en: 'as all' },
  },
  mayShorten: { true: { ja: '変更可', en: 'allowed' }, false: { ja: '変更不可', en: 'not allowed' } },
  isOn: { true: { ja: '制限する', en: 'on' }, false: { ja: '制限しない', en: 'off' } },
  limitsNewUsers: { true: { ja: '制限あり', en: 'restricted' }, false: { ja: '制限なし', en: 'not restricted' } },
  approvedBy: { 'command-line': { ja: 'サーバーの管理者', en: 'whoever has the server' } },
  viewing: allowanceWords,
  viewingEnd: viewingEndWords,
  shortcuts: { true: { ja: '使う', en: 'On' }, false: { ja: '使わない', en: 'Off' } },
}

const levelWords: Readonly<Record<string, Phrase>> = {
  null: rightLabels.none,
  view: rightLabels.view,
  edit: rightLabels.edit,
}
const nothing: Phrase = { ja: '（なし）', en: '(none)' }

/** What is recorded, with the automatic group as the reader knows it. */
export function inWordsOf(recorded: string, language: Language): string {
  return recorded.replaceAll(automaticGroup.name, groupLabels.allServicesGroup[language])
}

export interface Difference {
  field: string
  /** Undefined: nothing is recorded of it. */
  before: string | undefined
  after: string | undefined
}

interface Recorded {
  action: string
  before: ChangedValues | null
  after: ChangedValues | null
}

interface Shown {
  language: Language
  services: ServiceNames
  /** How a moment is written. */
  moment: (at: Date) => string
}

/** What differs between before and after, in words. */
export function differencesOf(
  { action, before, after }: Recorded,
  { language, services, moment }: Shown,
): Difference[] {
  const areRights = action === 'user-group-rights-changed'
  if (action === 'users-imported') return differencesOfMany({ before, after }, language)
  const names: typeof fieldWords = areRights ? { ...services, 'all-services': rightLabels.allServices } : fieldWords
  const said = (field: string, values: ChangedValues | null): string | undefined => {
    const value = values?.[field]
    if (value === undefined) return undefined
    // A review is recorded with the moment that it is about, in UTC.
    if (field === 'asOf') return moment(new Date(String(value)))
    const words = areRights ? levelWords : valueWords[field]
    return (
      words?.[String(value)]?.[language] ??
      (value === null || value === '' ? nothing[language] : inWordsOf(String(value), language))
    )
  }
  return [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
    .filter((field) => before?.[field] !== after?.[field])
    .map((field) => ({
      // The number of a contract names itself.
      field: names[field]?.[language] ?? field,
      before: said(field, before),
      after: said(field, after),
    }))
}

const ofWhom: Phrase<(field: string, who: string) => string> = {
  ja: (field, who) => `${who}の${field}`,
  en: (field, who) => `${field} of ${who}`,
}

/** Of many users at once: what is recorded of one stands under 「field who」. */
function differencesOfMany({ before, after }: Omit<Recorded, 'action'>, language: Language): Difference[] {
  const said = (field: string, value: ChangedValues[string] | undefined): string | undefined => {
    if (value === undefined) return undefined
    return (
      valueWords[field]?.[String(value)]?.[language] ??
      (value === null || value === '' ? nothing[language] : inWordsOf(String(value), language))
    )
  }
  return [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].map((key) => {
    const [field = '', who = ''] = key.split(/ (.*)/s)
    return {
      field: ofWhom[language](fieldWords[field]?.[language] ?? field, who),
      before: said(field, before?.[key]),
      after: said(field, after?.[key]),
    }
  })
}
