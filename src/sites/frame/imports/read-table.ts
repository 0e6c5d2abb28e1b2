import { setImmediate as breathe } from 'node:timers/promises'
import { type CsvProblem, readCsv } from '#platform/csv-file.ts'
import { done, type Outcome, refuse } from '#platform/outcome.ts'
import type { FieldProblem, FormValues } from '#platform/form.ts'
import type { Language, Phrase } from '#platform/words.ts'

const mostBytes = 5 * 1024 * 1024

export type FileProblem =
  | CsvProblem
  | 'empty'
  | 'too-large'
  | 'too-many-rows'
  | 'no-heading'
  | 'unknown-columns'
  | 'column-twice'

/** What a file is read by. */
export interface TableShape<Field extends string> {
  /** What the columns are called, in either language. */
  columns: Readonly<Record<Field, Phrase>>
  /** Columns of our own files that are told alone; each heading that begins so is one. */
  toldOnly?: readonly Phrase[]
  /** Without one of these, the first line is no heading. */
  known: readonly Field[]
  mostRows: number
}

/** A line of a file as it was read. */
export interface TableLine<Field extends string> {
  /** As a spreadsheet counts: the heading is row 1. */
  row: number
  /** What stands in each column that the file has. */
  told: ReadonlyMap<Field, string>
  /** It has more cells than the heading. */
  isTooLong: boolean
}

/**
 * Reads a file: its columns in any order, called in either language. Calls `read` for each line that is not empty.
 * `unknown-columns` and `column-twice` name the columns.
 */
export async function readTable<Field extends string>(
  bytes: Uint8Array,
  { columns, toldOnly = [], known, mostRows }: TableShape<Field>,
  read: (line: TableLine<Field>) => void,
): Promise<Outcome<void, FileProblem> & { columns?: string[] }> {
  if (bytes.length > mostBytes) return refuse('too-large')
  const file = readCsv(bytes)
  if (!file.ok) return file
  const [head, ...body] = file.value
  if (!head || body.length === 0) return refuse('empty')
  if (body.length > mostRows) return refuse('too-many-rows')
  if (head.length > mostColumns) return refuse('too-many-cells')
  const fields = head.map((cell) => fieldOf(cell, columns, toldOnly))
  if (!known.some((field) => fields.includes(field))) return refuse('no-heading')
  const unknown = head.filter((_cell, at) => fields[at] === undefined)
  if (unknown.length > 0) return { ...refuse('unknown-columns'), columns: unknown.slice(0, mostNamed) }
  const twice = head.filter((_cell, at) => fields[at] !== 'told' && fields.indexOf(fields[at]) < at)
  if (twice.length > 0) return { ...refuse('column-twice'), columns: twice.slice(0, mostNamed) }
  let lines = 0
  for (const [at, cells] of body.entries()) {
    // So that others are answered meanwhile.
    if (at % rowsAtOnce === 0) await breathe()
    if (cells.every((cell) => cell.trim() === '')) continue
    lines += 1
    read({ row: at + 2, told: toldIn(cells, fields), isTooLong: cells.length > fields.length })
  }
  return lines === 0 ? refuse('empty') : done()
}

const rowsAtOnce = 200
const mostColumns = 200
/** Of columns that are wrong. */
const mostNamed = 10

type ColumnOf<Field extends string> = Field | 'told' | undefined

/** The field of a heading; 「最終ログイン 日本標準時（UTC+9）」 is told, and not taken. */
function fieldOf<Field extends string>(
  cell: string,
  columns: Readonly<Record<Field, Phrase>>,
  toldOnly: readonly Phrase[],
): ColumnOf<Field> {
  const heading = cell.normalize('NFKC').trim()
  const found = Object.entries<Phrase>(columns).find(
    ([, label]) => heading === label.ja.normalize('NFKC') || heading === label.en,
  )
  // Object.entries of what is keyed by Field.
  if (found) return found[0] as Field
  const isTold = toldOnly.some(({ ja, en }) => heading.startsWith(ja.normalize('NFKC')) || heading.startsWith(en))
  return isTold ? 'told' : undefined
}

function toldIn<Field extends string>(
  cells: readonly string[],
  fields: readonly ColumnOf<Field>[],
): Map<Field, string> {
  return new Map(
    fields.flatMap((field, at) => (field === undefined || field === 'told' ? [] : [[field, cells[at] ?? ''] as const])),
  )
}

/** What cells come to that are judged as a form judges them: what is right, and why the others are not. */
export interface JudgedCells {
  values: Record<string, unknown>
  wrong: readonly FieldProblem[]
}

type Parse = (
  values: FormValues,
) => { ok: true; input: object } | { ok: false; problemsIn: (language: Language) => FieldProblem[] }

/** Judges cells with text by a form's parser. One that is left empty takes away what is there: its value is an empty text. */
export function judgeCells(
  told: ReadonlyMap<string, string>,
  { parse, language }: { parse: Parse; language: Language },
): JudgedCells {
  const cells = [...told]
  const given = Object.fromEntries(cells.filter(([, cell]) => cell.trim() !== ''))
  const blank = Object.fromEntries(cells.flatMap(([field, cell]) => (cell.trim() === '' ? [[field, '']] : [])))
  const judged = parse(given)
  if (judged.ok) return { values: { ...judged.input, ...blank }, wrong: [] }
  const wrong = judged.problemsIn(language)
  const names = new Set(wrong.map(({ field }) => field))
  const right = parse(Object.fromEntries(Object.entries(given).filter(([name]) => !names.has(name))))
  return { values: { ...(right.ok && right.input), ...blank }, wrong }
}

/** Which of the values a cell means, by how they are called in either language; undefined: none. */
export function choiceIn<Value extends string>(
  cell: string,
  choices: Readonly<Record<Value, Phrase>>,
): Value | undefined {
  const typed = cell.normalize('NFKC').trim()
  const found = Object.entries<Phrase>(choices).find(
    ([, word]) => word.ja.normalize('NFKC') === typed || word.en === typed,
  )
  // Object.entries of what is keyed by Value.
  return found?.[0] as Value | undefined
}

const oneOfWords = {
  ja: (all: readonly string[]): string => `${all.map((each) => `「${each}」`).join('か')}を入力してください。`,
  en: (all: readonly string[]): string => `Enter one of: ${all.join(', ')}.`,
}

/** What to enter where a cell means none of them. */
export function oneOf(choices: Readonly<Record<string, Phrase>>, language: Language): string {
  return oneOfWords[language](Object.values(choices).map((word) => word[language]))
}
