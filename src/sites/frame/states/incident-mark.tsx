import type { JSX } from 'preact'
import type { Incident, IncidentKind, IncidentPhase } from '#features/incidents/incident.ts'
import { Badge, PlainState } from '#platform/ui/text/status.tsx'
import type { Language, Phrase } from '#platform/words.ts'

export const incidentKindWords: Record<IncidentKind, Phrase> = {
  fault: { ja: '故障', en: 'Fault' },
  works: { ja: '工事', en: 'Works' },
}

export const incidentPhaseWords: Record<IncidentPhase, Phrase> = {
  running: { ja: '発生中', en: 'Ongoing' },
  coming: { ja: '予定', en: 'Planned' },
  over: { ja: '終了', en: 'Ended' },
}

export const incidentKindIcons = { fault: 'warning', works: 'wrench' } as const

const markWords: Record<`${IncidentKind} ${IncidentPhase}`, Phrase> = {
  'fault running': { ja: '故障 発生中', en: 'Fault ongoing' },
  'fault coming': { ja: '故障 予定', en: 'Fault planned' },
  'fault over': { ja: '故障 終了', en: 'Fault ended' },
  'works running': { ja: '工事中', en: 'Works ongoing' },
  'works coming': { ja: '工事 予定', en: 'Works planned' },
  'works over': { ja: '工事 終了', en: 'Works ended' },
}

/** Only what is going on has colour. */
export function IncidentMark({
  incident: { kind, phase },
  language,
}: {
  incident: Pick<Incident, 'kind' | 'phase'>
  language: Language
}): JSX.Element {
  const text = markWords[`${kind} ${phase}`][language]
  if (phase === 'over') return <PlainState>{text}</PlainState>
  if (phase === 'coming')
    return (
      <Badge kind="plain" icon="calendar">
        {text}
      </Badge>
    )
  return <Badge kind={kind === 'fault' ? 'trouble' : 'warning'}>{text}</Badge>
}
