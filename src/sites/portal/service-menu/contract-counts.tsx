import type { JSX } from 'preact'
import { contractLabels } from '#sites/frame/guide-labels.ts'
import { contractStatuses } from '#features/subjects/contract-status.ts'
import type { MenuService } from '#features/service-menu/find.ts'
import { hrefOf, numberIn } from '#platform/ui/list/list-query.tsx'
import { Badge } from '#platform/ui/text/status.tsx'
import { StatusLine, type StatusLineItem } from '#platform/ui/text/status-line.tsx'
import { Time } from '#platform/ui/text/time.tsx'
import type { Reader } from '#platform/web/page.ts'
import { inLanguage } from '#platform/words.ts'
import { contractStatusWords } from '#sites/frame/states/contract-status.tsx'
import { paths } from '../paths.ts'

const words = {
  status: contractLabels.status,
  before: { ja: '', en: 'As of ' },
  after: { ja: ' 時点', en: '' },
}

export type ContractCounts = MenuService['contracts']

export interface ContractCountsProps {
  counts: ContractCounts
  /** Code of the service, if these are its contracts. */
  service?: string
  reader: Reader
  /** Further things that are counted. */
  more?: readonly StatusLineItem[]
}

/** 「運用状況」: how many contracts are with which status, the worst first; each leads to these contracts. */
export function ContractCountsLine({ counts, service, reader, more = [] }: ContractCountsProps): JSX.Element {
  const { language, now, timeZone: zone } = reader
  const text = inLanguage(words, language)
  const items = contractStatuses
    .filter((status) => counts[status])
    .map((status) => {
      const label = `${contractStatusWords[status][language]} ${numberIn(language, counts[status] ?? 0)}`
      const isBad = status === 'fault' || status === 'works'
      return {
        href: hrefOf(paths.contracts, { service, status }),
        label: isBad ? <Badge kind={status === 'fault' ? 'trouble' : 'warning'}>{label}</Badge> : label,
      }
    })
  return (
    <StatusLine
      heading={text.status}
      items={[...items, ...more]}
      asOf={
        <>
          {text.before}
          <Time at={now} zone={zone} language={language} now={now} format="clock" />
          {text.after}
        </>
      }
    />
  )
}

export function countOf(counts: ContractCounts): number {
  return Object.values(counts).reduce((sum, n) => sum + n, 0)
}
