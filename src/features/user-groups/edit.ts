import { sql } from 'kysely'
import { recordChange } from '#features/change-history/record.ts'
import type { Context } from '#features/actor.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import type { NewGroup } from './add.ts'
import type { Group } from './group.ts'
import { lockNames } from './inner/lock-names.ts'

/** Changes name and description of a group that was just found. `version` is that of the row the form was made from. */
export async function editGroup(
  ctx: Context,
  group: Group,
  { version, name, description }: NewGroup & { version: number },
): Promise<Outcome<void, 'automatic' | 'name-taken' | 'changed-meanwhile'>> {
  if (group.isAutomatic) return refuse('automatic')
  // By name: a form carries more than the columns of its row.
  const given = { name, description }
  const { tx, actor } = ctx
  await lockNames(ctx)
  const taken = await tx
    .selectFrom('user_group')
    .where('customer_id', '=', actor.customer.id)
    .where('id', '<>', group.id)
    .where(sql`fold_text(name)`, '=', sql`fold_text(${given.name})`)
    .select('id')
    .executeTakeFirst()
  if (taken) return refuse('name-taken')
  const changed = await tx
    .updateTable('user_group')
    .set({ ...given, version: version + 1 })
    .where('customer_id', '=', actor.customer.id)
    .where('id', '=', group.id)
    .where('version', '=', version)
    .returning('id')
    .executeTakeFirst()
  if (!changed) return refuse('changed-meanwhile')
  await recordChange(ctx, {
    action: 'user-group-edited',
    subject: { kind: 'user-group', id: group.id, name: given.name },
    before: { name: group.name, description: group.description },
    after: { ...given },
  })
  return done()
}
