import { menuLabels, serviceLabels, siteLabels } from '#sites/frame/guide-labels.ts'
import type { MenuService } from '#features/service-menu/find.ts'
import type { Actor } from '#features/actor.ts'
import { markTerms } from '#platform/list/marks.ts'
import type { Language, Phrase } from '#platform/words.ts'
import { administrationLinks } from '../administration/links.ts'
import { paths } from '../paths.ts'
import { profileLinks } from '../profile/links.ts'

export interface MenuEntry {
  label: Phrase
  href: string
}

const everybodys: readonly MenuEntry[] = [
  { label: menuLabels.serviceMenu, href: paths.serviceMenu },
  { label: menuLabels.recentAndPinned, href: paths.pinned },
  { label: serviceLabels.contractList, href: paths.contracts },
  { label: serviceLabels.orders, href: paths.orders },
  { label: serviceLabels.ticketList, href: paths.tickets },
  { label: serviceLabels.worksAndFaults, href: paths.incidents },
  { label: siteLabels.recommendations, href: paths.recommendations },
  { label: siteLabels.threatBlocking, href: paths.threatBlocking },
  { label: siteLabels.news, href: paths.notices },
  { label: siteLabels.contact, href: paths.contact },
  { label: siteLabels.manuals, href: paths.manuals },
  ...profileLinks,
]

const administrators: readonly MenuEntry[] = [
  { label: menuLabels.forAdministrators, href: paths.administration },
  ...administrationLinks.flatMap(({ links }) => links),
]

/** Pages of the portal whose name holds every term: those of the services that the user sees among them. */
export function menuEntriesWith(
  terms: readonly string[],
  { actor, services, language }: { actor: Actor; services: readonly MenuService[]; language: Language },
): MenuEntry[] {
  const entries = [
    ...services.map(({ code, name }) => ({ label: name, href: paths.service({ code }) })),
    ...everybodys,
    ...(actor.role === 'portal-administrator' ? administrators : []),
  ]
  return entries.filter(({ label }) =>
    terms.every((term) => markTerms(label[language], [term]).some(({ isMarked }) => isMarked)),
  )
}
