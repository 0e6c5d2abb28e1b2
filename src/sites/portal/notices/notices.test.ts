import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { forgetReadNotices } from '#features/notices/forget.ts'
import { openNotice } from '#features/notices/open.ts'
import { findServiceMenu } from '#features/service-menu/find.ts'
import { after as later, days } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import { makerOf, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { asSignedIn } from '#test/sign-in.ts'
import type { TestBrowser } from '#test/test-browser.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
after(() => database[Symbol.asyncDispose]())

interface NoticeValues {
  customerId?: string
  kind?: 'news' | 'works'
  title?: string
  body?: string
  /** Days ago; negative: in days to come. */
  published?: number
  ended?: number
}

const ago = (n: number): Date => later(portal.program.now(), -n * days)

async function makeNotice(values: NoticeValues): Promise<string> {
  const { customerId = null, kind = 'news', title = '題', body = '一行目\n二行目', published = 1, ended } = values
  const notice = {
    customer_id: customerId,
    code: randomUUID(),
    kind,
    title_ja: title,
    title_en: title,
    body_ja: body,
    body_en: body,
    published_at: ago(published),
    ends_at: ended === undefined ? null : ago(ended),
  }
  const { id } = await database.operator.transaction((tx) =>
    tx.insertInto('notice').values(notice).returning('id').executeTakeFirstOrThrow(),
  )
  return id
}

const titlesIn = (body: string): string[] =>
  [...body.matchAll(/<a href="\/notices\/[\w-]+">([^<]*)</g)].map(([, title = '']) => title)
const unreadIn = (body: string): number => [...body.matchAll(/>未読</g)].length
const unreadOf = (browser: TestBrowser): Promise<number> =>
  asSignedIn(portal, browser, async ({ tx, actor, now }) => (await findServiceMenu(tx, actor, now)).unreadNotices)

test('notices for everybody and for the customer are listed, the newest first, while they last', async () => {
  const user = await make.user()
  const { customerId } = user
  const other = await make.customer()
  await makeNotice({ customerId, title: '古い', published: 200 })
  await makeNotice({ customerId, title: '新しい', published: 2, ended: -1 })
  await makeNotice({ customerId: other, title: 'よその' })
  await makeNotice({ customerId, title: 'これから', published: -1 })
  await makeNotice({ customerId, title: '終わった', published: 3, ended: 1 })
  const everybody = await makeNotice({ title: '皆さま', published: 4 })
  const browser = await signIn(portal, user)
  const { body } = await browser.get('/notices')
  assert.deepEqual(titlesIn(body), ['新しい', '皆さま', '古い'])
  // What is older than 90 days is not unread.
  assert.equal(unreadIn(body), 2)
  assert.equal(await unreadOf(browser), 2)
  await database.operator.transaction((tx) =>
    tx
      .updateTable('notice')
      .set({ ends_at: ago(1) })
      .where('id', '=', everybody)
      .execute(),
  )
  assert.deepEqual(titlesIn((await browser.get('/notices')).body), ['新しい', '古い'])
})

test('opening a notice makes it read, for this user alone, and at once', async () => {
  const user = await make.user()
  const { customerId } = user
  const colleague = await make.user({ customerId })
  const id = await makeNotice({ customerId, title: '工事のお知らせ', kind: 'works' })
  await makeNotice({ customerId })
  const [browser, theirs] = [await signIn(portal, user), await signIn(portal, colleague)]
  assert.equal(await unreadOf(browser), 2)
  const menu = await asSignedIn(portal, browser, async (ctx) => {
    // As the site does: the page and what surrounds it are asked for together.
    const [, around] = await Promise.all([openNotice(ctx, id), findServiceMenu(ctx.tx, ctx.actor, ctx.now)])
    return around
  })
  assert.equal(menu.unreadNotices, 1)
  for (let times = 0; times < 2; times++) {
    const { status, body } = await browser.get(`/notices/${id}`)
    assert.equal(status, 200)
    assert.match(body, /<h1>工事のお知らせ<\/h1>/)
    assert.match(body, /一行目\n二行目/)
    assert.equal(await unreadOf(browser), 1)
  }
  assert.equal(unreadIn((await browser.get('/notices')).body), 1)
  assert.equal(await unreadOf(theirs), 2)
})

test('a notice that is not for the reader is not found, whatever the id', async () => {
  const user = await make.user()
  const browser = await signIn(portal, user)
  const hidden = [
    await makeNotice({ customerId: await make.customer() }),
    await makeNotice({ customerId: user.customerId, published: -1 }),
    await makeNotice({ customerId: user.customerId, published: 3, ended: 1 }),
    randomUUID(),
    'nonsense',
    '%00',
  ]
  for (const id of hidden) assert.equal((await browser.get(`/notices/${id}`)).status, 404, id)
  const marks = await database.operator.transaction((tx) =>
    tx.selectFrom('notice_read').select('notice_id').where('user_id', '=', user.id).execute(),
  )
  assert.deepEqual(marks, [])
})

test('all are marked as read by a button, and a page that was opened before does no harm', async () => {
  const user = await make.user()
  const { customerId } = user
  for (const kind of ['news', 'works', 'news'] as const) await makeNotice({ customerId, kind })
  const browser = await signIn(portal, user)
  const { status, location } = await browser.post('/notices?kind=works')
  assert.deepEqual([status, location], [303, '/notices?kind=works'])
  const { body } = await browser.get('/notices')
  assert.match(body, /すべて既読にしました。/)
  assert.equal(unreadIn(body), 0)
  assert.doesNotMatch(body, /すべて既読にする/)
  assert.equal(await unreadOf(browser), 0)
})

test('notices are found by what they say, and counted by kind', async () => {
  const user = await make.user()
  const { customerId } = user
  await makeNotice({ customerId, title: 'メンテナンス', kind: 'works', body: '音声設備を更新します' })
  await makeNotice({ customerId, title: 'ｷｬﾝﾍﾟｰﾝ', body: '100%お得' })
  const browser = await signIn(portal, user)
  const found = async (query: string): Promise<string[]> => titlesIn((await browser.get(`/notices?${query}`)).body)
  assert.deepEqual(await found('q=きゃんぺーん'), ['ｷｬﾝﾍﾟｰﾝ'])
  assert.deepEqual(await found(`q=${encodeURIComponent('音声　めんてなんす')}`), ['メンテナンス'])
  assert.deepEqual(await found(`q=${encodeURIComponent('0%')}`), ['ｷｬﾝﾍﾟｰﾝ'])
  assert.deepEqual(await found('kind=works'), ['メンテナンス'])
  const { body } = await browser.get('/notices?kind=works&q=お得')
  assert.match(body, /条件に合うお知らせがありません/)
  assert.match(body, /ご案内 1</)
})

test('the pages of the list lead through all notices, each once; whatever the address says, it answers', async () => {
  const user = await make.user()
  const { customerId } = user
  await database.operator.transaction((tx) =>
    sql`insert into notice (customer_id, code, kind, title_ja, title_en, body_ja, body_en, published_at)
      select ${customerId}, 'many-' || n, 'news', 'No. ' || n, '', '', '', ${ago(1)}::timestamptz - n * interval '1 microsecond'
      from generate_series(1, 45) n`.execute(tx),
  )
  const browser = await signIn(portal, user)
  const seen: string[] = []
  let path: string | undefined = '/notices?size=20'
  while (path) {
    const body: string = (await browser.get(path)).body
    seen.push(...titlesIn(body))
    path = /<a href="([^"]*)"><span aria-hidden="true">›/.exec(body)?.[1]?.replaceAll('&amp;', '&')
  }
  assert.deepEqual(
    seen,
    Array.from({ length: 45 }, (_, index) => `No. ${index + 1}`),
  )
  const last = (await browser.get('/notices?size=20&page=3&end=true')).body
  assert.deepEqual(titlesIn(last), seen.slice(40))
  for (const query of ['kind=x', 'page=2&after=x~y', 'page=2&after=1e999~y', 'page=2&before=-1', 'size=0'])
    assert.equal((await browser.get(`/notices?${query}`)).status, 200, query)
})

test('a notice takes no more statements than any page, read or unread', async () => {
  const user = await make.user()
  const id = await makeNotice({ customerId: user.customerId })
  const browser = await signIn(portal, user)
  const paths = [`/notices/${id}`, `/notices/${id}`, `/notices/${id}`, '/notices', '/notices?q=x&kind=news&end=true']
  for (const [at, path] of paths.entries()) {
    // That it was read is a change: who reads it again is read anew, behind what was asked for in vain.
    const isAfterChange = at === 1
    database.statements.length = 0
    await browser.get(path)
    // What is noted afterwards has a transaction of its own.
    const ofThePage = database.statements.filter((text) => !/set_config|insert into look/.test(text))
    assert(ofThePage.length <= (isAfterChange ? 6 : 4), `${path}: ${ofThePage.join('\n')}`)
  }
})

test('marks are forgotten when their notices no longer count as unread', async () => {
  const user = await make.user()
  const { customerId } = user
  const browser = await signIn(portal, user)
  for (const published of [1, 80]) await browser.get(`/notices/${await makeNotice({ customerId, published })}`)
  const marks = async (): Promise<number> =>
    (
      await database.operator.transaction((tx) =>
        tx.selectFrom('notice_read').select('notice_id').where('user_id', '=', user.id).execute(),
      )
    ).length
  assert.equal(await marks(), 2)
  await database.operator.transaction((tx) => forgetReadNotices(tx, ago(-11)))
  assert.equal(await marks(), 1)
})
