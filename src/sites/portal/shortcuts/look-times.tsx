import type { JSX } from 'preact'
import type { RecentThing } from '#features/shortcuts/list.ts'
import { Time } from '#platform/ui/text/time.tsx'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage } from '#platform/words.ts'

const words = {
  changed: { ja: '変更：', en: 'Changed: ' },
}

/** When a thing was last looked at, and when changed, if ever. */
export function LookTimes({ recent, reader }: { recent: RecentThing; reader: Reader }): JSX.Element {
  const { language, now, timeZone: zone } = reader
  const { lookedAt, changedAt } = recent
  return (
    <>
      <Time at={lookedAt} zone={zone} language={language} now={now} />
      {changedAt && (
        <>
          <br />
          {inLanguage(words, language).changed}
          <Time at={changedAt} zone={zone} language={language} now={now} />
        </>
      )}
    </>
  )
}
