import { serviceLabels } from '#sites/frame/guide-labels.ts'
import type { NavigationLink, NavigationPart } from '#sites/frame/navigation.tsx'
import type { FrameLink } from '#sites/frame/brand.tsx'
import type { Route } from '#platform/web/paths.ts'
import type { Phrase } from '#platform/words.ts'
import { paths } from './paths.ts'

export const linkWords = {
  top: { ja: 'トップ', en: 'Top' },
  numbers: { ja: '外線・内線の紐づけ設定', en: 'Outside numbers' },
  extensions: { ja: '内線', en: 'Extensions' },
  callGroups: { ja: '着信グループ設定', en: 'Call groups' },
  calendars: { ja: '営業時間・祝日', en: 'Business hours' },
  simulation: { ja: '着信シミュレーション', en: 'Call simulation' },
  checks: { ja: '設定チェック', en: 'Settings check' },
  lineChanges: { ja: '変更履歴', en: 'Change history' },
  reservations: { ja: '予約', en: 'Reserved changes' },
  print: { ja: '印刷', en: 'Print' },
}

/** The pages about a contract, in the order of the side bar. */
const pagesOfLine: readonly { label: Phrase; path: Route<'contract'> }[] = [
  { label: linkWords.top, path: paths.top },
  { label: linkWords.numbers, path: paths.numbers },
  { label: linkWords.extensions, path: paths.extensions },
  { label: linkWords.callGroups, path: paths.callGroups },
  { label: linkWords.calendars, path: paths.calendars },
  { label: linkWords.simulation, path: paths.simulation },
  { label: linkWords.checks, path: paths.checks },
  { label: linkWords.reservations, path: paths.reservations },
  { label: linkWords.lineChanges, path: paths.lineChanges },
  { label: linkWords.print, path: paths.print },
]

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
