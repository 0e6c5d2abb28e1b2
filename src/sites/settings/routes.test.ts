import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import { addressOf, patternOf } from '#platform/web/paths.ts'
import { testDatabase } from '#test/database.ts'
import { makerOf } from '#test/make.ts'
import { type BothSites, makeSignOnWorld, openSettings } from '#test/sign-on.ts'
import { ownPath, pagePaths, paths } from './paths.ts'
import { settingsPages } from './settings.tsx'

const database = await testDatabase()
const { portal, admin, customerId, serviceId, contract, path, userWith, signedIn } = await makeSignOnWorld(database)
const make = makerOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const ofLine = settingsPages.filter((page) => page.path.startsWith(patternOf(paths.top)))

/** The page about a contract; what else stands in its address is nowhere. */
const addressFor = (pattern: string, of: string): string =>
  addressOf(pattern, { contract: of, id: randomUUID(), change: '1' })

async function signedOn(level: 'view' | 'edit'): Promise<BothSites> {
  const both = await signedIn(await userWith(level))
  await openSettings(both, path)
  return both
}

test('all about a contract stands below it, and is for those who may see the contract', () => {
  for (const page of settingsPages) assert.equal(page.path.startsWith('/c/'), page.allow === 'line', page.path)
})

test('only what can be looked at may be led to', () => {
  const looked = settingsPages.filter(({ kind, path: at }) => kind === 'page' && at !== paths.finishSignOn)
  assert.deepEqual(Object.values(pagePaths).map(patternOf).toSorted(), looked.map((page) => page.path).toSorted())
  for (const address of [
    '//evil.example',
    '/\\evil.example',
    'https://evil.example/c/x',
    '/c/x/../../logout',
    '/services',
  ])
    assert.equal(ownPath(address), undefined, address)
})

test('strangers are sent to the portal, and back to the page they wanted', async () => {
  for (const page of ofLine.filter(({ kind, methods }) => kind === 'page' && methods.includes('GET'))) {
    const stranger = portal.settingsBrowser()
    const address = addressFor(page.path, contract)
    const { status, location } = await stranger.get(address)
    const led = new URL(location)
    assert.deepEqual(
      [status, led.origin, led.pathname, led.searchParams.get('to')],
      [303, portal.program.config.portalUrl.origin, '/sign-on/settings', address],
    )
  }
})

test('what is for anybody works without a login, and with one', async () => {
  const both = await signedOn('view')
  for (const page of settingsPages.filter(({ allow, methods }) => allow === 'anybody' && methods.includes('GET')))
    for (const browser of [portal.settingsBrowser(), both.settings])
      assert([200, 303].includes((await browser.get(page.path)).status), page.path)
})

test('of contracts that one may not see, that have no line, or that are nowhere, there is nothing', async () => {
  const both = await signedOn('edit')
  const stranger = await make.customer()
  const foreign = await make.line({
    customerId: stranger,
    contractId: await make.contract({ customerId: stranger, serviceId }),
  })
  const unseen = await make.line({ customerId, contractId: await make.contract({ customerId, serviceId }) })
  const user = await make.user({ customerId })
  const withoutLine = await make.contract({ customerId, serviceId })
  await make.group({ customerId, rights: [{ contractId: withoutLine, level: 'edit' }], members: [user.id] })
  const other = await signedIn(user)
  assert.equal((await openSettings(other, paths.top({ contract: withoutLine }))).status, 404)
  for (const page of ofLine) {
    for (const one of [foreign, unseen, randomUUID(), 'x'])
      for (const method of page.methods) {
        const address = addressFor(page.path, one)
        const answer = method === 'GET' ? both.settings.get(address) : both.settings.send(address, {})
        assert.equal((await answer).status, 404, `${method} ${address}`)
      }
  }
})

test('whoever may only look is refused every form, before anything of it is read', async () => {
  const both = await signedOn('view')
  assert.equal((await both.settings.get(path)).status, 200)
  for (const page of ofLine.filter(({ methods }) => methods.includes('POST')))
    assert.equal((await both.settings.send(addressFor(page.path, contract), {})).status, 403, page.path)
})

test('the company logo is seen and found here, too, and no other company’s', async () => {
  const both = await signedOn('view')
  const hash = async (of: string): Promise<string> => {
    const { rows } = await admin.query<{ hash: string }>(
      `insert into customer_logo (customer_id, in_force, hash, image, width, height, chosen_at)
        values ($1, true, md5(gen_random_uuid()::text), 'x', 320, 64, now()) returning hash`,
      [of],
    )
    return rows[0]?.hash ?? ''
  }
  const image = paths.companyLogo({ hash: await hash(customerId) })
  const { body } = await both.settings.get(path)
  assert(body.includes(`<img src="${image}"`))
  const { status, headers } = await both.settings.get(image)
  assert.deepEqual([status, headers.get('content-type')], [200, 'image/png'])
  const theirs = paths.companyLogo({ hash: await hash(await make.customer()) })
  assert.equal((await both.settings.get(theirs)).status, 404)
})

test('from an address that the customer does not list there is no page, form or file, and afterwards all goes on', async () => {
  const user = await userWith('edit')
  const both = await signedIn(user)
  await openSettings(both, path)
  await admin.query('update portal_user set is_limited = true where id = $1', [user.id])
  await admin.query(
    `insert into address_limit (customer_id, is_on, networks, descriptions) values ($1, true, '{198.51.100.0/24}', '{本社}')`,
    [customerId],
  )
  assert(ofLine.length > 15)
  for (const page of ofLine)
    for (const method of page.methods) {
      const address = addressFor(page.path, contract)
      const answer = await (method === 'GET' ? both.settings.get(address) : both.settings.send(address, {}))
      assert.equal(answer.status, 403, `${method} ${address}`)
      assert.match(answer.body, /このIPアドレスからは利用できません/, `${method} ${address}`)
      assert(!answer.body.includes(user.name), `${method} ${address}`)
    }
  await admin.query('delete from address_limit where customer_id = $1', [customerId])
  assert.equal((await both.settings.get(path)).status, 200)
})
