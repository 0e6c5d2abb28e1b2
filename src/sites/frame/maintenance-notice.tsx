import type { JSX } from 'preact'
import type { Announced, SiteName } from '#features/site-state/find.ts'
import { Notice } from '#platform/ui/text/notice.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage } from '#platform/words.ts'
import { serviceLabels, siteLabels } from './guide-labels.ts'

const settings = serviceLabels.settingsSite
const portal = siteLabels.businessPortal

const words = {
  settings: {
    closed: { ja: `${settings.ja}は、ただいまご利用いただけません。`, en: 'The settings site is closed right now.' },
    'read-only': {
      ja: `${settings.ja}では、ただいま設定の参照のみできます。`,
      en: 'On the settings site, settings can only be viewed right now.',
    },
    coming: { ja: `${settings.ja}の工事を予定しています。`, en: 'Maintenance of the settings site is planned.' },
  },
  portal: {
    closed: {
      ja: `ただいま${portal.ja}の工事中です。ご利用いただけないことがあります。`,
      en: 'The portal is under maintenance right now, and may not be available.',
    },
    'read-only': {
      ja: `ただいま${portal.ja}の工事中です。変更ができないことがあります。`,
      en: 'The portal is under maintenance right now, and changes may not be possible.',
    },
    coming: { ja: `${portal.ja}の工事を予定しています。`, en: 'Maintenance of the portal is planned.' },
  },
}

const spanWords = {
  span: { ja: '期間：', en: 'From ' },
  to: { ja: ' ～ ', en: ' until ' },
}

interface MaintenanceNoticeProps {
  site: SiteName
  /** Undefined: there is nothing to tell. */
  announced: Announced | undefined
  reader: Reader
}

/** Tells what the operator has announced of a site: its words, from when and until when. */
export function MaintenanceNotice({ site, announced, reader }: MaintenanceNoticeProps): JSX.Element | null {
  if (!announced) return null
  const { maintenance, isUnderWay } = announced
  const { language, timeZone: zone, now } = reader
  const text = inLanguage(spanWords, language)
  const time = (at: Date): JSX.Element => <Time at={at} zone={zone} language={language} now={now} />
  return (
    <Notice
      kind={isUnderWay ? 'warning' : 'info'}
      heading={words[site][isUnderWay ? maintenance.mode : 'coming'][language]}
    >
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
