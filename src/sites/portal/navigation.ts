import { menuLabels, siteLabels } from '#sites/frame/guide-labels.ts'
import type { NavigationCategory, NavigationLink, SideNavigation, SupportLink } from '#sites/frame/navigation.tsx'
import type { MenuFault, MenuService, ServiceMenu } from '#features/service-menu/find.ts'
import type { Actor } from '#features/actor.ts'
import type { Standing } from '#platform/web/paths.ts'
import { mapTitle } from './network-map/words.ts'
import { administrationLinks } from './administration/links.ts'
import { paths } from './paths.ts'
import { profileLinks, profileWords } from './profile/links.ts'

/** `within` is the code of a service. */
type Place = Standing

/** What is not of one service alone. */
const belowAll = [{ label: mapTitle, href: paths.networkMap }]

/** Sections that lie below a service. */
const belowServices = ['services', 'network-map', 'contracts', 'orders', 'tickets', 'incidents']

export function tabsOf(place: Place, { role }: Actor): NavigationLink[] {
  const tab = (label: NavigationLink['label'], href: string, sections: readonly string[]): NavigationLink => ({
    label,
    href,
    current: currentIn(place, href, sections),
  })
  return [
    tab(menuLabels.chooseService, paths.serviceMenu, belowServices),
    tab(menuLabels.recentAndPinned, paths.pinned, ['pinned']),
    ...(role === 'portal-administrator'
      ? [tab(menuLabels.forAdministrators, paths.administration, ['administration'])]
      : []),
  ]
}

export function supportLinksOf(place: Place, { unreadNotices }: ServiceMenu): SupportLink[] {
  const link = (label: SupportLink['label'], href: string): SupportLink => ({
    label,
    href,
    current: currentBelow(place, href),
  })
  return [
    link(siteLabels.recommendations, paths.recommendations),
    link(siteLabels.threatBlocking, paths.threatBlocking),
    { ...link(siteLabels.news, paths.notices), unread: unreadNotices },
    link(siteLabels.contact, paths.contact),
    link(siteLabels.manuals, paths.manuals),
  ]
}

export function sideOf(place: Place, menu: ServiceMenu): SideNavigation {
  if (place.section === 'profile') {
    const links = profileLinks.map((link) => ({ ...link, current: currentIn(place, link.href, []) }))
    return { kind: 'area', parts: [{ heading: profileWords.profile, links }] }
  }
  if (place.section === 'administration') {
    const parts = administrationLinks.map(({ heading, links }) => ({
      heading,
      links: links.map(({ label, href }) => ({ label, href, current: currentBelow(place, href) })),
    }))
    return { kind: 'area', parts }
  }
  return { kind: 'services', categories: categoriesOf(place, menu.services), below: belowAll }
}

function currentBelow({ path }: Place, href: string): NavigationLink['current'] {
  if (path === href) return 'page'
  return path.startsWith(`${href}/`) ? 'section' : undefined
}

/** In the operator's order; the services come sorted by it. */
function categoriesOf(place: Place, services: readonly MenuService[]): NavigationCategory[] {
  const byCategory = Map.groupBy(services, ({ category }) => category.code)
  return [...byCategory.values()].flatMap((members) => {
    const [first] = members
    if (!first) return []
    return [
      {
        name: first.category.name,
        services: members.map(({ code, name, contracts }) => ({
          label: name,
          href: paths.service({ code }),
          current: currentService(place, code),
          troubles: contracts.fault,
        })),
      },
    ]
  })
}

function currentService(place: Place, code: string): NavigationLink['current'] {
  if (place.path === paths.service({ code })) return 'page'
  return serviceOf(place) === code ? 'section' : undefined
}

/** The faults that concern a page: all on the service menu and in the search, on others those of their service. */
export function faultsAt(place: Place, faults: readonly MenuFault[]): MenuFault[] {
  const { path } = place
  if (path === paths.serviceMenu || path === paths.search) return [...faults]
  const code = /^\/services\/([^/]+)/.exec(path)?.[1] ?? serviceOf(place)
  return faults.filter(({ services }) => services.some((each) => each === code))
}

/** A list of contracts, orders and so on may be of one service. */
function serviceOf({ search, within }: Place): string | undefined {
  return within ?? new URLSearchParams(search).get('service') ?? undefined
}

function currentIn(
  { path, section = '' }: Place,
  href: string,
  sections: readonly string[],
): NavigationLink['current'] {
  if (path === href) return 'page'
  return sections.includes(section) ? 'section' : undefined
}
