import { siteHeadersOf } from './headers.ts'
import type { SendForm, WholeSite } from './serve.ts'
import type { ConfirmationStart, Program, SignedIn, SiteDefinition } from './site.ts'

/** What of a page its site has to know. */
interface KnownPage<Actor extends SignedIn> {
  path: string
  sendKept?: SendForm<Actor>
  confirmation?: ConfirmationStart<Actor>
}

/** A site at work: what is the same for all its pages. */
export function siteOf<Actor extends SignedIn, Contexts>(
  definition: SiteDefinition<Actor, Contexts>,
  program: Program,
  pages: readonly KnownPage<Actor>[],
): WholeSite<Actor> {
  const { urlIn, formTargets, frameOf, name, home, front, ownPath, ...kept } = definition
  const url = urlIn(program.config)
  const headers = siteHeadersOf(url, formTargets?.(program.config) ?? [])
  const critical = new Map(pages.flatMap(({ path, sendKept }) => (sendKept ? [[path, sendKept] as const] : [])))
  const [confirmation] = pages.flatMap((page) => page.confirmation ?? [])
  if (critical.size > 0 && !confirmation) throw new Error(`Nobody can be asked for what is critical on ${name}`)
  return {
    ...kept,
    name,
    asked: { name, home, front, ownPath },
    url,
    headers,
    program,
    frame: frameOf(program),
    critical,
    ...(confirmation && { confirmation }),
  }
}
