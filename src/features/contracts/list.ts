import { type ContractStatus, contractStatuses } from '#features/subjects/contract-status.ts'
import type { SubjectScope } from '#features/subjects/subject.ts'
import { findServiceMenu } from '#features/service-menu/find.ts'
import type { Context } from '#features/actor.ts'
import type { List, ListKind } from '#platform/list/define-list.ts'
import { type FoundList, listFound } from './found.ts'
import { type ContractCounts, type ContractRow, type ContractsAsked, type ListedContract, readPage } from './page.ts'
import { type ContractColumn, contractOrder } from './sorting.ts'
import { sumOf, totalOf } from './totals.ts'

export interface ContractList {
  rows: ListedContract[]
  total: number
  /** By status, whatever status the filter names. */
  counts: ContractCounts
  /** Without keyword and status. */
  all: number
  cut?: FoundList['cut']
}

interface ContractListKind extends ListKind {
  context: Context
  of: SubjectScope
  row: ContractRow
  facets: { status: ContractStatus }
  by: ContractColumn
  beside: null
}

/** The contracts that the user may see: a list of which no page may read all there is. */
export const contractList: List<ContractListKind> = {
  ...contractOrder,
  facets: { status: { values: contractStatuses } },
  isSearched: true,
  async read(ctx, { of, terms, chosen, ...asked }) {
    const list = await listContracts(ctx, { ...asked, filter: { terms, ...of, ...chosen } })
    return { ...list, beside: null }
  },
}

/** The contracts that the user may see. */
export async function listContracts(ctx: Context, asked: ContractsAsked): Promise<ContractList> {
  const { filter } = asked
  const { services } = await findServiceMenu(ctx.tx, ctx.actor, ctx.now)
  const kept = services.filter(({ id }) => !filter.serviceId || id === filter.serviceId)
  const whole = sumOf(kept.map(({ contracts }) => contracts))
  const all = totalOf(whole, {})
  if (filter.terms.length > 0) {
    const found = await listFound(ctx, asked)
    return { ...found, total: totalOf(found.counts, filter), all }
  }
  const total = totalOf(whole, filter)
  return { rows: await readPage(ctx, asked, total), total, counts: whole, all }
}
