import { z } from 'zod'
import type { Conflict, FormValues } from '../form.ts'
import type { Language } from '../words.ts'
import { splitName } from './form-input.ts'
import type { Kind } from './page-on-site.ts'
import type { Field, FormFields, Page } from './page.ts'

/*
 * A form that others may change meanwhile carries what it was made with. Field by field there are then three values: the former
 * one, theirs, and yours. What only one side has changed stands as that side wants it; what both have is asked.
 */

type AnyPage<K extends Kind> = Page<K['context'], unknown, K['words'], K['data'], K['fields'], K['prepared'], K['name']>

/** Lets the form of such a page carry what it was made with, in the field `loaded`. */
export function carryingLoaded<P extends Pick<Page<never, unknown, never, never>, 'form' | 'initial' | 'changedBy'>>(
  page: P,
): P {
  const { form, initial, changedBy } = page as Pick<Page<never, unknown, never>, 'form' | 'initial' | 'changedBy'>
  if (!changedBy || !form || !initial) return page
  return {
    ...page,
    form: { ...form, loaded: loadedField },
    initial(data: unknown) {
      const values = initial(data)
      return { ...values, loaded: loadedText(form, valuesIn(values)) }
    },
  }
}

const loadedField: Field = {
  label: { ja: '編集を始めたときの内容', en: 'What it was when you began' },
  value: z
    .string()
    .max(64 * 1024)
    .optional(),
  carried: true,
}

/** What a form says, without what the platform lets it carry: that is no field of the page's. */
export function withoutLoaded<Input extends object>(input: Input): Input {
  // No page has a field of this name, so nothing is missing from its type.
  return Object.fromEntries(Object.entries(input).filter(([name]) => name !== 'loaded')) as Input
}

/** The fields that people fill in. */
function sharedIn(form: FormFields): string[] {
  return Object.entries(form).flatMap(([name, { carried, secret, file }]) => (carried || secret || file ? [] : [name]))
}

/** What a form carries is short: of each field the value, or 0, up to the last that has one; in quotes that HTML need not escape. */
function loadedText(form: FormFields, values: FormValues): string {
  const each = sharedIn(form).map((name) => values[name] ?? 0)
  const last = each.findLastIndex((value) => value !== 0)
  return otherQuotes(JSON.stringify(each.slice(0, last + 1)).slice(1, -1))
}

function otherQuotes(text: string): string {
  return text.replaceAll(/["']/g, (quote) => (quote === '"' ? "'" : '"'))
}

function valuesIn(values: Partial<Record<string, string | readonly string[]>>): FormValues {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}

/** A field with its three values. */
interface Three {
  name: string
  /** Undefined: not known. */
  former: FormValues[string] | undefined
  theirs: FormValues[string]
  yours: FormValues[string]
}

/** What a form that was filled in comes to, upon what its page is now. */
export interface Rebased {
  values: FormValues
  /** The fields that others have changed meanwhile. */
  changed: readonly Three[]
  /** Others have done all of it already. */
  isDone: boolean
}

/** Puts what was typed upon what the page is now; undefined: nobody else changes what the page is about. */
export function rebase<K extends Kind>(
  { page, data }: { page: AnyPage<K>; data: K['data'] },
  typed: FormValues,
): Rebased | undefined {
  const { form, initial, changedBy } = page
  if (!form || !initial || !changedBy) return undefined
  const now = valuesIn(initial(data))
  const carried = Object.fromEntries(Object.entries(now).filter(([name]) => form[name]?.carried))
  const former = typeof typed['loaded'] === 'string' ? loadedIn(form, typed['loaded']) : undefined
  // What others have emptied has no value any longer.
  const held = { ...former, ...now }
  const fields = sharedIn(form).flatMap((name): Three[] => {
    if (!(name in held)) return []
    const was = former === undefined ? undefined : (former[name] ?? '')
    return [{ name, former: was, theirs: now[name] ?? '', yours: yoursOf(typed[name], { was, field: form[name] }) }]
  })
  // Of a form that does not say what it was made with, the version tells whether that is so still.
  const isOld = typed['version'] !== now['version']
  const changed = [...fields, ...rowsOf(form, now, typed)].filter(({ former: was, theirs, yours }) =>
    was === undefined ? isOld && !isSame(theirs, yours) : !isSame(theirs, was),
  )
  const merged = former && changed.length > 0 ? fields.map((field) => mergedOf(field, field.name in typed)) : []
  // Such as the rows of a table, of which each has values of its own.
  const asksForMore = Object.entries(typed).some(
    ([name, value]) =>
      !form[name]?.carried && !fields.some((field) => field.name === name) && !isSame(value, now[name] ?? ''),
  )
  return {
    values: former ? valuesIn({ ...typed, ...Object.fromEntries(merged), ...carried }) : asOf(typed, isOld ? now : {}),
    changed,
    isDone:
      changed.length > 0 &&
      !asksForMore &&
      former !== undefined &&
      fields.every(({ theirs }, at) => isSame(merged[at]?.[1] ?? '', theirs)),
  }
}

/** The rows of a table are not carried: what they were is not known. */
function rowsOf(form: FormFields, now: FormValues, typed: FormValues): Three[] {
  const names = Object.keys({ ...now, ...typed }).filter((name) => {
    const field = form[splitName(name)[0]]
    return field?.perRow && !field.carried
  })
  return names.map((name) => ({ name, former: undefined, theirs: now[name] ?? '', yours: typed[name] ?? '' }))
}

/** A form that does not say what it was made with stays as it is; shown with what is now, it is of now. */
function asOf(typed: FormValues, { version, loaded }: FormValues): FormValues {
  return valuesIn({ ...typed, ...(version !== undefined && { version, loaded }) })
}

const shape = z.array(z.union([z.string(), z.array(z.string()), z.literal(0)]))

/** It was ours when it left; what came back may be anything. */
function loadedIn(form: FormFields, loaded: string): FormValues | undefined {
  const names = sharedIn(form)
  try {
    const values = shape.safeParse(JSON.parse(`[${otherQuotes(loaded)}]`)).data
    if (!values || values.length === 0 || values.length > names.length) return undefined
    return valuesIn(Object.fromEntries(names.map((name, at) => [name, values[at] === 0 ? undefined : values[at]])))
  } catch {
    return undefined
  }
}

/** A box that is not ticked is not sent, nor is a field that the page does not show to everybody. */
function yoursOf(
  typed: FormValues[string] | undefined,
  { was, field }: { was: FormValues[string] | undefined; field: Field | undefined },
): FormValues[string] {
  if (typed !== undefined) return typeof typed === 'string' ? typed.replaceAll('\r\n', '\n') : typed
  if (field?.many) return []
  return was === undefined || was === 'on' ? '' : was
}

/** What only one side has changed is as that side wants it. Undefined: a box that is not ticked, which is not sent. */
function mergedOf(
  { name, former = '', theirs, yours }: Three,
  isSent: boolean,
): [name: string, value: FormValues[string] | undefined] {
  const isText = typeof theirs === 'string' || typeof yours === 'string'
  const isBoths = !isSame(yours, former) && !isSame(theirs, former)
  if (isBoths && !isText) return [name, eachMerged([former].flat(), theirs, yours)]
  const value = isSame(yours, former) ? theirs : yours
  return [name, value === '' && (!isSent || former === 'on') ? undefined : value]
}

/** Of several values each by itself, in their order; those that were added come last. */
function eachMerged(former: readonly string[], theirs: readonly string[], yours: readonly string[]): string[] {
  const left = theirs.filter((each) => yours.includes(each) || !former.includes(each))
  return [...left, ...yours.filter((each) => !former.includes(each) && !theirs.includes(each))]
}

function isSame(one: FormValues[string], other: FormValues[string]): boolean {
  if (typeof one === 'string' || typeof other === 'string') return String(one) === String(other)
  return one.length === other.length && one.every((each, at) => each === other[at])
}

/** The three values of each field, in words. */
export function conflictOf<K extends Kind>(
  { page, data }: { page: AnyPage<K>; data: K['data'] },
  { changed }: Rebased,
  language: Language,
): Conflict[] {
  return changed.map(({ name, former, theirs, yours }) => {
    const said = (value: FormValues[string]): string => {
      const each = [value].flat().filter((one) => one !== '')
      const tell = page.said?.[name]
      return each.map((one) => (tell ? tell(one, { data, language }) : one)).join(language === 'ja' ? '、' : ', ')
    }
    const [own, row] = splitName(name)
    return {
      field: [page.form?.[own]?.label[language] ?? own, row].filter(Boolean).join(' '),
      ...(former !== undefined && { former: said(former) }),
      theirs: said(theirs),
      yours: said(yours),
      isMine: former === undefined || !isSame(yours, former),
    }
  })
}
