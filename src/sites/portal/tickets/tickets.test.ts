import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import sharp from 'sharp'
import { answerTicket, assignTicket, noteTicket, type StaffContext } from '#features/tickets/answer.ts'
import { days } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, signIn } from '#test/make.ts'
import { testPortal, testSecrets, testUrl } from '#test/portal.ts'
import { superuserOf } from '#test/superuser.ts'
import type { Answer, TestBrowser } from '#test/test-browser.ts'
import { paths } from '../paths.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

await make.operator()
const customerId = await make.customer()
const serviceId = await make.service({ name: 'クラウドPBX' })
const contractId = await make.contract({ customerId, serviceId, number: 'N130000042' })
const otherContractId = await make.contract({ customerId, serviceId, number: 'N130000043' })
const code =
  (await admin.query<{ code: string }>('select code from service where id = $1', [serviceId])).rows[0]?.code ?? ''

async function userWith(level?: 'view' | 'edit', contract = contractId, of = customerId): Promise<MadeUser> {
  const user = await make.user({ customerId: of })
  if (level) await make.group({ customerId: of, rights: [{ contractId: contract, level }], members: [user.id] })
  return user
}

const text = (content: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(content)

interface Sent {
  fields?: Record<string, string>
  files?: readonly (readonly [name: string, bytes: Uint8Array<ArrayBuffer>])[]
}

const send = (browser: TestBrowser, path: string, { fields = {}, files = [] }: Sent): Promise<Answer> =>
  browser.sendFile(path, { fields, file: files.map(([name, bytes]) => ({ field: 'files', name, bytes })) })

const filled = {
  service: code,
  contracts: 'N130000042',
  kind: 'fault',
  title: '発信できません',
  text: '朝から発信できません。\n確認してください。',
  impact: 'down',
  occurred: '2026-01-02T03:04',
  contact: '03-0000-2001',
  persons: '',
}

async function open(browser: TestBrowser, sent: Sent = {}): Promise<string> {
  const opened = await send(browser, paths.addTicket, { ...sent, fields: { ...filled, ...sent.fields } })
  const [, id = assert.fail(`${opened.status} ${opened.location}`)] =
    /^\/tickets\/([0-9a-f-]{36})$/.exec(opened.location) ?? []
  return id
}

/** The page that shows a form again which was not taken. */
function problemOf({ status, location, body }: Answer): string {
  assert.equal(status, 422, location)
  return body
}

async function asStaff<T>(work: (ctx: StaffContext) => Promise<T>): Promise<T> {
  const by = { id: null, name: '試験通信（S-0001）' }
  return database.operator.transaction((tx) =>
    work({ tx, now: portal.program.now(), secrets: testSecrets, portalUrl: testUrl, customer: { id: customerId }, by }),
  )
}

const versionOf = async (id: string): Promise<number> =>
  (await admin.query<{ version: number }>('select version from ticket where id = $1', [id])).rows[0]?.version ?? 0

async function answer(
  id: string,
  state: 'open' | 'waiting-for-customer' | 'solved',
  words = 'お調べします。',
): Promise<void> {
  const version = await versionOf(id)
  assert((await asStaff((ctx) => answerTicket(ctx, id, { text: words, files: [], state, version }))).ok)
}

test('a ticket goes both ways: opened, answered, replied to, solved, closed, opened again, and gone on with by another', async () => {
  const user = await userWith('edit')
  const colleague = await userWith('view')
  const stranger = await userWith()
  const browser = await signIn(portal, user)
  const form = await browser.get(`${paths.addTicket}?contract=${contractId}`)
  assert(form.body.includes('value="N130000042"') && form.body.includes('参照できる社内の方が読めます'))
  const id = await open(browser, { fields: { persons: `${colleague.mail.toUpperCase()}\n${stranger.mail}` } })
  const path = paths.ticket({ id })
  const page = (await browser.get(path)).body
  for (const said of [
    'Q0000001',
    '発信できません',
    '確認してください。',
    '全く使えない',
    '03-0000-2001',
    'までにご返答します',
    user.name,
  ])
    assert(page.includes(said), said)
  assert.equal(
    (await portal.mailsTo(user.mail)).at(-1)?.subject,
    'ビジネスポータル お問い合わせを受け付けました（Q0000001）',
  )
  const told = (await portal.mailsTo(colleague.mail)).at(-1)
  assert(told?.text.includes(new URL(path, testUrl).pathname) && !told.text.includes('朝から'))
  assert.deepEqual(await portal.mailsTo(stranger.mail), [])

  await answer(id, 'waiting-for-customer', '電話機の型番をお知らせください。 https://example.com/guide')
  assert.equal(
    (await portal.mailsTo(user.mail)).at(-1)?.subject,
    'ビジネスポータル ご返答をお待ちしています（Q0000001）',
  )
  const waiting = (await browser.get(path)).body
  assert(waiting.includes('ご返答をお待ちしています') && waiting.includes('試験通信（S-0001）'))
  assert(waiting.includes('<a href="https://example.com/guide" rel="noopener noreferrer">'))
  assert.equal((await send(browser, path, { fields: { text: 'X-100です。', deed: 'reply' } })).location, path)
  await answer(id, 'solved')
  assert((await browser.get(path)).body.includes('解決のご確認をお願いします'))
  assert.equal((await send(browser, path, { fields: { text: '', deed: 'solved' } })).location, path)
  assert((await browser.get(path)).body.includes('に完了しました'))
  portal.advance(13 * days)
  const later = await signIn(portal, user)
  assert.equal((await send(later, path, { fields: { text: 'また発信できません。', deed: 'unsolved' } })).location, path)
  await send(later, path, { fields: { text: '', deed: 'solved' } })
  portal.advance(15 * days)
  const muchLater = await signIn(portal, user)
  const over = (await muchLater.get(path)).body
  assert(over.includes(`${paths.addTicket}?follows=${id}`) && !over.includes('name="deed"'))
  const onceMore = await send(muchLater, `${paths.addTicket}?follows=${id}`, { fields: filled })
  assert((await muchLater.get(onceMore.location)).body.includes('Q0000001'))
})

test('whoever may only view reads and does not write; whoever may not view finds nothing, and another customer neither', async () => {
  const author = await signIn(portal, await userWith('edit'))
  const id = await open(author, { files: [['memo.txt', text('秘密')]] })
  const path = paths.ticket({ id })
  const [file = assert.fail('a file')] =
    (await author.get(path)).body.match(/\/tickets\/[^"]+\/files\/[0-9a-f-]{36}/) ?? []
  const reader = await signIn(portal, await userWith('view'))
  assert.equal((await reader.get(path)).status, 200)
  assert(!(await reader.get(path)).body.includes('name="deed"'))
  assert.equal(Buffer.from((await reader.get(file)).bytes).toString(), '秘密')
  const before = await versionOf(id)
  // The page gives no form, so its proof is made by another page of the author's.
  await send(reader, path, { fields: { text: 'x', deed: 'reply', version: String(before) } })
  assert.equal(await versionOf(id), before)
  const otherCustomer = await make.customer()
  const theirs = await make.contract({ customerId: otherCustomer, serviceId })
  const outsiders = [
    await userWith(),
    await userWith('edit', otherContractId),
    await userWith('edit', theirs, otherCustomer),
  ]
  for (const outsider of outsiders) {
    const browser = await signIn(portal, outsider)
    for (const each of [path, file, `${file}/picture`, `${paths.addTicket}?follows=${id}`])
      assert.equal((await browser.get(each)).status, 404, each)
  }
  assert.equal((await portal.browser().get(file)).status, 303)
  // A file is found by its ticket alone.
  const another = await open(author)
  assert.equal((await author.get(file.replace(id, another))).status, 404)
})

test('a contract is asked about by whoever may edit it, and others are told whom to ask', async () => {
  const administrator = await make.user({ customerId, role: 'portal-administrator', name: '佐藤 花子' })
  const viewer = await signIn(portal, await userWith('view'))
  const page = (await viewer.get(`${paths.addTicket}?contract=${contractId}`)).body
  assert(page.includes('編集の権限が必要です') && page.includes(`${administrator.name}さん`))
  const sent = await send(viewer, paths.addTicket, { fields: filled })
  assert.match(problemOf(sent), /対象が選択されていません/)
  const editor = await signIn(portal, await userWith('edit'))
  const refused: [Record<string, string>, RegExp][] = [
    [{ contracts: 'N130000043' }, /ご契約番号「N130000043」が見つかりません/],
    [{ contracts: 'N130000042、N999' }, /ご契約番号「N999」が見つかりません/],
    [{ contracts: '' }, /サービス全体ではなく/],
    [{ service: '-' }, /ポータルについてのお問い合わせには/],
    [{ service: 'nothing' }, /対象が選択されていません/],
    [{ persons: 'nobody@example.com' }, /「nobody@example.com」は御社のユーザー/],
    [{ occurred: '2099-01-01T00:00' }, /現在より前の日時/],
    [{ title: 'あ'.repeat(101) }, /件名は100文字以内/],
    [{ title: ' ' }, /件名が入力されていません/],
  ]
  for (const [fields, problem] of refused) {
    const again = problemOf(await send(editor, paths.addTicket, { fields: { ...filled, ...fields } }))
    assert.match(again, problem)
    assert(again.includes('朝から発信できません。'))
  }
})

test('whoever sees no contract asks about the portal itself, which colleagues do not see and administrators do', async () => {
  const author = await signIn(portal, await userWith())
  const id = await open(author, { fields: { service: '-', contracts: '' } })
  assert((await author.get(paths.tickets)).body.includes('このポータル'))
  const colleague = await signIn(portal, await userWith('edit'))
  assert.equal((await colleague.get(paths.ticket({ id }))).status, 404)
  const administrator = await signIn(portal, await make.user({ customerId, role: 'portal-administrator' }))
  assert.equal((await administrator.get(paths.ticket({ id }))).status, 200)
})

test('a reply that was begun before another word is shown again with what was typed', async () => {
  const browser = await signIn(portal, await userWith('edit'))
  const id = await open(browser)
  const path = paths.ticket({ id })
  const version = String(await versionOf(id))
  await answer(id, 'open', '先にお答えします。')
  const sent = await send(browser, path, { fields: { text: '書きかけの返信', deed: 'reply', version } })
  const again = problemOf(sent)
  assert(
    again.includes('新しい対応がありました') &&
      again.includes('先にお答えします。') &&
      again.includes('書きかけの返信'),
  )
})

test('what staff note is in no page, and two members of staff lose nothing', async () => {
  const browser = await signIn(portal, await userWith('edit'))
  const id = await open(browser)
  const version = await versionOf(id)
  assert((await asStaff((ctx) => noteTicket(ctx, id, '社内だけの話'))).ok)
  assert(!(await browser.get(paths.ticket({ id }))).body.includes('社内だけの話'))
  const member = await make.user()
  assert((await asStaff((ctx) => assignTicket(ctx, id, { to: member.id, version }))).ok)
  const late = await asStaff((ctx) => answerTicket(ctx, id, { text: 'x', files: [], state: 'open', version }))
  assert.equal(!late.ok && late.problem, 'changed-meanwhile')
})

test('files are what their content is: pictures are ours, others are kept and never shown', async () => {
  const browser = await signIn(portal, await userWith('edit'))
  const picture = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#06c' } })
    .withExif({ IFD0: { Copyright: 'a secret place' } })
    .jpeg()
    .toBuffer()
  const id = await open(browser, {
    files: [
      ['../../写真\u202egpj.exe', new Uint8Array(picture)],
      ['a.html.pdf', text('%PDF-1.7 …')],
    ],
  })
  const { body } = await browser.get(paths.ticket({ id }))
  assert(body.includes('写真gpj.exe.jpg') && body.includes('ウイルス検査：未実施') && !body.includes('\u202e'))
  const [shown = ''] = body.match(/\/tickets\/[^"]+\/picture/) ?? []
  const image = await browser.get(shown)
  assert.deepEqual(
    ['content-type', 'cache-control', 'content-security-policy'].map((name) => image.headers.get(name)),
    ['image/jpeg', 'no-store', "default-src 'none'; sandbox"],
  )
  assert.equal((await sharp(image.bytes).metadata()).exif, undefined)
  const files = [...new Set(body.match(/\/tickets\/[^"]+\/files\/[0-9a-f-]{36}/g))]
  for (const file of files) {
    const { headers } = await browser.get(file)
    assert.equal(headers.get('content-type'), 'application/octet-stream')
    assert.match(headers.get('content-disposition') ?? '', /^attachment; filename\*=UTF-8''/)
    assert.equal(headers.get('x-content-type-options'), 'nosniff')
    assert.equal(headers.get('content-security-policy'), "default-src 'none'; sandbox; frame-ancestors 'none'")
  }
  const [, pdf = ''] = files.toSorted((one) => (shown.startsWith(one) ? -1 : 1))
  assert.equal((await browser.get(`${pdf}/picture`)).status, 404)
  // Bigger than one part, to the byte.
  const long = text('あいうえお\n'.repeat(40_000))
  await send(browser, paths.ticket({ id }), { fields: { deed: 'reply', text: '' }, files: [['log.txt', long]] })
  const all = (await browser.get(paths.ticket({ id }))).body.match(/\/tickets\/[^"]+\/files\/[0-9a-f-]{36}/g) ?? []
  const [newest = ''] = all.filter((each) => !files.includes(each))
  assert.deepEqual((await browser.get(newest)).bytes, long)
  const six = Array.from({ length: 6 }, (_, at) => [`${at}.txt`, text('x')] as const)
  const many = await send(browser, paths.ticket({ id }), { fields: { deed: 'reply', text: '6つ' }, files: six })
  assert.match(problemOf(many), /1回に5個まで/)
  const tooLarge = new Uint8Array(10 * 1024 * 1024 + 1).fill(65)
  const large = await send(browser, paths.ticket({ id }), {
    fields: { deed: 'reply', text: '大' },
    files: [['大.txt', tooLarge]],
  })
  assert.match(problemOf(large), /「大.txt」は10MBを超えています（10.1MB）/)
})

test('a user opens twenty an hour', async () => {
  const user = await userWith('edit')
  const browser = await signIn(portal, user)
  await admin.query(
    `insert into ticket (customer_id, code, service_id, contract_id, kind, title_ja, title_en, state, origin, opened_by, opened_at, updated_at)
      select $1, 'T' || n, $2, $3, 'inquiry', 'x', 'x', 'received', 'portal', $4, $5, $5 from generate_series(1, 19) n`,
    [customerId, serviceId, contractId, user.id, portal.program.now()],
  )
  await open(browser)
  assert.match(problemOf(await send(browser, paths.addTicket, { fields: filled })), /1時間に20件まで/)
})
