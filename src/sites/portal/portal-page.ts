import type { Actor, Context } from '#features/actor.ts'
import type { Visitor } from '#platform/context.ts'
import type { Action, Answer, Download, FormFields, Page } from '#platform/web/page.ts'
import { actionOn, answerOn } from '#platform/web/serve-action.ts'
import { downloadOn } from '#platform/web/serve-download.ts'
import { pageOn } from '#platform/web/serve-page.ts'
import type { Handler } from '#platform/web/serve.ts'
import type { Admit } from '#platform/web/visit.ts'
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

/** What the table of contents holds. */
export interface PortalPath {
  path: string
  allow: Audience
  /** `page`: to be looked at. `action`: the target of a button. `answer`: for scripts. `download`: a file. */
  kind: 'page' | 'action' | 'answer' | 'download'
  methods: readonly ('GET' | 'POST')[]
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
>(page: Page<Audiences[A], A, W, Data, F, Prepared>): PortalPath {
  const { path, allow } = page
  return {
    path,
    allow,
    kind: 'page',
    methods: page.submit ? ['GET', 'POST'] : ['GET'],
    serverOn: (site) => pageOn(site, page, admits[allow]),
  }
}

/** The target of a button. */
export function portalAction<A extends Audience, W extends Words, F extends FormFields = Record<string, never>>(
  action: Action<Audiences[A], A, W, F>,
): PortalPath {
  const { path, allow } = action
  return { path, allow, kind: 'action', methods: ['POST'], serverOn: (site) => actionOn(site, action, admits[allow]) }
}

/** What a script of ours asks for. */
export function portalAnswer<A extends Audience, W extends Words>(answer: Answer<Audiences[A], A, W>): PortalPath {
  const { path, allow } = answer
  return { path, allow, kind: 'answer', methods: ['GET'], serverOn: (site) => answerOn(site, answer, admits[allow]) }
}

/** Rows as a file. */
export function portalDownload<A extends Audience, W extends Words>(
  download: Download<Audiences[A], A, W>,
): PortalPath {
  const { path, allow } = download
  return {
    path,
    allow,
    kind: 'download',
    methods: ['GET'],
    serverOn: (site) => downloadOn(site, download, admits[allow]),
  }
}
