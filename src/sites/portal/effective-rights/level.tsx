import type { JSX } from 'preact'
import { rightLabels } from '#sites/frame/guide-labels.ts'
import { type Level, levels } from '#features/rights/level.ts'
import type { Chip } from '#platform/ui/list/list-filter.tsx'
import { chipOfAll, chipsFor, countOf } from '#platform/ui/list/chips.ts'
import { Icon } from '#platform/ui/text/icon.tsx'
import type { ListQuery } from '#platform/ui/list/list-query.tsx'
import type { Language } from '#platform/words.ts'
import { levelWord } from '../user-groups/words.ts'

export function levelIn({ level }: Readonly<Record<string, string>>): Level | undefined {
  return levels.find((each) => each === level)
}

/** A level, which somebody has. */
export function LevelOf({ level, language }: { level: Level; language: Language }): JSX.Element {
  return (
    <div class="effective">
      <b>
        <Icon name={level === 'edit' ? 'edit' : 'eye'} />
        {levelWord(level, language)}
      </b>
    </div>
  )
}

export interface LevelChips {
  chosen: Level | undefined
  counts: Partial<Record<Level, number>>
}

export function levelChips({ chosen, counts }: LevelChips, query: ListQuery, language: Language): Chip[] {
  return [
    chipOfAll(['level'], { query, count: countOf(counts, []), language }),
    ...chipsFor(
      {
        name: 'level',
        values: levels,
        chosen,
        labels: { edit: rightLabels.edit, view: rightLabels.view },
        icons: { edit: 'edit', view: 'eye' },
        count: (level) => counts[level] ?? 0,
      },
      query,
      language,
    ),
  ]
}
