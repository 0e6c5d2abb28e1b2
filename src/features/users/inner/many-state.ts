import { sql } from 'kysely'
import { mayUse } from '#features/periods-of-use/period.ts'
import type { Many, ManyFault, WritingMany } from '../many.ts'

/** Holds the customer's administration, then the users who are changed, as all who change several users do. */
export async function lockMany({ tx, actor }: WritingMany, { changed }: Many): Promise<void> {
  await sql`select from user_group where customer_id = ${actor.customer.id} and is_automatic for update`.execute(tx)
  await sql`
    select from portal_user where customer_id = ${actor.customer.id} and id = any(${idsOf(changed)}::uuid[]) order by id
    for no key update`.execute(tx)
}

/** The author, users and groups that are no longer what they were when the rows were confirmed. */
export async function findManyFaults(by: WritingMany, { changed, groups }: Many): Promise<ManyFault[]> {
  const { tx, actor } = by
  const author = await tx
    .selectFrom('portal_user')
    .where('customer_id', '=', actor.customer.id)
    .where('id', '=', actor.userId)
    .where('role', '=', 'portal-administrator')
    .where('state', '=', 'active')
    .select('id')
    .executeTakeFirst()
  if (!author || !(await mayUse(by, { customerId: actor.customer.id, userId: actor.userId })))
    return [{ row: 0, problem: 'no-longer-administrator' }]
  const { rows: users } = await sql<{ row: number }>`
    select given.row from jsonb_to_recordset(${JSON.stringify(changed.map(({ row, id, version }) => ({ row, id, version })))}::jsonb)
      as given(row integer, id uuid, version integer)
    where not exists (select from portal_user u where u.customer_id = ${actor.customer.id} and u.id = given.id
      and u.version = given.version and u.state <> 'deleted')
    order by 1`.execute(tx)
  const { rows: others } = await sql`
    select from jsonb_to_recordset(${JSON.stringify(groups.map(({ id, version }) => ({ id, version })))}::jsonb)
      as given(id uuid, version integer)
    where not exists (select from user_group g where g.customer_id = ${actor.customer.id} and g.id = given.id
      and g.version + g.rights_version = given.version)`.execute(tx)
  return [
    ...users.map(({ row }): ManyFault => ({ row, problem: 'changed-meanwhile' })),
    ...(others.length > 0 ? [{ row: 0, problem: 'changed-meanwhile' } as const] : []),
  ]
}

function idsOf(users: readonly { id: string }[]): string[] {
  return users.map(({ id }) => id)
}
