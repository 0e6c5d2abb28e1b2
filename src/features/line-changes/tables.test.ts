import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { testDatabase } from '#test/database.ts'
import { superuserOf } from '#test/superuser.ts'
import { relationNames, relations } from './inner/relations.ts'

const database = await testDatabase()
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

/** Not settings: what the operator has set up, the changes themselves, those that are to come, what became of copies, and what was confirmed once. */
const others = ['change', 'changed_row', 'copy_run', 'line', 'line_finding', 'outside_target', 'reservation']

test('every table of settings is captured, and an undo knows all of its columns', async () => {
  const { rows } = await admin.query<{ name: string; captured: boolean; columns: string[] }>(`
    select c.relname as name, exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'capture') as captured,
      (select array_agg(a.attname::text order by a.attname) from pg_attribute a where a.attrelid = c.oid and a.attnum > 0
        and not a.attisdropped and a.attgenerated = '' and a.attname <> all ('{customer_id,contract_id,version}')) as columns
    from pg_class c join pg_attribute k on k.attrelid = c.oid and k.attname = 'contract_id'
    where c.relnamespace = 'pbx'::regnamespace and c.relkind = 'r' order by 1`)
  assert.deepEqual(
    rows.filter(({ captured }) => !captured).map(({ name }) => name),
    others,
  )
  const captured = rows.filter(({ name }) => !others.includes(name))
  assert.deepEqual(captured.map(({ name }) => name).toSorted(), [...relationNames].toSorted())
  // Which numbers there are, and how long, is the operator's.
  const ofOperator = ['ended_on', 'id']
  for (const relation of relationNames) {
    const { key, others: rest } = relations[relation]
    const known = [...key, ...rest, ...(relation === 'external_number' ? ofOperator : [])]
    assert.deepEqual(captured.find(({ name }) => name === relation)?.columns, known.toSorted(), relation)
  }
})

test('plans are made for contracts with many rows, whatever most of them have', async () => {
  const { rows } = await admin.query(`
    select c.relname as table, a.attname as column from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'pbx'::regnamespace and c.relkind = 'r' and a.attname in ('customer_id', 'contract_id')
      and not coalesce(a.attoptions::text ~ 'n_distinct=(5|10)\\M', false)`)
  assert.deepEqual(rows, [])
})
