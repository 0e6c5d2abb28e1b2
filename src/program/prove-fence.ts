import { isDeepStrictEqual } from 'node:util'
import pg from 'pg'
import { startProblem } from '#platform/start-problem.ts'

const schemas: readonly string[] = ['public', 'pbx']
const ours = `in (${schemas.map((schema) => `'${schema}'::regnamespace`).join(', ')})`

/** Tables that belong to no customer: the operator's own, and counters that must exist before anybody is known. */
const tablesOfNobody: readonly string[] = [
  'first_login_request',
  'import_part',
  'import_run',
  'job_pulse',
  'manual',
  'migration',
  'national_holiday',
  'notice_campaign',
  'operator',
  'outage',
  'outage_update',
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
  await proveAll(app, [proveRole, proveTables, provePolicies, proveViews, proveEmptiness])
}

/** Proves the same of the role of the console: it sees every customer, and what proves somebody of its own people alone; and it writes for whom it names. */
export async function proveStaffFence(staff: pg.ClientConfig): Promise<void> {
  await proveAll(staff, [proveRole, proveTables, proveStaffPolicies, proveViews, proveSecrets, proveIdentities])
}

/** Answers what is wrong, if anything is. */
type Proof = (client: pg.Client) => Promise<string | undefined>

async function proveAll(role: pg.ClientConfig, proofs: readonly Proof[]): Promise<void> {
  const client = new pg.Client(role)
  await client.connect()
  try {
    for (const prove of proofs) {
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
  const gap = (await policiesOf(client)).find((policy) => !asksForOwner(policy))
  return (
    gap && `a policy of the table ${gap.table} does not ask for the ${gap.schema === 'pbx' ? 'contract' : 'customer'}`
  )
}

async function policiesOf(client: pg.Client): Promise<Policy[]> {
  const { rows } = await client.query<Policy>(
    `select schemaname as schema, tablename as table, cmd as command, qual as seen, with_check as written from pg_policies
     where schemaname = any ($1) and permissive = 'PERMISSIVE' and roles && array['public', current_user]::name[]`,
    [schemas],
  )
  return rows
}

function asksForOwner(policy: Policy): boolean {
  const { schema, seen, written } = policy
  const owned = schema === 'pbx' ? ofTheContract : ofTheCustomer
  if ((seen ?? owned) === owned && (written ?? owned) === owned) return true
  return otherPolicies.some((other) => isDeepStrictEqual(other, policy))
}

const ofTheHouse = '(customer_id = house())'

/** Tables of what proves somebody: staff see the rows of their own house there. */
const identities: readonly string[] = [
  'first_login',
  'form_draft',
  'hand_over',
  'known_browser',
  'mail_change',
  'recovery_code',
  'session_on_site',
  'sign_in',
  'staff_member',
  'staff_role',
  'trusted_browser',
  'user_credential',
]

async function proveStaffPolicies(client: pg.Client): Promise<string | undefined> {
  const gap = (await policiesOf(client)).find((policy) => !isOfStaff(policy))
  return gap && `a policy of the table ${gap.table} lets staff see or write what they must not`
}

function isOfStaff(policy: Policy): boolean {
  const { table, command, seen, written } = policy
  if (command === 'ALL') return seen === ofTheHouse && written === ofTheHouse
  if (identities.includes(table)) return false
  if (command === 'SELECT') return seen === 'true'
  const named = table === 'customer' ? '(id = app_customer())' : ofTheCustomer
  if ((seen ?? named) === named && (written ?? named) === named) return table !== 'session'
  return otherPolicies.some((other) => isDeepStrictEqual(other, policy))
}

/** Columns that staff never read of anybody, whatever else they see of the row. */
async function proveSecrets(client: pg.Client): Promise<string | undefined> {
  const { rows } = await client.query<{ name: string }>(
    `select format('%s.%s', relation, named) as name from (values ('session', 'token_hash'), ('mail', 'sealed')) secret (relation, named)
     where has_column_privilege(relation, named, 'select')`,
  )
  return rows[0] && `staff can read ${rows[0].name}`
}

/** By rows, too: of all that is there. */
async function proveIdentities(client: pg.Client): Promise<string | undefined> {
  const { rows } = await client.query<{ name: string }>(
    `select name from unnest($1::text[]) name where has_column_privilege(name, 'customer_id', 'select')`,
    [identities],
  )
  const seen = rows.map(
    ({ name }) => `select '${name}' as name where exists (select from ${name} where customer_id <> house())`,
  )
  const found = await client.query<{ name: string }>(seen.join(' union all '))
  return found.rows[0] && `staff see rows of customers in the table ${found.rows[0].name}`
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
