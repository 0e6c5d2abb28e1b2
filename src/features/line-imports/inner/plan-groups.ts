import { mostMembers } from '#features/call-groups/values.ts'
import { isInRange } from '#features/inside-numbers/give.ts'
import type { OnwardKind } from '#features/onward/onward.ts'
import type { ChangedRow, SettingsRow } from '#features/line-changes/undo.ts'
import type { GroupCells, PlanRow } from '../plan.ts'
import {
  addedRow,
  changed,
  type Comparison,
  type Fault,
  nameNumber,
  nameOf,
  type PlanOne,
  remarkTold,
} from './comparison.ts'

/** What a row of a file of call groups would do. `coming`: the numbers of all groups of the file, which may lead to each other. */
export function groupPlanner(coming: ReadonlySet<string>): PlanOne<GroupCells> {
  return (read, comparison, fault) => {
    const { row, cells } = read
    const number = nameNumber(cells.number, comparison, fault)
    if (!number) return undefined
    const known = comparison.known.inside.get(number)
    if (known?.number['kind'] === 'extension') {
      fault('number-taken', 'number', number)
      return undefined
    }
    const judging: Judging = { number, comparison, fault, coming }
    if (!known) return planAdded(row, cells, judging)
    if (comparison.mode === 'add-only') return { row, kind: 'left-alone', name: nameOf(known.row), changes: [] }
    remarkTold(read, known, comparison)
    return planKnown(row, { cells, before: known.row }, judging)
  }
}

interface Judging {
  number: string
  comparison: Comparison
  fault: Fault
  coming: ReadonlySet<string>
}

function planAdded(row: number, cells: Partial<GroupCells>, judging: Judging): PlanRow {
  const { number, comparison, fault } = judging
  const { line } = comparison.known
  if (!isInRange(number, line)) fault('out-of-range', 'number', number)
  comparison.added += 1
  if (line.callGroups + comparison.added > line.mostGroups) fault('too-many', 'number', number)
  if (!cells.name) fault('missing', 'name', '')
  const onward = judgeOnward(cells.afterwards ?? { kind: 'nothing', number: '' }, undefined, judging)
  judgeMembers(cells.members ?? [], judging)
  const wanted: SettingsRow = {
    number,
    name: cells.name ?? '',
    kind: cells.kind ?? 'simultaneous',
    ring_seconds: cells.ringSeconds ?? usualSeconds,
    ...onward,
  }
  const changes = [
    addedRow('inside_number', { number, kind: 'group', id: comparison.idFor(number) }),
    addedRow('call_group', wanted),
    ...membersAfter([], cells.members ?? [], number),
  ]
  return { row, kind: 'added', name: nameOf(wanted), changes }
}

/** As the page for adding offers. */
const usualSeconds = 15

function planKnown(
  row: number,
  { cells, before }: { cells: Partial<GroupCells>; before: SettingsRow },
  judging: Judging,
): PlanRow {
  const { number, comparison, fault } = judging
  if (cells.name === '') fault('missing', 'name', '')
  const onward = cells.afterwards && judgeOnward(cells.afterwards, before, judging)
  if (cells.members) judgeMembers(cells.members, judging)
  const set = changed(before, {
    name: cells.name,
    kind: cells.kind,
    ring_seconds: cells.ringSeconds,
    ...onward,
  })
  const members = cells.members ? membersAfter(comparison.known.members.get(number) ?? [], cells.members, number) : []
  const group: ChangedRow[] =
    Object.keys(set).length > 0 ? [{ relation: 'call_group', before, after: { ...before, ...set } }] : []
  const changes = [...group, ...members]
  return { row, kind: changes.length > 0 ? 'changed' : 'unchanged', name: nameOf(before), changes }
}

type Onward = Record<'then_inside' | 'then_outside' | 'then_voicemail', string | null>

function judgeOnward(
  { kind, number: to }: GroupCells['afterwards'],
  before: SettingsRow | undefined,
  { number, comparison, fault, coming }: Judging,
): Onward {
  const { inside, line } = comparison.known
  const found = inside.get(to)?.number['kind']
  if (kind === 'inside') {
    if (to === number) fault('then-itself', 'onward', to)
    else if (!found && !coming.has(to)) fault('unknown-target', 'onward', to)
  }
  // Where calls may go outside is set where that is judged, and looked after.
  if (kind === 'outside' && !comparison.known.outsideTargets.has(to)) fault('new-outside', 'onward', to)
  if (kind === 'voicemail') {
    if (found !== 'extension') fault('unknown-target', 'onward', to)
    else if (!line.hasVoicemail && before?.['then_voicemail'] !== to) fault('no-voicemail', 'onward', to)
  }
  const where = (which: OnwardKind): string | null => (which === kind ? to : null)
  return { then_inside: where('inside'), then_outside: where('outside'), then_voicemail: where('voicemail') }
}

function judgeMembers(members: GroupCells['members'], { comparison, fault }: Judging): void {
  // First: what follows is for so few.
  if (members.length > mostMembers) return fault('too-many-members', 'members', String(members.length))
  const numbers = members.map(({ number }) => number)
  const unknown = numbers.find((each) => comparison.known.inside.get(each)?.number['kind'] !== 'extension')
  const twice = numbers.find((each, at) => numbers.indexOf(each) < at)
  if (unknown !== undefined) fault('unknown-member', 'members', unknown)
  else if (twice !== undefined) fault('member-twice', 'members', twice)
}

/** Members that stay are changed where they are, so that a change keeps what has become another and no more. */
function membersAfter(before: readonly SettingsRow[], members: GroupCells['members'], group: string): ChangedRow[] {
  const former = new Map(before.map((member) => [String(member['extension']), member]))
  const wanted = members.map(({ number, isPaused }, at): SettingsRow => ({
    call_group: group,
    extension: number,
    position: at + 1,
    is_paused: isPaused,
  }))
  const stays = new Set(members.map(({ number }) => number))
  const out = before.filter((member) => !stays.has(String(member['extension'])))
  return [
    ...out.map((member): ChangedRow => ({ relation: 'call_group_member', before: member, after: null })),
    ...wanted.flatMap((after): ChangedRow[] => {
      const was = former.get(String(after['extension'])) ?? null
      const isSame = was?.['position'] === after['position'] && was?.['is_paused'] === after['is_paused']
      return was && isSame ? [] : [{ relation: 'call_group_member', before: was, after }]
    }),
  ]
}
