import type { IncidentStep } from '#features/incidents/steps.ts'
import type { Phrase } from '#platform/words.ts'

/** 対応の段階 */
export const incidentStepWords: Record<IncidentStep, Phrase> = {
  investigating: { ja: '調査中', en: 'Investigating' },
  identified: { ja: '原因を特定', en: 'Cause identified' },
  recovering: { ja: '復旧作業中', en: 'Being repaired' },
  watching: { ja: '経過観察中', en: 'Being watched' },
  recovered: { ja: '復旧', en: 'Repaired' },
  planned: { ja: '予定', en: 'Planned' },
  working: { ja: '作業中', en: 'In progress' },
  done: { ja: '完了', en: 'Done' },
}
