import type { Context } from '#features/actor.ts'
import { findTicked } from '#features/selections/selection.ts'
import { type ComingChange, type Effect, findEffect } from '#features/user-groups/effect.ts'
import type { Group } from '#features/user-groups/group.ts'
import { listGroups } from '#features/user-groups/list.ts'
import { countPlansBy } from '#features/user-groups/planned.ts'
import { noGroup } from '#features/users/list.ts'
import { findSelected, mostEach, type SelectedUser, type Tally } from '#features/users/selected.ts'
import { isId } from '#platform/form.ts'
import type { ListQuery } from '#platform/ui/list/list-query.tsx'
import type { PageRequest } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { lookAt, type Looked } from '../user-groups/opened-person.ts'
import type { UserTask } from '../users/selected-tasks.ts'
import { listIn } from '../users/ticked-users.ts'

type Choice = Pick<Group, 'id' | 'number' | 'name' | 'isAutomatic'>

/** What is about to be done with several users, whom it is about, and what it would do to whom. */
export interface Question {
  task: UserTask
  /** With whom something can be done. */
  users: SelectedUser[]
  /** With whom it cannot be. */
  left: Tally['left']
  isTooMany: boolean
  /** To choose from. */
  groups: Choice[]
  /** Out of which, or into which; for a move, both. */
  from: Choice | undefined
  to: Choice | undefined
  /** Null until it is known which groups, and for what changes no rights. */
  effect: Effect<null> | null
  /** What those who are kept out have planned for others. */
  plansMade: number
  looked: Looked
  /** Where the list was left. */
  back: string
  /** All of the query but the place, and whose contracts are shown. */
  query: ListQuery
}

/** What is asked about those that are ticked; undefined: nobody is. */
export async function findQuestion(
  ctx: Context,
  task: UserTask,
  asked: Pick<PageRequest, 'query'>,
): Promise<Question | undefined> {
  const { in: ofGroup = '', from, to, list } = asked.query
  const path = isId(ofGroup) ? paths.userGroup({ id: ofGroup }) : paths.users
  const ticked = await findSelected(ctx, await findTicked(ctx, path))
  if (ticked.length === 0) return undefined
  const groups = concernsGroup(task) ? await listGroups(ctx) : []
  const groupOf = (id: string | undefined): Choice | undefined => groups.find((group) => group.id === id)
  const chosen = {
    from: task === 'put-in-group' ? undefined : groupOf(from ?? (ofGroup || groupIn(list))),
    to: task === 'take-out-of-group' ? undefined : groupOf(to),
  }
  const { users, left } = concernedOf(ctx, task, ticked)
  const isTooMany = !concernsGroup(task) && users.length > mostEach
  const ids = users.map(({ id }) => id)
  const change = isTooMany ? undefined : changeOf(task, ids, chosen)
  const looked = await lookAt(ctx, change, asked)
  return {
    task,
    users,
    left,
    isTooMany,
    groups,
    ...chosen,
    looked,
    effect: change ? await findEffect(ctx, { change, place: looked.place }) : null,
    plansMade: change?.kind === 'shut-out' ? await countPlansBy(ctx, ids) : 0,
    back: listIn.href(path, asked.query),
    query: { task, list, in: ofGroup, from: chosen.from?.id, to: chosen.to?.id },
  }
}

export function concernsGroup(task: UserTask): boolean {
  return task === 'put-in-group' || task === 'take-out-of-group' || task === 'move'
}

/** The group by which the list was narrowed. */
function groupIn(list: string | undefined): string | undefined {
  const group = new URLSearchParams(list).get('group')
  return group === noGroup ? undefined : (group ?? undefined)
}

function concernedOf(
  { actor }: Context,
  task: UserTask,
  ticked: readonly SelectedUser[],
): Pick<Question, 'users' | 'left'> {
  const reasonFor = ({ id, state }: SelectedUser): Tally['left'][number]['reason'] | undefined => {
    if (concernsGroup(task)) return undefined
    if (task === 'resend') return state === 'awaiting-registration' ? undefined : 'not-awaiting'
    return id === actor.userId ? 'oneself' : undefined
  }
  const judged = ticked.map((user) => ({ user, reason: reasonFor(user) }))
  return {
    users: judged.flatMap(({ user, reason }) => (reason ? [] : [user])),
    left: judged.flatMap(({ user: { name }, reason }) => (reason ? [{ name, reason }] : [])),
  }
}

function changeOf(
  task: UserTask,
  userIds: readonly string[],
  { from, to }: Pick<Question, 'from' | 'to'>,
): ComingChange | undefined {
  if (userIds.length === 0) return undefined
  if (task === 'suspend' || task === 'delete') return { kind: 'shut-out', userIds }
  if (task === 'put-in-group') return to && { kind: 'put-in', groupId: to.id, userIds }
  if (task === 'take-out-of-group') return from && { kind: 'take-out', groupId: from.id, userIds }
  if (task === 'move' && from && to && from.id !== to.id) return { kind: 'move', from: from.id, to: to.id, userIds }
  return undefined
}
