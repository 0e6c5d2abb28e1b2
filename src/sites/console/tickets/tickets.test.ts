import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { signInStaff } from '#test/staff.ts'
import { superuserOf } from '#test/superuser.ts'
import type { TestBrowser } from '#test/test-browser.ts'
import { openTicketWorld, sendFiles, shownAgain } from '#test/ticket-world.ts'
import { paths } from '../paths.ts'

const world = await openTicketWorld()
after(() => world[Symbol.asyncDispose]())
const { portal, make, database } = world

let customers: TestBrowser
let staff: TestBrowser
let staffId: string

before(async () => {
  customers = await world.browserWith('edit')
  const member = await make.staff({ roles: ['support'] })
  staffId = member.id
  staff = await signInStaff(portal, member)
})

const answer = (text: string, state: string): Record<string, string> => ({ text, state })

test('staff take a ticket, tell each other of it and answer it; the customer reads the answer and nothing else of it', async () => {
  const id = await world.open(customers)
  assert.match((await staff.get(`${paths.tickets}?part=unassigned`)).body, new RegExp(paths.ticket({ id })))
  assert.match((await staff.get(paths.ticket({ id }))).body, /朝から発信できません。/)
  const taken = await staff.post(paths.assignTicket({ id }), { to: staffId })
  assert.deepEqual([taken.status, taken.location], [303, paths.ticket({ id })])
  assert.match((await staff.get(`${paths.tickets}?part=mine`)).body, new RegExp(paths.ticket({ id })))
  await staff.post(paths.addTicketNote({ id }), { text: '交換機の故障らしい' })
  assert.match((await staff.get(paths.ticket({ id }))).body, /交換機の故障らしい/)
  const sent = await staff.post(paths.ticket({ id }), answer('再起動をお試しください。', 'waiting-for-customer'))
  assert.equal(sent.status, 303)
  const { body } = await customers.get(paths.ticket({ id }))
  assert.match(body, /再起動をお試しください。/)
  assert.match(body, /（S-\d{4}）/)
  assert.match(body, /ご返答をお待ちしています/)
  assert(!body.includes('交換機'))
})

test('an answer says something, and only closes without; one that came too late is shown again', async () => {
  const id = await world.open(customers)
  assert.match(shownAgain(await staff.post(paths.ticket({ id }), answer('', 'open'))), /内容が入力されていません/)
  const page = await staff.get(paths.ticket({ id }))
  await customers.post(paths.ticket({ id }), { text: '追記です', deed: 'reply' })
  const version = /name="version" value="(\d+)"/.exec(page.body)?.[1] ?? ''
  const late = await staff.post(paths.ticket({ id }), { ...answer('行き違い', 'open'), version })
  const again = shownAgain(late)
  assert(
    again.includes('ほかの担当者またはお客様が操作しました') &&
      again.includes('行き違い') &&
      again.includes('追記です'),
  )
  assert.equal((await staff.post(paths.ticket({ id }), answer('', 'closed'))).status, 303)
  assert.match((await customers.get(paths.ticket({ id }))).body, /に完了しました/)
})

test('who only reads sees the ticket and can do nothing about it; what is not there is not found', async () => {
  const id = await world.open(customers)
  const reader = await signInStaff(portal, await make.staff())
  const { body } = await reader.get(paths.ticket({ id }))
  assert(body.includes('発信できません') && !body.includes('<textarea'))
  const version = String(await world.versionOf(id))
  const refused = await reader.send(paths.ticket({ id }), { ...answer('いいえ', 'open'), version })
  assert.notEqual(refused.status, 303)
  assert.equal(await world.versionOf(id), Number(version))
  for (const path of [paths.assignTicket({ id }), paths.addTicketNote({ id })])
    assert.equal((await reader.get(path)).status, 403)
  assert.equal((await reader.get(paths.ticket({ id: randomUUID() }))).status, 404)
  // The one who has it open is told of the other.
  assert.match((await staff.get(paths.ticket({ id }))).body, /ほかの担当者も見ています/)
})

test('files are for whoever sees their ticket, by that alone, after it was said that nothing has looked into them', async () => {
  const bytes = new TextEncoder().encode('記録\n'.repeat(50_000))
  const drawn = await sharp({ create: { width: 60, height: 40, channels: 3, background: '#06c' } })
    .png()
    .toBuffer()
  const id = await world.open(customers, {
    files: [
      ['log.txt', bytes],
      ['screen.png', new Uint8Array(drawn)],
    ],
  })
  const other = await world.open(customers)
  const reader = await signInStaff(portal, await make.staff())
  const { body } = await reader.get(paths.ticket({ id }))
  const [, picture = ''] = /\/files\/([0-9a-f-]{36})\/picture/.exec(body) ?? []
  const file = [...body.matchAll(/\/files\/([0-9a-f-]{36})"/g)]
    .map(([, each = '']) => each)
    .find((each) => each !== picture)
  assert(file)
  assert.match((await reader.get(paths.openTicketFile({ id, file }))).body, /ウイルス検査：未実施/)
  const looks = await visitsOf()
  const got = await reader.get(paths.ticketFile({ id, file }))
  assert.deepEqual(got.bytes, bytes)
  assert.equal(got.headers.get('content-type'), 'application/octet-stream')
  const shown = await reader.get(paths.ticketPicture({ id, file: picture }))
  assert.equal(shown.headers.get('content-type'), 'image/png')
  assert.equal((await sharp(shown.bytes).metadata()).width, 60)
  // A download is one look, however many parts it has, and a picture belongs to the look at its page.
  assert.equal(await visitsOf(), looks + 1)
  assert.equal((await reader.get(paths.ticketPicture({ id, file }))).status, 404)
  for (const path of [paths.openTicketFile, paths.ticketFile])
    assert.equal((await reader.get(path({ id: other, file }))).status, 404)
  assert.equal((await reader.get(paths.ticketPicture({ id: other, file: picture }))).status, 404)
})

test('an answer carries files, judged as the customer’s are, for whoever sees the ticket; a reader’s are not taken', async () => {
  const id = await world.open(customers)
  const path = paths.ticket({ id })
  const manual = new TextEncoder().encode('手順\n'.repeat(100_000))
  const page = new TextEncoder().encode('<!doctype html><script>alert(1)</script>')
  const refused = await sendFiles(staff, path, { fields: answer('手順です。', 'open'), files: [['手順.txt', page]] })
  assert.match(shownAgain(refused), /「手順.txt」はHTMLまたはXMLのため添付できません/)
  const reader = await signInStaff(portal, await make.staff())
  const version = { version: String(await world.versionOf(id)) }
  const fields = { ...answer('いいえ', 'open'), ...version }
  assert.notEqual((await sendFiles(reader, path, { fields, files: [['手順.txt', manual]] })).status, 303)
  assert.deepEqual(await filesOf(id), [])
  const sent = await sendFiles(staff, path, { fields: answer('', 'open'), files: [['手順.txt', manual]] })
  assert.equal(sent.status, 303)
  const { body } = await customers.get(path)
  assert(body.includes('手順.txt'))
  const [file = ''] = body.match(/\/tickets\/[^"]+\/files\/[0-9a-f-]{36}/) ?? []
  assert.deepEqual((await customers.get(file)).bytes, manual)
  assert.equal((await (await world.browserWith()).get(file)).status, 404)
  assert.match((await staff.get(path)).body, /手順\.txt/)
})

test('a customer’s and a ticket’s room for files hold for staff as well', async () => {
  const id = await world.open(customers)
  const file: [string, Uint8Array<ArrayBuffer>] = ['a.txt', new TextEncoder().encode('x')]
  const full = async (about: string, bytes: number) => {
    const admin = superuserOf(database)
    await admin.query(
      `insert into attachment (customer_id, about, about_id, message, at, name, type, size, sha256, state)
       select $1, 'ticket', $2, 1, now(), 'x', 'text', 10000000, decode(repeat('00', 32), 'hex'), 'unchecked'
       from generate_series(1, $3::int)`,
      [world.customerId, about, Math.ceil(bytes / 10_000_000)],
    )
    await admin.end()
  }
  await full(id, 200 * 1024 ** 2)
  const fields = answer('添付します。', 'open')
  assert.match(shownAgain(await sendFiles(staff, paths.ticket({ id }), { fields, files: [file] })), /200MB/)
  const other = await world.open(customers)
  await full(randomUUID(), 2 * 1024 ** 3)
  assert.match(shownAgain(await sendFiles(staff, paths.ticket({ id: other }), { fields, files: [file] })), /2GB/)
  const theirs = await sendFiles(customers, paths.ticket({ id: other }), {
    fields: { deed: 'reply', text: '' },
    files: [file],
  })
  assert.match(shownAgain(theirs), /2GB/)
  assert.equal((await staff.post(paths.ticket({ id: other }), fields)).status, 303, 'without files it is answered')
})

async function filesOf(ticket: string): Promise<string[]> {
  const rows = await database.operator.transaction((tx) =>
    tx.selectFrom('attachment').where('about_id', '=', ticket).select('name').execute(),
  )
  return rows.map(({ name }) => name)
}

async function visitsOf(): Promise<number> {
  const rows = await database.operator.transaction((tx) =>
    tx.selectFrom('staff_visit').where('customer_id', '=', world.customerId).select('id').execute(),
  )
  return rows.length
}

test('a list of tickets is a handful of statements, however many there are', async () => {
  for (let count = 0; count < 3; count++) await world.open(customers)
  await staff.get(paths.tickets)
  const sent = database.statements.length
  const { body } = await staff.get(paths.tickets)
  assert.match(body, /合計/)
  const count = database.statements.length - sent
  assert(count > 0 && count <= 8, `${count} statements`)
})
