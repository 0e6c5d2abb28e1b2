import type { RowKey } from '../list/paging.ts'
import type { In, Words } from '../words.ts'
import type { notFound, PageRequest } from './page.ts'

/**
 * Rows as a file of the kind that its path ends in: `.csv` (RFC 4180), and beside it, under a path of its own, `.xlsx`;
 * or `.jsonl`, an object of JSON in each line, with the columns' names. Without columns the first cell of each row is such a line
 * already, and goes out as it is; so does that of `.ics`, the one cell of a calendar.
 */
export interface Download<Context, Audience, W extends Words = Words> {
  path: string
  /** It is to be read by us again, and in this form alone. */
  isTemplate?: true
  allow: Audience
  words: W
  load: (ctx: Context, asked: PageRequest, words: In<W>) => Promise<DownloadFile<Context> | typeof notFound>
}

export interface DownloadFile<Context> {
  /** What is in it: whose it is, the day and the ending are added. */
  name: string
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

export type FileKind = 'csv' | 'xlsx' | 'jsonl' | 'ics'

/** Where the rows are to be had as a workbook: beside their CSV. */
export function workbookPath(csvPath: string): string {
  return csvPath.replace(/\.csv$/, '.xlsx')
}

/** Where a list is to be had on paper: beside its CSV; nowhere, where its rows are in no table. */
export function papersOf({ csv, each }: { csv?: string; each?: unknown }): string[] {
  return csv === undefined || each !== undefined ? [] : [csv.replace(/\.csv$/, '.html')]
}

/** The paths of a download, and what is to be had at each. */
export function filesAt({
  path,
  isTemplate,
}: Pick<Download<never, unknown>, 'path' | 'isTemplate'>): { path: string; kind: FileKind }[] {
  if (path.endsWith('.jsonl')) return [{ path, kind: 'jsonl' }]
  if (path.endsWith('.ics')) return [{ path, kind: 'ics' }]
  return [{ path, kind: 'csv' }, ...(isTemplate ? [] : [{ path: workbookPath(path), kind: 'xlsx' as const }])]
}
