import type { Visitor } from '../context.ts'
import type { Words } from '../words.ts'
import type { FormFields, Page, Reader } from './page.ts'
import type { SignedIn, Site } from './site.ts'

/** Who may come in, with the context that belongs to it. */
export type Admit<Actor, Context> = (
  visitor: Visitor,
  actor: Actor | undefined,
) => { ctx: Context } | 'sign-in' | 'forbidden'

/** The types of one page, under one name. */
export interface Kind {
  actor: SignedIn
  context: unknown
  words: Words
  data: unknown
  fields: FormFields
  prepared: unknown
}

export type PageOf<K extends Kind> = Page<K['context'], unknown, K['words'], K['data'], K['fields'], K['prepared']>

/** A page on its site. */
export interface Served<K extends Kind> {
  site: Site<K['actor']>
  page: PageOf<K>
  admit: Admit<K['actor'], K['context']>
}

/** Somebody who was let in. */
export interface Visit<K extends Kind> {
  ctx: K['context']
  visitor: Visitor
  actor: K['actor'] | undefined
  reader: Reader
}

/** Of readers whose own zone is not known. */
export const visitorTimeZone = 'Asia/Tokyo'

export function readerOf(visitor: Visitor, actor: SignedIn | undefined): Reader {
  return {
    language: visitor.language,
    isSignedIn: actor !== undefined,
    timeZone: actor?.timeZone ?? visitorTimeZone,
    now: visitor.now,
  }
}
