import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import { days, hours } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import { newestUrl } from '#test/first-login.ts'
import { type MadeUser, makerOf, signIn } from '#test/make.ts'
import { inTime } from '#test/many-runs.ts'
import { testPortal } from '#test/portal.ts'
import { isSignedIn } from '#test/sign-in.ts'
import { superuserOf } from '#test/superuser.ts'
import type { TestBrowser } from '#test/test-browser.ts'
import { postFilled } from '#test/user-form.ts'
import type { Route } from '#platform/web/paths.ts'
import { paths } from '../paths.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

interface World {
  administrator: MadeUser
  browser: TestBrowser
  members: [MadeUser, MadeUser]
}

async function openWorld(): Promise<World> {
  const administrator = await make.user({ role: 'portal-administrator', name: '山田 太郎' })
  const { customerId } = administrator
  const members: World['members'] = [
    await make.user({ customerId, name: '伊藤 三郎' }),
    await make.user({ customerId, name: '佐藤 花子', state: 'awaiting-registration' }),
  ]
  return { administrator, browser: await signIn(portal, administrator), members }
}

const at = (path: Route<'id'>, { id }: Pick<MadeUser, 'id'>): string => path({ id })
const shown = (body: string, users: readonly MadeUser[]): boolean[] => users.map(({ mail }) => body.includes(mail))

test('the CSV holds whom the list lists, with all their groups, and nobody of another customer', async () => {
  const { browser, administrator, members } = await openWorld()
  const { customerId } = administrator
  const [first, second] = members
  for (const name of ['営業部', '=総務部']) await make.group({ customerId, name, members: [first.id] })
  const stranger = await make.user({ name: '伊藤 他社' })
  const [head, ...rows] = (await browser.get(paths.usersCsv)).body.trimEnd().split('\r\n')
  assert.match(
    head ?? '',
    /"管理ID","名前","ふりがな","メールアドレス","電話番号","状態","ユーザー権限","第2段階認証方式",.*,"最終ログイン 日本標準時"$/,
  )
  assert.equal(rows.length, 3)
  const row = rows.find((each) => each.includes(first.mail))
  const details = `"Japanese","Asia/Tokyo","","","","受信しない"`
  assert.equal(
    row,
    `"${first.id}","伊藤 三郎","","${first.mail}","03-0000-0000","有効","一般ユーザー","MailOTP",${details},"営業部\n'=総務部","","",""`,
  )
  assert(!rows.some((each) => each.includes(stranger.mail)))
  const { body } = await browser.get(`${paths.usersCsv}?state=awaiting-registration`)
  assert.deepEqual(shown(body, [administrator, first, second]), [false, false, true])
})

test('users are sorted and found by ふりがな where they have one, before those who have none', async () => {
  const { administrator, browser } = await openWorld()
  const { customerId } = administrator
  const people = { 羽場: 'はば', 原: 'はら', 班: 'はん', 馬場: 'ばば', 秋: 'あき', 無名: '' }
  for (const [name, kana] of Object.entries(people)) await addWithKana({ customerId, name, kana })
  const order = async (query: string): Promise<string[]> => {
    const { body } = await browser.get(`${paths.users}?${query}`)
    return [...body.matchAll(/<a href="\/users\/[0-9a-f-]{36}">([^<]+)<\/a>/g)].map(([, name]) => name ?? '')
  }
  const told = ['秋', '羽場', '馬場', '原', '班']
  const untold = ['伊藤 三郎', '佐藤 花子', '山田 太郎', '無名']
  assert.deepEqual(await order('sort=name'), [...told, ...untold])
  assert.deepEqual(await order('sort=name&order=turned'), [...told, ...untold].toReversed())
  for (const keyword of ['ばば', 'ババ', 'ﾊﾞﾊﾞ'])
    assert.deepEqual(await order(`q=${encodeURIComponent(keyword)}`), ['馬場'], keyword)
  // Whoever has no ふりがな stays found by name, and is sorted as soon as one is entered.
  await admin.query(`update portal_user set kana = 'あい' where customer_id = $1 and name = '無名'`, [customerId])
  assert.equal((await order('sort=name'))[0], '無名')
})

async function addWithKana(user: { customerId: string; name: string; kana: string }): Promise<void> {
  const { id } = await make.user(user)
  await admin.query('update portal_user set kana = $2 where id = $1', [id, user.kana])
}

test('the list finds by keyword and state, counts by state, and sorts', async () => {
  const { browser, administrator, members } = await openWorld()
  const people = [administrator, ...members]
  const stranger = await make.user({ name: '伊藤 他社' })
  const { body } = await browser.get(paths.users)
  assert.deepEqual(shown(body, [...people, stranger]), [true, true, true, false])
  assert.match(body, /登録待ち 1/)
  assert.match(body, /有効 2/)
  assert.deepEqual(shown((await browser.get(`${paths.users}?q=${encodeURIComponent('伊藤')}`)).body, people), [
    false,
    true,
    false,
  ])
  assert.deepEqual(shown((await browser.get(`${paths.users}?state=awaiting-registration`)).body, people), [
    false,
    false,
    true,
  ])
  const byName = (await browser.get(`${paths.users}?sort=name`)).body
  const places = people.map(({ mail }) => byName.indexOf(mail))
  assert.deepEqual(
    places.toSorted((one, other) => one - other),
    [places[1], places[2], places[0]],
  )
  assert.match((await browser.get(`${paths.users}?q=zzz`)).body, /条件に合うユーザーがいません/)
})

test('five thousand users are listed within a moment, whatever is asked', async () => {
  const { browser, administrator } = await openWorld()
  await admin.query(
    `insert into portal_user (customer_id, mail, name, phone, role, second_factor, state)
     select $1, gen_random_uuid() || '@example.com', '利用者 ' || n, '03-0000-0000', 'general-user', 'totp',
       (array['active', 'suspended', 'awaiting-registration'])[1 + n % 3]::user_state from generate_series(1, 5000) n`,
    [administrator.customerId],
  )
  await admin.query('analyze portal_user')
  const queries = ['', '?size=100', '?end=true&page=251', '?sort=last-login', '?q=4999', '?state=suspended&sort=name']
  for (const query of queries) {
    const { status } = await inTime(500, () => browser.get(paths.users + query))
    assert.equal(status, 200, query)
  }
})

test('a new URL goes to everybody whose URL has expired, and to nobody else', async () => {
  const { browser, administrator, members } = await openWorld()
  await browser.post(at(paths.resendNotice, members[1]))
  const first = await newestUrl(portal, members[1].mail)
  assert.doesNotMatch((await browser.get(paths.users)).body, /有効期限が切れている/)
  portal.advance(8 * days)
  const again = await signIn(portal, administrator)
  assert.match((await again.get(paths.users)).body, /有効期限が切れているユーザーが1名います/)
  await again.post(paths.resendExpired)
  assert.notEqual(await newestUrl(portal, members[1].mail), first)
  assert.deepEqual(await portal.mailsTo(members[0].mail), [])
  assert.doesNotMatch((await again.get(paths.users)).body, /有効期限が切れている/)
})

/** The path of the URL that was mailed to a new address. */
async function confirmationUrl(mail: string): Promise<string> {
  const texts = (await portal.mailsTo(mail)).map(({ text }) => text)
  return /\/mail-address\?key=\S+/.exec(texts.at(-1) ?? '')?.[0] ?? assert.fail('no URL')
}

test('a new mail address counts once it is confirmed there; the old one is told', async () => {
  const { browser, members } = await openWorld()
  const [member] = members
  const mail = `changed-${randomUUID()}@example.com`
  await postFilled(browser, at(paths.userMail, member), { mail })
  const shownUser = (await browser.get(at(paths.user, member))).body.replaceAll(/<[^>]*>/g, '')
  assert.match(shownUser, new RegExp(`${mail} への変更は、確認を待っています`))
  assert(
    (await portal.mailsTo(member.mail)).some(({ text }) => text.includes('メールアドレスの変更が申し込まれました')),
  )
  assert(await isSignedIn(await signIn(portal, member)))
  const url = await confirmationUrl(mail)
  const reader = portal.browser()
  assert.match((await reader.get(url)).body, new RegExp(mail))
  assert(await isSignedIn(await signIn(portal, member)))
  assert.equal((await postFilled(reader, url, {})).location, paths.signIn)
  assert(await isSignedIn(await signIn(portal, { mail })))
  await assert.rejects(signIn(portal, member))
  assert.match((await portal.browser().get(url)).body, /このURLは使用できません/)
})

test('a new mail address can be withdrawn, expires, and is refused when somebody else has it by then', async () => {
  const { browser, members } = await openWorld()
  const [member] = members
  const path = at(paths.userMail, member)
  const mail = `changed-${randomUUID()}@example.com`
  await postFilled(browser, path, { mail })
  await postFilled(browser, path, { mail: '', withdraw: 'on' })
  await postFilled(browser, path, { mail: '', withdraw: 'on' })
  const noted = `select from change_history where subject_id = $1 and action = 'mail-change-withdrawn'`
  assert.equal((await admin.query(noted, [member.id])).rowCount, 1)
  assert.match((await portal.browser().get(await confirmationUrl(mail))).body, /使用できません/)
  await postFilled(browser, path, { mail })
  await admin.query(
    `insert into portal_user (customer_id, mail, name, phone, role) select customer_id, $2, '', '', 'general-user' from portal_user where id = $1`,
    [member.id, mail],
  )
  assert.equal((await postFilled(portal.browser(), await confirmationUrl(mail), {})).status, 422)
  const other = `changed-${randomUUID()}@example.com`
  await postFilled(browser, path, { mail: other })
  portal.advance(25 * hours)
  assert.match((await portal.browser().get(await confirmationUrl(other))).body, /使用できません/)
})

test('whoever awaits registration is sent the notice at the new address at once', async () => {
  const { browser, members } = await openWorld()
  const mail = `changed-${randomUUID()}@example.com`
  await postFilled(browser, at(paths.userMail, members[1]), { mail })
  await newestUrl(portal, mail)
  assert((await browser.get(paths.users)).body.includes(mail))
})

test('a hundred groups are offered to narrow the list by; of more, the chosen one alone, and where the others are found', async () => {
  const { browser, administrator, members } = await openWorld()
  const { customerId } = administrator
  const chosen = await make.group({ customerId, name: '営業部', members: [members[0].id] })
  const offered = async (query = ''): Promise<{ groups: string[]; body: string }> => {
    const { body } = await browser.get(`${paths.users}${query}`)
    const [select = ''] = /<select[^>]* name="group".*?<[/]select>/s.exec(body) ?? []
    return { groups: [...select.matchAll(/<option value="([^"]+)"/g)].map(([, value = '']) => value), body }
  }
  await admin.query(
    `insert into user_group (customer_id, number, name) select $1, 'G' || 8000000 + n, 'g' || n from generate_series(1, 99) n`,
    [customerId],
  )
  const all = await offered()
  assert.deepEqual([all.groups.length, all.groups.includes(chosen)], [101, true])
  assert(!all.body.includes('グループを探す'))
  await admin.query(`insert into user_group (customer_id, number, name) values ($1, 'G9000000', 'one more')`, [
    customerId,
  ])
  assert.deepEqual((await offered()).groups, ['none'])
  const narrowed = await offered(`?group=${chosen}`)
  assert.deepEqual(narrowed.groups, ['none', chosen])
  assert.deepEqual(shown(narrowed.body, members), [true, false])
  assert(narrowed.body.includes(`href="${paths.userGroups}">グループを探す</a>`))
  const foreign = await make.group({ customerId: (await make.user()).customerId, name: '他社' })
  assert.deepEqual((await offered(`?group=${foreign}`)).groups, ['none'])
})
