/** Units of time in milliseconds: `10 * minutes`, never a bare number. */
export const seconds = 1000
export const minutes = 60 * seconds
export const hours = 60 * minutes
export const days = 24 * hours

/** The moment `milliseconds` after `moment`; negative: before. */
export function after(moment: Date, milliseconds: number): Date {
  return new Date(moment.getTime() + milliseconds)
}
