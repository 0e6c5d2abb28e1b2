import type { JSX } from 'preact'
import { silentSince, type SiteState, underWay } from '#features/site-state/find.ts'
import { serviceLabels } from '#sites/frame/guide-labels.ts'
import { Notice } from '#platform/ui/text/notice.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import { after, days } from '#platform/time/duration.ts'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage } from '#platform/words.ts'

const name = serviceLabels.settingsSite

const words = {
  closed: { ja: `${name.ja}は、ただいまご利用いただけません。`, en: 'The settings site is closed right now.' },
  'read-only': {
    ja: `${name.ja}では、ただいま設定の参照のみできます。`,
    en: 'On the settings site, settings can only be viewed right now.',
  },
  coming: { ja: `${name.ja}の工事を予定しています。`, en: 'Maintenance of the settings site is planned.' },
  silent: {
    ja: `${name.ja}から応答がありません。復旧までお待ちください。`,
    en: 'The settings site does not respond. Please wait until it is back.',
  },
  since: { ja: '最後の応答：', en: 'Last heard of at ' },
  span: { ja: '期間：', en: 'From ' },
  to: { ja: ' ～ ', en: ' until ' },
}

/** So long before it begins a maintenance is announced. */
const announcedFor = 7 * days

/** What is to be known of the settings site before one goes there; nothing, while all is well. */
export function SiteNotice({ state, reader }: { state: SiteState; reader: Reader }): JSX.Element | null {
  const { language, timeZone: zone, now } = reader
  const text = inLanguage(words, language)
  const time = (at: Date): JSX.Element => <Time at={at} zone={zone} language={language} now={now} />
  const { maintenance } = state
  if (maintenance && now < maintenance.until && after(maintenance.from, -announcedFor) <= now) {
    const current = underWay(state, now)
    return (
      <Notice kind={current ? 'warning' : 'info'} heading={current ? text[current.mode] : text.coming}>
        <p>{maintenance.text[language]}</p>
        <p>
          {text.span}
          {time(maintenance.from)}
          {text.to}
          {time(maintenance.until)}
        </p>
      </Notice>
    )
  }
  const silent = silentSince(state, now)
  if (!silent) return null
  return (
    <Notice kind="warning" heading={text.silent}>
      <p>
        {text.since}
        {time(silent)}
      </p>
    </Notice>
  )
}
