import { sql } from 'kysely'
import { ofLine } from '#features/lines/of-line.ts'
import type { LineContext } from '#features/lines/open.ts'
import { type JsonRow, jsonRow, value } from '#platform/database/json-row.ts'

export interface Extension {
  id: string
  number: string
  name: string
  kana: string
  /** Shown to those called outside; null: the line's main number. */
  callerNumber: string | null
  hidesCaller: boolean
  ringSeconds: number
  isEnabled: boolean
  version: number
}

/** Of a row `r` of pbx.extension that is the inside number `i`. */
export const extensionRow: JsonRow<Extension> = jsonRow<Extension>({
  id: value('i.id'),
  number: value('r.number'),
  name: value('r.name'),
  kana: value('r.kana'),
  callerNumber: value('r.caller_number'),
  hidesCaller: value('r.hides_caller'),
  ringSeconds: value('r.ring_seconds'),
  isEnabled: value('r.is_enabled'),
  version: value('r.version'),
})

/** An extension by its id. */
export async function findExtension(ctx: LineContext, id: string): Promise<Extension | undefined> {
  const { rows } = await sql<Parameters<typeof extensionRow.read>[0]>`
    select ${extensionRow.columns} from pbx.inside_number i
    join pbx.extension r on r.customer_id = i.customer_id and r.contract_id = i.contract_id and r.number = i.number
    where ${ofLine(ctx, 'i')} and i.id = ${id}`.execute(ctx.tx)
  return rows[0] && extensionRow.read(rows[0])
}
