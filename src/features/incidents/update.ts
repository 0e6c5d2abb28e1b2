import { at, type Fact, value } from '#platform/database/json-row.ts'
import type { ToldText } from './entry.ts'
import type { IncidentStep } from './steps.ts'
import { toldText } from './told-text.ts'

/** 続報 */
export interface IncidentUpdate {
  /** From 1, in the order in which they were said. */
  number: number
  at: Date
  step: IncidentStep | null
  text: ToldText
  nextUpdateAt: Date | null
  /** The number of the one that it puts right. */
  corrects: number | null
}

/** Of an update `u`, of an incident or of what it is the copy of. */
export const updateFacts: { [Name in keyof IncidentUpdate]: Fact<IncidentUpdate[Name]> } = {
  number: value('u.number'),
  at: at('u.said_at'),
  step: value('u.step'),
  text: toldText('u.text'),
  nextUpdateAt: at('u.next_update_at'),
  corrects: value('u.corrects'),
}
