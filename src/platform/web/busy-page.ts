import { seconds } from '../time/duration.ts'
import type { Language } from '../words.ts'
import { keepHtml, type KeptHtml, sendKept } from './html.ts'
import { languageOf } from './request.ts'
import type { SignedIn, Site, WebContext } from './site.ts'

const retryAfterSeconds = 5
const keptFor = 10 * seconds

/**
 * Makes what answers while there is too much to do, or no database: 503 with Retry-After (RFC 9110, 10.2.3). It costs next to
 * nothing, for then there are many: the page is drawn once for some seconds, and the log counts instead of naming each.
 */
export function busyPage<A extends SignedIn>(site: Site<A>): (c: WebContext, reason: string) => Response {
  const drawn = new Map<Language, { page: KeptHtml; until: number }>()
  const head = { status: 503, headers: { ...site.headers, 'retry-after': String(retryAfterSeconds) } } as const
  let told = { until: 0, untold: 0 }

  function pageIn(language: Language, now: Date): KeptHtml {
    const known = drawn.get(language)
    if (known && known.until > now.getTime()) return known.page
    const content = site.frame.error({ status: 503, retryAfterSeconds }, { language, isSignedIn: false })
    const drawing = site.frame.bare(language, now)({ ...content, path: '/', search: '', tokenFor: () => '' })
    const page = keepHtml(drawing)
    drawn.set(language, { page, until: now.getTime() + keptFor })
    return page
  }

  function tell(path: string, problem: string, now: Date): void {
    if (told.until > now.getTime()) told.untold++
    else {
      site.program.log.warn({ path, problem, since: told.untold }, 'not available')
      told = { until: now.getTime() + 1 * seconds, untold: 0 }
    }
  }

  return (c, reason) => {
    const now = site.program.now()
    const language = languageOf(c, site)
    tell(c.req.path, reason, now)
    return sendKept(c, head, pageIn(language, now))
  }
}
