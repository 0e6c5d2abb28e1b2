import type { Context } from 'hono'
import type { core, ZodError } from 'zod'
import { z } from 'zod'
import type { FieldProblem } from '../form.ts'
import type { Language, Phrase } from '../words.ts'
import { inLanguage } from '../words.ts'
import type { FormFields, Input } from './page.ts'

/** The request is not one that our forms make: answered with 400, not with a form. */
export class MalformedForm extends Error {}

/** Fields every form carries for the platform. */
const ownFields = new Set(['token'])

export interface Body {
  token: string
  values: Record<string, string>
}

/** Reads a urlencoded body: each name once, none that the form does not have, and only text that can be stored. */
export async function readBody(c: Context, fields: FormFields): Promise<Body> {
  if (!/^application\/x-www-form-urlencoded($|;)/i.test(c.req.header('content-type') ?? ''))
    throw new MalformedForm('not a form')
  const entries = [...new URLSearchParams(await c.req.text())]
  const values = Object.fromEntries(entries)
  if (entries.length !== Object.keys(values).length) throw new MalformedForm('a field stands twice')
  const unknown = Object.keys(values).find((name) => !(Object.hasOwn(fields, name) || ownFields.has(name)))
  if (unknown !== undefined) throw new MalformedForm('a field is unknown')
  if (Object.values(values).some((value) => value.includes('\0'))) throw new MalformedForm('a field has a zero byte')
  const { token = '', ...rest } = values
  return { token, values: rest }
}

export type Parsed<F extends FormFields> = { ok: true; input: Input<F> } | { ok: false; problems: FieldProblem[] }

/** Checks what was typed; each problem is a sentence in the reader's language, at most one a field. */
export function parseFields<F extends FormFields>(
  fields: F,
  values: Record<string, string>,
  language: Language,
): Parsed<F> {
  const schema = z.object(Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.value])))
  const parsed = schema.safeParse(values)
  // The schema was just built from the same fields.
  if (parsed.success) return { ok: true, input: parsed.data as Input<F> }
  return {
    ok: false,
    problems: problemsOf(parsed.error, (field) => ({
      item: fields[field]?.label[language] ?? field,
      typed: values[field] ?? '',
      language,
    })),
  }
}

interface Typed {
  /** The field's label. */
  item: string
  typed: string
  language: Language
}

function problemsOf(error: ZodError, typedInto: (field: string) => Typed): FieldProblem[] {
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
    en: (item: string) => `${item} is not chosen. Choose one.`,
  },
  tooLong: {
    ja: (item: string, most: string) => `${item}は${most}文字以内で入力してください。`,
    en: (item: string, most: string) => `${item} can have at most ${most} characters.`,
  },
  tooShort: {
    ja: (item: string, least: string) => `${item}は${least}文字以上で入力してください。`,
    en: (item: string, least: string) => `${item} needs at least ${least} characters.`,
  },
  wrong: {
    ja: (item: string) => `${item}の形式が正しくありません。入力した内容をご確認ください。`,
    en: (item: string) => `${item} does not have the right format. Check what you entered.`,
  },
} satisfies Record<string, Phrase<(item: string, bound: string) => string>>

function sentenceOf(issue: core.$ZodIssue, { item, typed, language }: Typed): string {
  const words = inLanguage(sentences, language)
  if (issue.code === 'custom' && issue.message) return issue.message
  if (issue.code === 'invalid_value') return words.notChosen(item)
  if (typed.trim() === '') return words.missing(item)
  if (issue.code === 'too_big') return words.tooLong(item, String(issue.maximum))
  if (issue.code === 'too_small') return words.tooShort(item, String(issue.minimum))
  return words.wrong(item)
}
