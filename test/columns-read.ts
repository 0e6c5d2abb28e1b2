import type pg from 'pg'

/** A column that a statement reads. */
export interface ColumnRead {
  table: string
  column: string
  /** As PostgreSQL names it. */
  type: string
  isGenerated: boolean
}

/**
 * The columns that a statement reads, wherever it does, as PostgreSQL itself notes them: of a function with the statement as its
 * body it keeps what that depends on. Of a table that a function of ours reads, which it may call, every column counts.
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
    const { rows } = await client.query<ColumnRead>(`
      with depends as (
        select d.* from pg_depend d join pg_proc f on d.classid = 'pg_proc'::regclass and f.oid = d.objid and f.proname = 'reader'
      ), named as (
        select refobjid as relation, refobjsubid as column from depends where refclassid = 'pg_class'::regclass
        union select c.oid, 0 from depends d
        join pg_proc p on d.refclassid = 'pg_proc'::regclass and p.oid = d.refobjid and p.pronamespace <> 'pg_catalog'::regnamespace
        join pg_class c on c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
        and p.prosrc ~ ('\\m(from|join) (public[.])?' || c.relname || '\\M')
      )
      select distinct c.relname as table, a.attname as column, format_type(a.atttypid, a.atttypmod) as type,
        a.attgenerated <> '' as "isGenerated"
      from named n join pg_class c on c.oid = n.relation
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and n.column in (0, a.attnum)`)
    return rows
  } finally {
    await client.query('rollback')
    client.release()
  }
}
