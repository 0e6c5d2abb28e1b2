import type { JSX } from 'preact'
import { announced, silentSince, type SiteState } from '#features/site-state/find.ts'
import { serviceLabels } from '#sites/frame/guide-labels.ts'
import { MaintenanceNotice } from '#sites/frame/maintenance-notice.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage } from '#platform/words.ts'

const words = {
  silent: {
    ja: `${serviceLabels.settingsSite.ja}から応答がありません。復旧までお待ちください。`,
    en: 'The settings site does not respond. Please wait until it is back.',
  },
  since: { ja: '最後の応答：', en: 'Last heard of at ' },
}

/** What is to be known of the settings site before one goes there; nothing, while all is well. */
export function SiteNotice({ state, reader }: { state: SiteState; reader: Reader }): JSX.Element | null {
  const { language, timeZone: zone, now } = reader
  const text = inLanguage(words, language)
  const told = announced(state, now)
  if (told) return <MaintenanceNotice site="settings" announced={told} reader={reader} />
  const silent = silentSince(state, now)
  if (!silent) return null
  return (
    <Notice kind="warning" heading={text.silent}>
      <p>
        {text.since}
        <Time at={silent} zone={zone} language={language} now={now} />
      </p>
    </Notice>
  )
}
