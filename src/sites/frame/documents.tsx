import type { VNode } from 'preact'
import type { Operator } from '#features/operators/find.ts'
import type { MenuFault, ServiceMenu } from '#features/service-menu/find.ts'
import type { Actor } from '#features/actor.ts'
import { AlertBar } from '#platform/ui/layout/alert-bar.tsx'
import { Notice } from '#platform/ui/text/notice.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import type { Assets } from '#platform/web/assets.ts'
import type { FrameContent } from '#platform/web/site.ts'
import { inLanguage, type Language, type Phrase } from '#platform/words.ts'
import { brandOf, type FrameLink, type SiteName } from './brand.tsx'
import { Document } from './document.tsx'
import { serviceLabels } from './guide-labels.ts'
import type { NavigationLink, SideNavigation, SupportLink } from './navigation.tsx'
import { type FrameCustomer, PortalFrame } from './portal-frame.tsx'
import { ReaderBars } from './reader-bars.tsx'
import { VisitorFrame } from './visitor-frame.tsx'

export interface Surroundings {
  assets: Assets
  language: Language
  now: Date
  shown: FrameContent
}

/** Whom a page is for, and what stands around each of theirs. */
export interface Inhabitant {
  actor: Actor
  menu: Pick<ServiceMenu, 'operator'>
  /** When the session ends if nothing more happens. */
  endsAt: Date
  /** How long a session lasts at most. */
  limitHours: number
}

/** What a site is called and looks like; absent: as the portal. */
interface SitePlaces {
  site?: SiteName | undefined
  accent?: 'console'
}

/** Where the frame of a site leads: to pages of its own or, by whole addresses, of another. */
export interface FramePlaces extends SitePlaces {
  home: string
  search: string
  searchHint?: Phrase
  /** Of those that concern this page. */
  faults: readonly MenuFault[]
  incidents: string
  /** Of the setting that may be on trial. */
  addressLimits: string
  /** Of the operator; on this very site, for pictures come from nowhere else. */
  logo: string
  /** Of the customer, with this hash; on this very site, too. */
  companyLogo: (names: { hash: string }) => string
  accountLinks: readonly FrameLink[]
  /** Absent: nobody is asked for one. */
  opinion?: string
  /** The targets of these forms are on this very site. */
  signOut: string
  session: string
  extendSession: string
  /** The login that leads back to this page. */
  signIn: string
  tabs: readonly NavigationLink[]
  side: SideNavigation
  supportLinks: readonly SupportLink[]
}

/** Round a page of somebody who is signed in. */
export function signedInDocument(
  { assets, language, now, shown }: Surroundings,
  { actor, menu, endsAt, limitHours }: Inhabitant,
  places: FramePlaces,
): VNode {
  const { tokenFor, notice } = shown
  const form = (action: string) => ({ action, token: tokenFor(action) })
  const brand = brandOf(menu.operator, places)
  return (
    <Document
      language={language}
      title={shown.title}
      assets={assets}
      frame="shell"
      siteName={places.site?.name}
      accent={places.accent}
      theme={actor.theme === 'system' ? undefined : actor.theme}
      noShortcut={!actor.shortcuts}
      iconPath={brand.logoPath}
      hasProblems={hasProblems(shown)}
    >
      <PortalFrame
        language={language}
        now={now}
        timeZone={actor.timeZone}
        brand={brand}
        homePath={places.home}
        languageHref={otherLanguage(shown, language)}
        searchPath={places.search}
        searchHint={places.searchHint}
        customer={{ name: actor.customer.name, logo: logoOf(actor.customer, places) }}
        user={{ name: actor.name, links: places.accountLinks, signOut: form(places.signOut) }}
        tabs={places.tabs}
        side={places.side}
        supportLinks={places.supportLinks}
        opinionPath={places.opinion}
        session={{
          endsAt,
          limitAt: actor.endsAt,
          idleMinutes: actor.idleMinutes,
          limitHours,
          statePath: places.session,
          extend: form(places.extendSession),
          signInPath: places.signIn,
        }}
        alerts={
          <>
            <ReaderBars
              actor={actor}
              path={shown.path}
              addressLimits={places.addressLimits}
              language={language}
              now={now}
              endLook={form(places.signOut)}
            />
            <Faults
              faults={places.faults}
              timeZone={actor.timeZone}
              language={language}
              now={now}
              href={places.incidents}
            />
          </>
        }
        notice={
          notice && (
            <Notice kind="ok" live>
              {notice}
            </Notice>
          )
        }
      >
        {shown.main}
      </PortalFrame>
    </Document>
  )
}

function logoOf({ logo }: Actor['customer'], { companyLogo }: FramePlaces): FrameCustomer['logo'] {
  if (!logo) return undefined
  const { hash, width, height } = logo
  return { path: companyLogo({ hash }), width, height }
}

export interface VisitorPlaces extends SitePlaces {
  home: string
  logo: string
  size?: 'wide' | 'extra' | undefined
}

/** Round a page before the login. */
export function visitorDocument(
  { assets, language, shown }: Omit<Surroundings, 'now'>,
  operator: Operator | null,
  { home, logo, size, site, accent }: VisitorPlaces,
): VNode {
  const brand = brandOf(operator, { logo, site })
  return (
    <Document
      language={language}
      title={shown.title}
      assets={assets}
      frame="visitor"
      siteName={site?.name}
      accent={accent}
      hasProblems={hasProblems(shown)}
      iconPath={brand.logoPath}
    >
      <VisitorFrame
        language={language}
        brand={brand}
        homePath={home}
        languageHref={otherLanguage(shown, language)}
        size={size}
      >
        {shown.notice && (
          <Notice kind="info" live>
            {shown.notice}
          </Notice>
        )}
        {shown.main}
      </VisitorFrame>
    </Document>
  )
}

const faultWords = {
  fault: {
    ja: (where: string, contract: string, title: string) => `${where}（${contract}） ${title}`,
    en: (where: string, contract: string, title: string) => `${where} (${contract}): ${title}`,
  },
  others: {
    ja: (number: string, count: number) => `${number} ほか${count}件`,
    en: (number: string, count: number) => `${number} and ${count} more`,
  },
  updatedBefore: { ja: '', en: 'Updated ' },
  updatedAfter: { ja: ' 更新', en: '' },
  what: { ja: `${serviceLabels.worksAndFaults.ja}を`, en: '' },
  check: { ja: '確認する', en: 'See works and faults' },
}

interface Told {
  faults: readonly MenuFault[]
  timeZone: string
  language: Language
  now: Date
  href: string
}

function Faults({ faults, timeZone, language, now, href }: Told) {
  const text = inLanguage(faultWords, language)
  const alerts = faults.map((fault) => ({
    key: fault.id,
    text: text.fault(
      [fault.service.name[language], fault.site].filter(Boolean).join(' '),
      fault.others > 0 ? text.others(fault.contractNumber, fault.others) : fault.contractNumber,
      fault.title[language],
    ),
    updated: (
      <>
        {text.updatedBefore}
        <Time at={fault.updatedAt} zone={timeZone} language={language} now={now} />
        {text.updatedAfter}
      </>
    ),
    link: { what: text.what, label: text.check, href },
  }))
  return <AlertBar language={language} alerts={alerts} />
}

function hasProblems({ form }: FrameContent): boolean {
  return form !== undefined && form.problems.length > 0
}

/** Relative, so that no path of ours can ever name another host. */
function otherLanguage({ search }: FrameContent, language: Language): string {
  const query = new URLSearchParams(search)
  query.set('lang', language === 'ja' ? 'en' : 'ja')
  return `?${query}`
}
