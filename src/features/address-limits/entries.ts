import { type NetworkProblem, readNetwork } from './networks.ts'

/** A network from which users may come in, and what it is. */
export interface LimitEntry {
  /** In CIDR notation, canonically. */
  network: string
  description: string
}

export const mostEntries = 100
const longestDescription = 100
/** Characters of all lines together. */
export const longestList = 20_000

export interface WrongLine {
  /** From 1, as the reader counts. */
  line: number
  typed: string
  problem: NetworkProblem | 'twice' | 'too-long'
  /** The network that was probably meant. */
  meant?: string
}

export type ReadEntries =
  | { ok: true; entries: LimitEntry[] }
  | { ok: false; problem: 'wrong-lines'; wrong: WrongLine[] }
  | { ok: false; problem: 'too-many'; wrong: [] }

/** One network a line: CIDR, then a space, a tab or a comma, then what it is. Empty lines are nothing. */
export function readEntries(text: string): ReadEntries {
  const lines = text.split(/\r\n|\r|\n/).map((line, at) => ({ line: at + 1, typed: line.trim() }))
  const given = lines.filter(({ typed }) => typed !== '')
  const entries: LimitEntry[] = []
  const wrong: WrongLine[] = []
  for (const { line, typed } of given) {
    const { network: typedNetwork, description } = partsOf(typed)
    const read = readNetwork(typedNetwork)
    if (!read.ok)
      wrong.push({ line, typed: typedNetwork, problem: read.problem, ...(read.meant && { meant: read.meant }) })
    else if (entries.some(({ network }) => network === read.network))
      wrong.push({ line, typed: typedNetwork, problem: 'twice' })
    else if (Array.from(description).length > longestDescription)
      wrong.push({ line, typed: typedNetwork, problem: 'too-long' })
    else entries.push({ network: read.network, description })
  }
  if (wrong.length > 0) return { ok: false, problem: 'wrong-lines', wrong }
  return entries.length > mostEntries ? { ok: false, problem: 'too-many', wrong: [] } : { ok: true, entries }
}

/** Rows as they were typed, and what was pasted below them, as the lines that `readEntries` reads: a row is a line. Where something
 * is added, the empty ones are none. */
export function linesOf(rows: readonly LimitEntry[], pasted: string): string {
  const lines = rows.map((row) => entriesText([row]).replaceAll(/\s+/gu, ' ').trim())
  return pasted.trim() === '' ? lines.join('\n') : entriesText(rowsOf([...lines, pasted].join('\n')))
}

/** The rows of such lines; empty ones are none. */
export function rowsOf(text: string): LimitEntry[] {
  return text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line) => partsOf(line))
}

/** The same text without this line. */
export function withoutLine(text: string, line: number): string {
  return text
    .split(/\r\n|\r|\n/)
    .toSpliced(line - 1, 1)
    .join('\n')
}

/** The lines that `readEntries` reads. */
export function entriesText(entries: readonly LimitEntry[]): string {
  return entries.map(({ network, description }) => [network, description].filter(Boolean).join(' ')).join('\n')
}

/** The same text with another network in this line. */
export function withNetworkInLine(text: string, line: number, network: string): string {
  const lines = text.split(/\r\n|\r|\n/)
  const typed = lines[line - 1]?.trim()
  if (!typed) return text
  const { description } = partsOf(typed)
  return lines.with(line - 1, entriesText([{ network, description }])).join('\n')
}

/** The same text with one more line. */
export function withEntry(text: string, entry: LimitEntry): string {
  const before = text.trimEnd()
  return `${before}${before === '' ? '' : '\n'}${entriesText([entry])}`
}

function partsOf(typed: string): LimitEntry {
  const [, network = '', description = ''] = /^([^\s,、]+)[\s,、]*(.*)$/u.exec(typed) ?? []
  // Controls have no place in a line of words.
  return { network, description: description.replaceAll(/\p{Cc}/gu, ' ').trim() }
}
