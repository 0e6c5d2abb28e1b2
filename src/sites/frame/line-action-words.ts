import type { LineAction } from '#features/line-changes/actions.ts'
import type { Phrase } from '#platform/words.ts'

/** What was done to the settings of a line, in the histories of both sites. */
export const lineActionWords: Record<LineAction, Phrase> = {
  'numbers-bound': { ja: '着信先の変更', en: 'Targets changed' },
  'number-changed': {
    ja: '外線番号の着信先・営業時間・メモの変更',
    en: 'Target, business hours or memo of a number changed',
  },
  'extensions-added': { ja: '内線の追加', en: 'Extensions added' },
  'extension-changed': { ja: '内線の変更', en: 'Extension changed' },
  'extension-renumbered': { ja: '内線番号の変更', en: 'Extension renumbered' },
  'extension-deleted': { ja: '内線の削除', en: 'Extension deleted' },
  'call-group-added': { ja: '着信グループの追加', en: 'Call group added' },
  'call-group-changed': { ja: '着信グループの変更', en: 'Call group changed' },
  'call-group-deleted': { ja: '着信グループの削除', en: 'Call group deleted' },
  'absence-changed': { ja: '不在時動作の変更', en: 'Absence of an extension changed' },
  'absences-changed': { ja: '不在時動作の一括変更', en: 'Absence of several extensions changed' },
  'calendar-added': { ja: '営業時間の追加', en: 'Business hours added' },
  'calendar-changed': { ja: '営業時間の変更', en: 'Business hours changed' },
  'calendar-overridden': { ja: '臨時休業・臨時営業の変更', en: 'Closed or open for the day' },
  'calendar-deleted': { ja: '営業時間の削除', en: 'Business hours deleted' },
  'extensions-imported': { ja: '内線のCSV取り込み', en: 'Extensions imported from CSV' },
  'numbers-imported': { ja: '外線番号のCSV取り込み', en: 'Outside numbers imported from CSV' },
  'call-groups-imported': { ja: '着信グループのCSV取り込み', en: 'Call groups imported from CSV' },
  'call-group-copied': { ja: '着信グループの適用', en: 'Call group applied' },
  'calendar-copied': { ja: '営業時間の適用', en: 'Business hours applied' },
  'change-undone': { ja: '変更を元に戻す', en: 'Change undone' },
  'line-provided': { ja: '通信事業者による設定', en: 'Set up by the operator' },
}
