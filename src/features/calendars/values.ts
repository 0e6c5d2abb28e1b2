import { line } from '#platform/values.ts'

const longestName = 40
export const calendarName = line(longestName).min(1)
export const specialDayName = line(longestName)

/** Business hours of a contract. */
export const mostCalendars = 50
/** Special days of one. */
export const mostSpecialDays = 200
/** How many days an override may last. */
export const longestOverride = 31
