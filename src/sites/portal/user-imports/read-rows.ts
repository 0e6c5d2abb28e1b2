import { z } from 'zod'
import type { ImportCells, ImportField, ReadRow, RowFault } from '#features/user-imports/plan.ts'
import { userValues } from '#features/users/values.ts'
import { done, type Outcome } from '#platform/outcome.ts'
import { typed, typedDay, typedLines } from '#platform/values.ts'
import { parserOf } from '#platform/web/form-input.ts'
import type { Language } from '#platform/words.ts'
import {
  choiceIn,
  type FileProblem,
  judgeCells,
  oneOf,
  readTable,
  type TableLine,
  type TableShape,
} from '#sites/frame/imports/read-table.ts'
import {
  columnLabels,
  factorCells,
  languageCells,
  receiveCells,
  roleCells,
  stateCells,
  toldOnly,
} from '../users/user-columns.ts'

export const mostRows = 10_000

export interface ReadFile {
  rows: ReadRow[]
  faults: RowFault[]
}

/** Reads the file of users, each cell judged by itself, as a form judges it. */
export async function readRows(
  bytes: Uint8Array,
  language: Language,
): Promise<Outcome<ReadFile, FileProblem> & { columns?: string[] }> {
  const file: ReadFile = { rows: [], faults: [] }
  const read = await readTable(bytes, shape, (line) => readRow(file, line, language))
  return read.ok ? done(file) : read
}

const shape: TableShape<ImportField> = {
  columns: columnLabels,
  toldOnly: [toldOnly],
  known: ['name', 'mail', 'id'],
  mostRows,
}

function readRow(
  { rows, faults }: ReadFile,
  { row, told, isTooLong }: TableLine<ImportField>,
  language: Language,
): void {
  if (isTooLong) faults.push({ row, problem: 'too-many-cells' })
  const fault = (field: ImportField, text?: string): void => {
    faults.push({ row, field, problem: 'malformed', value: told.get(field) ?? '', ...(text !== undefined && { text }) })
  }
  const cells = new Map([...told].filter(([field]) => field in texts))
  const { values, wrong } = judgeCells(cells, { parse: parseTexts, language })
  for (const { field, text } of wrong) fault(field as ImportField, text)
  // The values of the fields of `texts`.
  const found: Partial<ImportCells> = values
  for (const [field, words] of Object.entries(choices)) {
    // Object.entries of what is keyed so.
    const name = field as keyof typeof choices
    const cell = told.get(name) ?? ''
    if (cell.trim() === '') continue
    const value = choiceIn<string>(cell, words)
    if (value === undefined) fault(name, oneOf(words, language))
    else Object.assign(found, { [name]: meaning(name, value) })
  }
  if (told.has('groups'))
    found.groups = (told.get('groups') ?? '')
      .split(/\r?\n/)
      .map((name) => name.trim())
      .filter(Boolean)
  rows.push({ row, cells: found })
}

const examplePhone = '03-0000-2001'
const exampleDay = '2027-04-01'

const texts = {
  id: { label: columnLabels.id, value: z.string().trim().toLowerCase().optional() },
  name: { label: columnLabels.name, value: typed(userValues.name).optional() },
  kana: { label: columnLabels.kana, value: typed(userValues.kana).optional() },
  mail: { label: columnLabels.mail, value: typed(userValues.mail).optional(), example: 'taro.yamada@example.com' },
  phone: { label: columnLabels.phone, value: typed(userValues.phone).optional(), example: examplePhone },
  jobTitle: { label: columnLabels.jobTitle, value: typed(userValues.jobTitle).optional() },
  mobilePhone: {
    label: columnLabels.mobilePhone,
    value: typed(userValues.mobilePhone).optional(),
    example: examplePhone,
  },
  comment: { label: columnLabels.comment, value: typedLines(userValues.comment).optional() },
  beginsOn: { label: columnLabels.beginsOn, value: typedDay.optional(), example: exampleDay },
  endsOn: { label: columnLabels.endsOn, value: typedDay.optional(), example: exampleDay },
  timeZone: { label: columnLabels.timeZone, value: typed(userValues.timeZone).optional(), example: 'Asia/Tokyo' },
} as const

const parseTexts = parserOf(texts)

const choices = {
  secondFactor: factorCells,
  role: roleCells,
  mailLanguage: languageCells,
  mobileThresholdMail: receiveCells,
  state: stateCells,
}

function meaning(field: keyof typeof choices, value: string): string | boolean | null {
  if (field === 'secondFactor') return value === 'open' ? null : value
  if (field === 'mobileThresholdMail') return value === 'true'
  // Who is locked is an active one.
  return field === 'state' && value === 'locked' ? 'active' : value
}
