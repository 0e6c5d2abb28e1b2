import { serviceLabels } from '#sites/frame/guide-labels.ts'
import type { NavigationLink, NavigationPart } from '#sites/frame/navigation.tsx'
import type { FrameLink } from '#sites/frame/brand.tsx'
import type { Route } from '#platform/web/paths.ts'
import type { Phrase } from '#platform/words.ts'
import { paths } from './paths.ts'

const linkWords = {
  top: { ja: 'トップ', en: 'Top' },
}

/** The pages about a contract, in the order of the side bar. */
const pagesOfLine: readonly { label: Phrase; path: Route<'contract'> }[] = [{ label: linkWords.top, path: paths.top }]

/** The side bar of the contract that a page is about. */
export function linksOfLine(contract: string, path: string): NavigationPart {
  return {
    heading: serviceLabels.settingsSite,
    links: pagesOfLine.map((page) => {
      const link: FrameLink = { label: page.label, href: page.path({ contract }) }
      return { ...link, current: currentAt(link.href, path, page.path === paths.top) }
    }),
  }
}

/** All pages lie below the top page, which is the section of itself alone. */
function currentAt(href: string, path: string, isTop: boolean): NavigationLink['current'] {
  if (href === path) return 'page'
  return !isTop && path.startsWith(`${href}/`) ? 'section' : undefined
}

/** The contract that an address names. */
export function contractIn(path: string): string | undefined {
  return /^\/c\/([^/]+)/.exec(path)?.[1]
}
