import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import { testDatabase } from '#test/database.ts'
import { makerOf, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
after(() => database[Symbol.asyncDispose]())

async function makeManual(title: string, { serviceId, updated }: { serviceId?: string; updated: string }) {
  const code = randomUUID()
  const manual = { code, service_id: serviceId ?? null, title_ja: title, title_en: title, updated_on: updated }
  await database.operator.transaction((tx) =>
    tx
      .insertInto('manual')
      .values({ ...manual, url: `https://www.example.com/${code}.pdf` })
      .execute(),
  )
}

const titlesIn = (body: string): string[] =>
  [
    ...body.matchAll(/<a class="outside-link" href="https:[^"]*" target="_blank" rel="noopener noreferrer">([^<]*)</g),
  ].map(([, title = '']) => title)

const user = await make.user()
const { customerId } = user
const [seen, unseen] = [
  await make.service({ name: '見えるサービス' }),
  await make.service({ name: '見えないサービス' }),
]
for (const serviceId of [seen, unseen]) await make.contract({ customerId, serviceId })
await make.group({ customerId, rights: [{ serviceId: seen, level: 'view' }], members: [user.id] })
await makeManual('設定の手引き', { serviceId: seen, updated: '2026-11-02' })
await makeManual('見えない手引き', { serviceId: unseen, updated: '2026-11-03' })
await makeManual('ポータルの手引き', { updated: '2026-10-01' })
await makeManual('ｱｶｳﾝﾄの手引き', { updated: '2026-11-20' })
const browser = await signIn(portal, user)

test('manuals of the portal and of the services that the user sees are listed, the newest first', async () => {
  const { body } = await browser.get('/manuals')
  assert.deepEqual(titlesIn(body), ['ｱｶｳﾝﾄの手引き', '設定の手引き', 'ポータルの手引き'])
  assert.match(body, /見えるサービス 1</)
  assert.match(body, /ポータル全般 2</)
  assert.doesNotMatch(body, /見えない/)
  assert.match(body, /<time[^>]* dateTime="2026-11-02"/i)
})

test('somebody without a right sees those of the portal alone', async () => {
  const newcomer = await signIn(portal, await make.user({ customerId }))
  assert.deepEqual(titlesIn((await newcomer.get('/manuals')).body), ['ｱｶｳﾝﾄの手引き', 'ポータルの手引き'])
})

test('manuals are found by title, by service, and by what they are about', async () => {
  const codes = await database.operator.transaction((tx) => tx.selectFrom('service').select(['id', 'code']).execute())
  const codeOf = (id: string): string => codes.find((service) => service.id === id)?.code ?? ''
  const found = async (query: string): Promise<string[]> => titlesIn((await browser.get(`/manuals?${query}`)).body)
  assert.deepEqual(await found('q=アカウント'), ['ｱｶｳﾝﾄの手引き'])
  assert.deepEqual(await found(`q=${encodeURIComponent('見える 設定')}`), ['設定の手引き'])
  assert.deepEqual(await found('portal=true'), ['ｱｶｳﾝﾄの手引き', 'ポータルの手引き'])
  assert.deepEqual(await found(`service=${codeOf(seen)}`), ['設定の手引き'])
  assert.deepEqual(await found('portal=true&size=10&page=1&end=true'), ['ｱｶｳﾝﾄの手引き', 'ポータルの手引き'])
  assert.match((await browser.get('/manuals?q=ない')).body, /条件に合うマニュアルがありません/)
  assert.equal((await browser.get(`/manuals?service=${codeOf(unseen)}`)).status, 404)
  for (const query of ['page=2&after=x', 'page=2&after=2026-13-01~y', 'portal=x'])
    assert.equal((await browser.get(`/manuals?${query}`)).status, 200, query)
})
