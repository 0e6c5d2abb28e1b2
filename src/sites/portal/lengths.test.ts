import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { longestFeedback } from '#features/feedback/give.ts'
import { longestDescription, longestGroupName } from '#features/user-groups/values.ts'
import { openBrowser } from '#test/browser.ts'
import { testDatabase } from '#test/database.ts'
import { makerOf, signIn } from '#test/make.ts'
import { openSite } from '#test/site.ts'
import { type Filled, postFilled, somebody } from '#test/user-form.ts'
import { lendSignIn } from '#test/walk.ts'
import { paths } from './paths.ts'
import { portalPages } from './portal.tsx'

const database = await testDatabase()
const make = makerOf(database)
const site = await openSite(database)
const { portal, url } = site
after(async () => {
  await site[Symbol.asyncDispose]()
  await database[Symbol.asyncDispose]()
})

const administrator = await make.user({ role: 'portal-administrator' })
const browser = await signIn(portal, administrator)
const { customerId } = administrator
const serviceId = await make.service()
const contract = await make.contract({ customerId, serviceId })
const groupId = await make.group({
  customerId,
  members: [administrator.id],
  rights: [{ serviceId, level: 'edit' }],
})
const one = { mail: 'one@example.com', ...somebody }

const fields: [path: string, others: Filled, field: string, most: number][] = [
  [paths.addUser, one, 'name', 100],
  [paths.addUser, one, 'jobTitle', 100],
  [paths.addUser, one, 'comment', 500],
  [paths.addUserGroup, { description: '' }, 'name', longestGroupName],
  [paths.editUserGroup({ id: groupId }), { name: '営業' }, 'description', longestDescription],
  [paths.contractMemo({ id: contract }), {}, 'memo', 100],
  [paths.feedback, {}, 'text', longestFeedback],
]

for (const [path, others, field, most] of fields) {
  test(`${field} of ${path.replace(/[\da-f-]{36}/, ':id')} takes more than ${most} characters, says so there, and cuts nothing`, async () => {
    const typed = `${'あ'.repeat(most - 1)}終わり`
    const { status, body } = await postFilled(browser, path, { ...others, [field]: typed })
    assert.equal(status, 422)
    assert(body.includes(typed))
    assert.match(
      body,
      new RegExp(
        `id="field-${field}-problem"[\\s\\S]*${most.toLocaleString('ja-JP').replace(',', ',?')}文字以内で入力してください`,
      ),
    )
  })
}

test('no field of any page cuts what is pasted', async () => {
  for (const { path, kind } of portalPages.filter((each) => each.kind === 'page'))
    assert.doesNotMatch((await browser.get(path)).body, /maxlength/i, `${kind} ${path}`)
})

test('a keyword that is too long stands there whole, and what is passed over is said', async () => {
  const long = 'x'.repeat(101)
  for (const path of [paths.users, paths.search]) {
    const { body } = await browser.get(`${path}?q=${long}`)
    assert(body.includes(`value="${long}"`))
    assert.match(body, /キーワードは100文字までです。101文字目からは、検索に使っていません。/)
    assert.doesNotMatch((await browser.get(`${path}?q=${long.slice(1)}`)).body, /101文字目/)
  }
})

test('the field counts what is left, and what is too much', async () => {
  const chromium = await openBrowser()
  const context = await chromium.newContext({ locale: 'ja-JP' })
  await lendSignIn(site, administrator, context)
  const page = await context.newPage()
  await page.goto(new URL(paths.contractMemo({ id: contract }), url).href)
  const memo = page.getByLabel('メモ', { exact: true })
  await memo.fill('あ'.repeat(79))
  assert.equal(await page.getByText(/^あと\d+文字$/).isVisible(), false)
  await memo.fill('あ'.repeat(95))
  await page.getByText('あと5文字', { exact: true }).first().waitFor()
  await memo.fill('あ'.repeat(104))
  await page.getByText('4文字多すぎます', { exact: true }).first().waitFor()
  assert.equal((await memo.inputValue()).length, 104)
  await chromium.close()
})
