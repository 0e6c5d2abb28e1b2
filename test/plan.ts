import assert from 'node:assert/strict'
import type pg from 'pg'

/** One part of how PostgreSQL goes about a statement. */
export interface PlanNode {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Index Cond'?: string
  Plans?: PlanNode[]
}

/** How a role, the app's unless told, goes about a statement behind the fence, whatever its parameters are: the plan that is kept. */
export async function planOf(
  admin: pg.Pool,
  text: string | undefined,
  role: 'portal_app' | 'portal_staff' = 'portal_app',
): Promise<PlanNode[]> {
  const client = await admin.connect()
  try {
    await client.query(`begin; set local role ${role}`)
    const { rows } = await client.query<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(
      `explain (generic_plan, format json) ${text}`,
    )
    return nodesOf(rows[0]?.['QUERY PLAN'][0]?.Plan ?? assert.fail('no plan'))
  } finally {
    await client.query('rollback')
    client.release()
  }
}

function nodesOf(plan: PlanNode): PlanNode[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)]
}
