import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { superuserOf } from '#test/superuser.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const word = '紫陽花'
const encoded = encodeURIComponent(word)

interface World {
  customerId: string
  seen: string
  hidden: string
}

/** A customer with two services, and of each kind one thing that holds the word under either of them. */
async function world(): Promise<World> {
  const customerId = await make.customer()
  const [seen, hidden] = [await make.service({ name: '見える' }), await make.service({ name: '見えない' })]
  for (const [service, tag] of [
    [seen, 'seen'],
    [hidden, 'hidden'],
  ] as const) {
    const contract = await make.contract({ customerId, serviceId: service })
    await admin.query(`update contract set memo = $2 where id = $1`, [contract, `${word} ${tag}-memo`])
    const title = (kind: string): string => `${word} ${tag}-${kind}`
    await admin.query(
      `insert into contract_order (customer_id, code, service_id, title_ja, title_en, state, ordered_on, updated_at)
       values ($1, gen_random_uuid(), $2, $3, $3, 'received', now(), now())`,
      [customerId, service, title('order')],
    )
    await admin.query(
      `insert into ticket (customer_id, code, service_id, contract_id, kind, title_ja, title_en, state, opened_at, updated_at)
       values ($1, gen_random_uuid(), $2, $3, 'inquiry', $4, $4, 'open', now(), now())`,
      [customerId, service, contract, title('ticket')],
    )
    await admin.query(
      `insert into manual (code, service_id, title_ja, title_en, url, updated_on)
       values (gen_random_uuid(), $1, $2, $2, 'https://manuals.example.com/', now())`,
      [service, title('manual')],
    )
  }
  await admin.query(
    `insert into notice (customer_id, code, kind, title_ja, title_en, body_ja, body_en, published_at)
     values ($1, gen_random_uuid(), 'news', $2, $2, '', '', now() - interval '1 hour')`,
    [customerId, `${word} own-notice`],
  )
  return { customerId, seen, hidden }
}

async function userOf({ customerId, seen }: World): Promise<MadeUser> {
  const user = await make.user({ customerId })
  await make.group({ customerId, rights: [{ serviceId: seen, level: 'view' }], members: [user.id] })
  return user
}

test('each kind is found as far as the user may see it, and nothing of anybody else', async () => {
  const [mine] = [await world(), await world()]
  const browser = await signIn(portal, await userOf(mine))
  const { status, body } = await browser.get(`/search?q=${encoded}`)
  assert.equal(status, 200)
  const text = body.replaceAll(/<\/?mark>/g, '')
  for (const kind of ['memo', 'order', 'ticket', 'manual'])
    assert.equal(text.split(`seen-${kind}`).length, 2, `${kind} once`)
  assert.equal(text.split('own-notice').length, 2)
  assert.doesNotMatch(text, /hidden-/)
  assert.match(text, /合計 5 件/)
})

test('somebody without a right finds what is for everybody, and no more', async () => {
  const { customerId } = await world()
  const browser = await signIn(portal, await make.user({ customerId }))
  const { body } = await browser.get(`/search?q=${encoded}`)
  assert.match(body, /合計 1 件/)
  assert.match(body, /own-notice/)
})

test('a contract number leads to its contract, however it is written; one that is not the user’s leads nowhere', async () => {
  const mine = await world()
  const number = 'N765000001'
  const id = await make.contract({ customerId: mine.customerId, serviceId: mine.seen, number })
  await make.contract({ customerId: mine.customerId, serviceId: mine.hidden, number: 'N765000002' })
  const other = await world()
  await make.contract({ customerId: other.customerId, serviceId: other.seen, number: 'N765000003' })
  const browser = await signIn(portal, await userOf(mine))
  for (const typed of [number, 'n765000001', '　Ｎ７６５０００００１　', 'N765-000-001'])
    assert.equal((await browser.get(`/search?q=${encodeURIComponent(typed)}`)).location, `/contracts/${id}`, typed)
  for (const typed of ['N765000002', 'N765000003', 'N76500000']) {
    const { status, body } = await browser.get(`/search?q=${typed}`)
    assert.equal(status, 200)
    assert.match(body, typed === 'N76500000' ? /合計 1 件/ : /見つかりませんでした/)
  }
})

test('pages of the portal are found by their names; the administrators’ by administrators', async () => {
  const { customerId } = await world()
  const find = async (role: 'general-user' | 'portal-administrator', keyword: string): Promise<string> =>
    (
      await (
        await signIn(portal, await make.user({ customerId, role }))
      ).get(`/search?q=${encodeURIComponent(keyword)}`)
    ).body
  assert.match(await find('general-user', 'ぱすわーど'), /<li><a href="\/profile\/password"><mark>パスワード<\/mark>/)
  const hits = /<ul class="hits">[\s\S]*?<\/ul>/
  const pages = { ポータル管理者: '/administration', 変更履歴: '/change-history', ユーザーグループ管理: '/user-groups' }
  for (const [name, path] of Object.entries(pages)) {
    assert(hits.exec(await find('portal-administrator', name))?.[0].includes(`<a href="${path}">`), name)
    assert(!hits.exec(await find('general-user', name))?.[0].includes(path), name)
  }
})

test('users are found by administrators of their customer, and by nobody else', async () => {
  const sought = await make.user({ name: '向日葵 咲' })
  const { customerId } = sought
  const find = async (user: MadeUser): Promise<boolean> => {
    const { body } = await (await signIn(portal, user)).get(`/search?q=${encodeURIComponent('向日葵')}`)
    return body.includes(`/users/${sought.id}`)
  }
  assert(await find(await make.user({ customerId, role: 'portal-administrator' })))
  assert(!(await find(await make.user({ customerId }))))
  assert(!(await find(await make.user({ role: 'portal-administrator' }))))
})

test('whatever is typed is answered', async () => {
  const browser = await signIn(portal, await userOf(await world()))
  for (const q of [
    '',
    ' ',
    '%',
    '\\',
    '_',
    "'",
    '<script>alert(1)</script>',
    'あ'.repeat(3000),
    'a b c d e f g h',
    '￿',
  ]) {
    const { status, body } = await browser.get(`/search?q=${encodeURIComponent(q)}`)
    assert.equal(status, 200, q)
    assert.doesNotMatch(body, /<script>alert/)
  }
  assert.equal((await portal.browser().get('/search?q=x')).status, 303)
})
