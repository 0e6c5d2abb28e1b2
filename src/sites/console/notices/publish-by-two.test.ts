import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { publishAgreed } from '#features/notices/write.ts'
import { carryOutSecondYes } from '#features/staff/carry-out.ts'
import { openLog } from '#platform/log.ts'
import { formToken } from '#platform/web/form-token.ts'
import { testDatabase } from '#test/database.ts'
import { makerOf, type MadeUser, signIn } from '#test/make.ts'
import { testPortal, testSecrets, testUrl } from '#test/portal.ts'
import { signInStaff } from '#test/staff.ts'
import { superuserOf } from '#test/superuser.ts'
import type { TestBrowser } from '#test/test-browser.ts'
import { paths } from '../paths.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
const admin = superuserOf(database)
let writer: MadeUser
let byWriter: TestBrowser
let byGuard: TestBrowser
let code = ''
let reader: TestBrowser

before(async () => {
  writer = await make.staff({ roles: ['content'] })
  byWriter = await signInStaff(portal, writer)
  byGuard = await signInStaff(portal, await make.staff({ roles: ['security'] }))
  const user = await make.user()
  await admin.query(
    `with made as (
       insert into portal_user (customer_id, mail, name, phone, role, state, second_factor)
       select $1, 'n' || i || '@many.example.com', 'n', '03-0000-0000', 'general-user', 'active', 'totp' from generate_series(1, 501) i
       returning id)
     insert into mail_wish (customer_id, user_id, topic, made_at) select $1, id, 'news', now() from made`,
    [user.customerId],
  )
  const { rows } = await admin.query<{ code: string }>('select code from customer where id = $1', [user.customerId])
  code = rows[0]?.code ?? ''
  reader = await signIn(portal, user)
})
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

async function draft(changes: Record<string, string> = {}): Promise<{ path: string; id: string; title: string }> {
  const title = `大勢へのお知らせ ${Math.random()}`
  const written = { kind: 'news', titleJa: title, titleEn: '', bodyJa: '本文です。', bodyEn: '', until: '', ...changes }
  const { location } = await byWriter.post(paths.addNotice, {
    ...written,
    customers: code,
    from: '2020-01-01T00:00',
    byMail: 'on',
  })
  return { path: location, id: location.split('/').at(-1) ?? '', title }
}

/** Answers the path of what was asked for. */
async function ask(id: string): Promise<string> {
  const asked = await byWriter.post(paths.askToPublishNotice({ id }), { reason: '全社への重要なお知らせです。' })
  assert.equal(asked.location, paths.notice({ id }), asked.body)
  const { rows } = await admin.query<{ id: string }>(
    `select id from staff_request where facts -> 'notice' ->> 'id' = $1 order by asked_at desc limit 1`,
    [id],
  )
  return paths.secondYesRequest({ id: rows[0]?.id ?? '' })
}

const work = (): Promise<void> =>
  carryOutSecondYes({
    database: database.operator,
    secrets: testSecrets,
    portalUrl: testUrl,
    consoleUrl: testUrl,
    log: openLog('silent'),
    now: portal.program.now,
    publishNotice: publishAgreed,
  })

const seen = async (title: string): Promise<boolean> => (await reader.get('/notices')).body.includes(title)

test('a notice to more than 500 is asked for, read by another member in both languages, and published by the worker', async () => {
  const { path, id, title } = await draft({ bodyEn: 'The body.' })
  const request = await ask(id)
  assert.match((await byWriter.get(path)).body, /公開の承認を待っています/)
  assert.match(
    (await byWriter.post(paths.askToPublishNotice({ id }), { reason: 'もう一度です。' })).body,
    /すでに承認を待っています/,
  )
  assert((await byGuard.get(paths.secondYes)).body.includes(title))
  const page = (await byGuard.get(request)).body
  for (const said of [title, '本文です。', 'The body.', '501名', '全社への重要なお知らせです。'])
    assert(page.includes(said), said)
  const token = formToken(testSecrets, byWriter.cookies.get('__Host-console-session') ?? '', path)
  const alone = await byWriter.send(path, { token, deed: 'publish', version: '1' })
  assert.match(alone.body, /500名を超えるため、ひとりでは公開できません/)
  await work()
  assert.equal(await seen(title), false, 'without the yes nothing is done')
  assert.equal((await byGuard.post(request, { decision: 'approved' })).location, request)
  await work()
  await work()
  assert.equal(await seen(title), true)
  assert.match((await byGuard.get(request)).body, /実行済み/)
  const { rows } = await admin.query(`select action, after from change_history where subject_id = $1`, [id])
  assert.equal(rows.length, 1)
  assert.match(JSON.stringify(rows), /"notice-published".*"askedBy":"S-0001".*"approvedBy":"S-0002"/)
  const mails = `select from graphile_worker.jobs where task_identifier = 'mail-notices' and key = $1`
  assert.equal((await admin.query(mails, [`mail notices ${id}`])).rowCount, 1)
})

test('what was changed, published or over meanwhile is not published, and the request says why', async () => {
  const changed = await draft()
  const request = await ask(changed.id)
  await byWriter.post(`${changed.path}/edit`, {
    kind: 'news',
    titleJa: changed.title,
    titleEn: '',
    bodyJa: '別の本文です。',
    bodyEn: '',
    customers: code,
    from: '2020-01-01T00:00',
    until: '',
    byMail: 'on',
  })
  await byGuard.post(request, { decision: 'approved' })
  await work()
  assert.equal(await seen(changed.title), false)
  assert.match((await byGuard.get(request)).body, /対象が変更されていました/)
  const declined = await draft()
  await byGuard.post(await ask(declined.id), { decision: 'declined' })
  await work()
  assert.equal(await seen(declined.title), false)
  const over = await draft()
  const late = await ask(over.id)
  await admin.query(`update notice_campaign set ends_at = '2020-01-02' where id = $1`, [over.id])
  await byGuard.post(late, { decision: 'approved' })
  await work()
  assert.match((await byGuard.get(late)).body, /対象のいまの状態では、実行できませんでした/)
})

test('who writes notices decides none, and a notice to few has no such page', async () => {
  const { id } = await draft()
  const request = await ask(id)
  assert.equal((await byWriter.get(request)).status, 403)
  assert.equal((await byGuard.get(paths.askToPublishNotice({ id }))).status, 403)
  const { location } = await byWriter.post(paths.addNotice, {
    kind: 'news',
    titleJa: 'メールなし',
    titleEn: '',
    bodyJa: '本文',
    bodyEn: '',
    customers: code,
    from: '2020-01-01T00:00',
    until: '',
  })
  assert.equal((await byWriter.get(`${location}/publish`)).status, 404)
  await admin.query('delete from staff_role where user_id = $1', [writer.id])
  await byGuard.post(request, { decision: 'approved' })
  await work()
  assert.match((await byGuard.get(request)).body, /依頼に必要な役割がなくなっていました/)
})
