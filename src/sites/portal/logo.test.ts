import assert from 'node:assert/strict'
import { after as afterAll, test } from 'node:test'
import { testDatabase } from '#test/database.ts'
import { makerOf } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { paths } from './paths.ts'

const database = await testDatabase()
const portal = await testPortal(database)
afterAll(() => database[Symbol.asyncDispose]())

test('the operator’s logo may be looked at, and whatever it carries runs nothing and loads nothing', async () => {
  await makerOf(database).operator()
  const stranger = portal.browser()
  assert.equal((await stranger.get(paths.logo)).status, 404)
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
  await database.operator.transaction((tx) =>
    tx
      .updateTable('operator')
      .set({ logo: Buffer.from(svg), logo_type: 'image/svg+xml' })
      .execute(),
  )
  const { status, body, headers } = await stranger.get(paths.logo)
  assert.deepEqual([status, body], [200, svg])
  assert.equal(headers.get('content-type'), 'image/svg+xml')
  assert.equal(headers.get('x-content-type-options'), 'nosniff')
  const policy = headers.get('content-security-policy')?.split('; ') ?? []
  assert.deepEqual(policy.toSorted(), ["default-src 'none'", 'sandbox', "style-src 'unsafe-inline'"])
})
