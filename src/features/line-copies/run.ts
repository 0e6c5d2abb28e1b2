import { sql } from 'kysely'
import type { LineAction } from '#features/line-changes/actions.ts'
import { ofLine } from '#features/lines/of-line.ts'
import type { LineContext } from '#features/lines/open.ts'
import { only } from '#platform/database/json-row.ts'
import type { CopyOutcome } from './copy.ts'

/** A copying to several contracts, as its author is told of it. */
export interface CopyRun {
  at: Date
  action: LineAction
  subject: string
  outcomes: CopyOutcome[]
}

/** Keeps what has become of a copying, for its author alone: it names contracts that others may not see. Answers its id. */
export async function keepRun(ctx: LineContext, { action, subject, outcomes }: Omit<CopyRun, 'at'>): Promise<string> {
  const { tx, now, actor, contract } = ctx
  const { rows } = await sql<{ id: string }>`
    insert into pbx.copy_run (customer_id, contract_id, at, actor_id, action, subject, outcomes)
    values (${actor.customer.id}, ${contract.id}, ${now}, ${actor.userId}, ${action}, ${subject}, ${JSON.stringify(outcomes)}::jsonb)
    returning id`.execute(tx)
  return only(rows).id
}

/** One's own. */
export async function findRun(ctx: LineContext, id: string): Promise<CopyRun | undefined> {
  const { rows } = await sql<CopyRun>`
    select r.at, r.action, r.subject, r.outcomes from pbx.copy_run r
    where ${ofLine(ctx, 'r')} and r.id = ${id} and r.actor_id = ${ctx.actor.userId}`.execute(ctx.tx)
  return rows[0]
}
