import { sql } from 'kysely'
import { type OfferedForm, offeredForms } from '#features/order-forms/offered.ts'
import { may } from '#features/rights/may.ts'
import type { ContractStatus } from '#features/subjects/contract-status.ts'
import type { Context } from '#features/actor.ts'
import type { Phrase } from '#platform/words.ts'

/** A person whom the operator calls about a contract. */
export interface ContractContact {
  role: Phrase
  name: string
  phone?: string
  mail?: string
}

export interface Contract {
  id: string
  number: string
  groupNumber: string | null
  service: { id: string; code: string; name: Phrase; chargesUrl: string | null; orderForms: OfferedForm[] }
  site: string | null
  memo: string
  status: ContractStatus
  opensOn: string | null
  contacts: ContractContact[]
  version: number
  mayEdit: boolean
}

/** A contract that the user may see, unless it has ended. */
export async function findContract({ tx, actor }: Context, id: string): Promise<Contract | undefined> {
  const row = await tx
    .selectFrom('contract as k')
    .innerJoin('service as s', 's.id', 'k.service_id')
    .leftJoin('site as t', (on) => on.onRef('t.customer_id', '=', 'k.customer_id').onRef('t.id', '=', 'k.site_id'))
    .where('k.customer_id', '=', actor.customer.id)
    .where('k.id', '=', id)
    .where('k.ended_on', 'is', null)
    .select([
      'k.id',
      'k.number',
      'k.group_number as groupNumber',
      'k.service_id',
      's.code',
      's.name_ja as ja',
      's.name_en as en',
      's.charges_url as chargesUrl',
      offeredForms('s').as('orderForms'),
      't.name as site',
      'k.memo',
      'k.status',
      'k.opens_on as opensOn',
      sql<ContractContact[]>`k.contacts`.as('contacts'),
      'k.version',
    ])
    .executeTakeFirst()
  if (!row) return undefined
  const { service_id: serviceId, code, ja, en, chargesUrl, orderForms, ...contract } = row
  if (!may(actor, 'view', { id, serviceId })) return undefined
  return {
    ...contract,
    service: { id: serviceId, code, name: { ja, en }, chargesUrl, orderForms },
    mayEdit: may(actor, 'edit', { id, serviceId }),
  }
}
