import { randomUUID } from 'node:crypto'
import { type WrittenFields, writtenFields } from '#features/users/many.ts'
import { isReversed } from '#features/periods-of-use/period.ts'
import { foldText } from '#platform/database/fold-text.ts'
import {
  type AddedRow,
  type ChangedRow,
  fixedFields,
  type ImportCells,
  type ImportField,
  type ImportMode,
  type Plan,
  type PlanRow,
  type ReadRow,
  type RowFault,
  type RowProblem,
} from '../plan.ts'

/** A user of the customer as compared with a row. */
export interface KnownUser extends Omit<ImportCells, 'groups'> {
  version: number
  loginId: string
  groupIds: readonly string[]
}

interface Known {
  users: readonly KnownUser[]
  groups: Plan['groups']
  authorId: string
  customersZone: string
}

interface Tried {
  mode: ImportMode
  rows: readonly ReadRow[]
  faults: readonly RowFault[]
}

/** Compares rows with what is there: what each would do, and why it cannot. Rows with a faulty cell are in no plan. */
export function planOf({ mode, rows, faults: found }: Tried, known: Known): Plan {
  const users = new Map(known.users.map((user) => [user.id, user]))
  const idOf = new Map(rows.map(({ row, cells }) => [row, cells.id ?? '']))
  // What is as it was is not judged: it was taken under the rules of its time.
  const faults = found.filter(
    ({ row, field, value }) => !field || field === 'groups' || users.get(idOf.get(row) ?? '')?.[field] !== value,
  )
  const comparison: Comparison = {
    ...known,
    mode,
    byId: users,
    byLogin: new Map(known.users.map((user) => [user.loginId, user])),
    groupByName: new Map(known.groups.map((group) => [foldText(group.name), group])),
    taken: new Set(),
    seenIds: new Set(),
    faults: [],
    malformed: new Set(faults.map(({ row, field }) => `${row} ${field}`)),
  }
  const faulty = new Set(faults.map(({ row }) => row))
  const planned = rows.flatMap((row) => {
    const plan = planRow(row, comparison)
    return faulty.has(row.row) ? [] : plan
  })
  const named = new Set(planned.flatMap((row) => ('joined' in row ? [...row.joined, ...row.left] : [])))
  return {
    mode,
    rows: planned,
    faults: [...faults, ...comparison.faults].toSorted((one, other) => one.row - other.row),
    groups: known.groups.filter(({ id }) => named.has(id)),
  }
}

interface Comparison extends Known {
  mode: ImportMode
  byId: ReadonlyMap<string, KnownUser>
  byLogin: ReadonlyMap<string, KnownUser>
  groupByName: ReadonlyMap<string, Plan['groups'][number]>
  /** The addresses that rows have given so far. */
  taken: Set<string>
  seenIds: Set<string>
  faults: RowFault[]
  /** Cells that have a fault already, by row and field. */
  malformed: ReadonlySet<string>
}

function planRow(read: ReadRow, comparison: Comparison): PlanRow[] {
  const { row, cells } = read
  const before = comparison.faults.length
  const fault = (problem: RowProblem, field?: ImportField, value?: string): void => {
    if (comparison.malformed.has(`${row} ${field}`)) return
    comparison.faults.push({ row, problem, ...(field && { field }), ...(value !== undefined && { value }) })
  }
  const planned = cells.id ? planKnown(read, comparison, fault) : planAdded(read, comparison, fault)
  return comparison.faults.length > before || !planned ? [] : [planned]
}

type Fault = (problem: RowProblem, field?: ImportField, value?: string) => void

function planAdded({ row, cells }: ReadRow, comparison: Comparison, fault: Fault): AddedRow | undefined {
  for (const field of ['name', 'mail', 'phone', 'role'] as const) if (!cells[field]) fault('missing', field)
  // Who is added chooses the second factor, and awaits registration.
  for (const field of fixedFields)
    if (cells[field] && cells[field] !== 'awaiting-registration') fault('fixed', field, cells[field])
  const { mail = '', name = '', phone = '', role = 'general-user' } = cells
  if (mail) claimIn(mail, comparison, fault)
  const joined = groupsOf(cells.groups ?? [], comparison, fault)
  const fields: WrittenFields = {
    name,
    kana: cells.kana ?? '',
    phone,
    role,
    mailLanguage: cells.mailLanguage ?? 'ja',
    timeZone: cells.timeZone ?? comparison.customersZone,
    jobTitle: cells.jobTitle ?? '',
    mobilePhone: cells.mobilePhone ?? '',
    comment: cells.comment ?? '',
    mobileThresholdMail: cells.mobileThresholdMail ?? false,
    beginsOn: cells.beginsOn ?? '',
    endsOn: cells.endsOn ?? '',
  }
  if (isReversed(fields)) fault('period-reversed', 'endsOn', fields.endsOn)
  return { row, kind: 'added', id: randomUUID(), mail, fields, joined, left: [] }
}

function planKnown({ row, cells }: ReadRow, comparison: Comparison, fault: Fault): PlanRow | undefined {
  const user = comparison.byId.get(cells.id ?? '')
  if (!user || comparison.seenIds.has(user.id)) {
    fault(user ? 'id-twice' : 'unknown-user', 'id', cells.id)
    return undefined
  }
  comparison.seenIds.add(user.id)
  const { id, name, mail, version } = user
  if (comparison.mode === 'add-only') return { row, kind: 'left-alone', name, mail }
  for (const field of fixedFields)
    if (cells[field] !== undefined && cells[field] !== user[field]) fault('fixed', field, cells[field] ?? '')
  for (const field of ['name', 'phone', 'mail'] as const) if (cells[field] === '') fault('missing', field)
  const changed = writtenFields.filter((field) => cells[field] !== undefined && cells[field] !== user[field])
  if (changed.includes('role') && id === comparison.authorId) fault('own-role', 'role', cells.role)
  const moved = (['beginsOn', 'endsOn'] as const).find((field) => changed.includes(field))
  if (moved && id === comparison.authorId) fault('own-period', moved, cells[moved])
  const { beginsOn = user.beginsOn, endsOn = user.endsOn } = cells
  if (moved && isReversed({ beginsOn, endsOn })) fault('period-reversed', 'endsOn', endsOn)
  const groupIds = cells.groups && groupsOf(cells.groups, comparison, fault)
  const joined = groupIds?.filter((group) => !user.groupIds.includes(group)) ?? []
  const left = groupIds ? user.groupIds.filter((group) => !groupIds.includes(group)) : []
  const newMail = cells.mail && cells.mail !== mail ? cells.mail : undefined
  if (newMail && foldText(newMail) !== user.loginId) claimIn(newMail, comparison, fault)
  if (changed.length + joined.length + left.length === 0 && !newMail) return { row, kind: 'unchanged', name, mail }
  const pick = (from: Partial<WrittenFields>): Partial<WrittenFields> =>
    Object.fromEntries(changed.map((field) => [field, from[field]]))
  const change: ChangedRow = {
    row,
    kind: 'changed',
    id,
    version,
    name,
    mail,
    before: pick(user),
    fields: pick(cells),
    joined,
    left,
  }
  return newMail ? { ...change, newMail } : change
}

/** An address is one user's. */
function claimIn(mail: string, { taken, byLogin }: Comparison, fault: Fault): void {
  const login = foldText(mail)
  if (taken.has(login)) fault('mail-twice', 'mail', mail)
  else if (byLogin.has(login)) fault('mail-taken', 'mail', mail)
  taken.add(login)
}

function groupsOf(names: readonly string[], { groupByName }: Comparison, fault: Fault): string[] {
  const found = names.map((name) => {
    const group = groupByName.get(foldText(name))
    if (!group) fault('unknown-group', 'groups', name)
    return group?.id ?? ''
  })
  return [...new Set(found)]
}
