import { sql } from 'kysely'
import type { CustomerEntry } from '../import-format.ts'
import { createAutomaticGroup, createGroups } from './create-groups.ts'
import { createUsers } from './create-users.ts'
import { expectEachOnce } from './each-once.ts'
import { importBlockedTraffic } from './import-blocked-traffic.ts'
import { importContracts } from './import-contracts.ts'
import { importIncidents } from './import-incidents.ts'
import { importNotices } from './import-notices.ts'
import { importOrders } from './import-orders.ts'
import { importTickets } from './import-tickets.ts'
import type { ImportedCustomer, Importing, OperatorRules } from './importing.ts'
import { findUnnamed } from './unnamed.ts'
import { type ImportTable, upsert } from './upsert.ts'

export async function importCustomers(importing: Importing): Promise<void> {
  const { file } = importing
  const { customers = [] } = file.content
  if (customers.length === 0) return
  const operator = await findOperatorRules(importing)
  expectEachOnce(
    file,
    customers.map(({ code }) => code),
    (index) => ['customers', index, 'code'],
  )
  // A number is taken by one contract of one customer, so a second one may stand anywhere in the file.
  const numbers = customers.flatMap(({ contracts = [] }, customer) =>
    contracts.map(({ number }, contract) => ({
      number,
      path: ['customers', customer, 'contracts', contract, 'number'],
    })),
  )
  expectEachOnce(
    file,
    numbers.map(({ number }) => number),
    (index) => numbers[index]?.path ?? [],
  )
  for (const [index, entry] of customers.entries()) {
    const id = await importCustomer(importing, entry)
    await importWhatItHas(importing, { id, entry, path: ['customers', index], operator })
  }
}

async function findOperatorRules({ tx, now, file }: Importing): Promise<OperatorRules> {
  const { rows } = await sql<OperatorRules>`
    select contract_number_pattern as "contractNumberPattern", time_zone as "timeZone", (${now} at time zone time_zone)::date::text as today
    from operator`.execute(tx)
  if (rows[0]) return rows[0]
  throw file.faulty([{ path: ['customers'], message: 'need an operator: import the file with "operator" first' }])
}

async function importWhatItHas(importing: Importing, customer: ImportedCustomer): Promise<void> {
  const { sites, contracts, incidents, orders, tickets, blockedTraffic, notices, groups, users } = customer.entry
  // In this order: each may name what comes before it.
  if (sites) await importSites(importing, customer, sites)
  if (contracts) await importContracts(importing, customer, contracts)
  if (incidents) await importIncidents(importing, customer, incidents)
  if (orders) await importOrders(importing, customer, orders)
  if (tickets) await importTickets(importing, customer, tickets)
  if (blockedTraffic) await importBlockedTraffic(importing, customer, blockedTraffic)
  if (notices) await importNotices(importing, customer, notices)
  if (groups) await createGroups(importing, customer, groups)
  if (users) await createUsers(importing, customer, users)
}

const customerTable: ImportTable = { name: 'customer', key: ['code'], kept: { code: 'text', name: 'text' } }

async function importCustomer({ tx, tally, progress }: Importing, { code, name }: CustomerEntry): Promise<string> {
  const counts = await upsert(tx, { table: customerTable, rows: [{ code, name }] }, progress)
  tally('customers', counts)
  const { id } = await tx.selectFrom('customer').select('id').where('code', '=', code).executeTakeFirstOrThrow()
  if (counts.created > 0) await createAutomaticGroup(tx, id)
  return id
}

const siteTable: ImportTable = {
  name: 'site',
  key: ['customer_id', 'code'],
  kept: { customer_id: 'uuid', code: 'text', name: 'text' },
}

async function importSites(
  importing: Importing,
  customer: ImportedCustomer,
  entries: NonNullable<CustomerEntry['sites']>,
): Promise<void> {
  const { tx, file, tally, progress } = importing
  const codes = entries.map(({ code }) => code)
  expectEachOnce(file, codes, (index) => [...customer.path, 'sites', index, 'code'])
  const rows = entries.map(({ code, name }) => ({ customer_id: customer.id, code, name }))
  tally('sites', await upsert(tx, { table: siteTable, rows }, progress))
  const known = sql`select code as name from site where customer_id = ${customer.id}`
  importing.unnamed('sites', await findUnnamed(tx, known, codes), customer.entry.code)
}
