import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { test } from 'node:test'
import type pg from 'pg'
import { testDatabase } from '#test/database.ts'
import { superuserOf } from '#test/superuser.ts'

// WRITE_TABLES=1 npm test -- database/grants.test.ts writes the part of the document anew.
const writes = process.env.WRITE_TABLES !== undefined

const document = new URL('../docs/security.md', import.meta.url)
/** Between these two lines of the document. */
const [begin, end] = ['<!-- grants: from the catalogue, by database/grants.test.ts -->\n', '<!-- /grants -->\n']

test('docs/security.md says what portal_app and portal_staff may change, column by column', async () => {
  await using database = await testDatabase()
  const admin = superuserOf(database)
  const granted = `${await grantsIn(admin, 'portal_app')}
### What \`portal_staff\` may change

${await grantsIn(admin, 'portal_staff')}`
  await admin.end()
  const text = await readFile(document, 'utf8')
  const [before = '', rest = ''] = text.split(begin)
  const [written, after] = rest.split(end)
  assert(after !== undefined, `${begin} and ${end} stand in the document`)
  if (writes) await writeFile(document, before + begin + granted + end + after)
  else assert.equal(written, granted)
})

/** As a table of the document, and the functions that act with the rights of others. */
async function grantsIn(admin: pg.Pool, role: 'portal_app' | 'portal_staff'): Promise<string> {
  const { rows: tables } = await admin.query<{ table: string; inserts: string; updates: string; deletes: boolean }>(
    `
    select c.oid::regclass::text as table, coalesce(case when bool_and(may_insert) then 'all' end,
        string_agg(attname, ', ' order by attnum) filter (where may_insert), '–') as inserts,
      coalesce(string_agg(attname, ', ' order by attnum) filter (where may_update), '–') as updates, deletes
    from pg_class c join pg_attribute a on attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = '',
      lateral (select has_column_privilege($1, c.oid, attnum, 'insert') as may_insert,
        has_column_privilege($1, c.oid, attnum, 'update') as may_update,
        has_table_privilege($1, c.oid, 'delete') as deletes) may
    where relnamespace in ('public'::regnamespace, 'pbx'::regnamespace) and relkind in ('r', 'p', 'v', 'm', 'f')
    group by c.oid, deletes having bool_or(may_insert or may_update) or deletes order by 1`,
    [role],
  )
  const { rows: functions } = await admin.query<{ name: string }>(
    `
    select oid::regprocedure::text as name from pg_proc
    where prosecdef and has_function_privilege($1, oid, 'execute') and pronamespace <> 'pg_catalog'::regnamespace
    order by 1`,
    [role],
  )
  const lines = tables.map(
    ({ table, inserts, updates, deletes }) => `| ${table} | ${inserts} | ${updates} | ${deletes ? 'yes' : '–'} |`,
  )
  return `| Table | New rows, with | Changes | Removes rows |
|---|---|---|---|
${lines.join('\n')}

Functions that act for it with the rights of their owner: ${functions.map(({ name }) => `\`${name}\``).join(', ')}.
`
}
