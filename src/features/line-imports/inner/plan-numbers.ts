import type { Target } from '#features/inside-numbers/targets.ts'
import { hyphened } from '#features/inside-numbers/values.ts'
import type { NumberCells } from '../plan.ts'
import { changed, nameNumber, type PlanOne } from './comparison.ts'

/** What a row of a file of outside numbers would do. `targets`: what the cells mean. Which numbers there are is the operator's. */
export function numberPlanner(targets: ReadonlyMap<string, Target>): PlanOne<NumberCells> {
  return ({ row, cells }, comparison, fault) => {
    const number = nameNumber(cells.number, comparison, fault)
    if (!number) return undefined
    const known = comparison.known.outside.get(number)
    if (!known) {
      fault('unknown-number', 'number', number)
      return undefined
    }
    const { row: before, hasEnded } = known
    const typed = cells.target?.trim()
    const meant = typed ? targets.get(typed) : undefined
    if (typed && !meant) fault('unknown-target', 'target', typed)
    const target = typed === undefined ? undefined : (meant?.number ?? null)
    if (target && target !== before['target']) {
      if (hasEnded) fault('ended', 'target', typed)
      else if (!meant?.isEnabled) fault('disabled-target', 'target', typed)
    }
    const set = changed(before, { memo: cells.memo, target })
    const name = hyphened(number)
    if (Object.keys(set).length === 0) return { row, kind: 'unchanged', name, changes: [] }
    const after = { ...before, ...set }
    return { row, kind: 'changed', name, changes: [{ relation: 'external_number', before, after }] }
  }
}
