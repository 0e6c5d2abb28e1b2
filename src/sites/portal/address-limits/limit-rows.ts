import {
  type LimitEntry,
  linesOf,
  readEntries,
  rowsOf,
  withEntry,
  withNetworkInLine,
  withoutLine,
} from '#features/address-limits/entries.ts'
import type { FormValues } from '#platform/form.ts'

/** The form's rows, by their place from 1: `network.1`, `description.1`. */
export function rowValues(rows: readonly LimitEntry[]): FormValues {
  return Object.fromEntries(
    rows.flatMap(({ network, description }, at) => [
      [`network.${at + 1}`, network],
      [`description.${at + 1}`, description],
    ]),
  )
}

/** The rows that stand in a form, the empty ones among them. */
export function rowsIn(values: FormValues): LimitEntry[] {
  return placesIn(Object.keys(values).flatMap((name) => /^network\.(\d{1,4})$/.exec(name)?.[1] ?? [])).map((place) => ({
    network: textIn(values, `network.${place}`),
    description: textIn(values, `description.${place}`),
  }))
}

interface Typed {
  network: Readonly<Record<string, string>>
  description: Readonly<Record<string, string>>
  /** Pasted below the rows. */
  list: string
}

/** What was typed, as the lines that the feature reads. */
export function typedLines({ network, description, list }: Typed): string {
  const rows = placesIn(Object.keys(network)).map((place) => ({
    network: network[place] ?? '',
    description: description[place] ?? '',
  }))
  return linesOf(rows, list)
}

/** What the buttons that send nothing make of the form; what was pasted becomes rows in any case. */
export function rowsChangedBy(values: FormValues, ownAddress: string): FormValues {
  const [task, pasted] = [textIn(values, 'task'), textIn(values, 'list')]
  const isAsItWas = ['', 'apply', 'look'].includes(task)
  if (isAsItWas && pasted.trim() === '') return values
  const rows = rowsOf(changedLines(linesOf(rowsIn(values), pasted), task, ownAddress))
  const more = task === 'add-row' ? [{ network: '', description: '' }] : []
  const others = Object.entries(values).filter(([name]) => !/^(network|description)\./.test(name))
  // Made once: what is shown again is looked at again.
  const left = isAsItWas ? task : ''
  return { ...Object.fromEntries(others), ...rowValues([...rows, ...more]), list: '', task: left }
}

function changedLines(text: string, task: string, ownAddress: string): string {
  if (task === 'add-own') return withEntry(text, { network: ownAddress, description: '' })
  const [, deed, place] = /^(fix|remove)-(\d{1,4})$/.exec(task) ?? []
  const line = Number(place)
  if (deed === 'remove') return withoutLine(text, line)
  const read = readEntries(text)
  const meant = deed === 'fix' && !read.ok ? read.wrong.find((each) => each.line === line)?.meant : undefined
  return meant === undefined ? text : withNetworkInLine(text, line, meant)
}

function placesIn(names: readonly string[]): string[] {
  return names.toSorted((one, other) => Number(one) - Number(other))
}

export function textIn(values: FormValues, name: string): string {
  const value = values[name]
  return typeof value === 'string' ? value : ''
}
