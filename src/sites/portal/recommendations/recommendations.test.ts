import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import { after as later, minutes } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import { makerOf, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
after(() => database[Symbol.asyncDispose]())

let position = 0

interface Values {
  service_id?: string
  for_services?: string[]
  url?: string
  ends_at?: Date
}

async function commend(title: string, values: Values = {}): Promise<void> {
  const texts = { title_ja: title, title_en: title, text_ja: '一行目\n二行目', text_en: 'x' }
  await database.operator.transaction((tx) =>
    tx
      .insertInto('recommendation')
      .values({ code: randomUUID(), position: ++position, ...texts, ...values })
      .execute(),
  )
}

const titlesIn = (body: string): string[] =>
  [...body.matchAll(/<h2 class="panel-heading">([^<]*)</g)].map(([, title = '']) => title)

test('what is commended is shown to whom it is for, in the order of the operator, until it ends', async () => {
  const [pbx, other] = [await make.service({ name: 'クラウドPBX' }), await make.service()]
  const user = await make.user()
  const { customerId } = user
  for (const serviceId of [pbx, other]) await make.contract({ customerId, serviceId })
  await make.group({ customerId, rights: [{ serviceId: pbx, level: 'view' }], members: [user.id] })
  const now = portal.program.now()
  await commend('皆さまに', { url: 'https://www.example.com/all' })
  await commend('録音', { for_services: [other, pbx], service_id: pbx })
  await commend('見えないサービスの方に', { for_services: [other] })
  await commend('終わった', { ends_at: now })
  await commend('まだある', { ends_at: later(now, 1 * minutes) })
  const browser = await signIn(portal, user)
  const { body } = await browser.get('/recommendations')
  assert.deepEqual(titlesIn(body), ['皆さまに', '録音', 'まだある'])
  assert.match(body, /合計 <b>3<\/b> 件/)
  assert.match(body, /href="https:\/\/www\.example\.com\/all" target="_blank" rel="noopener noreferrer"/)
  assert.match(body, /一行目\n二行目/)
  const newcomer = await signIn(portal, await make.user({ customerId }))
  assert.deepEqual(titlesIn((await newcomer.get('/recommendations')).body), ['皆さまに', 'まだある'])
})

test('many of them come in pages', async () => {
  for (let i = 0; i < 12; i++) await commend(`第${i}`)
  const browser = await signIn(portal, await make.user())
  const first = titlesIn((await browser.get('/recommendations?size=10')).body)
  const last = titlesIn((await browser.get('/recommendations?size=10&page=2&end=true')).body)
  assert.equal(first.length, 10)
  assert.deepEqual(
    [...first, ...last].slice(-12),
    Array.from({ length: 12 }, (_, index) => `第${index}`),
  )
  assert.equal((await browser.get('/recommendations?page=2&after=x~y')).status, 200)
})

test('whatever place stands in the address, the list answers', async () => {
  const browser = await signIn(portal, await make.user())
  for (const key of ['1.5~x', 'Infinity~x', '999999999999999~x', '1~%2500', 'x~x'])
    for (const edge of ['after', 'before'])
      assert.equal((await browser.get(`/recommendations?page=2&${edge}=${key}`)).status, 200, key)
})
