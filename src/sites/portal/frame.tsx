import type { VNode } from 'preact'
import type { Actor } from '#features/actor.ts'
import type { Operator } from '#features/operators/find.ts'
import type { ServiceMenu } from '#features/service-menu/find.ts'
import { longestSession } from '#features/sessions/start.ts'
import { endOf } from '#features/sessions/use.ts'
import type { Visitor } from '#platform/context.ts'
import { hours } from '#platform/time/duration.ts'
import * as documents from '#sites/frame/documents.tsx'
import { feedbackOn } from './feedback/named-page.ts'
import { faultsAt, sideOf, supportLinksOf, tabsOf } from './navigation.ts'
import { paths } from './paths.ts'
import { profileWords } from './profile/links.ts'

type Surroundings = documents.Surroundings

/** Round a page of somebody who is signed in. */
export function signedInDocument(
  surroundings: Surroundings,
  actor: Actor,
  { menu, secrets }: { menu: ServiceMenu } & Pick<Visitor, 'secrets'>,
): VNode {
  const { shown } = surroundings
  const { path, search } = shown
  const place = shown.standing ?? shown
  return documents.signedInDocument(
    surroundings,
    { actor, menu, endsAt: endOf(actor), limitHours: longestSession / hours },
    {
      home: paths.serviceMenu,
      search: paths.search,
      faults: faultsAt(place, menu.faults),
      incidents: paths.incidents,
      addressLimits: paths.addressLimits,
      logo: paths.logo,
      companyLogo: paths.companyLogoImage,
      accountLinks: [
        { label: profileWords.profile, href: paths.profile },
        { label: profileWords.display, href: paths.display },
      ],
      opinion: feedbackOn({ secrets }, { address: path, title: shown.title }),
      signOut: paths.signOut,
      session: paths.session,
      extendSession: paths.extendSession,
      signIn: `${paths.signIn}?${new URLSearchParams({ return: path + search })}`,
      tabs: tabsOf(place, actor),
      side: sideOf(place, menu),
      supportLinks: supportLinksOf(place, menu),
    },
  )
}

const sizes: Readonly<Record<string, 'wide' | 'extra'>> = { landing: 'extra', 'first-login': 'wide' }

/** Round a page before the login. */
export function visitorDocument(surroundings: Omit<Surroundings, 'now'>, operator: Operator | null): VNode {
  const size = sizes[surroundings.shown.section ?? '']
  return documents.visitorDocument(surroundings, operator, { home: paths.landing, logo: paths.logo, size })
}
