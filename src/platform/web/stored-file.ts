import type { notFound, PageRequest } from './page.ts'
import type { Path } from './paths.ts'

/** A file behind the login as it was brought: it is kept by whoever asks for it, and never shown by a browser in our place. */
export interface StoredFile<Context, Audience, Name extends string = string> {
  path: Path<Name>
  allow: Audience
  load: (ctx: Context, asked: PageRequest<NoInfer<Name>>) => Promise<StoredBytes<Context> | typeof notFound>
}

export interface StoredBytes<Context> {
  name: string
  /** How many parts it has. */
  parts: number
  /** The part of a number, from 0. Each call has a transaction and a context of its own, so a right that is taken away ends it too. */
  read: (ctx: Context, part: number) => Promise<Uint8Array>
}
