import type { Phrase, Words } from '#platform/words.ts'

// The labels of the operator's usage guide, to the letter in Japanese, unevenness included (ユーザ beside ユーザー).
// A number is the row of the guide. Names of operators and services are data and come in as arguments.

/** 5, 7, 8. */
export const signInLabels = {
  resetPassword: { ja: 'パスワード再設定はこちら', en: 'Reset your password' },
  identityCheck: { ja: '本人確認', en: 'Identity check' },
  passwordSetup: { ja: 'パスワード設定', en: 'Set a password' },
  totpSetup: { ja: 'TOTP設定', en: 'TOTP setup' },
  mailAddress: { ja: 'メールアドレス', en: 'Email address' },
  fullName: { ja: '氏名', en: 'Full name' },
  contactPhone: { ja: '連絡先電話番号', en: 'Contact phone number' },
  signIn: { ja: 'ログイン', en: 'Log in' },
  firstStep: { ja: '第一認証', en: 'First step' },
  userId: { ja: 'ユーザID(メールアドレス)', en: 'User ID (email address)' },
  firstPassword: { ja: '第1パスワード', en: 'First password' },
  secondStep: { ja: '第二認証', en: 'Second step' },
} satisfies Words

/** 9, 10, 12. */
export const siteLabels = {
  customerSite: { ja: '法人ご契約者向けサイト', en: 'For corporate customers' },
  businessPortal: { ja: 'ビジネスポータル', en: 'Business Portal' },
  search: {
    ja: 'ご契約に関する情報、チケット、マニュアルなどが検索できます',
    en: 'Search contracts, tickets, manuals and more',
  },
  recommendations: { ja: 'レコメンド', en: 'Recommendations' },
  threatBlocking: { ja: '不正通信ブロック', en: 'Threat blocking' },
  news: { ja: 'お知らせ', en: 'News' },
  contact: { ja: 'お問い合わせ', en: 'Contact us' },
  manuals: { ja: 'マニュアル', en: 'Manuals' },
  opinion: { ja: 'このページに対するご意見', en: 'Feedback on this page' },
} satisfies Record<string, Phrase>

/** 9, 11. */
export const menuLabels = {
  serviceMenu: { ja: 'サービスメニュー', en: 'Service menu' },
  chooseService: { ja: 'ご契約中のサービスから選ぶ', en: 'Your services' },
  recentAndPinned: { ja: '最近の操作・ピン留め', en: 'Recent and pinned' },
  forAdministrators: { ja: 'ポータル管理者向け', en: 'For administrators' },
} satisfies Record<string, Phrase>

/** 14. */
export const serviceLabels = {
  common: { ja: '共通', en: 'General' },
  contracts: { ja: 'ご契約・運用状況', en: 'Contracts and status' },
  contractsText: {
    ja: '契約情報、お客様のご連絡先、料金情報など、困ったらこちら',
    en: 'Contract details, your contacts, charges: start here when in doubt',
  },
  orders: { ja: 'お申し込みの進捗', en: 'Progress of orders' },
  ordersText: { ja: '提供予定日、進捗状況、開通案内', en: 'Delivery date, progress, opening notice' },
  tickets: { ja: '故障・お問い合わせの状況', en: 'Faults and inquiries' },
  worksAndFaults: { ja: '工事・故障情報', en: 'Works and faults' },
  options: { ja: 'オプション設定', en: 'Options' },
  settingsSite: { ja: 'Web設定変更サイト', en: 'Web settings site' },
  settingsSiteText: {
    ja: '外線・内線の紐づけ設定、着信グループ設定',
    en: 'Binding of outside numbers to extensions, call groups',
  },
  contractList: { ja: 'ご契約・運用状況の一覧', en: 'List of contracts and their status' },
  ticketList: { ja: 'お問い合わせの一覧', en: 'List of inquiries' },
  contacts: { ja: 'お客様のご連絡先', en: 'Your contacts' },
  charges: { ja: '料金情報', en: 'Charges' },
} satisfies Record<string, Phrase>

/** 16–20. */
export const contractLabels = {
  keyword: { ja: '絞り込みキーワード', en: 'Filter keywords' },
  keywordHint: {
    ja: '※全角または半角スペース区切りで複数条件の指定が可能です',
    en: 'Separate several keywords by spaces',
  },
  keywordPlaceholder: { ja: 'キーワードを入力してください', en: 'Enter keywords' },
  total: {
    ja: (count: number) => `合計 ${count}件`,
    en: (count: number) => `${count} in total`,
  },
  pageSize: { ja: '表示件数', en: 'Rows per page' },
  rows: {
    ja: (count: number) => `${count}件`,
    en: (count: number) => `${count} rows`,
  },
  contractNumber: { ja: 'ご契約番号', en: 'Contract number' },
  memo: { ja: 'メモ', en: 'Memo' },
  status: { ja: '運用状況', en: 'Status' },
  normal: { ja: '正常', en: 'Normal' },
  groupNumber: { ja: 'グループ番号', en: 'Group number' },
  serviceName: { ja: 'サービス名', en: 'Service' },
  site: { ja: '拠点', en: 'Site' },
} satisfies Words

/** 16–19. */
export const settingsLabels = {
  list: {
    ja: (service: string) => `${service} 設定変更一覧`,
    en: (service: string) => `${service} settings`,
  },
  guide: {
    ja: (service: string) =>
      `・${service}の設定変更を行いたい場合は、該当の契約番号の「設定を変更する」ボタンをクリックして「Web設定変更サイト」へお進みください。`,
    en: (service: string) =>
      `To change settings of ${service}, click “Change settings” of the contract to go to the Web settings site.`,
  },
  changeAndPrint: { ja: '設定変更・印刷', en: 'Change or print' },
  change: { ja: '設定を変更する', en: 'Change settings' },
  look: { ja: '設定を参照する', en: 'View settings' },
  print: { ja: '印刷する', en: 'Print' },
  customerNumber: { ja: 'お客様番号', en: 'Customer number' },
} satisfies Words

/** 21, 22. */
export const administratorLabels = {
  usersAndRights: { ja: 'ユーザー・権限管理', en: 'Users and rights' },
  users: { ja: 'ユーザー管理', en: 'Users' },
  usersText: { ja: 'ユーザーの追加、編集、削除', en: 'Add, edit and delete users' },
  userGroups: { ja: 'ユーザーグループ管理', en: 'User groups' },
  userGroupsText: { ja: 'サービスごとの権限の設定', en: 'Rights per service' },
  accessHistory: { ja: 'アクセス管理', en: 'Access history' },
  accessHistoryText: {
    ja: '全ユーザーのログイン履歴: ログイン、ログアウトの履歴',
    en: 'Logins and logouts of all users',
  },
  accessRules: { ja: 'アクセス制限設定', en: 'Access restriction' },
  accessRulesText: { ja: 'IPアドレスによる制限', en: 'Restriction by IP address' },
  other: { ja: 'その他', en: 'Other' },
  sessionTimeout: { ja: 'セッションタイムアウト設定', en: 'Session timeout' },
  sessionTimeoutText: { ja: 'タイムアウト時間の短縮、延長', en: 'Shorten or lengthen the timeout' },
  networkMap: { ja: 'ネットワークマップ設定', en: 'Network map settings' },
  networkMapText: { ja: 'マップ上に正確な位置情報を表示できます', en: 'Show where your sites are on the map' },
  logo: { ja: 'コーポレートロゴ設定', en: 'Company logo' },
  logoText: { ja: 'あなたの会社のロゴを設定', en: 'Set the logo of your company' },
  twoStepSkip: { ja: '2段階認証スキップ設定', en: 'Skipping the second step' },
  twoStepSkipText: {
    ja: '認証に成功後、一定期間第2認証をスキップ',
    en: 'Skip the second step for a while after a login',
  },
} satisfies Record<string, Phrase>

/** 15, 23–26. */
export const userLabels = {
  list: { ja: 'ユーザ一覧', en: 'Users' },
  crumb: { ja: 'ユーザ追加', en: 'Add a user' },
  startAdding: { ja: 'ユーザを追加する', en: 'Add a user' },
  addPage: { ja: 'ユーザー追加', en: 'Add a user' },
  basics: { ja: '基本情報', en: 'Basics' },
  name: { ja: '名前', en: 'Name' },
  mailAddress: { ja: 'メールアドレス', en: 'Email address' },
  phone: { ja: '電話番号', en: 'Phone number' },
  secondFactor: { ja: '第2段階認証方式', en: 'Second-step method' },
  totp: { ja: 'TOTP', en: 'TOTP' },
  mailOtp: { ja: 'MailOTP', en: 'MailOTP' },
  role: { ja: 'ユーザー権限', en: 'Role' },
  generalUser: { ja: '一般ユーザー', en: 'General user' },
  portalAdministrator: { ja: 'ポータル管理者', en: 'Portal administrator' },
  details: { ja: '詳細情報', en: 'Details' },
  mailLanguage: { ja: 'メール言語', en: 'Mail language' },
  japanese: { ja: 'Japanese', en: 'Japanese' },
  english: { ja: 'English', en: 'English' },
  timeZone: { ja: 'タイムゾーン', en: 'Time zone' },
  choose: { ja: '選択してください', en: 'Choose' },
  position: { ja: '役職', en: 'Position' },
  mobilePhone: { ja: '携帯電話番号', en: 'Mobile phone number' },
  other: { ja: 'その他', en: 'Other' },
  comment: { ja: 'コメント', en: 'Comment' },
  commentHint: { ja: 'ユーザに関する説明 (役割等)', en: 'About the user (role and so on)' },
  orderMail: { ja: '申込状況更新通知メール', en: 'Mail on changes of orders' },
  mobileThresholdMail: { ja: 'モバイル閾値メール', en: 'Mobile threshold mail' },
  notification: { ja: '通知設定', en: 'Notification' },
  receive: { ja: '受信する', en: 'Receive' },
  doNotReceive: { ja: '受信しない', en: 'Do not receive' },
  groups: { ja: 'ユーザーグループ', en: 'User groups' },
  groupsNote: {
    ja: (service: string) =>
      `※${service}の契約内容の参照やWeb設定変更サイトにログインするためには${service}サービスの参照もしくは編集権限を有するユーザーグループに所属する必要があります`,
    en: (service: string) =>
      `To see ${service} contracts or log in to the web settings site, a user must belong to a user group that may view or edit ${service}`,
  },
  allServicesGroup: { ja: '全サービス参照編集権限グループ(自動)', en: 'View and edit all services (automatic)' },
  putIn: { ja: '追加 →', en: 'Add →' },
  takeOut: { ja: '← 削除', en: '← Remove' },
  cancel: { ja: 'キャンセル', en: 'Cancel' },
  add: { ja: '追加する', en: 'Add' },
} satisfies Words

/** 27–29. */
export const groupLabels = {
  id: { ja: 'ユーザグループID', en: 'User group ID' },
  name: { ja: 'ユーザグループ名', en: 'User group name' },
  description: { ja: '説明', en: 'Description' },
  startAdding: { ja: '+ ユーザグループを追加する', en: '+ Add a user group' },
  allServicesGroup: { ja: '全サービス参照編集権限グループ（自動）', en: 'View and edit all services (automatic)' },
  allServicesGroupText: {
    ja: '自動的に全サービスの参照・編集権限が付与されるグループ',
    en: 'Members automatically may view and edit all services',
  },
  addPage: { ja: 'ユーザーグループ追加', en: 'Add a user group' },
  nameField: { ja: 'ユーザーグループ名', en: 'User group name' },
  edit: { ja: '編集する', en: 'Edit' },
  deleteGroup: { ja: 'このグループを削除する', en: 'Delete this group' },
  nothing: { ja: '-', en: '-' },
  members: { ja: '所属するユーザー', en: 'Members' },
  rights: { ja: '権限の設定状態', en: 'Rights' },
  setRights: { ja: '権限を設定する', en: 'Set rights' },
  allServices: { ja: '全サービス', en: 'All services' },
  view: { ja: '参照', en: 'View' },
  change: { ja: '編集', en: 'Edit' },
  unset: { ja: '未指定', en: 'Not set' },
} satisfies Record<string, Phrase>

/** 30, 31. */
export const rightLabels = {
  page: { ja: 'ユーザグループ権限設定', en: 'Rights of the user group' },
  forAllServices: { ja: '全サービス共通の権限設定', en: 'For all services' },
  allServices: { ja: '全てのサービス', en: 'All services' },
  none: { ja: '権限なし', en: 'No right' },
  view: { ja: '参照のみ', en: 'View only' },
  edit: { ja: '参照・編集', en: 'View and edit' },
  perService: { ja: 'サービスごとの権限設定', en: 'Per service' },
  perContract: { ja: '契約ごとに権限を設定する', en: 'Set rights per contract' },
  contractAndService: { ja: '契約番号/サービス名', en: 'Contract number / service' },
  choice: { ja: '権限選択', en: 'Right' },
  total: {
    ja: (count: number) => `合計 ${count} 件`,
    en: (count: number) => `${count} in total`,
  },
  apply: { ja: '適用する', en: 'Apply' },
} satisfies Words
