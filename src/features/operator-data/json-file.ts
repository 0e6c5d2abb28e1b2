import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { z } from 'zod'
import { findRepeatedKeys, findSyntaxFault, type JsonPath, linesOf } from './inner/json-places.ts'

export interface JsonFile<Content> {
  /** As it was given. */
  path: string
  content: Content
  sha256: string
  /** In bytes. */
  size: number
  /** The error to throw when the content does not fit what is there. */
  faulty: (faults: readonly Fault[]) => FaultyFile
}

export interface Fault {
  path: JsonPath
  /** What is wrong with the value, as the end of a sentence that begins with its path. */
  message: string
}

/** A file that cannot be used. Each fault is one line for the person who wrote it: file, line, place, what is wrong. */
export class FaultyFile extends Error {
  readonly faults: readonly string[]
  constructor(faults: readonly string[]) {
    super(faults[0])
    this.faults = faults
  }
}

/** Reads a file of JSON in UTF-8 and checks it against its format. Throws a FaultyFile. */
export async function readJsonFile<Format extends z.ZodType>(
  path: string,
  format: Format,
): Promise<JsonFile<z.output<Format>>> {
  return readJson(path, await readBytes(path), format)
}

/** The same of bytes that are here already, under the name that the file has. Throws a FaultyFile. */
export function readJson<Format extends z.ZodType>(
  path: string,
  bytes: Uint8Array,
  format: Format,
): JsonFile<z.output<Format>> {
  const text = textOf(path, bytes)
  const value = parseText(path, text)
  const faulty = (faults: readonly Fault[]): FaultyFile => faultyFile(path, text, faults)
  const repeated = findRepeatedKeys(text)
  if (repeated.length > 0)
    throw faulty(repeated.map((at) => ({ path: at, message: 'stands here for the second time' })))
  const read = format.safeParse(value, { error: explain })
  if (!read.success) throw faulty(read.error.issues.flatMap(faultsOf))
  return {
    path,
    content: read.data,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    size: bytes.length,
    faulty,
  }
}

/** Why a file cannot be read, by the codes of the operating system. */
const unreadable: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'there is no such file'],
  ['EISDIR', 'is a folder: name the files in it'],
  ['EACCES', 'may not be read by this user'],
])

async function readBytes(path: string): Promise<Buffer> {
  return readFile(path).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    throw new FaultyFile([`${path}: ${unreadable.get(code) ?? String(error)}`])
  })
}

function textOf(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new FaultyFile([`${path}: is not UTF-8`])
  }
}

function parseText(path: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const fault = findSyntaxFault(text)
    if (!fault) throw error
    const found = fault.found ? `${JSON.stringify(fault.found)} does not belong here` : 'ends too early'
    throw new FaultyFile([`${path}:${fault.line}: is not JSON: ${found}`])
  }
}

/** Beyond these, more of the same follows. */
const mostFaults = 20
const mostTogether = 200

/** Faults of one file that were found apart. */
export function faultyTogether(path: string, faults: readonly string[]): FaultyFile {
  const rest = faults.length - mostTogether
  return new FaultyFile(rest > 0 ? [...faults.slice(0, mostTogether), `${path}: and ${rest} more faults`] : faults)
}

function faultyFile(path: string, text: string, faults: readonly Fault[]): FaultyFile {
  const shown = faults.slice(0, mostFaults)
  const lines = linesOf(
    text,
    shown.map((fault) => fault.path),
  )
  const told = shown.map((fault, index) => `${path}:${lines[index]}: ${describe(fault.path)} ${fault.message}`)
  const rest = faults.length - shown.length
  return new FaultyFile(rest > 0 ? [...told, `${path}: and ${rest} more faults`] : told)
}

/** As one would write it: `customers[0].sites[2].code`. */
function describe(path: JsonPath): string {
  const steps = path.map((step) => {
    if (typeof step === 'number') return `[${step}]`
    return /^\w+$/.test(String(step)) ? `.${String(step)}` : `[${JSON.stringify(String(step))}]`
  })
  return steps.join('').replace(/^\./, '') || 'the file'
}

function faultsOf(issue: z.core.$ZodIssue): Fault[] {
  if (issue.code !== 'unrecognized_keys') return [{ path: issue.path, message: issue.message }]
  return issue.keys.map((key) => ({ path: [...issue.path, key], message: 'is not known here' }))
}

/** The end of the sentence, for what the format itself does not word. */
function explain(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.input === undefined) return 'is missing'
  if (issue.code === 'invalid_type') return `must be ${kinds[issue.expected] ?? issue.expected}`
  if (issue.code === 'invalid_value')
    return `must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`
  if (issue.code === 'invalid_format') return formats[issue.format]
  // A key of a record.
  if (issue.code === 'invalid_key') return issue.issues[0]?.message
  if (issue.code === 'too_small') return `must be at least ${issue.minimum}`
  if (issue.code === 'too_big') return issue.origin === 'string' ? 'is too long' : `must be at most ${issue.maximum}`
  return undefined
}

const kinds: Partial<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'an object',
  record: 'an object',
  string: 'a text',
}

const formats: Partial<Record<string, string>> = {
  base64: 'must be Base64',
  date: 'must be a day such as 2026-12-06',
  datetime: 'must be a time with its offset such as 2026-12-06T01:00:00+09:00',
  email: 'must be a mail address',
  url: 'must be an address that begins with http:// or https://',
}
