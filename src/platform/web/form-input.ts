import type { Context } from 'hono'
import type { core, ZodError } from 'zod'
import { z } from 'zod'
import type { FieldProblem, FormValues } from '../form.ts'
import type { Language, Phrase } from '../words.ts'
import { reasonOf } from '../value-reasons.ts'
import { inLanguage } from '../words.ts'
import type { Field, FormFields, Input } from './page.ts'

/** The request is not one that our forms make: answered with 400, not with a form. */
export class MalformedForm extends Error {}

/** Fields every form carries for the platform. */
const ownFields = new Set(['token'])

export interface Body {
  token: string
  values: FormValues
}

/** Reads a body: each name as often as its field says, none that the form does not have, and only text that can be stored. */
export async function readBody(c: Context, fields: FormFields = {}): Promise<Body> {
  const isMultipart = takesFile(fields) && /^multipart\/form-data;/i.test(c.req.header('content-type') ?? '')
  const entries = isMultipart ? await readParts(c, fields) : await readPairs(c, fields)
  if (entries.some(([name, value]) => !fields[name]?.file && value.includes('\0')))
    throw new MalformedForm('a field has a zero byte')
  const byName = [...Map.groupBy(entries, ([name]) => name)]
  const values = byName.map(([name, given]) => [name, valueIn(fieldNamed(name, fields), given)] as const)
  const { token = '', ...rest } = Object.fromEntries(values)
  // Only a field of the form may stand more than once.
  return { token: String(token), values: rest }
}

/** Whether a form is sent with a file, as `multipart/form-data` (RFC 7578). */
export function takesFile(fields: FormFields = {}): boolean {
  return Object.values(fields).some(({ file }) => file)
}

/** Larger than any file may be: whoever sends one that is too large is told so where it was chosen. */
const usualWithFile = 6 * 1024 * 1024

/** How many bytes a form with files may have; undefined: it has none. */
export function mostBytesOf(fields: FormFields = {}): number | undefined {
  const files = Object.values(fields).filter(({ file }) => file)
  return files.length === 0 ? undefined : Math.max(...files.map(({ mostBytes = usualWithFile }) => mostBytes))
}

async function readPairs(c: Context, fields: FormFields): Promise<[string, string][]> {
  if (!/^application\/x-www-form-urlencoded($|;)/i.test(c.req.header('content-type') ?? ''))
    throw new MalformedForm('not a form')
  const pairs = [...new URLSearchParams(await c.req.text())]
  if (pairs.some(([name]) => fields[name]?.file)) throw new MalformedForm('a file is no text')
  return pairs
}

/**
 * A file comes as its name in a line, and its bytes as letters of Latin-1, or as nothing when none was chosen. Its name and what it
 * says it is are nothing to go by.
 */
async function readParts(c: Context, fields: FormFields): Promise<[string, string][]> {
  const parts = await c.req.raw.formData().catch(() => {
    throw new MalformedForm('no parts of a form')
  })
  return Promise.all(
    [...parts].map(async ([name, value]): Promise<[string, string]> => {
      const isFile = typeof value !== 'string'
      if (isFile !== (fields[name]?.file === true)) throw new MalformedForm('a file, or none, where there should be')
      return [name, isFile ? textOfFile(value.name, Buffer.from(await value.arrayBuffer())) : value]
    }),
  )
}

const textOfFile = (name: string, bytes: Buffer): string =>
  name === '' && bytes.length === 0 ? '' : `${name.replaceAll(/[\r\n]/g, ' ')}\n${bytes.toString('latin1')}`

/** The field that a name in a body belongs to; undefined for one of the platform's own. */
function fieldNamed(name: string, fields: FormFields): Field | undefined {
  if (ownFields.has(name)) return undefined
  const [own, id] = splitName(name)
  const field = Object.hasOwn(fields, own) ? fields[own] : undefined
  const isComplete = field?.perRow ? Boolean(id) : id === undefined
  if (!field || !isComplete) throw new MalformedForm('a field is unknown')
  return field
}

function valueIn(field: Field | undefined, given: readonly [string, string][]): string | string[] {
  const [[, first] = ['', '']] = given
  if (field?.many) return given.map(([, value]) => value).filter((value) => !field.file || value !== '')
  if (given.length > 1) throw new MalformedForm('a field stands twice')
  return first
}

/** `right.<id>` is the field `right` of one row. */
export function splitName(name: string): [field: string, id?: string] {
  const dot = name.indexOf('.')
  return dot < 0 ? [name] : [name.slice(0, dot), name.slice(dot + 1)]
}

/** What was given for a field, in the shape that its schema takes. */
function givenFor(name: string, { many, perRow }: Field, values: FormValues): unknown {
  if (many) return values[name] ?? []
  if (!perRow) return values[name]
  const rows = Object.entries(values).map(([each, value]) => [splitName(each), value] as const)
  return Object.fromEntries(rows.flatMap(([[field, id], value]) => (field === name && id ? [[id, value]] : [])))
}

export type ParseResult<F extends FormFields> =
  | { ok: true; input: Input<F> }
  /** The reader's language is known only once it is known who reads. */
  | { ok: false; problemsIn: (language: Language) => FieldProblem[] }

/**
 * Checks what was typed; each problem is a sentence in the reader's language, at most one a field. A text that still is what the
 * form was shown with (`shown`) is not judged: it was taken under the rules of its time, and is not what is being changed.
 */
export function parseFields<F extends FormFields>(
  given: F | undefined,
  values: FormValues,
  shown: FormValues = {},
): ParseResult<F> {
  const fields: FormFields = given ?? {}
  const asShown = (name: string, field: Field): Field =>
    isUnchanged(values[name], shown[name]) ? { ...field, value: field.value.or(asItWas) } : field
  const judged = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, asShown(name, field)]))
  // Of the same names, and of the same values: what is as it was, is a text.
  return parserOf(judged as F)(values)
}

/** The same, made once for many that are filled in alike. */
export function parserOf<F extends FormFields>(fields: F): (values: FormValues) => ParseResult<F> {
  const named = Object.entries<Field>(fields)
  const schema = z.object(Object.fromEntries(named.map(([name, field]) => [name, field.value])))
  return (values) => {
    const parsed = schema.safeParse(
      Object.fromEntries(named.map(([name, field]) => [name, givenFor(name, field, values)])),
    )
    // The schema was just built from the same fields.
    if (parsed.success) return { ok: true, input: parsed.data as Input<F> }
    return {
      ok: false,
      problemsIn: (language) =>
        problemsOf(parsed.error, (field) => ({
          item: fields[field]?.label[language] ?? field,
          example: fields[field]?.example,
          typed: String(values[field] ?? ''),
          isChosen: isNeverTyped(fields[field]),
          language,
        })),
    }
  }
}

function isNeverTyped(field: Field | undefined): boolean {
  return [field?.chosen, field?.many, field?.perRow, field?.file].some(Boolean)
}

function isUnchanged(given: FormValues[string] | undefined, shown: FormValues[string] | undefined): boolean {
  return typeof given === 'string' && given !== '' && typeof shown === 'string' && withLineFeeds(given) === shown
}

const asItWas = z.string().transform((text) => withLineFeeds(text))

/** Browsers end a line with a carriage return, too. */
const withLineFeeds = (text: string): string => text.replaceAll('\r\n', '\n')

interface FieldFacts {
  /** The field's label. */
  item: string
  example: string | undefined
  typed: string
  /** Not typed at all. */
  isChosen: boolean
  language: Language
}

function problemsOf(error: ZodError, typedInto: (field: string) => FieldFacts): FieldProblem[] {
  const byField = new Map<string, core.$ZodIssue>()
  for (const issue of error.issues) {
    const field = String(issue.path[0])
    if (!byField.has(field)) byField.set(field, issue)
  }
  return [...byField].map(([field, issue]) => ({ field, text: sentenceOf(issue, typedInto(field)) }))
}

const sentences = {
  missing: {
    ja: (item: string) => `${item}が入力されていません。${item}を入力してください。`,
    en: (item: string) => `${item} is missing. Enter it.`,
  },
  notChosen: {
    ja: (item: string) => `${item}が選択されていません。${item}を選択してください。`,
    en: (item: string) => `Nothing is chosen for “${item}”. Choose one.`,
  },
  tooLong: {
    ja: (item: string, most: string) => `${item}は${most}文字以内で入力してください。`,
    en: (item: string, most: string) => `${item} can have at most ${most} characters.`,
  },
  tooShort: {
    ja: (item: string, least: string) => `${item}は${least}文字以上で入力してください。`,
    en: (item: string, least: string) => `${item} needs at least ${least} characters.`,
  },
  notLike: {
    ja: (item: string, example: string) => `${item}は${example}の形式で入力してください。`,
    en: (item: string, example: string) => `${item} is written like ${example}.`,
  },
  wrong: {
    ja: (item: string) => `${item}の形式が正しくありません。入力した内容をご確認ください。`,
    en: (item: string) => `${item} does not have the right format. Check what you entered.`,
  },
} satisfies Record<string, Phrase<(item: string, fact: string) => string>>

function sentenceOf(issue: core.$ZodIssue, { item, example, typed, isChosen, language }: FieldFacts): string {
  const words = inLanguage(sentences, language)
  if (issue.code === 'invalid_value' || isChosen) return words.notChosen(item)
  if (typed.trim() === '') return words.missing(item)
  if (issue.code === 'too_big') return words.tooLong(item, countIn(language, issue.maximum))
  if (issue.code === 'too_small') return words.tooShort(item, countIn(language, issue.minimum))
  const reason = reasonOf(issue.message)
  if (reason) return reason.form[language](item)
  return example === undefined ? words.wrong(item) : words.notLike(item, example)
}

/** 20,000: long numbers are read by their groups. */
function countIn(language: Language, count: number | bigint): string {
  return count.toLocaleString(language === 'ja' ? 'ja-JP' : 'en-GB')
}
