import type { JSX } from 'preact'
import { contractLabels } from '#sites/frame/guide-labels.ts'
import type { ContractStatus } from '#features/subjects/contract-status.ts'
import { Badge, PlainState } from '#platform/ui/text/status.tsx'
import type { Language, Phrase } from '#platform/words.ts'

export const contractStatusWords: Record<ContractStatus, Phrase> = {
  fault: { ja: '故障', en: 'Fault' },
  works: { ja: '工事中', en: 'Works' },
  suspended: { ja: '停止中', en: 'Suspended' },
  preparing: { ja: '開通準備中', en: 'In preparation' },
  normal: contractLabels.normal,
}

export const contractStatusIcons = { fault: 'warning', works: 'wrench' } as const

const looks = { fault: 'trouble', works: 'warning', suspended: 'plain', preparing: 'plain' } as const

/** 運用状況: only trouble has colour. */
export function ContractStatusMark({ status, language }: { status: ContractStatus; language: Language }): JSX.Element {
  const text = contractStatusWords[status][language]
  return status === 'normal' ? <PlainState>{text}</PlainState> : <Badge kind={looks[status]}>{text}</Badge>
}
