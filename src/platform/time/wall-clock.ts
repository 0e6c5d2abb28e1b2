/** What a clock on the wall of a zone says, as `<input type="datetime-local">` writes it: `2026-11-24T10:00`. */
export function wallClockOf(at: Date, zone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
    .format(at)
    .replace(' ', 'T')
}

/**
 * The moment at which a clock on the wall of a zone says this; undefined when it is no time, or none since the year 1000. Where clocks are put forward the hour
 * that is left out is read as if they were not; where they are put back, the first of the two is meant.
 */
export function momentAt(wall: string, zone: string): Date | undefined {
  const asUtc = /^[1-9]\d{3}-\d\d-\d\dT\d\d:\d\d$/.test(wall) ? Date.parse(`${wall}Z`) : Number.NaN
  if (Number.isNaN(asUtc)) return undefined
  const offsetAt = (moment: number): number => Date.parse(`${wallClockOf(new Date(moment), zone)}Z`) - truncated(moment)
  // The offset of a day before is the right one unless clocks change in between; then one of the two fits.
  const tries = [offsetAt(asUtc - day), offsetAt(asUtc + day)].map((offset) => asUtc - offset)
  const moment = tries.find((each) => wallClockOf(new Date(each), zone) === wall) ?? tries[0]
  return moment === undefined ? undefined : new Date(moment)
}

const day = 24 * 60 * 60 * 1000
const truncated = (moment: number): number => Math.floor(moment / 60_000) * 60_000
