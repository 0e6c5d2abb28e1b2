import type { JSX } from 'preact'
import { Icon } from '#platform/ui/text/icon.tsx'
import { formatTime } from '#platform/time/format.ts'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage } from '#platform/words.ts'

const words = {
  refused: {
    ja: (on: string) => `${on}から、このアドレスにメールが届いていません。`,
    en: (on: string) => `Mails to this address have not arrived since ${on}.`,
  },
}

/** Below a mail address that takes no mails. */
export function RefusedAddress({ since, reader }: { since: Date; reader: Reader }): JSX.Element {
  const { timeZone: zone, language, now } = reader
  return (
    <p class="small-text">
      <Icon name="alert" /> {inLanguage(words, language).refused(formatTime(since, 'date', { zone, language, now }))}
    </p>
  )
}
