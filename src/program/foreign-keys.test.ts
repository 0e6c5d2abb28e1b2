import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { testDatabase } from '#test/database.ts'
import { superuserOf } from '#test/superuser.ts'

const database = await testDatabase()
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

/** The names that a query answers: what stands there is wrong. */
async function names(text: string): Promise<string[]> {
  const { rows } = await admin.query<{ name: string }>(text)
  return rows.map(({ name }) => name).toSorted()
}

/** Where a row may point to a row of another customer, and why that is right. */
const pointingAcross = [
  // A notice for everybody has no customer.
  'notice_read_notice',
  // The customer a session works for need not be the user's own one day (see the migration), and these two hang on it.
  'form_draft_user_id_fkey',
  'session_seen_by',
  'session_user_id_fkey',
  'sign_in_confirms_session',
  // Of the staff, who are the house's, to whom they have looked at and written of.
  'customer_note_staff',
  'staff_request_asker',
  'staff_request_decider',
  'staff_visit_staff',
  'ticket_assigned_to',
  'viewing_staff',
  'viewing_staff_session',
]

test('what points to a row of a customer names the customer with it', async () => {
  const single = await names(`
    select f.conname as name from pg_constraint f
      join pg_attribute own on own.attrelid = f.conrelid and own.attname = 'customer_id'
      join pg_attribute theirs on theirs.attrelid = f.confrelid and theirs.attname = 'customer_id'
    where f.contype = 'f' and f.conparentid = 0
      and array_position(f.conkey, own.attnum) is distinct from array_position(f.confkey, theirs.attnum)
      or f.contype = 'f' and own.attnum is not null and not own.attnum = any(f.conkey)`)
  assert.deepEqual(single, pointingAcross.toSorted())
})

test('every foreign key has an index', async () => {
  const without = await names(`
    select f.conname as name from pg_constraint f
    where f.contype = 'f' and f.connamespace in ('public'::regnamespace, 'pbx'::regnamespace) and not exists (
      select from pg_index i where i.indrelid = f.conrelid
        and (i.indpred is null or pg_get_expr(i.indpred, i.indrelid) ~ '^\\(\\w+ IS NOT NULL\\)$')
        and (select array_agg(k order by k) from unnest((i.indkey::int2[])[0:cardinality(f.conkey) - 1]) k)
          = (select array_agg(k order by k) from unnest(f.conkey) k))`)
  assert.deepEqual(without, [])
})
