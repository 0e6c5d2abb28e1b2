import type { In, Words } from '../words.ts'
import type { FormFields, Page } from './page.ts'
import type { PostedForm } from './posted.ts'
import type { WebRequest } from './request.ts'
import type { Admitted } from './requester.ts'
import type { WholeSite } from './serve.ts'
import type { Admit, Frame, SignedIn } from './site.ts'

/** The types of one page, under one name. */
export interface Kind {
  actor: SignedIn
  context: unknown
  words: Words
  data: unknown
  fields: FormFields
  prepared: unknown
  /** In the path. */
  name: string
}

/** A page on its site. */
export interface PageOnSite<K extends Kind> {
  site: WholeSite<K['actor']>
  page: Page<K['context'], unknown, K['words'], K['data'], K['fields'], K['prepared'], K['name']>
  admit: Admit<K['actor'], K['context']>
}

/** What came for it. */
export interface PageCall<K extends Kind> {
  request: WebRequest
  /** Absent: the page is only looked at. */
  posted: PostedForm<K['fields']> | undefined
  prepared: K['prepared']
}

export type Guest<K extends Kind> = Admitted<K['actor'], K['context']>

/** What is known of it by now. */
export interface PageState<K extends Kind> {
  data: K['data']
  words: In<K['words']>
  /** Loaded beside the data when the page is sure to be drawn. */
  frame: Frame | undefined
}
