import { findUnnamedContracts, putContracts } from '#features/contracts/put.ts'
import { enterCustomer } from '#features/customers/enter.ts'
import { putCustomers } from '#features/customers/put.ts'
import { findUnnamedIncidents, putIncidents } from '#features/incidents/put.ts'
import { findUnnamedNotices, putNotices } from '#features/notices/put.ts'
import type { CustomerContext } from '#features/operator-context.ts'
import { findOperatorRules } from '#features/operators/rules.ts'
import { findUnnamedOrders, putOrders } from '#features/orders/put.ts'
import { findUnnamedSites, putSites } from '#features/sites/put.ts'
import { findUnnamedBlockedTraffic, putBlockedTraffic } from '#features/threat-blocking/put.ts'
import { findUnnamedTickets, putTickets } from '#features/tickets/put.ts'
import { findUnnamedGroups, putGroups } from '#features/user-groups/put.ts'
import { findUnnamedUsers, putUsers, type UserEntry } from '#features/users/put.ts'
import { type Misfit, refuseMisfits } from '#platform/put.ts'
import { FaultyFile, faultyTogether } from '../json-file.ts'
import { bring, type Door, tallyPut } from './bring.ts'
import { importLines } from './import-lines.ts'
import type { ImportedCustomer, Importing, ImportKind } from './importing.ts'

/** Customers with all that they have. */
export async function importCustomers(importing: Importing): Promise<void> {
  const { ctx, file } = importing
  const { customers = [] } = file.content
  if (customers.length === 0) return
  const put = await putCustomers(ctx, customers)
  if (!put.ok && put.problem === 'no-operator')
    throw file.faulty([{ path: ['customers'], message: 'need an operator: import the file with "operator" first' }])
  tallyPut(importing, { kind: 'customers', entries: customers }, put)
  const made = put.ok ? put.value.map(({ was }) => was === 'created') : []
  const operator = await findOperatorRules(ctx)
  const faults: string[] = []
  for (const [index, entry] of customers.entries()) {
    const entered = await enterCustomer(ctx, entry.code)
    if (!entered.ok) throw new Error(`The customer was just put: ${entry.code}`)
    const customer = { ctx: entered.value, entry, path: ['customers', index], operator, isNew: made[index] ?? false }
    faults.push(...(await faultsIn(() => importWhatItHas(importing, customer))))
  }
  if (faults.length > 0) throw faultyTogether(file.path, faults)
}

/** Of one customer what follows a fault may follow from it, and is not looked at; the others are, to tell the faults of all at once. */
async function faultsIn(work: () => Promise<void>): Promise<readonly string[]> {
  try {
    await work()
    return []
  } catch (error) {
    if (error instanceof FaultyFile) return error.faults
    throw error
  }
}

async function importWhatItHas(importing: Importing, customer: ImportedCustomer): Promise<void> {
  const { sites, contracts, incidents, orders, tickets, blockedTraffic, notices, groups, users } = customer.entry
  const bringList = <Entry>(
    kind: ImportKind,
    entries: readonly Entry[] | undefined,
    door: Door<CustomerContext, Entry>,
  ): Promise<void> => bring(importing, { kind, customer }, { ctx: customer.ctx, entries, door })
  // In this order: each may name what comes before it.
  await bringList('sites', sites, { put: putSites, findUnnamed: findUnnamedSites })
  await bringList('contracts', contracts, { put: putContracts, findUnnamed: findUnnamedContracts })
  await importLines(importing, customer)
  await bringList('incidents', incidents, { put: putIncidents, findUnnamed: findUnnamedIncidents })
  await bringList('orders', orders, { put: putOrders, findUnnamed: findUnnamedOrders })
  await bringList('tickets', tickets, { put: putTickets, findUnnamed: findUnnamedTickets })
  await bringList('blockedTraffic', blockedTraffic, { put: putBlockedTraffic, findUnnamed: findUnnamedBlockedTraffic })
  await bringList('notices', notices, { put: putNotices, findUnnamed: findUnnamedNotices })
  await bringList('groups', groups, { put: putGroups, findUnnamed: findUnnamedGroups })
  await bringList('users', users, usersDoor(importing, customer))
}

function usersDoor({ mailing, addsUsers }: Importing, { isNew }: ImportedCustomer): Door<CustomerContext, UserEntry> {
  return {
    async put(ctx, entries) {
      const put = await putUsers({ ...ctx, mailing }, entries)
      if (!put.ok && put.problem === 'cannot-mail')
        throw new Error('PORTAL_URL and SECRET_KEY are needed, those of the portal: new users are sent a link.')
      if (!put.ok || addsUsers || isNew) return put
      const added = put.value.flatMap(({ was }, entry): Misfit<'adds-user'>[] =>
        was === 'created' ? [{ entry, at: ['mail'], problem: 'adds-user', value: entries[entry]?.mail ?? '' }] : [],
      )
      return refuseMisfits(added) ?? put
    },
    findUnnamed: findUnnamedUsers,
  }
}
