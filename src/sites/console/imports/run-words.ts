import type { RunResult, RunState } from '#features/import-runs/run.ts'
import type { Phrase } from '#platform/words.ts'

export const importsTitle: Phrase = { ja: '取り込み', en: 'Imports' }

export const runStateWords: Record<RunState, Phrase> = {
  waiting: { ja: '試行中', en: 'Being tried' },
  tried: { ja: '試行済み', en: 'Tried' },
  queued: { ja: '反映中', en: 'Being applied' },
  applied: { ja: '反映済み', en: 'Applied' },
  failed: { ja: '失敗', en: 'Failed' },
}

export const kindWords: Record<RunResult['counts'][number]['kind'], Phrase> = {
  operator: { ja: '通信事業者', en: 'Operator' },
  serviceCategories: { ja: 'カテゴリ', en: 'Service categories' },
  services: { ja: 'サービス', en: 'Services' },
  manuals: { ja: 'マニュアル', en: 'Manuals' },
  recommendations: { ja: 'レコメンド', en: 'Recommendations' },
  notices: { ja: 'お知らせ', en: 'Notices' },
  customers: { ja: 'お客様', en: 'Customers' },
  sites: { ja: '拠点', en: 'Sites' },
  contracts: { ja: 'ご契約', en: 'Contracts' },
  lines: { ja: '回線', en: 'Lines' },
  lineNumbers: { ja: '回線の電話番号', en: 'Numbers of lines' },
  incidents: { ja: '工事・故障', en: 'Works and faults' },
  orders: { ja: 'お申し込み', en: 'Orders' },
  tickets: { ja: 'お問い合わせ', en: 'Tickets' },
  blockedTraffic: { ja: '不正通信ブロック', en: 'Blocked traffic' },
  groups: { ja: 'ユーザーグループ', en: 'User groups' },
  users: { ja: 'ユーザー', en: 'Users' },
  outages: { ja: '障害・工事（通信事業者側）', en: 'Outages' },
}
