import type { ComponentChildren, JSX } from 'preact'
import type { Language, Phrase } from '../../words.ts'

/** The query of a list; what is undefined does not stand in it. */
export type ListQuery = Readonly<Record<string, string | undefined>>

/** Carries the query through a form that is sent by GET. */
export function HiddenQuery({ query }: { query: ListQuery }): JSX.Element {
  return (
    <>
      {Object.entries(query).map(([name, value]): ComponentChildren =>
        value === undefined ? null : <input type="hidden" name={name} value={value} key={name} />,
      )}
    </>
  )
}

/** A path with a query, without what is undefined or empty. */
export function hrefOf(path: string, query: ListQuery): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : []))
  return given.length > 0 ? `${path}?${new URLSearchParams(given)}` : path
}

/** What the field `to` of a form says that is posted before its list changes: show the list as the fields `q` and `size` ask. */
export const listAsAsked = 'list'

/** What it says to tick all rows that are listed, on whatever page; or none. */
export const tickEvery = 'every'
export const tickNone = 'none'

/** Makes a button post the form with this id, which then leads on to another part of its list. */
export function postingTo(
  form: string | undefined,
  to: string = listAsAsked,
): Partial<Record<'form' | 'name' | 'value', string>> {
  return form === undefined ? {} : { form, name: 'to', value: to }
}

/** Behind a count that was cut. */
export const orMore: Phrase = { ja: '以上', en: ' or more' }

export function numberIn(language: Language, value: number): string {
  return value.toLocaleString(language === 'ja' ? 'ja-JP' : 'en-GB')
}
