/** How far the operator is with a fault, or with works. */
export const incidentSteps = [
  'investigating',
  'identified',
  'recovering',
  'watching',
  'recovered',
  'planned',
  'working',
  'done',
] as const
export type IncidentStep = (typeof incidentSteps)[number]
