import { type Change, recordChange } from '#features/change-history/record.ts'
import { type Telling, tellAdministrators } from '#features/mails/tell-administrators.ts'
import type { Group } from '../group.ts'
import { groupChangedEmail, type GroupChange } from '../group-changed.email.ts'

/** Writes a change of what users may do into the history, and to all administrators. */
export async function noteGroupChange(
  ctx: Telling,
  group: Pick<Group, 'id' | 'name'>,
  { change, ...recorded }: Pick<Change, 'before' | 'after'> & { change: GroupChange },
): Promise<void> {
  await recordChange(ctx, {
    action: `user-group-${change.kind === 'applied' ? 'rights-changed' : change.kind}`,
    subject: { kind: 'user-group', id: group.id, name: group.name },
    ...recorded,
  })
  const facts = { group: group.name, change, by: ctx.actor.name, at: ctx.now }
  await tellAdministrators(ctx, 'user-group-changed', (language, timeZone) =>
    groupChangedEmail(language, { ...facts, timeZone }),
  )
}
