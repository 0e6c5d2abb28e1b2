import type { Actor, Context } from '#features/sessions/actor.ts'
import type { Visitor } from '#platform/context.ts'
import type { FormFields, Page } from '#platform/web/page.ts'
import { type Handler, serverOf } from '#platform/web/serve-page.ts'
import type { Admit } from '#platform/web/served-page.ts'
import type { Site } from '#platform/web/site.ts'
import type { Words } from '#platform/words.ts'

/** Who may open a page, and what its functions then get. */
interface Audiences {
  /** Signed in or not. */
  anybody: Visitor & { actor?: Actor }
  user: Context
  'portal-administrator': Context
}

export type Audience = keyof Audiences

export interface PortalPage {
  path: string
  allow: Audience
  takesForms: boolean
  isView: boolean
  /** Has something to show: to people, or to scripts. */
  canBeOpened: boolean
  serverOn: (site: Site<Actor>) => Handler
}

const admits: { [A in Audience]: Admit<Actor, Audiences[A]> } = {
  anybody: (visitor, actor) => ({ ctx: { ...visitor, ...(actor && { actor }) } }),
  user: (visitor, actor) => (actor ? { ctx: { ...visitor, actor } } : 'sign-in'),
  'portal-administrator': (visitor, actor) => {
    if (!actor) return 'sign-in'
    return actor.role === 'portal-administrator' ? { ctx: { ...visitor, actor } } : 'forbidden'
  },
}

/** A page of the portal; `allow` comes first, because the rest follows from it. */
export function portalPage<
  A extends Audience,
  W extends Words,
  Data,
  F extends FormFields = Record<string, never>,
  Prepared = undefined,
>(page: Page<Audiences[A], A, W, Data, F, Prepared>): PortalPage {
  return {
    path: page.path,
    allow: page.allow,
    takesForms: page.submit !== undefined,
    isView: page.view !== undefined,
    canBeOpened: page.view !== undefined || page.json !== undefined,
    serverOn: (site) => serverOf(site, page, admits[page.allow]),
  }
}
