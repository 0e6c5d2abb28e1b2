import type { MiddlewareHandler } from 'hono'
import { findOperator } from '#features/operators/find.ts'
import { type Maintenance, type SiteState, underWay } from '#features/site-state/find.ts'
import { addressOn, portalLinks } from '#sites/frame/between-sites.ts'
import { serviceLabels } from '#sites/frame/guide-labels.ts'
import { visitorTimeZone } from '#sites/frame/time-zone.ts'
import { ButtonLink, ButtonRow } from '#platform/ui/form/button.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import { seconds } from '#platform/time/duration.ts'
import { html } from '#platform/web/html.ts'
import { languageOf } from '#platform/web/request.ts'
import type { Bindings, Program } from '#platform/web/site.ts'
import { inLanguage, type Language } from '#platform/words.ts'
import { visitorDocument } from './frame.tsx'

const words = {
  title: {
    ja: `${serviceLabels.settingsSite.ja}は、ただいまご利用いただけません`,
    en: 'The settings site is closed right now',
  },
  until: { ja: '再開の予定：', en: 'It is expected to open again at ' },
  portal: { ja: 'ビジネスポータルへ進む', en: 'Go to the portal' },
}

/** Answers everything with 503 and the operator's words while the site is closed. Calls and the portal go on. */
export function whileClosed(program: Program, state: () => SiteState | undefined): MiddlewareHandler<Bindings> {
  const { database, assets, now, config } = program
  return async (c, next) => {
    const moment = now()
    const known = state()
    const maintenance = known && underWay(known, moment)
    if (maintenance?.mode !== 'closed') return next()
    const language = languageOf(c, { name: 'settings' })
    const operator = await database.transaction(findOperator, 'look').catch(() => null)
    const shown = {
      title: words.title[language],
      main: <Closed maintenance={maintenance} language={language} now={moment} portalUrl={config.portalUrl} />,
      path: '/',
      search: '',
      tokenFor: () => '',
    }
    const document = visitorDocument({ assets, language, shown }, operator, config.portalUrl)
    c.header('Retry-After', String(Math.ceil((maintenance.until.getTime() - moment.getTime()) / seconds)))
    return html(c, { status: 503, hasCookies: true }, document)
  }
}

interface ClosedProps {
  maintenance: Maintenance
  language: Language
  now: Date
  portalUrl: URL
}

function Closed({ maintenance: { until, text: told }, language, now, portalUrl }: ClosedProps) {
  const text = inLanguage(words, language)
  return (
    <div class="error-page">
      <PageHeading above="503" heading={text.title} lead={told[language]} tall />
      <p>
        {text.until}
        <Time at={until} zone={visitorTimeZone} language={language} now={now} />
      </p>
      <ButtonRow>
        <ButtonLink kind="secondary" href={addressOn(portalUrl, portalLinks.serviceMenu)}>
          {text.portal}
        </ButtonLink>
      </ButtonRow>
    </div>
  )
}
