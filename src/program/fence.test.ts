import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { superuser } from '#program/embedded-postgres/initialise.ts'
import { initDatabase } from '#program/init-database.ts'
import { testDatabase } from '#test/database.ts'
import { type FencedTable, fencedTables, makeTwoCustomers, type TwoCustomers } from '#test/two-customers.ts'
import { superuserOf } from '#test/superuser.ts'

const database = await testDatabase()
const admin = superuserOf(database)
const app = new pg.Client(database.appConfig)
let tables: FencedTable[]
let two: TwoCustomers

before(async () => {
  app.on('error', () => undefined)
  await app.connect()
  const { database: name = '', ...server } = database.ownerConfig
  // Whose a database is, and to whom it is closed, is not copied with its template.
  await admin.query(`alter database ${name} owner to portal_owner`)
  await initDatabase({ ...server, user: superuser, database: 'postgres' }, name, [])
  two = await makeTwoCustomers(database)
  tables = await fencedTables(admin)
})
after(async () => {
  await Promise.all([admin.end(), app.end()])
  await database[Symbol.asyncDispose]()
})

/** The names that a query answers: what stands there is wrong. */
async function names(text: string): Promise<string[]> {
  const { rows } = await admin.query<{ name: string }>(text)
  return rows.map(({ name }) => name).toSorted()
}

/** In a transaction of portal_app, rolled back; undefined leaves `app.customer` unset. */
async function fenced<T>(customer: string | undefined, work: () => Promise<T>): Promise<T> {
  await app.query('begin')
  try {
    if (customer !== undefined) await app.query(`select set_config('app.customer', $1, true)`, [customer])
    return await work()
  } finally {
    await app.query('rollback')
  }
}

const countSeen = async ({ name }: FencedTable): Promise<number> =>
  (await app.query<{ n: number }>(`select count(*)::integer as n from ${name}`)).rows[0]?.n ?? -1

/** Of it the rows without a customer are for everybody, to be read and nothing else: its own test is below. */
const alsoForEverybody = ['notice: of_the_customer_or_everybody']

test('every table with a customer is behind a forced fence of both roles', async () => {
  assert(tables.length >= 20)
  assert.deepEqual(
    tables.filter(({ forced }) => !forced).map(({ name }) => name),
    [],
  )
  const open = await names(`
    select distinct c.relname || ': ' || coalesce(p.policyname, 'no policy') as name
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'customer_id' and not a.attisdropped
      left join pg_policies p on p.tablename = c.relname and p.roles = '{portal_app}'
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and (p.policyname is null or p.permissive <> 'PERMISSIVE' or not (
        coalesce(p.qual, p.with_check) ~ '^\\(customer_id (=|IS NOT DISTINCT FROM|IS DISTINCT FROM) app_customer\\(\\)\\)$'
        or coalesce(p.with_check, '') = '(NOT (customer_id IS DISTINCT FROM app_customer()))'))`)
  assert.deepEqual(open, alsoForEverybody)
})

/**
 * The change history is sealed, and its old end removed, by two functions of the door, so that no other role can. So are the rows
 * that a change of settings has changed, the counts of a line, a session that is handed over to another site, the records of who
 * could see what, and the removal of old reviews of them; sessions that staff end, who may change none; and files of orders that staff
 * take away.
 */
const writtenByTheDoor = [
  'access_review: removed_when_old',
  'access_review_row: removed_when_old',
  'attachment: of_the_door',
  'attachment_part: of_the_door',
  'change_history: removed_when_old',
  'change_history: sealed_once',
  'change_history_checkpoint: of_the_door',
  'changed_row: of_the_door',
  'hand_over: of_the_door',
  'line: of_the_door',
  'mail: resent_by_the_door',
  'membership_record: begun_by_triggers',
  'membership_record: ended_once',
  'membership_record: removed_when_old',
  'right_record: begun_by_triggers',
  'right_record: ended_once',
  'right_record: removed_when_old',
  'session: begun_by_the_door',
  'session: ended_by_the_door',
  'session_on_site: of_the_door',
  'user_group_record: begun_by_triggers',
  'user_group_record: ended_once',
  'user_group_record: removed_when_old',
  'user_record: begun_by_triggers',
  'user_record: ended_once',
  'user_record: removed_when_old',
  'viewing: of_the_door',
]

test('policies for everybody, or for the door to write, do not exist', async () => {
  const wrong = `select tablename || ': ' || policyname as name from pg_policies where schemaname in ('public', 'pbx')
    and ('public' = any(roles) or 'portal_owner' = any(roles) or ('portal_door' = any(roles) and cmd <> 'SELECT'))`
  assert.deepEqual(await names(wrong), writtenByTheDoor)
})

test('the role that answers requests owns nothing, may make nothing, and is nobody else', async () => {
  const { rows } = await admin.query(`
    select rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication as power,
      (select count(*)::integer from pg_shdepend where refobjid = r.oid and deptype = 'o'
        and dbid in (0, (select oid from pg_database where datname = current_database()))) as owned,
      (select count(*)::integer from pg_auth_members where member = r.oid) as memberships,
      has_schema_privilege(oid, 'public', 'create') or has_schema_privilege(oid, 'door', 'create') or has_schema_privilege(oid, 'pbx', 'create')
        or has_database_privilege(oid, current_database(), 'create') or has_database_privilege(oid, current_database(), 'temporary') as ddl,
      has_schema_privilege(oid, 'graphile_worker', 'usage') as queue
    from pg_roles r where rolname = 'portal_app'`)
  assert.deepEqual(rows, [{ power: false, owned: 0, memberships: 0, ddl: false, queue: false }])
})

test('nothing but the rows of a table can be touched, and a partition not at all', async () => {
  const tooMuch = await names(`
    select c.relname as name from pg_class c where relnamespace in ('public'::regnamespace, 'pbx'::regnamespace) and relkind in ('r', 'p', 'v', 'm')
      and (has_table_privilege('portal_app', oid, 'truncate, references, trigger, maintain')
        or relispartition and (has_any_column_privilege('portal_app', oid, 'select, insert, update') or has_table_privilege('portal_app', oid, 'delete')))`)
  assert.deepEqual(tooMuch, [])
  const partitions = await names(`select relname as name from pg_class where relispartition and relkind = 'r'`)
  assert(partitions.length >= 4)
  for (const name of partitions) await assert.rejects(app.query(`select from ${name}`), { code: '42501' })
})

test('what runs with the rights of its owner has a fixed search path and is not for everybody', async () => {
  const wrong = await names(`
    select p.proname as name from pg_proc p where pronamespace in ('public'::regnamespace, 'door'::regnamespace, 'pbx'::regnamespace) and (
      prosecdef and not coalesce(proconfig::text ~ 'search_path=pg_catalog, (public, )?pg_temp', false)
      or has_function_privilege('public', p.oid, 'execute'))`)
  assert.deepEqual(wrong, [])
  const ofSuperuser = `select proname as name from pg_proc p where prosecdef
    and pg_get_userbyid(proowner) not in ('portal_owner', 'portal_door') and pronamespace <> 'pg_catalog'::regnamespace`
  assert.deepEqual(await names(ofSuperuser), [])
})

test('what moves the fence says so by its name, and nothing else does', async () => {
  const moving = `select proname as name from pg_proc where pronamespace in ('public'::regnamespace, 'door'::regnamespace, 'pbx'::regnamespace)
    and prokind in ('f', 'p') and pg_get_functiondef(oid) ~ 'set_config|\\mset (local |session )?app[.]'`
  assert.deepEqual(await names(moving), entries)
  assert.deepEqual(await names(`select proname as name from pg_proc where proname ~ 'fence_by'`), entries)
})

const entries = ['first_login', 'login', 'mail_change', 'session', 'sign_in', 'viewing'].map(
  (by) => `enter_fence_by_${by}`,
)

test('every table holds rows of both customers, and of each only its own are seen', async () => {
  for (const table of tables.filter(({ readable }) => readable)) {
    const of = async (customer: string): Promise<number> =>
      (await admin.query(`select from ${table.name} where ${table.key} = $1`, [customer])).rowCount ?? 0
    const [anna, bob] = [await of(two.anna), await of(two.bob)]
    assert(anna > 0 && bob > 0, `${table.name} has rows of both`)
    assert.equal(await fenced(undefined, () => countSeen(table)), 0, `${table.name}, unset`)
    assert.equal(await fenced('', () => countSeen(table)), 0, `${table.name}, empty`)
    assert.equal(await fenced(crypto.randomUUID(), () => countSeen(table)), 0, `${table.name}, of nobody`)
    assert.equal(await fenced(two.anna, () => countSeen(table)), anna, `${table.name}, of the one`)
    assert.equal(await fenced(two.bob, () => countSeen(table)), bob, `${table.name}, of the other`)
  }
})

test('a notice without a customer is for everybody, one with a customer for that one alone', async () => {
  const codes = async (): Promise<string[]> => {
    const { rows } = await app.query<{ code: string }>(`select code from notice where code like 'e-%' order by 1`)
    return rows.map(({ code }) => code)
  }
  const insert = `insert into notice (customer_id, code, kind, title_ja, title_en, body_ja, body_en, published_at)
    values ($1, $2, 'news', '', '', '', '', now())`
  for (const [customer, code] of [
    [null, 'e-all'],
    [two.anna, 'e-anna'],
    [two.bob, 'e-bob'],
  ])
    await admin.query(insert, [customer, code])
  assert.deepEqual(await fenced(undefined, codes), ['e-all'])
  assert.deepEqual(await fenced(two.anna, codes), ['e-all', 'e-anna'])
  assert.deepEqual(await fenced(two.bob, codes), ['e-all', 'e-bob'])
  await admin.query(`delete from notice where code like 'e-%'`)
  const written = await names(`select policyname as name from pg_policies where tablename = 'notice'
    and roles = '{portal_app}' and cmd <> 'SELECT'`)
  assert.deepEqual(written, [])
})

test('what is not for the application cannot be read at all', async () => {
  const closed = tables.filter(({ readable }) => !readable).map(({ name }) => name)
  assert.deepEqual(closed, [
    'address_clash',
    'created_by_import',
    'customer_note',
    'feedback',
    'hand_over',
    'notice_told',
    'staff_member',
    'staff_request',
    'staff_role',
    'staff_visit',
    'ticket_note',
    'told',
    'user_import_notice',
  ])
  for (const name of closed) await assert.rejects(app.query(`select from ${name}`), { code: '42501' })
})

test('a row of another customer can be neither written, moved, changed nor removed', async () => {
  for (const { name, key, columns, changeable, removable } of tables) {
    const { rows } = await admin.query<{ row: object }>(
      `select to_jsonb(t) as row from ${name} t where ${key} = $1 limit 1`,
      [two.bob],
    )
    const insert = `insert into ${name} (${columns}) select ${columns} from jsonb_populate_record(null::${name}, $1)`
    await assert.rejects(
      fenced(two.anna, () => app.query(insert, [rows[0]?.row])),
      { code: '42501' },
      `${name}: written`,
    )
    const move = `update ${name} set ${key} = $1`
    const moved = fenced(two.anna, () => app.query(move, [two.bob]))
    await assert.rejects(moved, { code: '42501' }, `${name}: moved`)
    // What it may change it need not be able to read.
    const change = `update ${name} set ${changeable} = default`
    if (changeable) assert.equal(await fenced(two.anna, () => changed(change, key)), 0, `${name}: changed`)
    if (removable)
      assert.equal(await fenced(two.anna, () => changed(`delete from ${name}`, key)), 0, `${name}: removed`)
  }
})

async function changed(statement: string, key: string): Promise<number | null> {
  return (await app.query(`${statement} where ${key} = $1`, [two.bob])).rowCount
}
