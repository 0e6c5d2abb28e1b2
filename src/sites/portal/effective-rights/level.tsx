import type { JSX } from 'preact'
import { rightLabels } from '#sites/frame/guide-labels.ts'
import type { Level } from '#features/rights/level.ts'
import { Icon } from '#platform/ui/text/icon.tsx'
import type { ChipLook } from '#platform/web/list.ts'
import type { Language } from '#platform/words.ts'
import { levelWord } from '../user-groups/words.ts'

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

export const levelChips = {
  level: {
    labels: { edit: rightLabels.edit, view: rightLabels.view },
    icons: { edit: 'edit', view: 'eye' },
  },
} satisfies { level: ChipLook<Level, unknown> }
