import { clockText } from '#features/calendars/spans.ts'
import { type ChangedRow } from '#features/line-changes/undo.ts'
import { hyphened } from '#features/inside-numbers/values.ts'
import { formatTime } from '#platform/time/format.ts'
import { inLanguage, type Language, type Phrase } from '#platform/words.ts'
import { extensionWords } from '../extensions/extension-fields.tsx'
import { groupWords } from '../call-groups/group-fields.ts'
import { conditionWords } from '../absence/absence-words.ts'
import { daySaid, weekdayWords } from '../calendars/hours-words.ts'
import { groupKindWords } from '../parts/target-words.tsx'

const words = {
  inside_number: { ja: '番号', en: 'Number' },
  calendar: { ja: '営業時間', en: 'Business hours' },
  external_number: { ja: '外線番号', en: 'Outside number' },
  extension: { ja: '内線', en: 'Extension' },
  call_group: { ja: '着信グループ', en: 'Call group' },
  calendar_slot: { ja: '営業時間の時間帯', en: 'Span of business hours' },
  calendar_day: { ja: '特定日', en: 'Special day' },
  call_group_member: { ja: '着信グループのメンバー', en: 'Member of a call group' },
  forward: { ja: '転送', en: 'Forward' },
} satisfies Record<ChangedRow['relation'], Phrase>

const columnWords: Readonly<Record<string, Phrase>> = {
  number: { ja: '番号', en: 'Number' },
  memo: { ja: 'メモ', en: 'Memo' },
  target: { ja: '着信先', en: 'Target' },
  closed_inside: { ja: '営業時間外の着信先', en: 'Target when closed' },
  closed_outside: { ja: '営業時間外の転送先', en: 'Outside target when closed' },
  closed_voicemail: { ja: '営業時間外の留守番電話', en: 'Voicemail when closed' },
  calendar_id: { ja: '営業時間', en: 'Business hours' },
  ended_on: { ja: '解約日', en: 'Ended on' },
  name: extensionWords.name,
  kana: extensionWords.kana,
  caller_number: extensionWords.callerNumber,
  hides_caller: extensionWords.hidesCaller,
  ring_seconds: extensionWords.ringSeconds,
  is_enabled: extensionWords.isEnabled,
  kind: groupWords.kind,
  then_inside: groupWords.onward,
  then_outside: groupWords.onward,
  then_voicemail: { ja: 'だれも出ないときの留守番電話', en: 'Voicemail when nobody answers' },
  position: { ja: '順番', en: 'Order' },
  is_paused: groupWords.paused,
  condition: { ja: '条件', en: 'Condition' },
  to_inside: { ja: '転送先', en: 'Forwarded to' },
  to_outside: { ja: '外線の転送先', en: 'Forwarded to outside' },
  to_voicemail: { ja: '留守番電話', en: 'Voicemail' },
  call_group: { ja: '着信グループ', en: 'Call group' },
  extension: { ja: '内線', en: 'Extension' },
  opens: { ja: '開始', en: 'Opens' },
  closes: { ja: '終了', en: 'Closes' },
  closes_on_national_holidays: { ja: '祝日に休む', en: 'Closed on national holidays' },
  override_is_open: { ja: '臨時営業', en: 'Open by way of exception' },
  override_until: { ja: '臨時の設定の終わり', en: 'Exception until' },
  weekday: { ja: '曜日', en: 'Weekday' },
  day: { ja: '日', en: 'Day' },
}

const values = {
  none: { ja: 'なし', en: 'None' },
  yes: { ja: 'する', en: 'Yes' },
  no: { ja: 'しない', en: 'No' },
  added: { ja: '追加', en: 'Added' },
  removed: { ja: '削除', en: 'Deleted' },
  gone: { ja: '削除された営業時間', en: 'Deleted business hours' },
}

/** A field that has become another, in words. */
export interface ToldChange {
  about: string
  field: string
  before: string
  after: string
}

/** For whom rows are told, and the names of the line's business hours by their ids. */
export interface Telling {
  language: Language
  timeZone: string
  now: Date
  calendars?: ReadonlyMap<string, string>
}

/** What changed rows say, field by field; of what was added or deleted, what it was. */
export function toldChanges(rows: readonly ChangedRow[], reader: Telling): ToldChange[] {
  const { language } = reader
  const text = inLanguage(values, language)
  const telling = { ...reader, calendars: new Map([...(reader.calendars ?? []), ...calendarsIn(rows)]) }
  return rows.flatMap((row) => {
    const { relation, before, after } = row
    // The number itself is told by the extension or the group.
    if (relation === 'inside_number') return []
    const about = `${words[relation][language]} ${nameOf(row, telling)}`.trim()
    if (!before || !after) {
      const whole = Object.entries(after ?? before ?? {}).filter(
        ([column, value]) => columnWords[column] && value !== null && value !== '' && value !== false,
      )
      const told = whole
        .map(([column, value]) => `${columnWords[column]?.[language]}：${said(column, value, telling)}`)
        .join(language === 'ja' ? '、' : ', ')
      return [
        { about, field: after ? text.added : text.removed, before: after ? '-' : told, after: after ? told : '-' },
      ]
    }
    return Object.keys(after)
      .filter((column) => before[column] !== after[column] && columnWords[column])
      .map((column) => ({
        about,
        field: columnWords[column]?.[language] ?? column,
        before: said(column, before[column], telling),
        after: said(column, after[column], telling),
      }))
  })
}

/** Business hours that were made or removed by the change itself. */
function calendarsIn(rows: readonly ChangedRow[]): [id: string, name: string][] {
  return rows.flatMap(({ relation, before, after }): [string, string][] => {
    const row = after ?? before
    return relation === 'calendar' && row ? [[String(row['id']), String(row['name'])]] : []
  })
}

function nameOf({ relation, before, after }: ChangedRow, telling: Told): string {
  const row = before ?? after ?? {}
  if (relation === 'calendar_slot' || relation === 'calendar_day') {
    const column = relation === 'calendar_slot' ? 'weekday' : 'day'
    const calendar = said('calendar_id', row['calendar_id'], telling)
    return `${calendar} ${said(column, row[column], telling)}`
  }
  if (relation === 'external_number') return hyphened(String(row['number']))
  if (relation === 'call_group_member') return `${String(row['call_group'])} – ${String(row['extension'])}`
  if (relation === 'forward') return `${String(row['extension'])} ${said('condition', row['condition'], telling)}`
  const name = row['name'] ?? ''
  return `${String(row['number'] ?? '')} ${String(name)}`.trim()
}

type Told = Telling & { calendars: ReadonlyMap<string, string> }

function said(column: string, value: string | number | boolean | null | undefined, telling: Told): string {
  const { language, timeZone, now, calendars } = telling
  const text = inLanguage(values, language)
  if (value === null || value === undefined || value === '') return text.none
  if (typeof value === 'boolean') return value ? text.yes : text.no
  if (column === 'opens' || column === 'closes') return clockText(Number(value))
  if (column === 'condition') return conditionWords[value as keyof typeof conditionWords]?.[language] ?? String(value)
  if (column === 'weekday') return weekdayWords[Number(value) - 1]?.[language] ?? String(value)
  if (column === 'day') return daySaid(String(value), { language, now })
  if (column === 'calendar_id') return calendars.get(String(value)) ?? text.gone
  if (column === 'override_until')
    return formatTime(new Date(String(value)), 'date-time', { zone: timeZone, language, now })
  if (column === 'kind') return groupKindWords[value as keyof typeof groupKindWords]?.[language] ?? String(value)
  return String(value).startsWith('0') ? hyphened(String(value)) : String(value)
}
