import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { sql } from 'kysely'
import { Hono } from 'hono'
import { enterFenceBySession } from '#features/sessions/fence.ts'
import type { Transaction } from '#platform/database/database.ts'
import { hashOf } from '#platform/security/secrets.ts'
import { formToken } from '#platform/web/form-token.ts'
import { addressOf } from '#platform/web/paths.ts'
import { testDatabase } from '#test/database.ts'
import { testSecrets } from '#test/portal.ts'
import { sightsOf } from '#test/sights.ts'
import { paths } from '../paths.ts'
import { portalPages } from '../portal.tsx'
import { portal as portalSite } from '../site.tsx'
import { type MadeUser, signIn } from '#test/make.ts'
import { cookieName } from '#test/sign-in.ts'
import { TestBrowser } from '#test/test-browser.ts'
import { look, openViewingWorld } from '#test/viewing.ts'

const database = await testDatabase()
const world = await openViewingWorld(database)
const { portal, make, admin, number } = world
const { looksNow } = world
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})
beforeEach(() => world.begin())

test('nothing that is sent does anything: neither a form nor an action, and no file is given', async () => {
  await look(world.viewer, world.administrator)
  const sights = await sightsOf(database, world.administrator)
  const before = await fingerprint()
  for (const { path, methods, kind } of portalPages) {
    const address = addressOf(path, sights[path] ?? {})
    if (address === paths.signOut) continue
    if (methods.includes('POST')) {
      const token = formToken(testSecrets, world.viewer.portal.cookies.get(cookieName('session')) ?? '', address)
      const { status, location } = await world.viewer.portal.send(address, { token })
      assert.equal(status, 403, `${path}: ${status} ${location}`)
    }
    if (kind === 'download') assert.equal((await world.viewer.portal.get(address)).status, 403, path)
  }
  assert.deepEqual(await fingerprint(), before)
  assert(await looksNow())
})

/** Of all that a customer's user could change. */
async function fingerprint(): Promise<unknown> {
  const { rows } = await admin.query<{ table: string }>(
    `select relname as "table" from pg_class join pg_attribute on attrelid = pg_class.oid where relnamespace = 'public'::regnamespace
     and relkind in ('r', 'p') and not relispartition and attname = 'customer_id' and relname not in ('session', 'viewing', 'staff_visit', 'mail')
     order by 1`,
  )
  const told: string[] = []
  for (const { table } of rows) {
    const { rows: found } = await admin.query<{ told: string }>(
      `select md5(coalesce(string_agg(t::text, '' order by t::text), '')) as told from ${table} t where customer_id = $1`,
      [world.administrator.customerId],
    )
    told.push(`${table} ${found[0]?.told}`)
  }
  return told
}

const closed = [
  paths.password,
  paths.recoveryCodes,
  paths.sessions,
  paths.ownTrusted,
  paths.trustedBrowsers,
  paths.trustUsers,
  paths.openSessions,
  paths.accessReview,
  paths.importUsers,
  paths.signOnToSettings,
]

test('every page that is not about factors, sessions or files of people can be looked at, and writes nothing', async () => {
  await look(world.viewer, world.administrator)
  const sights = await sightsOf(database, world.administrator)
  const before = await fingerprint()
  const refused: string[] = []
  for (const { path, methods, kind, allow: who } of portalPages) {
    if (!methods.includes('GET') || kind === 'download' || who === 'anybody') continue
    const { status } = await world.viewer.portal.get(addressOf(path, sights[path] ?? {}))
    assert(status < 500, `${path}: ${status}`)
    if (status === 403) refused.push(path)
  }
  for (const path of closed) assert(refused.includes(path), path)
  for (const path of [paths.users, paths.changeHistory, paths.tickets, paths.contracts, paths.administration])
    assert(!refused.includes(path), path)
  assert.deepEqual(await fingerprint(), before)
  assert((await world.viewer.portal.get(paths.password)).body.includes('閲覧のみのため、利用できません'))
})

test('the settings site is closed', async () => {
  await look(world.viewer, world.administrator)
  const settings = portal.settingsBrowser()
  settings.cookies.set('__Host-settings-session', world.viewer.portal.cookies.get(cookieName('session')) ?? '')
  assert.notEqual((await settings.get('/')).status, 500)
  const { status } = await world.viewer.portal.get(`${paths.signOnToSettings}?challenge=${'x'.repeat(43)}`)
  assert.equal(status, 403)
})

test('the database itself takes no write of such a session, whatever the program tries', async () => {
  await look(world.viewer, world.administrator)
  const token = hashOf(world.viewer.portal.cookies.get(cookieName('session')) ?? '')
  const looking = async (tx: Transaction): Promise<unknown> => {
    const found = await enterFenceBySession(tx, token, { now: portal.program.now(), ip: '192.0.2.1' })
    assert.equal(found?.seen_by, number)
    return (await sql`show transaction_read_only`.execute(tx)).rows[0]
  }
  assert.deepEqual(await database.app.transaction(looking), { transaction_read_only: 'on' })
  for (const attempt of [
    sql`insert into pin (customer_id, user_id, kind, thing_id, pinned_at)
      select customer_id, id, 'contract', id, now() from public.portal_user limit 1`,
    sql`update public.portal_user set name = 'x'`,
    sql`delete from selection`,
    sql`select from public.portal_user for update`,
    sql`set transaction read write`,
    sql`select set_config('transaction_read_only', 'off', true)`,
    sql`select enqueue_mail(gen_random_uuid())`,
  ])
    await assert.rejects(
      database.app.transaction(async (tx) => {
        await looking(tx)
        await attempt.execute(tx)
      }),
      (error: { code?: string }) => ['25006', '25001'].includes(error.code ?? ''),
    )
  const { rows } = await admin.query('select from pin where customer_id = $1', [world.administrator.customerId])
  assert.equal(rows.length, 0)
})

test('a page that writes while it loads breaks, and leaves no row', async () => {
  const planted = portalSite.page({
    path: '/planted',
    allow: 'user',
    words: {},
    changesByLooking: true,
    async load({ tx, actor }) {
      await sql`insert into pin (customer_id, user_id, kind, thing_id, pinned_at)
        values (${actor.customer.id}, ${actor.userId}, 'contract', ${actor.userId}, now())`.execute(tx)
      return {}
    },
    title: () => 'planted',
    view: () => null as never,
  })
  assert.equal(planted.path, '/planted')
  const app = portalSite.app(portal.program, [...portalPages, planted], new Hono())
  await look(world.viewer, world.administrator)
  const onPlanted = new TestBrowser(app, portal.program.config.portalUrl)
  for (const [name, value] of world.viewer.portal.cookies) onPlanted.cookies.set(name, value)
  const answer = await onPlanted.get('/planted')
  assert.equal(answer.status, 500)
  const { rows } = await admin.query('select from pin where customer_id = $1', [world.administrator.customerId])
  assert.equal(rows.length, 0)
})

test('of other users initials alone are seen, on every page and by every search; of the user all', async () => {
  await make.ticket({
    customerId: world.administrator.customerId,
    contractId: await contractOf(),
    title: '音が途切れます',
  })
  await admin.query(
    `update portal_user set phone = '03-9876-5432', mobile_phone = '090-1111-2222', kana = 'さとう はなこ', comment = '夜勤' where id = $1`,
    [world.colleague.id],
  )
  const own = await signIn(portal, world.administrator)
  await own.post(paths.suspendUser({ id: world.colleague.id }), { sure: 'yes' })
  await signIn(portal, world.colleague).catch(() => undefined)
  await look(world.viewer, world.administrator)
  const sights = await sightsOf(database, world.administrator)
  const hidden = [
    '佐藤 花子',
    world.colleague.mail,
    '03-9876-5432',
    '090-1111-2222',
    'さとう はなこ',
    '夜勤',
    'hanako@new.example',
  ]
  await plantOf(world.administrator, world.colleague)
  for (const { path, methods, kind, allow: who } of portalPages) {
    if (!methods.includes('GET') || kind === 'download' || who === 'anybody') continue
    const { body } = await world.viewer.portal.get(addressOf(path, sights[path] ?? { id: world.colleague.id }))
    for (const value of hidden) assert(!body.includes(value), `${path} tells ${value}`)
  }
  const search = await world.viewer.portal.get(`${paths.users}?q=${encodeURIComponent('花子')}`)
  assert(!search.body.includes(world.colleague.id))
  const list = await world.viewer.portal.get(paths.users)
  assert(list.body.includes('佐＊＊') && list.body.includes('山田 太郎'))
  assert((await world.viewer.portal.get(paths.profile)).body.includes(world.administrator.mail))
  // The very connections that read masked rows read whole ones for others.
  const whole = await signIn(portal, world.administrator)
  for (let times = 0; times < 5; times++) assert((await whole.get(paths.users)).body.includes('佐藤 花子'))
})

async function contractOf(): Promise<string> {
  const { rows } = await admin.query<{ id: string }>('select id from contract where customer_id = $1', [
    world.administrator.customerId,
  ])
  return rows[0]?.id ?? assert.fail()
}

test('what is read masked has every column that the portal reads', async () => {
  const { rows } = await admin.query(
    `select c.relname as table, a.attname as column from pg_class v join pg_namespace n on n.oid = v.relnamespace
       join pg_class c on c.relname = v.relname and c.relnamespace = 'public'::regnamespace
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where n.nspname = 'masked' and has_column_privilege('portal_app', c.oid, a.attnum, 'select')
       and not exists (select from pg_attribute m where m.attrelid = v.oid and m.attname = a.attname and m.atttypid = a.atttypid)`,
  )
  assert.deepEqual(rows, [])
})

/** What a colleague has ordered, and an address that awaits confirmation. */
async function plantOf({ customerId }: MadeUser, { id }: MadeUser): Promise<void> {
  await admin.query(
    `update order_request set asked_by = $2, asked_by_name = '佐藤 花子', answers = '{"number": "03-9876-5432"}',
       form = jsonb_set(form, '{fields}', '[{"code": "number", "type": "phone", "required": true, "label": {"ja": "電話", "en": "Phone"}}]')
     where customer_id = $1`,
    [customerId, id],
  )
  await admin.query(
    `insert into mail_change (customer_id, user_id, new_mail, token_hash, credential_epoch, requested_by, created_at, expires_at)
     select customer_id, id, 'hanako@new.example', sha256('x'), credential_epoch, id, now(), now() + interval '1 day' from portal_user where id = $1`,
    [id],
  )
}
