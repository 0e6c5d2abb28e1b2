import type { LineCopy } from '#features/line-copies/copy.ts'
import { type CallGroup, findCallGroupNumbered } from './call-group.ts'
import { type GroupPlan, type GroupProblem, makeGroup, setGroup } from './save.ts'

/** A group for other contracts, by its number: it is made where there is none, and else becomes the same. */
export function copyOfGroup(group: CallGroup, { members: withMembers }: { members: boolean }): LineCopy<GroupProblem> {
  return {
    action: 'call-group-copied',
    subject: `${group.number} ${group.name}`,
    async put(changing) {
      const there = await findCallGroupNumbered(changing, group.number)
      const plan = planOf(group, withMembers ? group : there)
      return there ? setGroup(changing, there, { plan, version: there.version }) : makeGroup(changing, plan)
    },
  }
}

function planOf(group: CallGroup, members: Pick<CallGroup, 'members'> | undefined): GroupPlan {
  const { number, name, kind, ringSeconds, afterwards } = group
  return {
    number,
    name,
    kind,
    ringSeconds,
    afterwards: { kind: afterwards.kind, number: afterwards.number },
    members: (members?.members ?? []).map((member) => ({ number: member.number, isPaused: member.isPaused })),
  }
}
