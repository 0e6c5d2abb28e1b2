import { z } from 'zod'
import { callGroupName } from '#features/call-groups/values.ts'
import { insideNumber, outsideNumber, ringSeconds } from '#features/inside-numbers/values.ts'
import type { CellsOf, LineImportKind, ReadFile, ReadRow, RowFault, RowRemark } from '#features/line-imports/plan.ts'
import { extensionKana, extensionName } from '#features/extensions/values.ts'
import { numberMemo } from '#features/numbers/values.ts'
import { done, type Outcome } from '#platform/outcome.ts'
import { typed } from '#platform/values.ts'
import { parserOf } from '#platform/web/form-input.ts'
import { inLanguage, type Language, type Phrase } from '#platform/words.ts'
import {
  choiceIn,
  type FileProblem,
  judgeCells,
  oneOf,
  readTable,
  type TableLine,
} from '#sites/frame/imports/read-table.ts'
import { enabledCells, extensionColumns, hiddenCells } from '../extensions/extension-columns.ts'
import { groupColumns } from '../call-groups/group-columns.ts'
import { numberColumns } from '../numbers/number-columns.ts'
import { groupKindWords } from '../parts/target-words.tsx'
import { membersIn, onwardIn, zeroRestored } from './cells.ts'

export const mostRows = 20_000

const words = {
  newNumber: { ja: '新しい内線番号', en: 'New extension number' },
  members: {
    ja: 'メンバーは内線番号を空白で区切って、鳴る順に入力してください。一時停止のメンバーは（1001）のように括弧で囲みます。',
    en: 'Enter the extensions in their order, with spaces between; who is paused in brackets: (1001).',
  },
  onward: {
    ja: '「切断する」か、「外線へ転送する 0300001234」のように方法と番号を入力してください。一覧のCSVと同じ書き方です。',
    en: 'Enter it as the CSV of the list has it, such as “Pass on to an outside number 0300001234”.',
  },
}

/** The columns of a file of each kind. */
export const importColumns = {
  extensions: { ...extensionColumns, newNumber: words.newNumber },
  numbers: numberColumns,
  'call-groups': groupColumns,
} satisfies Record<LineImportKind, Readonly<Record<string, Phrase>>>

type Read = Outcome<ReadFile, FileProblem> & { columns?: string[] }

/** Reads a file of settings, each cell judged by itself, as a form judges it. */
export async function readRows(kind: LineImportKind, bytes: Uint8Array, language: Language): Promise<Read> {
  const file: Reading = { rows: [], faults: [], remarks: [], language }
  const columns: Readonly<Record<string, Phrase>> = importColumns[kind]
  const read = await readTable(bytes, { columns, known: ['number'], mostRows }, (line) => readLine(kind, file, line))
  const { rows, faults, remarks } = file
  return read.ok ? done({ rows, faults, remarks }) : read
}

interface Reading {
  rows: ReadRow<CellsOf[LineImportKind]>[]
  faults: RowFault[]
  remarks: RowRemark[]
  language: Language
}

function readLine(kind: LineImportKind, file: Reading, line: TableLine<string>): void {
  const { row, isTooLong } = line
  if (isTooLong) file.faults.push({ row, problem: 'too-many-cells' })
  const told = withZeros(line, file)
  const fault = (field: string, text?: string): void => {
    file.faults.push({
      row,
      field,
      problem: 'malformed',
      value: told.get(field) ?? '',
      ...(text !== undefined && { text }),
    })
  }
  const { parse, others, toldOnly } = kinds[kind]
  const { values, wrong } = judgeCells(pick(told, parse.fields), { parse: parse.by, language: file.language })
  for (const { field, text } of wrong) if (field !== undefined) fault(field, text)
  for (const [field, read] of Object.entries(others)) {
    const cell = told.get(field)
    const found = cell === undefined ? {} : read(cell)
    if (found) Object.assign(values, found)
    else fault(field, hints[field]?.(file.language))
  }
  file.rows.push({ row, cells: values, told: Object.fromEntries(pick(told, toldOnly)) })
}

/** What a spreadsheet has taken a zero from gets it back, and that is said. */
function withZeros({ row, told }: TableLine<string>, { remarks }: Reading): Map<string, string> {
  const restored = new Map(told)
  for (const field of zeroFields) {
    const value = zeroRestored(told.get(field) ?? '')
    if (value === undefined) continue
    restored.set(field, value)
    remarks.push({ row, field, kind: 'zero-restored', value })
  }
  return restored
}

/** Columns of telephone numbers outside; that of an inside number has none so long. */
const zeroFields = ['number', 'callerNumber']

function pick(told: ReadonlyMap<string, string>, fields: readonly string[]): Map<string, string> {
  return new Map([...told].filter(([field]) => fields.includes(field)))
}

interface KindOfFile {
  parse: { fields: readonly string[]; by: ReturnType<typeof parserOf> }
  /** What is read otherwise; undefined: the cell is wrong. */
  others: Readonly<Record<string, (cell: string) => object | undefined>>
  toldOnly: readonly string[]
}

const seconds = { label: extensionColumns.ringSeconds, value: ringSeconds.optional(), example: '20（5〜120）' }
const inside = { value: insideNumber.optional(), example: '1001' }
const outside = { value: outsideNumber.optional(), example: '03-0000-2001' }

const extensionTexts = {
  number: { label: extensionColumns.number, ...inside },
  newNumber: { label: words.newNumber, ...inside },
  name: { label: extensionColumns.name, value: typed(extensionName).optional() },
  kana: { label: extensionColumns.kana, value: typed(extensionKana).optional() },
}
const numberTexts = {
  number: { label: numberColumns.number, ...outside },
  memo: { label: numberColumns.memo, value: typed(numberMemo).optional() },
  target: { label: numberColumns.target, value: z.string().max(300).optional() },
}
const groupTexts = {
  number: { label: groupColumns.number, ...inside },
  name: { label: groupColumns.name, value: typed(callGroupName).optional() },
}
const callerText = { callerNumber: { label: extensionColumns.callerNumber, ...outside } }
const secondsText = { ringSeconds: seconds }
const parseCaller = parserOf(callerText)
const parseSeconds = parserOf(secondsText)

/** A cell that is left empty leaves the seconds as they are. */
function secondsIn(cell: string): object | undefined {
  const parsed = cell.trim() === '' ? { ok: true, input: {} } : parseSeconds({ ringSeconds: cell })
  return parsed.ok ? parsed.input : undefined
}

/** Empty: the line's main number. */
function callerIn(cell: string): object | undefined {
  if (cell.trim() === '') return { callerNumber: null }
  const parsed = parseCaller({ callerNumber: cell })
  return parsed.ok ? parsed.input : undefined
}

const kinds: Record<LineImportKind, KindOfFile> = {
  extensions: {
    parse: { fields: Object.keys(extensionTexts), by: parserOf(extensionTexts) },
    others: {
      callerNumber: callerIn,
      ringSeconds: secondsIn,
      hidesCaller(cell) {
        if (cell.trim() === '') return { hidesCaller: false }
        return choiceIn(cell, hiddenCells) && { hidesCaller: true }
      },
      enabled(cell) {
        if (cell.trim() === '') return {}
        const choice = choiceIn(cell, enabledCells)
        return choice && { isEnabled: choice === 'on' }
      },
    },
    toldOnly: ['numbers', 'groups', 'forwards'],
  },
  numbers: { parse: { fields: Object.keys(numberTexts), by: parserOf(numberTexts) }, others: {}, toldOnly: [] },
  'call-groups': {
    parse: { fields: Object.keys(groupTexts), by: parserOf(groupTexts) },
    others: {
      ringSeconds: secondsIn,
      kind(cell) {
        if (cell.trim() === '') return {}
        const kind = choiceIn(cell, groupKindWords)
        return kind && { kind }
      },
      members(cell) {
        const members = membersIn(cell)
        return members && { members }
      },
      onward(cell) {
        const afterwards = onwardIn(cell)
        return afterwards && { afterwards }
      },
    },
    toldOnly: ['numbers'],
  },
}

const hints: Readonly<Record<string, (language: Language) => string>> = {
  callerNumber: (language) => formSays(parseCaller({ callerNumber: 'x' }), language),
  ringSeconds: (language) => formSays(parseSeconds({ ringSeconds: 'x' }), language),
  hidesCaller: (language) => oneOf(hiddenCells, language),
  enabled: (language) => oneOf(enabledCells, language),
  kind: (language) => oneOf(groupKindWords, language),
  members: (language) => inLanguage(words, language).members,
  onward: (language) => inLanguage(words, language).onward,
}

/** What a form says where something else stands there. */
function formSays(judged: ReturnType<ReturnType<typeof parserOf>>, language: Language): string {
  return judged.ok ? '' : (judged.problemsIn(language)[0]?.text ?? '')
}
