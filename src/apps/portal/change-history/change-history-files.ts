import { type ChangeRecord, readChanges, recordColumns } from '#features/change-history/list.ts'
import { zoneLabel } from '#platform/time-format.ts'
import type { Language } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { portalDownload } from '../portal-page.ts'
import { historyQueryOf } from './history-query.ts'
import { actionWord, differencesOf, historyLabels, historyTitle } from './words.ts'

const words = { ...historyLabels, name: historyTitle, became: { ja: ' → ', en: ' → ' } }

/** What the list lists and all that is older, for people. */
export const changeHistoryDownload = portalDownload({
  path: paths.changeHistoryCsv,
  allow: 'portal-administrator',
  words,
  async load({ language, actor: { timeZone }, now: asOf }, asked, text) {
    const { filter } = historyQueryOf(asked.query)
    // As spreadsheets read it: 2026-11-22 14:02:33.
    const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
    const timeOf = (at: string | null): string => clock.format(new Date(at ?? ''))
    return {
      name: text.name,
      columns: [
        `${text.at} ${zoneLabel(timeZone, language, asOf)}`,
        text.actor,
        text.action,
        text.subject,
        text.change,
      ],
      async read(now, from) {
        const { rows, edge } = await readChanges(now, filter, from)
        return { rows: rows.map((row) => [timeOf(row.at), ...cellsOf(row, text.became, language)]), edge }
      },
    }
  },
})

/** The same as it was recorded and hashed, for programs. */
export const changeHistoryRecords = portalDownload({
  path: paths.changeHistoryJson,
  allow: 'portal-administrator',
  words,
  async load(_ctx, asked, text) {
    const { filter } = historyQueryOf(asked.query)
    return {
      name: text.name,
      format: 'jsonl',
      columns: recordColumns,
      async read(now, from) {
        const { rows, edge } = await readChanges(now, filter, from)
        return { rows: rows.map((row) => recordColumns.map((column) => row[column])), edge }
      },
    }
  },
})

function cellsOf(row: ChangeRecord, became: string, language: Language): (string | null)[] {
  const { actorName, action, subjectName, before, after } = row
  const differences = differencesOf(
    { action: action ?? '', before: valuesIn(before), after: valuesIn(after) },
    language,
  )
  const change = differences.map(
    ({ field, before: was, after: is }) => `${field}: ${[was, is].filter((each) => each !== undefined).join(became)}`,
  )
  return [actorName, actionWord(action ?? '', language), subjectName, change.join('\n')]
}

function valuesIn(json: string | null): Record<string, string | number | boolean | null> | null {
  // As `recordChange` has written it.
  return json === null ? null : (JSON.parse(json) as Record<string, string | number | boolean | null>)
}
