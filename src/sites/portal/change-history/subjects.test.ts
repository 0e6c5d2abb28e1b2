import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { testDatabase } from '#test/database.ts'
import { makerOf, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { postFilled, somebody } from '#test/user-form.ts'
import { paths } from '../paths.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
after(() => database[Symbol.asyncDispose]())

test('what was changed is a link as long as it is there', async () => {
  const administrator = await make.user({ role: 'portal-administrator' })
  const { customerId } = administrator
  const member = await make.user({ customerId, name: '山田 太郎' })
  const groupId = await make.group({ customerId, name: '営業' })
  const browser = await signIn(portal, administrator)
  await postFilled(browser, paths.editUser({ id: member.id }), { ...somebody, name: '山田 次郎' })
  await browser.post(paths.editUserGroup({ id: groupId }), { name: '営業部', description: '' })
  const { body } = await browser.get(paths.changeHistory)
  assert.match(body, new RegExp(`<a href="${paths.user({ id: member.id })}">山田 [太次]郎</a>`))
  assert.match(body, new RegExp(`<a href="${paths.userGroup({ id: groupId })}">営業部?</a>`))
  for (const path of [paths.user({ id: member.id }), paths.userGroup({ id: groupId })])
    assert.equal((await browser.get(path)).status, 200)

  await browser.post(paths.deleteUser({ id: member.id }))
  const later = await browser.get(paths.changeHistory)
  assert.match(later.body, /山田 [太次]郎/)
  assert.doesNotMatch(later.body, new RegExp(`href="${paths.user({ id: member.id })}"`))
})

test('a last day before the first is told at the field, in both histories', async () => {
  const browser = await signIn(portal, await make.user({ role: 'portal-administrator' }))
  for (const path of [paths.changeHistory, paths.accessHistory]) {
    const reversed = (await browser.get(`${path}?from=2026-03-02&to=2026-03-01`)).body
    assert.match(reversed, /name="to" value="2026-03-01" aria-invalid="true"/)
    assert.match(reversed, /id="to-problem".{0,400}終了日が開始日より前です/s)
    assert.doesNotMatch((await browser.get(`${path}?from=2026-03-01&to=2026-03-01`)).body, /to-problem/)
  }
})

test('a day that does not exist is told at its field, in both histories and in a review', async () => {
  const browser = await signIn(portal, await make.user({ role: 'portal-administrator' }))
  for (const [path, name] of [
    [paths.changeHistory, 'from'],
    [paths.accessHistory, 'to'],
    [paths.accessReview, 'on'],
  ] as const) {
    const { body } = await browser.get(`${path}?${name}=2026-02-30`)
    assert.match(body, new RegExp(`name="${name}"[^>]* aria-invalid="true" aria-describedby="${name}-problem"`))
    assert.match(body, new RegExp(`id="${name}-problem".{0,400}「2026-02-30」という日付はない`, 's'))
    assert.doesNotMatch((await browser.get(`${path}?${name}=2026-02-28`)).body, new RegExp(`${name}-problem`))
  }
})
