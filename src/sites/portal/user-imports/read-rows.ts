import { setImmediate as breathe } from 'node:timers/promises'
import { z } from 'zod'
import type { ImportCells, ImportField, ReadRow, RowFault } from '#features/user-imports/plan.ts'
import { userValues } from '#features/users/values.ts'
import { type CsvProblem, readCsv } from '#platform/csv-file.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import { typed, typedDay, typedLines } from '#platform/values.ts'
import { parserOf } from '#platform/web/form-input.ts'
import type { Language, Phrase } from '#platform/words.ts'
import {
  columnLabels,
  factorCells,
  languageCells,
  receiveCells,
  roleCells,
  stateCells,
  toldOnly,
} from '../users/user-columns.ts'

const mostBytes = 5 * 1024 * 1024
export const mostRows = 10_000

export type FileProblem =
  | CsvProblem
  | 'empty'
  | 'too-large'
  | 'too-many-rows'
  | 'no-heading'
  | 'unknown-columns'
  | 'column-twice'

export interface ReadFile {
  rows: ReadRow[]
  faults: RowFault[]
}

/**
 * Reads the file of users: the columns in any order, called in either language; each cell judged by itself, as a form judges it.
 * `unknown-columns` and `column-twice` name the columns.
 */
export async function readRows(
  bytes: Uint8Array,
  language: Language,
): Promise<Outcome<ReadFile, FileProblem> & { columns?: string[] }> {
  if (bytes.length > mostBytes) return refuse('too-large')
  const read = readCsv(bytes)
  if (!read.ok) return read
  const [head, ...body] = read.value
  if (!head || body.length === 0) return refuse('empty')
  if (body.length > mostRows) return refuse('too-many-rows')
  const fields = head.map((cell) => fieldOf(cell))
  if (!fields.some((field) => field === 'name' || field === 'mail' || field === 'id')) return refuse('no-heading')
  const unknown = head.filter((_cell, at) => fields[at] === undefined)
  if (unknown.length > 0) return { ...refuse('unknown-columns'), columns: unknown }
  const twice = head.filter((_cell, at) => fields[at] !== 'told' && fields.indexOf(fields[at]) < at)
  if (twice.length > 0) return { ...refuse('column-twice'), columns: twice }
  const file: ReadFile = { rows: [], faults: [] }
  for (const [at, cells] of body.entries()) {
    // So that others are answered meanwhile.
    if (at % rowsAtOnce === 0) await breathe()
    readRow(file, { row: at + 2, cells, fields, language })
  }
  return file.rows.length + file.faults.length === 0 ? refuse('empty') : done(file)
}

const rowsAtOnce = 200

type Column = ImportField | 'told' | undefined

/** The field of a heading; 「最終ログイン 日本標準時（UTC+9）」 is told, and not taken. */
function fieldOf(cell: string): Column {
  const heading = cell.normalize('NFKC').trim()
  const is = (label: Phrase): boolean => heading === label.ja.normalize('NFKC') || heading === label.en
  const found = Object.entries(columnLabels).find(([, label]) => is(label))
  // Object.entries of what is satisfied by ImportField.
  if (found) return found[0] as ImportField
  return [toldOnly.ja, toldOnly.en].some((label) => heading.startsWith(label)) ? 'told' : undefined
}

interface Line {
  row: number
  cells: readonly string[]
  fields: readonly Column[]
  language: Language
}

function readRow({ rows, faults }: ReadFile, { row, cells, fields, language }: Line): void {
  if (cells.every((cell) => cell.trim() === '')) return
  if (cells.length > fields.length) faults.push({ row, problem: 'too-many-cells' })
  const told = new Map(
    fields.flatMap((field, at) => (field === undefined || field === 'told' ? [] : [[field, cells[at] ?? ''] as const])),
  )
  const found: Partial<ImportCells> = {}
  const fault = (field: ImportField, text?: string): void => {
    faults.push({ row, field, problem: 'malformed', value: told.get(field) ?? '', ...(text !== undefined && { text }) })
  }
  const { given, blank } = textsIn(told)
  const judged = parseTexts(given)
  const wrong = judged.ok ? [] : judged.problemsIn(language)
  for (const { field, text } of wrong) fault(field as ImportField, text)
  const right = judged.ok ? judged : parseTexts(without(given, new Set(wrong.map(({ field }) => field))))
  // A cell that is left empty takes away what is there.
  Object.assign(found, right.ok && right.input, blank)
  for (const [field, words] of Object.entries(choices)) {
    // Object.entries of what is keyed so.
    const name = field as keyof typeof choices
    const cell = told.get(name)?.normalize('NFKC').trim() ?? ''
    if (cell === '') continue
    const value = Object.entries<Phrase>(words).find(
      ([, word]) => word.ja.normalize('NFKC') === cell || word.en === cell,
    )?.[0]
    if (value === undefined) fault(name, oneOf[language](Object.values<Phrase>(words).map((word) => word[language])))
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

/** Nothing in a cell is nothing to judge: whether it may be is known when it is known whom the row is about. */
function textsIn(told: ReadonlyMap<string, string>): Record<'given' | 'blank', Record<string, string>> {
  const cells = [...told].filter(([field]) => field in texts)
  return {
    given: Object.fromEntries(cells.filter(([, cell]) => cell.trim() !== '')),
    blank: Object.fromEntries(cells.flatMap(([field, cell]) => (cell.trim() === '' ? [[field, '']] : []))),
  }
}

function without(values: Record<string, string>, names: ReadonlySet<string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.has(name)))
}

const oneOf = {
  ja: (all: string[]): string => `${all.map((each) => `「${each}」`).join('か')}を入力してください。`,
  en: (all: string[]): string => `Enter one of: ${all.join(', ')}.`,
}

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
