import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Transaction } from '#platform/database/database.ts'
import type { GroupEntry } from '../import-format.ts'
import type { Fault } from '../json-file.ts'
import { findCreated, noteCreated } from './created-once.ts'
import { expectEachOnce } from './each-once.ts'
import type { ImportedCustomer, Importing } from './importing.ts'
import { findContractIds, findServiceIds, fold, type Ids } from './references.ts'

/** The group that every customer has from the first moment: its members may edit whatever there is and will be. */
export async function createAutomaticGroup(tx: Transaction, customerId: string): Promise<void> {
  const { id } = await tx
    .insertInto('user_group')
    .values({
      customer_id: customerId,
      number: 'G0000002',
      name: automaticGroup.name,
      description: automaticGroup.description,
      is_automatic: true,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await tx
    .insertInto('user_group_right')
    .values({ customer_id: customerId, user_group_id: id, level: 'edit' })
    .execute()
}

const automaticGroup = {
  name: '全サービス参照編集権限グループ（自動）',
  description: '自動的に全サービスの参照・編集権限が付与されるグループ',
}

/** Creates the groups that no import has created before. One that the customer has made under the same name is left as it is. */
export async function createGroups(
  importing: Importing,
  customer: ImportedCustomer,
  entries: readonly GroupEntry[],
): Promise<void> {
  const { tx, file, tally, progress } = importing
  const names = entries.map(({ name }) => fold(name))
  expectEachOnce(file, names, (index) => [...customer.path, 'groups', index, 'name'])
  const references = await findReferences(importing, customer, entries)
  const once = { customerId: customer.id, kind: 'user-group' } as const
  const created = await findCreated(tx, once)
  const existing = await findGroupIds(tx, customer.id)
  const due = entries.filter(({ name }) => !created.has(fold(name)))
  const missing = due.filter(({ name }) => !existing.has(fold(name))).map((entry) => ({ ...entry, id: randomUUID() }))
  await insertGroups(tx, customer.id, missing)
  await insertRights(
    tx,
    customer.id,
    missing.flatMap((group) => rightsOf(group, references)),
  )
  const ids = new Map([...existing, ...missing.map(({ name, id }) => [fold(name), id] as const)])
  await noteCreated(tx, once, new Map(due.map(({ name }) => [fold(name), ids.get(fold(name)) ?? ''])))
  tally('groups', { created: missing.length, changed: 0, unchanged: entries.length - missing.length })
  progress(entries.length)
  importing.unnamed('groups', await findUnnamedGroups(tx, customer.id, names), customer.entry.code)
}

/** The ids of a customer's groups, the automatic one among them, by folded name. */
export async function findGroupIds(tx: Transaction, customerId: string): Promise<Ids> {
  const rows = await tx.selectFrom('user_group').select(['id', 'name']).where('customer_id', '=', customerId).execute()
  return new Map(rows.map(({ id, name }) => [fold(name), id]))
}

interface References {
  services: Ids
  contracts: Ids
}

/** The services and contracts that the groups name. Throws a FaultyFile when one is not there. */
async function findReferences(
  { tx, file }: Importing,
  customer: ImportedCustomer,
  entries: readonly GroupEntry[],
): Promise<References> {
  const numbers = entries.flatMap(({ rights }) => Object.keys(rights.contracts))
  const services = await findServiceIds(tx)
  const contracts = await findContractIds(tx, customer.id, numbers)
  const faults = entries.flatMap(({ name, rights }, index): Fault[] => {
    const path = [...customer.path, 'groups', index]
    const reserved = fold(name) === fold(automaticGroup.name)
    return [
      ...(reserved ? [{ path: [...path, 'name'], message: 'is the group that every customer has by itself' }] : []),
      ...Object.keys(rights.services)
        .filter((code) => !services.has(code))
        .map((code) => ({ path: [...path, 'rights', 'services', code], message: 'names no service' })),
      ...Object.keys(rights.contracts)
        .filter((number) => !contracts.has(number))
        .map((number) => ({
          path: [...path, 'rights', 'contracts', number],
          message: `names no contract of ${customer.entry.code}`,
        })),
    ]
  })
  if (faults.length > 0) throw file.faulty(faults)
  return { services, contracts }
}

interface NewGroup extends GroupEntry {
  id: string
}

async function insertGroups(tx: Transaction, customerId: string, groups: readonly NewGroup[]): Promise<void> {
  if (groups.length === 0) return
  // The counter's row is locked until the commit, so the customer's own administrators draw other numbers.
  const { last_group_number: last } = await tx
    .updateTable('customer')
    .set({ last_group_number: sql`last_group_number + ${groups.length}` })
    .where('id', '=', customerId)
    .returning('last_group_number')
    .executeTakeFirstOrThrow()
  const first = last - groups.length + 1
  const rows = groups.map(({ id, name, description = '' }, index) => ({
    id,
    name,
    description,
    number: `G${first + index}`,
  }))
  await sql`
    insert into user_group (customer_id, id, number, name, description)
    select ${customerId}::uuid, id, number, name, description
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given(id uuid, number text, name text, description text)`.execute(
    tx,
  )
}

interface RightRow {
  user_group_id: string
  service_id?: string | undefined
  contract_id?: string | undefined
  level: 'view' | 'edit'
}

function rightsOf({ id, rights }: NewGroup, { services, contracts }: References): RightRow[] {
  const group = { user_group_id: id }
  return [
    ...(rights.allServices ? [{ ...group, level: rights.allServices }] : []),
    ...Object.entries(rights.services).map(([code, level]) => ({ ...group, service_id: services.get(code), level })),
    ...Object.entries(rights.contracts).map(([number, level]) => ({
      ...group,
      contract_id: contracts.get(number),
      level,
    })),
  ]
}

async function insertRights(tx: Transaction, customerId: string, rows: readonly RightRow[]): Promise<void> {
  await sql`
    insert into user_group_right (customer_id, user_group_id, service_id, contract_id, level)
    select ${customerId}::uuid, user_group_id, service_id, contract_id, level
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as given(user_group_id uuid, service_id uuid, contract_id uuid, level right_level)`.execute(tx)
}

/** Those that the file's names did not become, whatever they are called today. */
async function findUnnamedGroups(tx: Transaction, customerId: string, names: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from user_group where customer_id = ${customerId} and not is_automatic and id not in (
      select subject_id from created_by_import join unnest(${names}::text[]) as named(name) using (name)
      where customer_id = ${customerId} and kind = 'user-group')
    order by number`.execute(tx)
  return rows.map(({ name }) => name)
}
