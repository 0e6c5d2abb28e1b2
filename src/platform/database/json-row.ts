import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
  RawNode,
  sql,
} from 'kysely'
import { jsonBuildObject } from 'kysely/helpers/postgres'
import type { Phrase } from '../words.ts'

/** What the database tells of a `T` in JSON, until it is read. */
export interface Json<T> {
  readonly [ofType]: T
}
declare const ofType: unique symbol

/** A fact: how the database tells it in JSON, and how that is read. */
export interface Fact<T> {
  json: RawBuilder<Json<T>>
  read: (json: Json<T>) => T
}

export interface JsonRow<Row> extends Fact<Row> {
  /** The same facts side by side, for a `select` whose rows they are: `r.code as "code", r.opened_at as "openedAt"`. */
  columns: RawBuilder<Json<Row>>
}

/**
 * Makes a row of its facts: `jsonRow<Ticket>({ code: value('r.code'), openedAt: at('r.opened_at') })`. The part of a statement
 * that tells the row and the function that reads it come from one shape, so they cannot differ.
 */
export function jsonRow<Row extends object>(facts: { [Name in keyof Row]-?: Fact<Row[Name]> }): JsonRow<Row> {
  // Each reader is given what its own fact has told.
  const entries = Object.entries(facts) as [string, Fact<unknown>][]
  const toRead = entries.filter(([, { read }]) => read !== asItIs)
  const parts = entries.map(([, { json }]) => json)
  return {
    json: written(jsonBuildObject(Object.fromEntries(entries.map(([name, { json }]) => [name, json]))), parts),
    columns: written(sql.join(entries.map(([name, { json }]) => sql`${json} as ${sql.id(name)}`)), parts),
    read: toRead.length === 0 ? asItIs : (json) => readFacts(json, toRead),
  }
}

/** What JSON has as it is: text, numbers, truth, and what a statement of its own has made JSON of. */
export function value<T>(from: string | RawBuilder<unknown>): Fact<T> {
  return { json: toldBy(from), read: asItIs }
}

/** A moment, of a column with time and zone. In JSON it is text, and in a column of its own it is read already. */
export function at<T extends Date | null>(from: string | RawBuilder<unknown>): Fact<T> {
  return {
    json: toldBy(from),
    // The statement tells null only where the type of the row allows it.
    read: (json) => (json === null ? null : new Date(json as unknown as string | Date)) as T,
  }
}

/** Of two columns, such as `r.title_ja` and `r.title_en`. */
export function phrase(column: string): JsonRow<Phrase> {
  return jsonRow({ ja: value(`${column}_ja`), en: value(`${column}_en`) })
}

/** A fact that is there on a condition. */
export function when<T>(condition: RawBuilder<unknown>, { json, read }: Fact<T>): Fact<T | null> {
  return {
    json: written(sql`case when ${condition} then ${json} end`, [condition, json]),
    read: read === asItIs ? asItIs : readOrNull(read),
  }
}

/** The one row of a `from`. */
export function rowFrom<Row>({ json, read }: Fact<Row>, from: RawBuilder<unknown>): Fact<Row> {
  return { json: written(sql`(select ${json} from ${from})`, [json, from]), read }
}

/** The same where there may be none. */
export function rowOrNull<Row>({ json, read }: Fact<Row>, from: RawBuilder<unknown>): Fact<Row | null> {
  return {
    json: written(sql`(select ${json} from ${from})`, [json, from]),
    read: read === asItIs ? asItIs : readOrNull(read),
  }
}

/** A fact that is more than the database tells. */
export function mapped<Told, T>({ json, read }: Fact<Told>, change: (told: Told) => T): Fact<T> {
  return { json: json as unknown as RawBuilder<Json<T>>, read: (told) => change(read(told as unknown as Json<Told>)) }
}

interface Rows {
  /** A `with` that belongs to them. */
  beginning?: RawBuilder<unknown>
  from: RawBuilder<unknown>
  /** Absent: their order does not matter. */
  orderBy?: RawBuilder<unknown>
}

const nothing = sql``

/** Several rows; empty, not null, when there are none. */
export function rowsOf<Row>({ json, read }: Fact<Row>, { beginning = nothing, from, orderBy }: Rows): Fact<Row[]> {
  const inOrder = orderBy ? sql` order by ${orderBy}` : nothing
  const all = sql`coalesce((${beginning} select json_agg(${json}${inOrder}) from ${from}), '[]')`
  return {
    json: written(all, [beginning, json, from, orderBy ?? nothing]),
    // JSON has an array where the statement has made one.
    read: read === asItIs ? asItIs : (told) => (told as unknown as Json<Row>[]).map(read),
  }
}

function readOrNull<T>(read: Fact<T>['read']): Fact<T | null>['read'] {
  return (told) => (told === null ? null : read(told as unknown as Json<T>))
}

/** The row of a select without `from`, which always answers one. */
export function only<Row>(rows: readonly Row[]): Row {
  const [row] = rows
  if (row === undefined) throw new Error('A select without from answers one row')
  return row
}

/** For what needs no reading, so that whoever asks for a row of such facts reads nothing at all. */
function asItIs<T>(json: Json<T>): T {
  return json as unknown as T
}

function readFacts<Row extends object>(json: Json<Row>, toRead: readonly [string, Fact<unknown>][]): Row {
  const row: Record<string, unknown> = { ...json }
  for (const [name, { read }] of toRead) row[name] = read(row[name] as Json<unknown>)
  // Its facts are those of a row, and all are read.
  return row as Row
}

function toldBy<T>(from: string | RawBuilder<unknown>): RawBuilder<Json<T>> {
  return (typeof from === 'string' ? written(sql.ref(from), []) : from) as RawBuilder<Json<T>>
}

const onPaper = new Kysely<unknown>({
  dialect: {
    createDriver: () => new DummyDriver(),
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

/** Writes a part of a statement out once for all, unless one of its own parts takes parameters: to compile twelve facts anew costs a request 25 µs. */
function written<T>(part: RawBuilder<unknown>, parts: readonly RawBuilder<unknown>[]): RawBuilder<Json<T>> {
  return (parts.every(isText) ? sql.raw(part.compile(onPaper).sql) : part) as RawBuilder<Json<T>>
}

function isText(part: RawBuilder<unknown>): boolean {
  const node = part.toOperationNode()
  return RawNode.is(node) && node.parameters.length === 0
}
