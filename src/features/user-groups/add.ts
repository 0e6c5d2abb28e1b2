import { sql } from 'kysely'
import { recordChange } from '#features/change-history/record.ts'
import type { Context } from '#features/actor.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import type { Group } from './group.ts'

export interface NewGroup {
  name: string
  description: string
}

/** Adds a group without members and rights; answers its id. A name counts as taken whatever its case and width. */
export async function addGroup(ctx: Context, group: NewGroup): Promise<Outcome<string, 'name-taken'>> {
  const { tx, actor } = ctx
  // The counter's row is locked until the commit: another administrator's new group waits, and then sees this name.
  const { last_group_number: drawn } = await tx
    .updateTable('customer')
    .set({ last_group_number: sql`last_group_number + 1` })
    .where('id', '=', actor.customer.id)
    .returning('last_group_number')
    .executeTakeFirstOrThrow()
  const { rows } = await sql<Pick<Group, 'id'>>`
    insert into user_group (customer_id, number, name, description)
    values (${actor.customer.id}, ${`G${drawn}`}, ${group.name}, ${group.description})
    on conflict (customer_id, fold_text(name)) do nothing returning id`.execute(tx)
  const [added] = rows
  if (!added) return refuse('name-taken')
  await recordChange(ctx, {
    action: 'user-group-added',
    subject: { kind: 'user-group', id: added.id, name: group.name },
    after: { number: `G${drawn}`, ...group },
  })
  return done(added.id)
}
