import assert from 'node:assert/strict'
import type pg from 'pg'

/** A column that a statement reads. */
export interface ColumnRead {
  table: string
  column: string
  /** As PostgreSQL names it. */
  type: string
  isGenerated: boolean
}

/** Functions that a statement may call, which read no table; whatever others it calls must be looked at by hand. */
const readNothing = ['app_customer']

/**
 * The columns that a statement reads, wherever it does, as PostgreSQL itself notes them: of a function with the statement as its
 * body it keeps what that depends on.
 */
export async function columnsRead(admin: pg.Pool, statement: string): Promise<ColumnRead[]> {
  const client = await admin.connect()
  try {
    await client.query(`prepare looked_at as ${statement}`)
    const { rows: prepared } = await client.query<{ types: string }>(
      `select array_to_string(parameter_types, ', ') as types from pg_prepared_statements where name = 'looked_at'`,
    )
    await client.query('deallocate looked_at')
    await client.query('begin')
    await client.query(
      `create function reader(${prepared[0]?.types ?? ''}) returns setof record begin atomic ${statement}; end`,
    )
    const { rows: calls } = await client.query<{ name: string }>(`
      select p.proname as name ${dependencies} join pg_proc p on d.refclassid = 'pg_proc'::regclass and p.oid = d.refobjid
      where p.pronamespace <> 'pg_catalog'::regnamespace and p.provolatile <> 'i'`)
    assert.deepEqual(
      calls.map(({ name }) => name).filter((name) => !readNothing.includes(name)),
      [],
    )
    const { rows } = await client.query<ColumnRead>(`
      select c.relname as table, a.attname as column, format_type(a.atttypid, a.atttypmod) as type, a.attgenerated <> '' as "isGenerated"
      ${dependencies} join pg_class c on d.refclassid = 'pg_class'::regclass and c.oid = d.refobjid
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and a.attnum = coalesce(nullif(d.refobjsubid, 0), a.attnum)`)
    return rows
  } finally {
    await client.query('rollback')
    client.release()
  }
}

const dependencies = `from pg_depend d join pg_proc f on d.classid = 'pg_proc'::regclass and f.oid = d.objid and f.proname = 'reader'`
