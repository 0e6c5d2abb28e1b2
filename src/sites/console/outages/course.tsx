import type { JSX } from 'preact'
import type { Outage } from '#features/outages/outage.ts'
import { hrefOf } from '#platform/ui/list/list-query.tsx'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage } from '#platform/words.ts'
import { Timeline } from '#sites/frame/told/timeline.tsx'
import { paths } from '../paths.ts'

const words = {
  by: { ja: (by: string) => `記入：${by}`, en: (by: string) => `By ${by}` },
  file: { ja: '取り込み', en: 'a file' },
  correct: { ja: '訂正する', en: 'Correct' },
}

interface CourseProps {
  outage: Outage
  reader: Reader
  /** Whether the reader may put right what was said. */
  mayCorrect?: boolean
}

/** What customers read of how it went on, with who wrote it. */
export function OutageCourse({ outage, reader, mayCorrect = false }: CourseProps): JSX.Element {
  const text = inLanguage(words, reader.language)
  const { kind, stage, startsAt, endsAt, updates } = outage
  const phase = stage === 'draft' || stage === 'withdrawn' ? 'coming' : stage
  return (
    <Timeline
      incident={{ kind, phase, startsAt, endsAt, withdrawnAt: null, updates }}
      reader={reader}
      below={({ number, by }) => (
        <p class="small-text">
          {text.by(by ?? text.file)}
          {mayCorrect && (
            <>
              {' · '}
              <a href={hrefOf(paths.sayUpdate({ id: outage.id }), { corrects: String(number) })}>{text.correct}</a>
            </>
          )}
        </p>
      )}
    />
  )
}
