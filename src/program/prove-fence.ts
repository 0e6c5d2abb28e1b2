import { isDeepStrictEqual } from 'node:util'
import pg from 'pg'
import { startProblem } from '#platform/start-problem.ts'

const schemas: readonly string[] = ['public', 'pbx']
const ours = `in (${schemas.map((schema) => `'${schema}'::regnamespace`).join(', ')})`

/** Tables that belong to no customer: the operator's own, and counters that must exist before anybody is known. */
const tablesOfNobody: readonly string[] = [
  'first_login_request',
  'job_pulse',
  'manual',
  'migration',
  'national_holiday',
  'operator',
  'recommendation',
  'refolding',
  'reissue_budget',
  'service',
  'service_category',
  'sign_in_guard',
  'site_state',
  'version_slot',
]

/** Fenced tables whose rows without a customer are for everybody. */
const tablesForEverybody: readonly string[] = ['notice']

/**
 * Proves on the live database that the role which answers requests sees nobody's rows unless a customer is named.
 * Throws a StartProblem: a portal whose fence does not hold must not start.
 */
export async function proveFence(app: pg.ClientConfig): Promise<void> {
  const client = new pg.Client(app)
  await client.connect()
  try {
    for (const prove of [proveRole, proveTables, provePolicies, proveViews, proveEmptiness]) {
      const gap = await prove(client)
      if (gap)
        throw startProblem('fence-broken', `The fence between customers does not hold: ${gap}. Nothing was started.`)
    }
  } finally {
    await client.end()
  }
}

async function proveRole(client: pg.Client): Promise<string | undefined> {
  const { rows } = await client.query<{ name: string }>(`
    select rolname as name from pg_roles where rolname = current_user and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)
    union all select relname from pg_class where relowner = current_user::regrole and relkind in ('r', 'p', 'v', 'm')
    union all select r.rolname from pg_auth_members m join pg_roles r on r.oid = m.roleid where m.member = current_user::regrole`)
  return rows[0] && `the application's role has or owns too much (${rows[0].name})`
}

async function proveTables(client: pg.Client): Promise<string | undefined> {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class
     where relnamespace ${ours} and relkind in ('r', 'p') and not (relrowsecurity and relforcerowsecurity) and relname <> all ($1)`,
    [tablesOfNobody],
  )
  return rows[0] && `the table ${rows[0].name} has none`
}

interface Policy {
  schema: string
  table: string
  command: string
  /** What a row must be to be seen, and to be written; null: nothing is said of it. As PostgreSQL writes it. */
  seen: string | null
  written: string | null
}

const ofTheCustomer = '(customer_id = app_customer())'
/** Settings belong to a contract as well. */
const ofTheContract = '((customer_id = app_customer()) AND (contract_id = app_contract()))'

/** Policies with another text than that of most tables. */
const otherPolicies: readonly Policy[] = [
  {
    schema: 'public',
    table: 'customer',
    command: 'ALL',
    seen: '(id = app_customer())',
    written: '(id = app_customer())',
  },
  {
    schema: 'public',
    table: 'access_history',
    command: 'INSERT',
    seen: null,
    written: '(NOT (customer_id IS DISTINCT FROM app_customer()))',
  },
  {
    schema: 'public',
    table: 'notice',
    command: 'SELECT',
    seen: `((customer_id IS NULL) OR ${ofTheCustomer})`,
    written: null,
  },
]

/** An empty table shows nothing whatever its policies say, so they are read too: word by word, for `… or true` is one word more. */
async function provePolicies(client: pg.Client): Promise<string | undefined> {
  const { rows } = await client.query<Policy>(
    `select schemaname as schema, tablename as table, cmd as command, qual as seen, with_check as written from pg_policies
     where schemaname = any ($1) and permissive = 'PERMISSIVE' and roles && array['public', current_user]::name[]`,
    [schemas],
  )
  const gap = rows.find((policy) => !asksForOwner(policy))
  return (
    gap && `a policy of the table ${gap.table} does not ask for the ${gap.schema === 'pbx' ? 'contract' : 'customer'}`
  )
}

function asksForOwner(policy: Policy): boolean {
  const { schema, seen, written } = policy
  const owned = schema === 'pbx' ? ofTheContract : ofTheCustomer
  if ((seen ?? owned) === owned && (written ?? owned) === owned) return true
  return otherPolicies.some((other) => isDeepStrictEqual(other, policy))
}

/** A view shows what its owner sees, and what is kept of a query has no fence at all. */
async function proveViews(client: pg.Client): Promise<string | undefined> {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class
     where relnamespace ${ours} and relkind in ('v', 'm', 'f') and has_any_column_privilege(oid, 'select')
       and not (relkind = 'v' and coalesce(reloptions, '{}') && array['security_invoker=true', 'security_invoker=on'])`,
  )
  return rows[0] && `the view ${rows[0].name} is not read with the reader's own rights`
}

async function proveEmptiness(client: pg.Client): Promise<string | undefined> {
  const { rows } = await client.query<{ schema: string; name: string }>(
    `select relnamespace::regnamespace::text as schema, relname as name from pg_class
     where relnamespace ${ours} and relkind in ('r', 'p') and relrowsecurity
       and has_any_column_privilege(oid, 'select') and relname <> all ($1)`,
    [tablesOfNobody],
  )
  const seen = rows.map(({ schema, name }) => {
    const fenced = tablesForEverybody.includes(name) ? 'where customer_id is not null' : ''
    const [text, table] = [client.escapeLiteral(name), `${schema}.${client.escapeIdentifier(name)}`]
    return `select ${text} as name where exists (select from ${table} ${fenced})`
  })
  const found = await client.query<{ name: string }>(seen.join(' union all '))
  return found.rows[0] && `the table ${found.rows[0].name} shows rows to nobody in particular`
}
