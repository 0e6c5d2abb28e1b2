import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { answerTicket, assignTicket, noteTicket } from '#features/tickets/answer.ts'
import { days } from '#platform/time/duration.ts'
import { signIn } from '#test/make.ts'
import { testUrl } from '#test/portal.ts'
import { openTicketWorld, sendFiles, shownAgain } from '#test/ticket-world.ts'
import { paths } from '../paths.ts'

const world = await openTicketWorld()
after(() => world[Symbol.asyncDispose]())
const { database, portal, make, customerId, serviceId, contractId, otherContractId, filled } = world
const { userWith, browserWith, open, versionOf, asStaff, answer } = world

test('a ticket goes both ways: opened, answered, and replied to; those who take part are mailed as far as they may see it', async () => {
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
  assert.equal((await sendFiles(browser, path, { fields: { text: 'X-100です。', deed: 'reply' } })).location, path)
})

test('what is solved is closed by the customer, opened again within two weeks, and gone on with by another after that', async () => {
  const user = await userWith('edit')
  const browser = await signIn(portal, user)
  const id = await open(browser)
  const path = paths.ticket({ id })
  await answer(id, 'solved')
  assert((await browser.get(path)).body.includes('解決のご確認をお願いします'))
  assert.equal((await sendFiles(browser, path, { fields: { text: '', deed: 'solved' } })).location, path)
  assert((await browser.get(path)).body.includes('に完了しました'))
  portal.advance(13 * days)
  const later = await signIn(portal, user)
  assert.equal(
    (await sendFiles(later, path, { fields: { text: 'また発信できません。', deed: 'unsolved' } })).location,
    path,
  )
  await sendFiles(later, path, { fields: { text: '', deed: 'solved' } })
  portal.advance(15 * days)
  const muchLater = await signIn(portal, user)
  const over = (await muchLater.get(path)).body
  assert(over.includes(`${paths.addTicket}?follows=${id}`) && !over.includes('name="deed"'))
  const onceMore = await sendFiles(muchLater, `${paths.addTicket}?follows=${id}`, { fields: filled })
  assert((await muchLater.get(onceMore.location)).body.includes(path))
})

test('whoever may only view reads and does not write; whoever may not view finds nothing, and another customer neither', async () => {
  const author = await browserWith('edit')
  const id = await open(author, { files: [['memo.txt', new TextEncoder().encode('秘密')]] })
  const path = paths.ticket({ id })
  const [file = assert.fail('a file')] =
    (await author.get(path)).body.match(/\/tickets\/[^"]+\/files\/[0-9a-f-]{36}/) ?? []
  const reader = await browserWith('view')
  assert.equal((await reader.get(path)).status, 200)
  assert(!(await reader.get(path)).body.includes('name="deed"'))
  assert.equal(Buffer.from((await reader.get(file)).bytes).toString(), '秘密')
  const before = await versionOf(id)
  // The page gives no form, so its proof is made by another page of the author's.
  await sendFiles(reader, path, { fields: { text: 'x', deed: 'reply', version: String(before) } })
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
  const viewer = await browserWith('view')
  const page = (await viewer.get(`${paths.addTicket}?contract=${contractId}`)).body
  assert(page.includes('編集の権限が必要です') && page.includes(`${administrator.name}さん`))
  const sent = await sendFiles(viewer, paths.addTicket, { fields: filled })
  assert.match(shownAgain(sent), /対象が選択されていません/)
  const editor = await browserWith('edit')
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
    const again = shownAgain(await sendFiles(editor, paths.addTicket, { fields: { ...filled, ...fields } }))
    assert.match(again, problem)
    assert(again.includes('朝から発信できません。'))
  }
})

test('whoever sees no contract asks about the portal itself, which colleagues do not see and administrators do', async () => {
  const author = await browserWith()
  const id = await open(author, { fields: { service: '-', contracts: '' } })
  assert((await author.get(paths.tickets)).body.includes('このポータル'))
  const colleague = await browserWith('edit')
  assert.equal((await colleague.get(paths.ticket({ id }))).status, 404)
  const administrator = await signIn(portal, await make.user({ customerId, role: 'portal-administrator' }))
  assert.equal((await administrator.get(paths.ticket({ id }))).status, 200)
})

test('a reply that was begun before another word is shown again with what was typed', async () => {
  const browser = await browserWith('edit')
  const id = await open(browser)
  const path = paths.ticket({ id })
  const version = String(await versionOf(id))
  await answer(id, 'open', '先にお答えします。')
  const sent = await sendFiles(browser, path, { fields: { text: '書きかけの返信', deed: 'reply', version } })
  const again = shownAgain(sent)
  assert(
    again.includes('新しい対応がありました') &&
      again.includes('先にお答えします。') &&
      again.includes('書きかけの返信'),
  )
})

test('what staff note is in no page, and two members of staff lose nothing', async () => {
  const browser = await browserWith('edit')
  const id = await open(browser)
  const version = await versionOf(id)
  assert((await asStaff((ctx) => noteTicket(ctx, id, '社内だけの話'))).ok)
  assert(!(await browser.get(paths.ticket({ id }))).body.includes('社内だけの話'))
  const member = await make.user()
  assert((await asStaff((ctx) => assignTicket(ctx, id, { to: member.id, version }))).ok)
  const late = await asStaff((ctx) => answerTicket(ctx, id, { text: 'x', files: [], state: 'open', version }))
  assert.equal(!late.ok && late.problem, 'changed-meanwhile')
})

test('a user opens twenty an hour', async () => {
  const user = await userWith('edit')
  const browser = await signIn(portal, user)
  await database.operator.transaction((tx) =>
    sql`insert into ticket (customer_id, code, service_id, contract_id, kind, title_ja, title_en, state, origin, opened_by, opened_at, updated_at)
      select ${customerId}, 'T' || n, ${serviceId}, ${contractId}, 'inquiry', 'x', 'x', 'received', 'portal', ${user.id}, ${portal.program.now()}, ${portal.program.now()}
      from generate_series(1, 19) n`.execute(tx),
  )
  await open(browser)
  assert.match(shownAgain(await sendFiles(browser, paths.addTicket, { fields: filled })), /1時間に20件まで/)
})
