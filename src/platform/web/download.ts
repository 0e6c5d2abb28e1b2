import type { RowKey } from '../list/paging.ts'
import type { In, Words } from '../words.ts'
import type { notFound, PageRequest } from './page.ts'

/** Rows as a file. */
export interface Download<Context, Audience, W extends Words = Words> {
  path: string
  allow: Audience
  words: W
  load: (ctx: Context, asked: PageRequest, words: In<W>) => Promise<DownloadFile<Context> | typeof notFound>
}

export interface DownloadFile<Context> {
  /** Without its ending. */
  name: string
  /** CSV (RFC 4180) unless told; `jsonl`: an object of JSON in each line, with the columns' names. */
  format?: 'csv' | 'jsonl'
  columns: readonly string[]
  /**
   * The next rows, after those that ended with `edge`; without an edge, the first. Each call has a transaction and a
   * context of its own, so a right that is taken away ends the download too.
   */
  read: (ctx: Context, edge: RowKey | undefined) => Promise<ReadRows>
}

export interface ReadRows {
  rows: Cell[][]
  /** Absent: these were the last. */
  edge: RowKey | undefined
}

export type Cell = string | number | null
