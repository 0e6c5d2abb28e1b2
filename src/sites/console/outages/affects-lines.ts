import { readCsv } from '#platform/csv-file.ts'
import type { Phrase } from '#platform/words.ts'
import { contractLabels } from '#sites/frame/guide-labels.ts'

/** Something that was typed or brought in a file, with the line in which it stands, from 1. */
export interface NamedAt {
  line: number
  value: string
}

/** What stands between values as people write them one after another. */
const between = /[\s,、，;；]+/u

/** Several values, in as many lines as one likes. */
export function readValues(text: string): NamedAt[] {
  return text.split('\n').flatMap((each, at) => wordsOf(each).map((value) => ({ line: at + 1, value })))
}

/** Lines of a customer's code and the code of one of its sites; a line without two words has none of it. */
export function readSites(text: string): (NamedAt & { customer: string; site: string })[] {
  return text.split('\n').flatMap((each, at) => {
    const [customer, site = '', ...others] = wordsOf(each)
    if (customer === undefined) return []
    return [{ line: at + 1, value: wordsOf(each).join(' '), customer, site: others.length > 0 ? '' : site }]
  })
}

function wordsOf(text: string): string[] {
  return text.normalize('NFKC').split(between).filter(Boolean)
}

/** The contract numbers of a file: of the column that is called so, or else of the first. Undefined: it is no such file, or has none. */
export function readNumbers(bytes: Uint8Array): NamedAt[] | undefined {
  const read = readCsv(bytes)
  if (!read.ok) return undefined
  const [head = [], ...body] = read.value.map((row) => row.map((cell) => cell.normalize('NFKC').trim()))
  const column = head.findIndex((cell) => isHeading(cell, contractLabels.contractNumber))
  const rows = column < 0 ? [head, ...body] : body
  const firstLine = column < 0 ? 1 : 2
  const numbers = rows.flatMap((row, at) => {
    const value = row[Math.max(column, 0)] ?? ''
    return value === '' ? [] : [{ line: at + firstLine, value }]
  })
  return numbers.length > 0 ? numbers : undefined
}

function isHeading(cell: string, { ja, en }: Phrase): boolean {
  return cell === ja || cell.toLowerCase() === en.toLowerCase()
}

const mostNamed = 10

/** 3行目「N999」、7行目「X」 ほか2件 */
export const namedAt: Phrase<(wrong: readonly NamedAt[]) => string> = {
  ja: (wrong) => {
    const more = wrong.length > mostNamed ? ` ほか${wrong.length - mostNamed}件` : ''
    return `${first(wrong, ({ line, value }) => `${line}行目「${value}」`).join('、')}${more}`
  },
  en: (wrong) => {
    const more = wrong.length > mostNamed ? ` and ${wrong.length - mostNamed} more` : ''
    return `${first(wrong, ({ line, value }) => `line ${line} “${value}”`).join(', ')}${more}`
  },
}

function first(wrong: readonly NamedAt[], tell: (wrong: NamedAt) => string): string[] {
  return wrong.slice(0, mostNamed).map((each) => tell({ ...each, value: each.value.slice(0, 64) }))
}
