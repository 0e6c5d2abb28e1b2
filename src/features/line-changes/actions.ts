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

/** How a change came about: by a page, by a file, by taking back another, or by the operator. */
export const origins = ['form', 'csv', 'undo', 'operator'] as const
export type Origin = (typeof origins)[number]
