import { subjectKinds } from '#features/change-history/actions.ts'
import {
  type ChangedValues,
  type ChangeFilter,
  type ChangeRecord,
  findServiceNames,
  readChanges,
  recordColumns,
  type ServiceNames,
} from '#features/change-history/list.ts'
import { keywordOf, termsOf } from '#platform/list/keywords.ts'
import { offsetClock } from '#platform/time/format.ts'
import { nameOf } from '#platform/time/zones.ts'
import type { PageRequest } from '#platform/web/page.ts'
import type { In, Language } from '#platform/words.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'
import { changeScopeIn } from './history-query.ts'
import { actionWord } from '#sites/frame/states/action-words.ts'
import { differencesOf, historyLabels, historyTitle, inWordsOf } from './words.ts'

const words = { ...historyLabels, name: historyTitle, became: { ja: ' → ', en: ' → ' } }

/** What the list lists and all that is older, for people. */
export const changeHistoryDownload = portal.download({
  path: paths.changeHistoryCsv,
  allow: 'portal-administrator',
  words,
  async load(ctx, asked, text) {
    const { language, actor, now: asOf } = ctx
    const { timeZone } = actor
    const filter = filterIn(asked.query)
    const services = await findServiceNames(ctx)
    const clock = offsetClock(timeZone)
    return {
      name: text.name,
      columns: [`${text.at} ${nameOf(timeZone, language, asOf)}`, text.actor, text.action, text.subject, text.change],
      async read(now, from) {
        const { rows, edge } = await readChanges(now, filter, from)
        return {
          rows: rows.map((row) => [
            clock(new Date(row.at)),
            ...cellsOf(row, { text, language, services, moment: clock }),
          ]),
          edge,
        }
      },
    }
  },
})

/** The same as it was recorded and hashed, for programs. */
export const changeHistoryRecords = portal.download({
  path: paths.changeHistoryJson,
  allow: 'portal-administrator',
  words,
  async load(_ctx, asked, text) {
    const filter = filterIn(asked.query)
    return {
      name: text.name,
      columns: recordColumns,
      async read(now, from) {
        const { rows, edge } = await readChanges(now, filter, from)
        return { rows: rows.map((row) => recordColumns.map((column) => row[column])), edge }
      },
    }
  },
})

/** The same as the list's. */
function filterIn(query: PageRequest['query']): ChangeFilter {
  const kind = subjectKinds.find((each) => each === query.kind)
  return { ...changeScopeIn(query), kind, terms: termsOf(keywordOf(query)) }
}

interface Shown {
  text: In<typeof words>
  language: Language
  services: ServiceNames
  moment: (at: Date) => string
}

function cellsOf(row: ChangeRecord, { text, ...shown }: Shown): string[] {
  const { actorName, action, subjectName, before, after } = row
  const recorded = { action, before: valuesIn(before), after: valuesIn(after) }
  const change = differencesOf(recorded, shown).map(
    ({ field, before: was, after: is }) =>
      `${field}: ${[was, is].filter((each) => each !== undefined).join(text.became)}`,
  )
  return [
    actorName || text.operator,
    actionWord(action, shown.language),
    inWordsOf(subjectName, shown.language),
    change.join('\n'),
  ]
}

function valuesIn(json: string | null): ChangedValues | null {
  // As `recordChange` has written it.
  return json === null ? null : (JSON.parse(json) as ChangedValues)
}
