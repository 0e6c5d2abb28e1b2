import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { signIn } from '#test/make.ts'
import { openOrderWorld } from '#test/order-world.ts'
import { paths } from '../paths.ts'

const world = await openOrderWorld()
after(() => world[Symbol.asyncDispose]())
const { portal, make, service, forms } = world
const confirm = paths.confirmOrderForm({ service, form: 'new' })

/** Somebody of a customer without a contract of the service, with a level for all services. */
async function newcomer(level?: 'view' | 'edit', role?: 'portal-administrator') {
  const user = await make.user(role && { role })
  if (level) await make.group({ customerId: user.customerId, members: [user.id], rights: [{ level }] })
  return { user, browser: await signIn(portal, user) }
}

test('what the customer has no contract of is found, filled in and ordered by who may edit all services', async () => {
  const { browser } = await newcomer('edit')
  assert.match((await browser.get(paths.orders)).body, /新しいサービスのお申し込み/)
  const list = (await browser.get(paths.newOrders)).body
  assert(list.includes('クラウドPBX') && list.includes(forms.new) && !list.includes(forms.more))
  const page = (await browser.get(forms.new)).body
  assert(page.includes(`href="${paths.newOrders}"`) && !page.includes(`href="${paths.service({ code: service })}"`))
  const filled = { contract: '', wished: '', 'a.address': '東京都千代田区1-1', step: 'check' }
  assert.equal((await browser.post(forms.new, filled)).location, confirm)
  const asked = await browser.post(confirm)
  assert.match(asked.location, /^\/requests\//)
  assert.match((await browser.get(asked.location)).body, /東京都千代田区1-1/)
  // What changes a contract is not there without one.
  assert.equal((await browser.get(forms.more)).status, 404)
  await browser.get(`${paths.newOrders}?lang=en`)
  assert.match((await browser.get(paths.newOrders)).body, /Order a new service/)
})

test('who may only view finds nothing to order, who has no right does not see the form, and strangers log in', async () => {
  const { browser: viewer } = await newcomer('view')
  assert.match((await viewer.get(paths.newOrders)).body, /申し込めるサービスはありません/)
  assert.match((await viewer.get(forms.new)).body, /編集の権限が必要です/)
  const { browser: nobody } = await newcomer()
  assert.match((await nobody.get(paths.newOrders)).body, /申し込めるサービスはありません/)
  assert.equal((await nobody.get(forms.new)).status, 404)
  assert.equal((await portal.browser().get(paths.newOrders)).status, 303)
})

test('where approval is needed an administrator who sees all services gives it', async () => {
  const { user, browser } = await newcomer('edit')
  const { customerId } = user
  await world.database.operator.transaction((tx) =>
    tx.updateTable('customer').set({ orders_need_approval: true }).where('id', '=', customerId).execute(),
  )
  const filled = { contract: '', wished: '', 'a.address': '大阪市北区1-1', step: 'check' }
  assert.equal((await browser.post(forms.new, filled)).status, 422, 'nobody could approve it')
  const administrator = await make.user({ customerId, role: 'portal-administrator' })
  await make.group({ customerId, members: [administrator.id], rights: [{ level: 'view' }] })
  assert.equal((await browser.post(forms.new, filled)).location, confirm)
  const { location } = await browser.post(confirm)
  const approver = await signIn(portal, administrator)
  assert.equal((await approver.post(location, { deed: 'approve', reason: '' })).status, 303)
  assert.equal(await world.stateOf(location.split('/').at(-1) ?? ''), 'sent')
})
