import type { Override } from '#features/calendars/override.ts'
import { formatTime } from '#platform/time/format.ts'
import type { Language } from '#platform/words.ts'

const words = {
  open: {
    ja: (until: string) => `臨時営業中（${until}まで）`,
    en: (until: string) => `Open by way of exception (until ${until})`,
  },
  closed: {
    ja: (until: string) => `臨時休業中（${until}まで）`,
    en: (until: string) => `Closed by way of exception (until ${until})`,
  },
}

/** What holds until a moment, whatever else is set; nothing: an empty text. */
export function overrideSaid(
  override: Override,
  { language, now, zone }: { language: Language; now: Date; zone: string },
): string {
  if (!override) return ''
  return words[override.isOpen ? 'open' : 'closed'][language](
    formatTime(override.until, 'date-time', { zone, language, now }),
  )
}
