import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { type Make, makerOf, signIn } from '#test/make.ts'
import { someOf } from '#test/many-runs.ts'
import { type TestPortal, testPortal } from '#test/portal.ts'
import { type Sights, sightsOf } from '#test/sights.ts'
import type { TestBrowser } from '#test/test-browser.ts'
import { addressOf } from '#platform/web/paths.ts'
import { portalPages } from './portal.tsx'

let database: TestDatabase
let portal: TestPortal
let make: Make
let browser: TestBrowser
let sees: Sights

before(async () => {
  database = await testDatabase()
  portal = await testPortal(database)
  make = makerOf(database)
  const user = await make.user({ role: 'portal-administrator' })
  const { customerId } = user
  await make.group({ customerId, rights: [{ level: 'edit' }], members: [user.id] })
  const contractId = await make.contract({ customerId, serviceId: await make.service() })
  await make.fault({ customerId, contractId })
  browser = await signIn(portal, user)
  sees = await sightsOf(database, user)
})
after(() => database[Symbol.asyncDispose]())

const addressTo = (path: string): string => addressOf(path, sees[path] ?? {})

/** What stands for a number, a state or a text in the key of a row; `%2500` is a zero byte to whoever decodes twice. */
const parts = ['1.5', '999999999999999', '%2500']
const shapes = (part: string, id: string): string[] => [
  part,
  `${part}~x`,
  `${part}~${part}`,
  `${part}~${part}~x`,
  `open~${part}~x`,
  `${part}~x~${id}`,
  `${part}~x~${id}~x~x`,
]
const others = [
  'q=%25',
  'q=%EF%B7%BA'.padEnd(900, '%EF%B7%BA'),
  'size=1e9&page=-1',
  '__proto__=x&constructor=x',
  'end=true&page=9',
]

test('whatever place an address names, a page answers and nothing breaks', async () => {
  const keys = parts.flatMap((part) => shapes(part, crypto.randomUUID()))
  const broken: string[] = []
  for (const { path } of portalPages.filter(({ kind }) => kind === 'page')) {
    const address = addressTo(path)
    const { body } = await browser.get(address)
    const isList = body.includes('class="list-tools"')
    const sorts = new Set(['', ...[...body.matchAll(/sort=([\w-]+)/g)].map(([sort]) => sort)])
    const placesBy = (sort: string): string[] => someOf(keys, 6).map((key) => `${sort}&page=2&after=${key}`)
    const places = isList ? [...sorts].flatMap(placesBy) : []
    for (const query of [...others, ...places])
      if ((await browser.get(`${address}?${query}`)).status >= 500) broken.push(`${address}?${query}`)
  }
  assert.deepEqual(broken, [])
})

test('another verb opens nothing that the right one does not', async () => {
  for (const who of [portal.browser(), browser]) {
    for (const { path, methods } of portalPages) {
      const address = addressTo(path)
      for (const method of someOf(['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND'], 2))
        assert.equal((await who.request(address, { method })).status, 404, `${method} ${path}`)
      if (!methods.includes('POST')) assert.equal((await who.send(address, {})).status, 404, `POST ${path}`)
      const [got, head] = [await who.get(address), await who.request(address, { method: 'HEAD' })]
      assert.deepEqual([head.status, head.location, head.body], [got.status, got.location, ''], `HEAD ${path}`)
      if (methods.includes('GET')) continue
      for (const name of someOf(['x-http-method-override', 'x-http-method', 'x-method-override'], 1))
        assert.equal((await who.get(address, { [name]: 'POST' })).status, 404, `${name} ${path}`)
    }
  }
})
