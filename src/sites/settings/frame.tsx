import type { VNode } from 'preact'
import type { Actor } from '#features/actor.ts'
import type { Operator } from '#features/operators/find.ts'
import type { ServiceMenu } from '#features/service-menu/find.ts'
import { longestSession } from '#features/sessions/start.ts'
import { endOf } from '#features/sessions/use.ts'
import { hours } from '#platform/time/duration.ts'
import type { FrameContent } from '#platform/web/site.ts'
import { addressOn, portalLinks } from '#sites/frame/between-sites.ts'
import * as documents from '#sites/frame/documents.tsx'
import { menuLabels, siteLabels } from '#sites/frame/guide-labels.ts'
import type { NavigationLink, SideNavigation, SupportLink } from '#sites/frame/navigation.tsx'
import { contractIn, linksOfLine } from './links.ts'
import { paths } from './paths.ts'

const words = {
  profile: { ja: 'プロフィール', en: 'Profile' },
  display: { ja: '表示設定', en: 'Display' },
  back: { ja: 'ビジネスポータルに戻る', en: 'Back to the portal' },
}

type Surroundings = documents.Surroundings

/** Round a page of somebody who is signed in: the portal's frame, whose links lead to the portal by its address. */
export function signedInDocument(
  surroundings: Surroundings,
  { actor, menu, portalUrl }: { actor: Actor; menu: ServiceMenu; portalUrl: URL },
): VNode {
  const { shown } = surroundings
  const at = (path: string): string => addressOn(portalUrl, path)
  return documents.signedInDocument(
    surroundings,
    { actor, menu, endsAt: endOf(actor), limitHours: longestSession / hours },
    {
      home: at(portalLinks.serviceMenu),
      search: at(portalLinks.search),
      faults: menu.faults.filter(({ services }) => services.some((code) => code === shown.within)),
      incidents: at(portalLinks.incidents),
      addressLimits: at(portalLinks.addressLimits),
      logo: paths.logo,
      companyLogo: paths.companyLogo,
      accountLinks: [
        { label: words.profile, href: at(portalLinks.profile) },
        { label: words.display, href: at(portalLinks.display) },
      ],
      opinion: at(portalLinks.feedback),
      signOut: paths.signOut,
      session: paths.session,
      extendSession: paths.extendSession,
      // The page itself leads to the login and back.
      signIn: shown.path + shown.search,
      tabs: tabsOf(actor, at),
      side: sideOf(shown, at),
      supportLinks: supportLinksOf(menu, at),
    },
  )
}

/** Round a page before the login. */
export function visitorDocument(
  surroundings: Omit<Surroundings, 'now'>,
  operator: Operator | null,
  portalUrl: URL,
): VNode {
  const home = addressOn(portalUrl, portalLinks.landing)
  return documents.visitorDocument(surroundings, operator, { home, logo: paths.logo })
}

type At = (path: string) => string

function tabsOf({ role }: Actor, at: At): NavigationLink[] {
  return [
    { label: menuLabels.chooseService, href: at(portalLinks.serviceMenu), current: 'section' },
    { label: menuLabels.recentAndPinned, href: at(portalLinks.pinned) },
    ...(role === 'portal-administrator'
      ? [{ label: menuLabels.forAdministrators, href: at(portalLinks.administration) }]
      : []),
  ]
}

/** `within` is the code of the contract's service. */
function sideOf({ path, within }: FrameContent, at: At): SideNavigation {
  const contract = contractIn(path)
  const href = at(within === undefined ? portalLinks.serviceMenu : portalLinks.service({ code: within }))
  return {
    kind: 'area',
    back: { label: words.back, href },
    parts: contract === undefined ? [] : [linksOfLine(contract, path)],
  }
}

function supportLinksOf({ unreadNotices }: ServiceMenu, at: At): SupportLink[] {
  return [
    { label: siteLabels.recommendations, href: at(portalLinks.recommendations) },
    { label: siteLabels.threatBlocking, href: at(portalLinks.threatBlocking) },
    { label: siteLabels.news, href: at(portalLinks.notices), unread: unreadNotices },
    { label: siteLabels.contact, href: at(portalLinks.contact) },
    { label: siteLabels.manuals, href: at(portalLinks.manuals) },
  ]
}
