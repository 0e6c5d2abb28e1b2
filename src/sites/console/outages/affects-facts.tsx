import type { JSX } from 'preact'
import { prefectures } from '#features/network-map/prefectures.ts'
import type { ShownAffects } from '#features/outages/outage.ts'
import type { ListedService } from '#features/services/list.ts'
import { Facts } from '#platform/ui/layout/facts.tsx'
import { formatList } from '#platform/ui/text/list-format.ts'
import { inLanguage, type Language } from '#platform/words.ts'
import { contractLabels } from '#sites/frame/guide-labels.ts'

const words = {
  services: contractLabels.serviceName,
  groupNumbers: contractLabels.groupNumber,
  sites: contractLabels.site,
  prefectures: { ja: '都道府県', en: 'Prefecture' },
  contracts: contractLabels.contractNumber,
  count: { ja: (count: string) => `${count}件`, en: (count: string) => `${count} contracts` },
  more: { ja: (count: number) => `ほか${count}件`, en: (count: number) => `${count} more` },
  nothing: { ja: 'まだ指定されていません。', en: 'Nothing is named yet.' },
}

const mostTold = 20

interface AffectsProps {
  affects: ShownAffects
  services: readonly ListedService[]
  language: Language
}

/** What an outage affects, in words. */
export function AffectsFacts({ affects, services, language }: AffectsProps): JSX.Element {
  const text = inLanguage(words, language)
  const told = (values: readonly string[] = []): string =>
    formatList(
      [...values.slice(0, mostTold), ...(values.length > mostTold ? [text.more(values.length - mostTold)] : [])],
      language,
    )
  const serviceNames = affects.services?.map(
    (code) => services.find((service) => service.code === code)?.name[language] ?? code,
  )
  const count = affects.numbers.toLocaleString(language === 'ja' ? 'ja-JP' : 'en-GB')
  const facts = [
    { term: text.services, value: told(serviceNames) },
    { term: text.groupNumbers, value: told(affects.groupNumbers) },
    { term: text.sites, value: told(affects.sites?.map(({ customer, site }) => `${customer} ${site}`)) },
    {
      term: text.prefectures,
      value: told(affects.prefectures?.map((code) => prefectures.get(code)?.name[language] ?? String(code))),
    },
    {
      term: text.contracts,
      value: affects.contracts ? told(affects.contracts) : affects.numbers > 0 && text.count(count),
    },
  ].filter(({ value }) => value)
  return facts.length > 0 ? <Facts facts={facts} /> : <p class="small-text">{text.nothing}</p>
}
