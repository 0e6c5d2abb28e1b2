import assert from 'node:assert/strict'
import { after as afterAll, test } from 'node:test'
import { Hono } from 'hono'
import { z } from 'zod'
import { testDatabase } from '#test/database.ts'
import { makerOf, type MadeUser, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { formOf } from '#test/sign-in.ts'
import { parseFields, readBody } from './form-input.ts'
import type { Field } from './page.ts'

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
    const parsed = parseFields(fields, values)
    return parsed.ok ? [] : parsed.problemsIn('en').map(({ text }) => text)
  }
  assert.deepEqual(english({ name: 'abc', zone: 'x', count: '3' }), [])
  assert.deepEqual(english({ name: '', zone: 'y', count: 'z' }), [
    'Name is missing. Enter it.',
    'Nothing is chosen for “Zone”. Choose one.',
    'Count does not have the right format. Check what you entered.',
  ])
  assert.deepEqual(english({ name: 'b', zone: 'x', count: '1' }), ['Name needs at least 2 characters.'])
  assert.deepEqual(english({ name: 'abcde', zone: 'x', count: '1' }), ['Name can have at most 4 characters.'])
  const withExample = { count: { ...fields.count, example: '3' } }
  const wrong = parseFields(withExample, { count: 'z' })
  assert(!wrong.ok)
  assert.deepEqual(wrong.problemsIn('ja'), [{ field: 'count', text: '件数は3の形式で入力してください。' }])
  const missing = parseFields(fields, { zone: 'x', count: '1' })
  assert(!missing.ok)
  assert.deepEqual(missing.problemsIn('ja'), [
    { field: 'name', text: '名前が入力されていません。名前を入力してください。' },
  ])
})

test('what the schema says, which is English, reaches nobody; and of what is chosen no form says that it is to be typed', () => {
  const label = { ja: '部署', en: 'Team' }
  const complaintOf = (field: Field, typed: string): string[] => {
    const parsed = parseFields({ field }, { field: typed })
    return parsed.ok ? [] : parsed.problemsIn('ja').map(({ text }) => text)
  }
  const refined = z.string().refine((text) => text !== 'x')
  assert.deepEqual(complaintOf({ label, value: refined }, 'x'), [
    '部署の形式が正しくありません。入力した内容をご確認ください。',
  ])
  assert.deepEqual(complaintOf({ label, value: z.uuid(), chosen: true }, ''), [
    '部署が選択されていません。部署を選択してください。',
  ])
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

const unchosen = (label: string): string => `Nothing is chosen for “${label}”. Choose one.`

test('a field may stand several times, or once for each row, when it says so', async () => {
  const fields = {
    name: { label: { ja: '名前', en: 'Name' }, value: z.string() },
    user: { label: { ja: 'ユーザー', en: 'User' }, value: z.array(z.string().max(3)).min(1).max(2), many: true },
    right: { label: { ja: '権限', en: 'Right' }, value: z.record(z.string(), z.enum(['view'])), perRow: true },
  } as const
  const app = new Hono()
  app.onError((error, c) => c.text(error.message, 400))
  app.post('/', async (c) => {
    const { values } = await readBody(c, fields)
    const parsed = parseFields(fields, values)
    return c.json(parsed.ok ? parsed : { ok: false, problems: parsed.problemsIn('en') })
  })
  const post = async (body: string): Promise<unknown> => {
    const answer = await app.request('/', { method: 'POST', body, headers: { 'content-type': form } })
    return answer.status === 200 ? answer.json() : answer.text()
  }
  const input = { name: 'x', user: ['a', 'b'], right: { one: 'view', 'a.b': 'view' } }
  assert.deepEqual(await post('name=x&user=a&user=b&right.one=view&right.a.b=view'), { ok: true, input })
  assert.deepEqual(await post('name=x&user=a'), { ok: true, input: { name: 'x', user: ['a'], right: {} } })
  const notChosen = (field: string, text: string) => ({ ok: false, problems: [{ field, text }] })
  assert.deepEqual(await post('name=x'), notChosen('user', unchosen('User')))
  assert.deepEqual(await post('name=x&user=a&user=b&user=c'), notChosen('user', unchosen('User')))
  assert.deepEqual(await post('name=x&user=a&right.one=edit'), notChosen('right', unchosen('Right')))
  for (const body of [
    'name=x&name=y',
    'user.a=x',
    'right=view',
    'right.=view',
    'name.=x',
    'right.one=view&right.one=view',
  ])
    assert.match(String(await post(body)), /^a field (is unknown|stands twice)$/, body)
  assert.deepEqual(await post('name=x&user=a&right.__proto__=view'), {
    ok: true,
    input: JSON.parse('{"name":"x","user":["a"],"right":{}}') as unknown,
  })
})
