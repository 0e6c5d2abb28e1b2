import { randomUUID } from 'node:crypto'
import { inEvenWidth } from '#platform/values.ts'
import type { ChangedRow, SettingsRow } from '#features/line-changes/undo.ts'
import type { ImportMode, PlanRow, ReadFile, ReadRow, RowFault, RowProblem, RowRemark } from '../plan.ts'
import type { Known, KnownInside } from './known.ts'

/** What the rows of one file have come to so far. */
export interface Comparison {
  known: Known
  mode: ImportMode
  faults: RowFault[]
  remarks: RowRemark[]
  /** The numbers that rows have named, and those that rows have given to something new. */
  named: Set<string>
  given: Set<string>
  /** How many extensions or groups rows have added. */
  added: number
  /** The id that a new number gets: of a file that is compared once more, the same. */
  idFor: (number: string) => string
}

export type Fault = (problem: RowProblem, field?: string, value?: string) => void

/** What one kind of row would do; undefined: it cannot be done, and why was said. */
export type PlanOne<Cells> = (read: ReadRow<Cells>, comparison: Comparison, fault: Fault) => PlanRow | undefined

export function beginComparison(
  known: Known,
  { mode, ids }: { mode: ImportMode; ids?: ReadonlyMap<string, string> | undefined },
): Comparison {
  return {
    known,
    mode,
    faults: [],
    remarks: [],
    named: new Set(),
    given: new Set(),
    added: 0,
    idFor: (number) => ids?.get(number) ?? randomUUID(),
  }
}

/** Compares the rows of a file one after another. Rows with a faulty cell do nothing, and are in no plan. */
export function compareRows<Cells extends { number: string }>(
  comparison: Comparison,
  { rows, faults }: { rows: readonly ReadRow<Cells>[]; faults: ReadFile['faults'] },
  planOne: PlanOne<Cells>,
): PlanRow[] {
  const numbers = new Map(rows.map(({ row, cells }) => [row, cells.number ?? '']))
  const standing = faults.filter((fault) => !isAsItWas(comparison.known, numbers.get(fault.row), fault))
  const malformed = new Set(standing.map(({ row, field }) => `${row} ${field}`))
  const faulty = new Set(standing.map(({ row }) => row))
  comparison.faults.push(...standing)
  return rows.flatMap((read) => {
    const { row } = read
    const before = comparison.faults.length
    const planned = planOne(read, comparison, (problem, field, value) => {
      if (malformed.has(`${row} ${field}`)) return
      comparison.faults.push({ row, problem, ...(field && { field }), ...(value !== undefined && { value }) })
    })
    return planned && comparison.faults.length === before && !faulty.has(row) ? [planned] : []
  })
}

/** What is as it was is not judged: it was taken under the rules of its time. */
function isAsItWas({ inside, outside }: Known, number: string | undefined, { field, value }: RowFault): boolean {
  if (number === undefined || field === undefined || value === undefined) return false
  const row = inside.get(number)?.row ?? outside.get(number)?.row
  return row?.[field] === value
}

/** Claims the number that a row is about; undefined: it has none, or another row was about it. */
export function nameNumber(number: string | undefined, { named }: Comparison, fault: Fault): string | undefined {
  if (!number) fault('missing', 'number', '')
  else if (named.has(number)) fault('number-twice', 'number', number)
  else {
    named.add(number)
    return number
  }
  return undefined
}

/** The columns of a row that cells set otherwise than they are; a name that was kept before widths were evened is as it is. */
export function changed(
  before: SettingsRow,
  wanted: Readonly<Record<string, SettingsRow[string] | undefined>>,
): SettingsRow {
  return Object.fromEntries(
    Object.entries(wanted).flatMap(([column, value]) =>
      value === undefined || isAs(before[column], value) ? [] : [[column, value]],
    ),
  )
}

function isAs(before: SettingsRow[string] | undefined, value: SettingsRow[string]): boolean {
  return value === before || (typeof before === 'string' && value === inEvenWidth(before))
}

export const addedRow = (relation: ChangedRow['relation'], after: SettingsRow): ChangedRow => ({
  relation,
  before: null,
  after,
})

export const nameOf = ({ number, name }: SettingsRow): string => `${String(number)} ${String(name ?? '')}`.trim()

/** Who changes these cells changes nothing, and is told so. */
export function remarkTold<Cells>({ row, told }: ReadRow<Cells>, known: KnownInside, { remarks }: Comparison): void {
  for (const [field, value] of Object.entries(told)) {
    if (digits(value) !== digits(known.told[field] ?? '')) remarks.push({ row, field, kind: 'not-read', value })
  }
}

/** A spreadsheet takes the zero from a number that stands alone. */
function digits(text: string): string {
  return text.trim().replaceAll(/(?<=^|\s)0+(?=\d)/g, '')
}
