import { type Change, recordChange } from '#features/change-history/record.ts'
import { type Telling, tellAdministrators } from '#features/mails/tell-administrators.ts'
import type { Group } from '../group.ts'
import { groupChangedEmail, type GroupChange } from '../group-changed.email.ts'

type Noted = Pick<Change, 'before' | 'after'> & { change: Exclude<GroupChange, { kind: 'members-moved' }> }

/** Writes a change of what users may do into the history, and to all administrators. */
export async function noteGroupChange(ctx: Telling, group: Pick<Group, 'id' | 'name'>, noted: Noted): Promise<void> {
  await recordGroupChange(ctx, group, noted)
  await tellOfGroupChange(ctx, group, noted.change)
}

export async function recordGroupChange(
  ctx: Telling,
  group: Pick<Group, 'id' | 'name'>,
  { change, ...recorded }: Noted,
): Promise<void> {
  await recordChange(ctx, {
    action: `user-group-${change.kind === 'applied' ? 'rights-changed' : change.kind}`,
    subject: { kind: 'user-group', id: group.id, name: group.name },
    ...recorded,
  })
}

export async function tellOfGroupChange(ctx: Telling, group: Pick<Group, 'name'>, change: GroupChange): Promise<void> {
  const facts = { group: group.name, change, by: ctx.actor.name, at: ctx.now }
  await tellAdministrators(ctx, 'user-group-changed', (language, timeZone) =>
    groupChangedEmail(language, { ...facts, timeZone }),
  )
}
