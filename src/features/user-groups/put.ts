import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { CustomerContext } from '#features/operator-context.ts'
import { type Change, operatorFor, recordChanges } from '#features/change-history/record.ts'
import { findCreated, noteCreated } from '#features/operators/created-once.ts'
import { findContractIds, findServiceIds, type Ids } from '#features/subjects/references.ts'
import { foldText } from '#platform/database/fold-text.ts'
import { done } from '#platform/outcome.ts'
import { findTwice, type Misfit, type Put, type PutOutcome, refuseMisfits } from '#platform/put.ts'
import { automaticGroup } from './automatic.ts'

/** A group that the operator gives a customer, and which is the customer's own from then on. */
export interface GroupEntry {
  name: string
  description?: string | undefined
  /** The highest of the three layers counts; services by code, contracts by number. */
  rights: {
    allServices?: 'view' | 'edit' | undefined
    services: Readonly<Record<string, 'view' | 'edit'>>
    contracts: Readonly<Record<string, 'view' | 'edit'>>
  }
}

export type GroupMisfit = 'stands-twice' | 'reserved-name' | 'unknown-service' | 'unknown-contract'

/**
 * Creates the customer's groups that were never created before. One that the customer has made under the same name is left
 * as it is, and counts as created. Of what was created and has been deleted since, the former id is answered.
 */
export async function putGroups(
  ctx: CustomerContext,
  entries: readonly GroupEntry[],
): Promise<PutOutcome<GroupMisfit>> {
  const names = entries.map(({ name }) => foldText(name))
  const services = await findServiceIds(ctx)
  const contracts = await findContractIds(
    ctx,
    entries.flatMap(({ rights }) => Object.keys(rights.contracts)),
  )
  const refused = refuseMisfits(findTwice(names, 'name')) ?? refuseMisfits(findUnfit(entries, { services, contracts }))
  if (refused) return refused
  const created = await findCreated(ctx, 'user-group')
  const existing = await findGroupIds(ctx)
  const given = entries.map((entry) => {
    const name = foldText(entry.name)
    const known = created.get(name) ?? existing.get(name)
    return { ...entry, id: known ?? randomUUID(), isNew: known === undefined, isDue: !created.has(name) }
  })
  await insertGroups(
    ctx,
    given.filter(({ isNew }) => isNew),
    { services, contracts },
  )
  const due = given.filter(({ isDue }) => isDue)
  await noteCreated(ctx, 'user-group', new Map(due.map(({ name, id }) => [foldText(name), id])))
  ctx.progress?.(entries.length)
  return done(given.map(({ id, isNew }): Put => ({ id, was: isNew ? 'created' : 'unchanged' })))
}

/** The ids of a customer's groups, the automatic one among them, by folded name. */
export async function findGroupIds({ tx, customer }: CustomerContext): Promise<Ids> {
  const rows = await tx.selectFrom('user_group').select(['id', 'name']).where('customer_id', '=', customer.id).execute()
  return new Map(rows.map(({ id, name }) => [foldText(name), id]))
}

/** The names of a customer's groups as they are today, by id. */
export async function findGroupNames({ tx, customer }: CustomerContext): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.selectFrom('user_group').select(['id', 'name']).where('customer_id', '=', customer.id).execute()
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** The customer's groups that the entries did not become, by what they are called today. */
export async function findUnnamedGroups(
  { tx, customer }: CustomerContext,
  entries: readonly GroupEntry[],
): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select name from user_group where customer_id = ${customer.id} and not is_automatic and id in (
      select subject_id from created_by_import where customer_id = ${customer.id} and kind = 'user-group') and id not in (
      select subject_id from created_by_import join unnest(${entries.map(({ name }) => foldText(name))}::text[]) as named(name) using (name)
      where customer_id = ${customer.id} and kind = 'user-group')
    order by number`.execute(tx)
  return rows.map(({ name }) => name)
}

/** The ids of the services and contracts that groups name. */
interface References {
  services: Ids
  contracts: Ids
}

function findUnfit(entries: readonly GroupEntry[], { services, contracts }: References): Misfit<GroupMisfit>[] {
  return entries.flatMap(({ name, rights }, entry): Misfit<GroupMisfit>[] => [
    ...(foldText(name) === foldText(automaticGroup.name)
      ? [{ entry, at: ['name'], problem: 'reserved-name' as const, value: name }]
      : []),
    ...Object.keys(rights.services)
      .filter((code) => !services.has(code))
      .map((value) => ({ entry, at: ['rights', 'services', value], problem: 'unknown-service' as const, value })),
    ...Object.keys(rights.contracts)
      .filter((number) => !contracts.has(number))
      .map((value) => ({ entry, at: ['rights', 'contracts', value], problem: 'unknown-contract' as const, value })),
  ])
}

interface NewGroup extends GroupEntry {
  id: string
}

/** Groups with their rights, in one statement each. */
async function insertGroups(ctx: CustomerContext, groups: readonly NewGroup[], references: References): Promise<void> {
  if (groups.length === 0) return
  const { tx, customer } = ctx
  // The counter's row is locked until the commit, so the customer's own administrators draw other numbers.
  const { last_group_number: last } = await tx
    .updateTable('customer')
    .set({ last_group_number: sql`last_group_number + ${groups.length}` })
    .where('id', '=', customer.id)
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
    select ${customer.id}::uuid, id, number, name, description
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given(id uuid, number text, name text, description text)`.execute(
    tx,
  )
  await insertRights(
    ctx,
    groups.flatMap((group) => rightsOf(group, references)),
  )
  const made = rows.map(({ id, ...after }): Change => {
    return { action: 'user-group-added', subject: { kind: 'user-group', id, name: after.name }, after }
  })
  await recordChanges({ ...ctx, actor: operatorFor(ctx.customer) }, [
    ...made,
    ...groups.flatMap((group) => rightsGiven(group)),
  ])
}

/** The rules as they are recorded when an administrator puts them into force. */
function rightsGiven({ id, name, rights }: NewGroup): Change[] {
  const { allServices, services, contracts } = rights
  const after = { ...(allServices && { 'all-services': allServices }), ...services, ...contracts }
  const before = Object.fromEntries(Object.keys(after).map((about) => [about, null]))
  if (Object.keys(after).length === 0) return []
  return [{ action: 'user-group-rights-changed', subject: { kind: 'user-group', id, name }, before, after }]
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

async function insertRights({ tx, customer }: CustomerContext, rows: readonly RightRow[]): Promise<void> {
  await sql`
    insert into user_group_right (customer_id, user_group_id, service_id, contract_id, level)
    select ${customer.id}::uuid, user_group_id, service_id, contract_id, level
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as given(user_group_id uuid, service_id uuid, contract_id uuid, level right_level)`.execute(tx)
}
