import type { Context } from '#features/actor.ts'
import { type ChangedContract, listChangedContracts } from '#features/user-groups/changed-contracts.ts'
import { type ComingChange, isEffectKey } from '#features/user-groups/effect.ts'
import { isId } from '#platform/form.ts'
import { type Place, placeOf } from '#platform/list/paging.ts'
import type { ListQuery } from '#platform/ui/list/list-query.tsx'
import type { PageRequest } from '#platform/web/page.ts'

/** What an address shows of an effect: which page of it, and one user's contracts. */
export interface Looked {
  place: Place
  /** The place as the address says it. */
  at: ListQuery
  opened: { userId: string; contracts: ChangedContract[] } | null
}

/** Whose contracts the address asks for, one by one. */
export async function lookAt(
  ctx: Context,
  change: ComingChange | undefined,
  { query }: Pick<PageRequest, 'query'>,
): Promise<Looked> {
  const { person = '', size, page, after, before, end } = query
  const looked = { place: placeOf(query, { isKey: isEffectKey }), at: { size, page, after, before, end } }
  if (!change || !isId(person)) return { ...looked, opened: null }
  return { ...looked, opened: { userId: person, contracts: await listChangedContracts(ctx, change, person) } }
}
