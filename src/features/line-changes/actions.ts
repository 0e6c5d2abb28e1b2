/** Everything that can be done to the settings of a line: kebab-case, noun first. */
export const lineActions = [
  'numbers-bound',
  'number-changed',
  'extensions-added',
  'extension-changed',
  'extension-renumbered',
  'extension-deleted',
  'call-group-added',
  'call-group-changed',
  'call-group-deleted',
  'call-group-copied',
  'calendar-copied',
  'absence-changed',
  'absences-changed',
  'calendar-added',
  'calendar-changed',
  'calendar-overridden',
  'calendar-deleted',
  'extensions-imported',
  'numbers-imported',
  'call-groups-imported',
  'change-undone',
  'line-provided',
] as const
export type LineAction = (typeof lineActions)[number]

/** How a change came about: by a page, by a file, from another contract, at the moment for which it was reserved, by taking back another, or by the operator. */
export const origins = ['form', 'csv', 'copy', 'reservation', 'undo', 'operator'] as const
export type Origin = (typeof origins)[number]
