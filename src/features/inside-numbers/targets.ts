import { sql } from 'kysely'
import { sameLine } from '#features/lines/of-line.ts'
import type { LineContext, LineWriter } from '#features/lines/open.ts'

/** An extension or a group, as something that calls are sent to. */
export interface Target {
  number: string
  kind: 'extension' | 'group'
  name: string
  isEnabled: boolean
}

/** A target as people read it: `6000 代表グループ`. */
export function targetText({ number, name }: Pick<Target, 'number' | 'name'>): string {
  return `${number} ${name}`.trim()
}

/**
 * What people mean who type a number, with or without a name after it, or the name of a group: by what they have typed.
 * What means nothing in this line is absent.
 */
export async function findTargets(
  ctx: Pick<LineWriter, 'tx' | 'actor' | 'contract'>,
  typed: readonly string[],
): Promise<Map<string, Target>> {
  const asked = [...new Set(typed)].map((text) => ({ text, ...meantBy(text) }))
  if (asked.length === 0) return new Map()
  const { tx, actor, contract } = ctx
  const { rows } = await sql<Target & { text: string }>`
    select a.text, i.number, i.kind,
      coalesce((select e.name from pbx.extension e where ${sameLine('e', 'i')} and e.number = i.number),
        (select g.name from pbx.call_group g where ${sameLine('g', 'i')} and g.number = i.number), '') as name,
      coalesce((select e.is_enabled from pbx.extension e where ${sameLine('e', 'i')} and e.number = i.number), true) as "isEnabled"
    from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as a (text text, number text, name text)
    cross join lateral (
      select a.number where a.number is not null
      union all
      select x.number from pbx.call_group x where x.customer_id = ${actor.customer.id} and x.contract_id = ${contract.id}
        and a.number is null and fold_text(x.name) = fold_text(a.name)
    ) meant
    -- Of each apart: in a join of them all, every number of the line might be read.
    cross join lateral (
      select x.* from pbx.inside_number x
      where x.customer_id = ${actor.customer.id} and x.contract_id = ${contract.id} and x.number = meant.number limit 1
    ) i
    order by i.number desc`.execute(tx)
  return new Map(rows.map(({ text, ...target }) => [text, target]))
}

function meantBy(text: string): { number: string | null; name: string } {
  const given = text.normalize('NFKC').trim()
  const number = /^(?:内線\s*)?(\d+)(?!\S)/u.exec(given)?.[1] ?? /[（(](\d+)[)）]$/u.exec(given)?.[1] ?? null
  return { number, name: given }
}

/** How many extensions are suggested: browsers show a long list badly, and a page of 20,000 not at all. */
const mostSuggested = 100

/** What a field for a target suggests: the groups, and the extensions where there are few. */
export async function findSuggestions(ctx: LineContext): Promise<Target[]> {
  const { tx, actor, contract, line } = ctx
  const few = line.extensions <= mostSuggested
  const extensions = sql`union all select number, 'extension', name, is_enabled from pbx.extension
    where customer_id = ${actor.customer.id} and contract_id = ${contract.id} and is_enabled`
  const { rows } = await sql<Target>`
    select number, 'group' as kind, name, true as "isEnabled" from pbx.call_group
    where customer_id = ${actor.customer.id} and contract_id = ${contract.id} ${few ? extensions : sql``}
    order by kind desc, number`.execute(tx)
  return rows
}
