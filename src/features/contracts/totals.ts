import { contractStatuses } from '#features/subjects/contract-status.ts'
import type { ContractFilter } from './filter.ts'
import type { ContractCounts } from './page.ts'

export function sumOf(each: readonly ContractCounts[]): ContractCounts {
  const sum: ContractCounts = {}
  for (const status of contractStatuses) {
    const count = each.reduce((before, counts) => before + (counts[status] ?? 0), 0)
    if (count > 0) sum[status] = count
  }
  return sum
}

export function totalOf(counts: ContractCounts, { status }: Pick<ContractFilter, 'status'>): number {
  if (status) return counts[status] ?? 0
  return Object.values(counts).reduce((before, count) => before + count, 0)
}
