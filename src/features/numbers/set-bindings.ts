import { sql } from 'kysely'
import { findTargets } from '#features/inside-numbers/targets.ts'
import { type Changed, changeLine, type ChangingLine } from '#features/line-changes/change.ts'
import type { LineContext } from '#features/lines/open.ts'
import { type Done, done, type Outcome, type Refusal, refuse } from '#platform/outcome.ts'

/** What a number is to be bound to, and called. */
export interface Binding {
  id: string
  /** As it is typed; empty: bound to nothing. */
  target: string
  memo: string
  /** Of the number as the form has shown it. */
  version: number
}

export type BindingProblem = 'unknown-target' | 'disabled-target' | 'ended' | 'changed-meanwhile'

/** Which of the numbers was refused, beside why. */
export type BindingRefusal = Refusal<BindingProblem> & { id: string }

/** Binds the numbers that are to be bound to something else than they are, together or none. Answers how many have changed. */
export async function setBindings(
  ctx: LineContext,
  bindings: readonly Binding[],
): Promise<Outcome<Changed<number>, 'may-not-edit'> | BindingRefusal> {
  const [only] = bindings
  let refused: BindingRefusal | undefined
  const changed = await changeLine(
    ctx,
    {
      action: bindings.length === 1 ? 'number-changed' : 'numbers-bound',
      subject: bindings.length === 1 && only ? await numberOf(ctx, only.id) : '',
    },
    async (changing) => {
      const bound = await bind(changing, bindings)
      if (!('id' in bound)) return bound
      refused = bound
      return refuse(bound.problem)
    },
  )
  if (refused) return refused
  // Whatever was refused otherwise is the right to edit.
  return changed.ok ? changed : refuse('may-not-edit')
}

interface Stored {
  id: string
  number: string
  target: string | null
  memo: string
  version: number
  ended: boolean
}

/** Within a change: what `setBindings` does, and a try of it. */
export async function bind(ctx: ChangingLine, bindings: readonly Binding[]): Promise<Done<number> | BindingRefusal> {
  const { tx, actor, contract, line, now } = ctx
  const [stored, targets] = await Promise.all([
    sql<Stored>`select id, number, target, memo, version, coalesce(ended_on <= (${now}::timestamptz at time zone ${line.timeZone})::date, false) as ended
      from pbx.external_number where customer_id = ${actor.customer.id} and contract_id = ${contract.id}
        and id = any(${bindings.map(({ id }) => id)}::uuid[])`.execute(tx),
    findTargets(
      ctx,
      bindings.flatMap(({ target }) => (target.trim() === '' ? [] : [target])),
    ),
  ])
  const writes: { id: string; target: string | null; memo: string }[] = []
  for (const { id, target, memo, version } of bindings) {
    const current = stored.rows.find((row) => row.id === id)
    const meant = target.trim() === '' ? null : targets.get(target)
    if (meant === undefined) return { ...refuse('unknown-target'), id }
    if (!current) continue
    const wanted = meant?.number ?? null
    if (wanted === current.target && memo === current.memo) continue
    if (current.version !== version) return { ...refuse('changed-meanwhile'), id }
    if (current.ended && wanted !== null && wanted !== current.target) return { ...refuse('ended'), id }
    if (meant && !meant.isEnabled && wanted !== current.target) return { ...refuse('disabled-target'), id }
    writes.push({ id, target: wanted, memo })
  }
  await sql`update pbx.external_number n set target = w.target, memo = w.memo, version = n.version + 1
    from jsonb_to_recordset(${JSON.stringify(writes)}::jsonb) as w (id uuid, target text, memo text)
    where n.customer_id = ${actor.customer.id} and n.contract_id = ${contract.id} and n.id = w.id`.execute(tx)
  return done(writes.length)
}

async function numberOf({ tx, actor, contract }: LineContext, id: string): Promise<string> {
  const found = await tx
    .selectFrom('pbx.external_number')
    .where('customer_id', '=', actor.customer.id)
    .where('contract_id', '=', contract.id)
    .where('id', '=', id)
    .select('number')
    .executeTakeFirst()
  return found?.number ?? ''
}
