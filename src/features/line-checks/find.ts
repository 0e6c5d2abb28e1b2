import { sql } from 'kysely'
import type { LineContext } from '#features/lines/open.ts'
import {
  type FindingAbout,
  type FindingKind,
  findingKinds,
  findingsWithin,
  findingsWithRemarks,
  loopsWithin,
} from './findings.ts'

/** Something in the settings that is probably not meant. */
export interface Finding {
  kind: FindingKind
  about: FindingAbout
  /** Of a calendar its name. */
  number: string
  /** Of the page on which it is mended. */
  id: string
  /** The numbers that it leads through, or names. */
  path: readonly string[]
  /** Of an extension or a group; empty: it has none. */
  name: string
}

/** Of what needs no remedy so many are shown. */
const mostShown = 500

/** What the settings check finds, the gravest first; with its remarks where they are asked for. */
export async function findFindings(
  ctx: LineContext,
  { remarks = false }: { remarks?: boolean } = {},
): Promise<Finding[]> {
  const { tx, actor, contract } = ctx
  const whose = (alias: string) =>
    sql`${sql.ref(`${alias}.customer_id`)} = ${actor.customer.id} and ${sql.ref(`${alias}.contract_id`)} = ${contract.id}`
  const { rows } = await sql<Finding>`
    select f.kind, f.about, f.number, f.id, f.path, coalesce(e.name, g.name, '') as name
    from (${remarks ? findingsWithRemarks(ctx) : findingsWithin(ctx)}) f
    left join pbx.extension e on f.about = 'extension' and ${whose('e')} and e.number = f.number
    left join pbx.call_group g on f.about = 'group' and ${whose('g')} and g.number = f.number
    order by array_position(${findingKinds}::text[], f.kind), f.number limit ${sql.lit(mostShown)}`.execute(tx)
  return rows
}

/** The numbers through which calls come back to where they were, for each way that does. */
export async function findLoops(ctx: LineContext): Promise<string[][]> {
  const { rows } = await sql<{ path: string[] }>`select l.path from (${loopsWithin(ctx)}) l`.execute(ctx.tx)
  return rows.map(({ path }) => path)
}
