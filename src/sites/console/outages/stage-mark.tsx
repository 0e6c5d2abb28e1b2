import type { JSX } from 'preact'
import type { IncidentKind } from '#features/incidents/incident.ts'
import type { OutageStage } from '#features/outages/outage.ts'
import { Badge, PlainState } from '#platform/ui/text/status.tsx'
import type { Language, Phrase } from '#platform/words.ts'
import { IncidentMark, incidentPhaseWords } from '#sites/frame/states/incident-mark.tsx'

export const outageStageWords: Record<OutageStage, Phrase> = {
  draft: { ja: '下書き', en: 'Draft' },
  ...incidentPhaseWords,
  withdrawn: { ja: '取り消し', en: 'Withdrawn' },
}

const late: Phrase = { ja: '続報待ち', en: 'Update due' }

interface MarkProps {
  outage: { kind: IncidentKind; stage: OutageStage; isLate: boolean }
  language: Language
}

/** How far it is; and whether customers wait for a word that was promised. */
export function OutageStageMark({ outage: { kind, stage, isLate }, language }: MarkProps): JSX.Element {
  if (stage === 'draft')
    return (
      <Badge kind="plain" icon="edit">
        {outageStageWords.draft[language]}
      </Badge>
    )
  if (stage === 'withdrawn') return <PlainState icon="close">{outageStageWords.withdrawn[language]}</PlainState>
  return (
    <>
      <IncidentMark incident={{ kind, phase: stage }} language={language} />
      {isLate && (
        <div>
          <Badge kind="warning" icon="clock">
            {late[language]}
          </Badge>
        </div>
      )}
    </>
  )
}
