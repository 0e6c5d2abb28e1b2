import assert from 'node:assert/strict'
import { after as afterAll, test } from 'node:test'
import { z } from 'zod'
import { testDatabase } from '#test/database.ts'
import { makerOf, type MadeUser, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { formOf } from '#test/sign-in.ts'
import { parseFields } from './form-input.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
afterAll(() => database[Symbol.asyncDispose]())

const display = '/profile/display'
const chosen = { language: 'en', theme: 'dark', timeZone: 'Asia/Tokyo' }
const form = 'application/x-www-form-urlencoded'

const malformed: Record<string, { more?: string; type?: string }> = {
  'a field twice': { more: '&theme=light' },
  'the version twice': { more: '&version=1' },
  'the token twice': { more: '&token=x' },
  'a field as a list': { more: '&theme[]=light' },
  'a field as an object': { more: '&theme[a]=light' },
  'a field that the form does not have': { more: '&comment=x' },
  'a field without a name': { more: '&=x' },
  'a role': { more: '&role=portal-administrator' },
  'a customer': { more: '&customer_id=00000000-0000-0000-0000-000000000000' },
  'another user': { more: '&id=00000000-0000-0000-0000-000000000000' },
  'a state': { more: '&state=active' },
  'a second factor': { more: '&secondFactor=mail-otp' },
  'a method to override': { more: '&_method=DELETE' },
  'a prototype': { more: '&__proto__=x' },
  'a prototype as an object': { more: '&__proto__[role]=portal-administrator' },
  'a constructor': { more: '&constructor=x' },
  'a toString': { more: '&toString=x' },
  'a zero byte': { more: '%00' },
  'a body called JSON': { type: 'application/json' },
  'a body called plain text': { type: 'text/plain' },
  'a body of several parts': { type: 'multipart/form-data; boundary=x' },
  'a body called XML': { type: 'application/xml' },
  'a body without a type': { type: '' },
}
for (const [what, { more = '', type = form }] of Object.entries(malformed)) {
  test(`a form with ${what} is answered with 400 and changes nothing`, async () => {
    const user = await make.user()
    const before = await rowOf(user)
    const browser = await signIn(portal, user)
    const fields = { ...(await formOf(browser, display)), ...chosen }
    const body = new URLSearchParams(fields).toString() + more
    const answer = await browser.request(display, {
      method: 'POST',
      body: new TextEncoder().encode(body),
      headers: { origin: 'http://localhost:3000', ...(type && { 'content-type': type }) },
    })
    assert.equal(answer.status, 400)
    assert.deepEqual(await rowOf(user), before)
  })
}

test('the same form without anything of this is taken', async () => {
  const user = await make.user()
  const browser = await signIn(portal, user)
  const before = await rowOf(user)
  const answer = await browser.post(display, chosen)
  assert.equal(answer.status, 303)
  assert.deepEqual(await rowOf(user), { ...before, screen_language: 'en', theme: 'dark', version: 2 })
})

for (const mail of [
  '[a@example.com]',
  'a@example.com,b@example.com',
  'a@example.com;b@example.com',
  '{"a":1}',
  '\u202e@',
  '%',
])
  test(`a login ID written ${mail} is one that nobody has`, async () => {
    const answer = await portal.browser().post('/login', { username: mail, password: 'x' })
    assert.equal(answer.status, 422)
    assert.match(answer.body, /ユーザIDまたはパスワードが正しくありません/)
  })

test('a login ID with lines or zero bytes in it reaches no mail and no error', async () => {
  const user = await make.user()
  const browser = portal.browser()
  const fields = await formOf(browser, '/login')
  for (const tail of ['\r\nBcc: b@example.com', '\0', '\nx'])
    assert.ok(
      [400, 422].includes(
        (await browser.send('/login', { ...fields, username: user.mail + tail, password: 'a long enough password' }))
          .status,
      ),
    )
  assert.deepEqual(await portal.mailsTo(user.mail), [])
})

test('the login ID and the password must each stand once', async () => {
  const user = await make.user()
  const browser = portal.browser()
  const { token = '' } = await formOf(browser, '/login')
  const right = [
    ['token', token],
    ['username', user.mail],
    ['password', 'a long enough password'],
  ] as [string, string][]
  for (const doubled of ['username', 'password'])
    assert.equal((await browser.send('/login', [...right, [doubled, 'b@example.com']])).status, 400)
  assert.deepEqual(await portal.mailsTo(user.mail), [])
})

test('each field is complained of once, in the reader’s language', () => {
  const fields = {
    name: { label: { ja: '名前', en: 'Name' }, value: z.string().min(2).max(4).regex(/^a/) },
    zone: { label: { ja: '地域', en: 'Zone' }, value: z.enum(['x']) },
    count: { label: { ja: '件数', en: 'Count' }, value: z.coerce.number().int() },
  }
  const english = (values: Record<string, string>): string[] => {
    const parsed = parseFields(fields, values, 'en')
    return parsed.ok ? [] : parsed.problems.map(({ text }) => text)
  }
  assert.deepEqual(english({ name: 'abc', zone: 'x', count: '3' }), [])
  assert.deepEqual(english({ name: '', zone: 'y', count: 'z' }), [
    'Name is missing. Enter it.',
    'Zone is not chosen. Choose one.',
    'Count does not have the right format. Check what you entered.',
  ])
  assert.deepEqual(english({ name: 'b', zone: 'x', count: '1' }), ['Name needs at least 2 characters.'])
  assert.deepEqual(english({ name: 'abcde', zone: 'x', count: '1' }), ['Name can have at most 4 characters.'])
  const withExample = { count: { ...fields.count, example: '3' } }
  const wrong = parseFields(withExample, { count: 'z' }, 'ja')
  assert.deepEqual(wrong, { ok: false, problems: [{ field: 'count', text: '件数は3の形式で入力してください。' }] })
  const japanese = parseFields(fields, { zone: 'x', count: '1' }, 'ja')
  assert.deepEqual(japanese, {
    ok: false,
    problems: [{ field: 'name', text: '名前が入力されていません。名前を入力してください。' }],
  })
})

/** Everything of the user that a form could reach. */
async function rowOf({ id }: MadeUser) {
  return database.operator.transaction((tx) =>
    tx
      .selectFrom('portal_user')
      .where('id', '=', id)
      .select([
        'mail',
        'name',
        'role',
        'state',
        'second_factor',
        'customer_id',
        'comment',
        'screen_language',
        'theme',
        'version',
      ])
      .executeTakeFirstOrThrow(),
  )
}
