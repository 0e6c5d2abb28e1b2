import { isInRange } from '#features/inside-numbers/give.ts'
import type { ChangedRow, SettingsRow } from '#features/line-changes/undo.ts'
import type { ExtensionCells, PlanRow, ReadRow } from '../plan.ts'
import { addedRow, changed, type Comparison, type Fault, nameNumber, nameOf, remarkTold } from './comparison.ts'
import type { KnownInside } from './known.ts'

/** What a row of a file of extensions would do. */
export function planExtension(
  read: ReadRow<ExtensionCells>,
  comparison: Comparison,
  fault: Fault,
): PlanRow | undefined {
  const { row, cells } = read
  const number = nameNumber(cells.number, comparison, fault)
  if (!number) return undefined
  const known = comparison.known.inside.get(number)
  if (known?.number['kind'] === 'group') {
    fault('number-taken', 'number', number)
    return undefined
  }
  if (!known) return planAdded(row, { ...cells, number }, { comparison, fault })
  if (comparison.mode === 'add-only') return { row, kind: 'left-alone', name: nameOf(known.row), changes: [] }
  remarkTold(read, known, comparison)
  return planKnown(read, known, { comparison, fault })
}

interface Judging {
  comparison: Comparison
  fault: Fault
}

function planAdded(
  row: number,
  cells: Partial<ExtensionCells> & { number: string },
  { comparison, fault }: Judging,
): PlanRow {
  const { number } = cells
  // Another number can be given to what is there.
  if (cells.newNumber) fault('unknown-number', 'number', number)
  giveNumber(number, 'number', { comparison, fault })
  const { line } = comparison.known
  comparison.added += 1
  if (line.extensions + comparison.added > line.mostExtensions) fault('too-many', 'number', number)
  judgeCaller(cells.callerNumber, null, { comparison, fault })
  const wanted: SettingsRow = {
    number,
    name: cells.name ?? '',
    kana: cells.kana ?? '',
    caller_number: cells.callerNumber ?? null,
    hides_caller: cells.hidesCaller ?? false,
    ring_seconds: cells.ringSeconds ?? usualSeconds,
    is_enabled: cells.isEnabled ?? true,
  }
  const changes = [
    addedRow('inside_number', { number, kind: 'extension', id: comparison.idFor(number) }),
    addedRow('extension', wanted),
  ]
  return { row, kind: 'added', name: nameOf(wanted), changes }
}

/** As the page for adding offers. */
const usualSeconds = 20

function planKnown(
  { row, cells }: ReadRow<ExtensionCells>,
  { number: inside, row: before }: KnownInside,
  judging: Judging,
): PlanRow {
  const number = String(before['number'])
  const { newNumber } = cells
  if (newNumber && newNumber !== number) giveNumber(newNumber, 'newNumber', judging)
  judgeCaller(cells.callerNumber, before['caller_number'] ?? null, judging)
  const set = changed(before, {
    number: newNumber === '' ? undefined : newNumber,
    name: cells.name,
    kana: cells.kana,
    caller_number: cells.callerNumber,
    hides_caller: cells.hidesCaller,
    ring_seconds: cells.ringSeconds,
    is_enabled: cells.isEnabled,
  })
  const name = nameOf(before)
  if (Object.keys(set).length === 0) return { row, kind: 'unchanged', name, changes: [] }
  const moved: ChangedRow[] =
    set['number'] === undefined
      ? []
      : [{ relation: 'inside_number', before: inside, after: { ...inside, number: set['number'] } }]
  const after = { ...before, ...set }
  return { row, kind: 'changed', name, changes: [...moved, { relation: 'extension', before, after }] }
}

/** A number is given once, and not where one is. */
function giveNumber(number: string, field: 'number' | 'newNumber', { comparison, fault }: Judging): void {
  const { known, given } = comparison
  if (!isInRange(number, known.line)) fault('out-of-range', field, number)
  else if (given.has(number)) fault('number-twice', field, number)
  else if (known.inside.has(number)) fault('number-taken', field, number)
  given.add(number)
}

function judgeCaller(
  caller: string | null | undefined,
  before: SettingsRow[string],
  { comparison, fault }: Judging,
): void {
  if (!caller || caller === before) return
  const found = comparison.known.outside.get(caller)
  if (!found || found.hasEnded) fault('unknown-caller-number', 'callerNumber', caller)
}
