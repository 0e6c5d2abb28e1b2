import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import pg from 'pg'
import { importFiles } from '#features/operator-data/import.ts'
import { openPasswords } from '#platform/security/passwords.ts'
import { secretsOf } from '#platform/security/secrets.ts'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { testSecrets, testUrl } from '#test/portal.ts'
import { listDemoAccounts } from './demo-accounts.ts'
import { readDemoWorld } from './inner/demo-files.ts'
import { withRecentTraffic } from './inner/recent-traffic.ts'
import { type DemoProgram, loadDemo } from './load-demo.ts'

const root = new URL('../../../', import.meta.url)
const now = new Date('2026-11-22T05:00:00Z')
let database: TestDatabase
let program: DemoProgram

before(async () => {
  database = await testDatabase()
  const secrets = secretsOf([randomBytes(32)])
  program = {
    config: { demo: true, portalUrl: testUrl },
    operator: database.operator,
    passwords: await openPasswords(),
    secrets,
    now: () => now,
  }
})
after(() => database[Symbol.asyncDispose]())

test('outside a demo nothing is loaded', async () => {
  assert.equal(await loadDemo({ ...program, config: { demo: false, portalUrl: testUrl } }), false)
  assert.deepEqual(await rows(sql`select from customer where not is_house`), [])
})

test('two starts at once load the demo once', async () => {
  const loaded = await Promise.all([loadDemo(program), loadDemo(program)])
  assert.deepEqual(loaded.filter(Boolean), [true])
  assert.equal(await loadDemo(program), false)
})

test('the sample accounts can log in with what is published', async () => {
  const accounts = await listDemoAccounts()
  assert.equal(accounts.length, 6)
  await using owner = await asDoor()
  for (const { mail, password, totpSecret } of accounts) {
    const {
      rows: [user],
    } = await owner.query<Credential>(credentialOf, [mail])
    assert.equal(user?.state, password ? 'active' : 'awaiting-registration')
    assert.equal(
      await program.passwords.verify(password ?? '', user?.password_hash ?? undefined),
      password !== undefined,
    )
    assert.equal(user?.totp_secret ? program.secrets.open(`totp ${user.id}`, user.totp_secret) : undefined, totpSecret)
  }
})

test('a fault and planned works, and nothing else out of the ordinary', async () => {
  const found = await rows(
    sql<{ number: string; status: string }>`select number, status from contract where status <> 'normal'`,
  )
  assert.deepEqual(
    found.map(({ status }) => status),
    ['fault'],
  )
  const planned = await rows(sql`select from incident where kind = 'works' and starts_at > ${now}`)
  assert.equal(planned.length, 1)
})

test('a review is closed for each customer, of a moment at which its users were there', async () => {
  const found = await rows(sql`
    select r.users, r.user_groups, r.rights > 0 as has_rights, as_of from access_review r join customer c on c.id = r.customer_id order by c.code`)
  const asOf = new Date('2026-10-31T15:00:00Z')
  assert.deepEqual(found, [
    { users: 1, user_groups: 1, has_rights: true, as_of: asOf },
    { users: 5, user_groups: 6, has_rights: true, as_of: asOf },
  ])
})

test('there is something of every kind to see', async () => {
  const found = await rows(sql`
    select code, (select count(*)::int from contract_order o where o.customer_id = customer.id and state < 'completed') as orders,
      (select array_agg(state || ' ' || kind order by state, kind) from ticket t where t.customer_id = customer.id) as tickets,
      (select count(*)::int from ticket_message m where m.customer_id = customer.id) as messages,
      (select count(*)::int from attachment a where a.customer_id = customer.id) as files,
      (select count(*)::int from notice n where n.customer_id = customer.id) as notices
    from customer where not is_house order by code desc`)
  assert.deepEqual(found, [
    {
      code: 'sample-works',
      orders: 3,
      tickets: ['closed inquiry', 'open fault', 'open inquiry', 'waiting-for-customer inquiry'],
      messages: 7,
      files: 1,
      notices: 2,
    },
    { code: 'minato-foods', orders: 0, tickets: null, messages: 0, files: 0, notices: 1 },
  ])
  const [shared] = await rows(sql`
    select (select count(*)::int from notice where customer_id is null) as notices, (select count(*)::int from manual) as manuals,
      (select count(*)::int from recommendation) as recommendations`)
  assert.deepEqual(shared, { notices: 2, manuals: 7, recommendations: 3 })
  const [blocked] = await rows(
    sql`select (${now}::timestamptz at time zone 'UTC')::date - max(day) as ago from blocked_traffic`,
  )
  assert.deepEqual(blocked, { ago: 1 })
})

test('the counts of blocked traffic end with yesterday, whenever the demo begins', async () => {
  const [, file] = await readDemoWorld()
  assert(file)
  const daysFrom = (moment: string): string[] =>
    (withRecentTraffic(file.content, new Date(moment)).customers ?? []).flatMap(({ blockedTraffic = [] }) =>
      blockedTraffic.map(({ day }) => day),
    )
  const inNovember = daysFrom('2026-11-22T05:00:00Z')
  assert.equal(inNovember[0], '2026-11-21')
  assert.equal(daysFrom('2028-03-01T05:00:00Z')[0], '2028-02-29')
  assert.equal(new Set(daysFrom('2028-03-01T05:00:00Z')).size, new Set(inNovember).size)
})

test('the login history goes back 90 days, with a lock and failures from elsewhere, and nobody is locked now', async () => {
  const [history] = await rows(sql`
    select (${now}::timestamptz::date - min(at)::date) as ago, bool_and(at < ${now}) as "isPast", count(distinct user_id)::int as users,
      count(*) filter (where event = 'locked')::int as locks, bool_and(customer_id is not null) as "isTheirs",
      count(*) filter (where event = 'locked' and at > ${now}::timestamptz - interval '1 hour')::int as "locksNow"
    from access_history`)
  assert.deepEqual(history, { ago: 90, isPast: true, users: 5, locks: 1, isTheirs: true, locksNow: 0 })
})

test('a list of networks waits to be switched on, and one browser skips the second step', async () => {
  const [trusted] = await rows(sql`select count(*)::int as n, bool_and(c.trusts_browsers) as "isAllowed"
    from trusted_browser t join customer c on c.id = t.customer_id where t.last_used_at > ${now}::timestamptz - interval '10 days'`)
  assert.deepEqual(trusted, { n: 1, isAllowed: true })
  const found = await rows(
    sql`select code, is_on, networks::text[] from address_limit l join customer c on c.id = l.customer_id`,
  )
  assert.deepEqual(found, [
    { code: 'sample-works', is_on: false, networks: ['192.0.2.0/24', '198.51.100.0/25', '2001:db8:85a3::/48'] },
  ])
})

test('another operator is imported from its file, and no code names either of them', async () => {
  await using empty = await testDatabase()
  const path = fileURLToPath(new URL('demo/other-operator.json', root))
  const [summary] = await importFiles(empty.operator, [path], {
    now,
    mailing: { secrets: testSecrets, portalUrl: testUrl },
    report: () => undefined,
  })
  const created = new Map(summary?.counts.map((count) => [count.kind, count.created]))
  assert.deepEqual(
    (['contracts', 'orders', 'tickets', 'notices', 'manuals'] as const).map((kind) => created.get(kind)),
    [4, 1, 1, 1, 1],
  )
  const names = await brandNames(empty)
  names.push(...(await brandNames(database)))
  const sources = globSync('{src,database}/**/*.{ts,tsx,sql,css}', {
    cwd: fileURLToPath(root),
    exclude: ['**/*.test.*'],
  })
  const naming = sources.flatMap((source) => {
    const text = readFileSync(new URL(source, root), 'utf8')
    return names.filter((name) => text.includes(name)).map((name) => `${source}: ${name}`)
  })
  assert.deepEqual(naming, [])
})

/** Words in the demo's names that are everybody's. */
const ordinary = new Set(
  `Business Center Cloud Communications Contact Customer Data Enterprise Experience Fiber IP Managed Monitoring
  PBX Phone Platform Quality Security Smart Telecom Voice`.split(/\s+/),
)

/** The operator's and its services' names, and what of their words is theirs alone. */
async function brandNames({ operator }: TestDatabase): Promise<string[]> {
  const { rows: found } = await operator.transaction((tx) =>
    sql<{ name: string }>`
      select name_ja as name from operator union select name_en from operator
      union select name_ja from service union select name_en from service`.execute(tx),
  )
  const names = found.map(({ name }) => name)
  const words = names.flatMap((name) => name.split(' ')).filter((word) => /^[A-Z]/.test(word) && !ordinary.has(word))
  return [...new Set([...names, ...words])]
}

interface Credential {
  id: string
  state: string
  password_hash: string | null
  totp_secret: Buffer | null
}

const credentialOf = `select u.id, u.state, c.password_hash, c.totp_secret from portal_user u
  left join user_credential c on c.user_id = u.id where u.mail = $1`

/** Who may read credentials of every customer: the door, which nobody else can log in as. */
async function asDoor() {
  const client = new pg.Client({ ...database.ownerConfig, options: '-c role=portal_door' })
  await client.connect()
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() })
}

async function rows<Row>(statement: ReturnType<typeof sql<Row>>): Promise<Row[]> {
  return database.operator.transaction(async (tx) => (await statement.execute(tx)).rows)
}
