import { contractList } from '#features/contracts/list.ts'
import type { ContractRow } from '#features/contracts/page.ts'
import type { ContractColumn } from '#features/contracts/sorting.ts'
import type { Context } from '#features/actor.ts'
import type { List, ListAnswer, ListKind, ListRequest } from '#platform/list/define-list.ts'
import { type ListedLine, findLines } from './find.ts'
import { dialledNumber, findContractOf } from './find-telephones.ts'

/** A contract whose settings may be looked at, once its telephone system is set up. */
export interface SettingsRow extends ContractRow {
  line: ListedLine | undefined
}

export interface SettingsListKind extends ListKind {
  context: Context
  of: { serviceId: string }
  row: SettingsRow
  facets: Record<string, never>
  by: ContractColumn
  beside: null
}

/** The contracts of a service that the user may see, as the way into their settings: a telephone number finds its contract, too. */
export const settingsList: List<SettingsListKind> = {
  ...contractList,
  facets: {},
  usualSize: 10,
  async read(ctx, asked) {
    const contracts = await readContracts(ctx, asked)
    const lines = await findLines(
      ctx,
      contracts.rows.map(({ row }) => row.id),
    )
    return {
      ...contracts,
      rows: contracts.rows.map(({ row, key }) => ({ row: { ...row, line: lines.get(row.id) }, key })),
    }
  },
}

type Contracts = Omit<ListAnswer<SettingsListKind>, 'rows'> & Awaited<ReturnType<typeof contractList.read>>

async function readContracts(ctx: Context, asked: ListRequest<SettingsListKind>): Promise<Contracts> {
  const found = await contractList.read(ctx, { ...asked, chosen: {} })
  if (found.total > 0 || asked.terms.length === 0) return found
  const terms = await Promise.all(asked.terms.map((term) => contractFor(ctx, term)))
  const isOther = terms.some((term, at) => term !== asked.terms[at])
  return isOther ? contractList.read(ctx, { ...asked, chosen: {}, terms }) : found
}

/** In place of a telephone number, the contract that it belongs to. */
async function contractFor(ctx: Context, term: string): Promise<string> {
  const telephone = dialledNumber(term)
  return (telephone && (await findContractOf(ctx, telephone))) ?? term
}
