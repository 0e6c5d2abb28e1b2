import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { forgetOldFeedback } from '#features/feedback/forget.ts'
import { listFeedback } from '#features/feedback/list.ts'
import { after as later, days, hours, minutes } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
after(() => database[Symbol.asyncDispose]())

const givenBy = async ({ mail }: MadeUser) =>
  (await database.operator.transaction((tx) => listFeedback(tx, undefined))).filter((each) => each.mail === mail)

test('what a user says is kept with page, user, language and browser, and leads back to the page', async () => {
  const user = await make.user()
  const browser = await signIn(portal, user)
  const form = `/feedback?page=${encodeURIComponent('/manuals?q=a+b')}`
  assert.match((await browser.get(form)).body, /href="\/manuals\?q=a\+b">\/manuals</)
  const typed = { kind: 'trouble', text: ' 見つかりません。\r\n"<b>" ' }
  const { status, location } = await browser.post(form, typed)
  assert.deepEqual([status, location], [303, '/manuals?q=a+b'])
  assert.match((await browser.get(location)).body, /ご意見をありがとうございました。/)
  const [given, ...rest] = await givenBy(user)
  assert.deepEqual(rest, [])
  assert.deepEqual(
    { ...given, at: undefined, localTime: undefined, customer: undefined },
    {
      at: undefined,
      localTime: undefined,
      customer: undefined,
      user: user.name,
      mail: user.mail,
      page: '/manuals',
      kind: 'trouble',
      language: 'ja',
      browser: '',
      text: '見つかりません。\n"<b>"',
    },
  )
  assert.deepEqual(given?.at, portal.program.now())
})

test('the page is called by its title, in the language of the screen, and by nobody else as it likes', async () => {
  const browser = await signIn(portal, await make.user())
  const link =
    /href="(\/feedback\?[^"]+)"/.exec((await browser.get('/manuals')).body)?.[1]?.replaceAll('&amp;', '&') ?? ''
  assert.match((await browser.get(link)).body, /対象のページ：<a href="\/manuals">マニュアル<\/a>/)
  for (const forged of [link.replace(/title=[^&]+/, 'title=evil'), link.replace(/page=[^&]+/, 'page=%2Fprofile')])
    assert.doesNotMatch((await browser.get(forged)).body, />(evil|マニュアル)<\/a>\s*<\/p>/)
  await browser.get('/manuals?lang=en')
  const english = /href="(\/feedback\?[^"]+)"/.exec((await browser.get('/manuals')).body)?.[1] ?? ''
  assert.match((await browser.get(english.replaceAll('&amp;', '&'))).body, /<a href="\/manuals">Manuals<\/a>/)
})

test('a kind need not be chosen, and 1000 characters are not too many', async () => {
  const user = await make.user()
  const browser = await signIn(portal, user)
  // 500 lines of one character: CR and LF are one.
  const text = `${'あ\r\n'.repeat(499)}ああ`
  assert.equal((await browser.post('/feedback', { text })).status, 303)
  const [given] = await givenBy(user)
  assert.deepEqual([given?.kind, given?.text.length, given?.page], [null, 1000, '/services'])
})

test('what cannot be taken is told at its field, and stays typed', async () => {
  const user = await make.user()
  const browser = await signIn(portal, user)
  const wrong: [Record<string, string>, RegExp][] = [
    [{ text: ' \r\n ' }, /ご意見が入力されていません。ご意見を入力してください。/],
    [{ text: 'x'.repeat(1001) }, /ご意見は1,000文字以内で入力してください。/],
    [{ text: '残る', kind: 'evil' }, /このページについてが選択されていません/],
  ]
  for (const [typed, says] of wrong) {
    const { status, body } = await browser.post('/feedback', typed)
    assert.equal(status, 422)
    assert.match(body, says)
    assert(body.includes(`>${typed['text']?.trim()}`) || typed['text']?.trim() === '')
  }
  assert.deepEqual(await givenBy(user), [])
})

for (const page of ['//evil.example/', 'https://evil.example/', '/nowhere', 'javascript:alert(1)', '/logout', ''])
  test(`feedback on "${page}" leads to the service menu`, async () => {
    const browser = await signIn(portal, await make.user())
    const form = `/feedback?page=${encodeURIComponent(page)}`
    assert.match((await browser.get(form)).body, /対象のページ：<a href="\/services">\/services</)
    assert.equal((await browser.post(form, { text: 'x' })).location, '/services')
  })

test('ten times an hour and no more, even all at once; others are free', async () => {
  const user = await make.user()
  const colleague = await make.user({ customerId: user.customerId })
  const browser = await signIn(portal, user)
  const { body } = await browser.get('/feedback')
  const token = /action="\/feedback"[^>]*><input type="hidden" name="token" value="([^"]*)"/.exec(body)?.[1] ?? ''
  const answers = await Promise.all(
    Array.from({ length: 14 }, (_, index) => browser.send('/feedback', { token, text: `${index}` })),
  )
  const answered = (wanted: number): number => answers.filter(({ status }) => status === wanted).length
  assert.deepEqual([answered(303), answered(422)], [10, 4])
  const refused = await browser.post('/feedback', { text: '書いたもの' })
  assert.match(refused.body, /1時間に10件まで/)
  assert.match(refused.body, />書いたもの</)
  assert.equal((await givenBy(user)).length, 10)
  assert.equal((await (await signIn(portal, colleague)).post('/feedback', { text: 'x' })).status, 303)
  portal.advance(59 * minutes)
  assert.equal((await browser.post('/feedback', { text: 'x' })).status, 422)
  portal.advance(2 * minutes)
  const next = await signIn(portal, user)
  assert.equal((await next.post('/feedback', { text: 'x' })).status, 303)
})

test('feedback is forgotten after two years, and budgets when they are full again', async () => {
  const user = await make.user()
  await (await signIn(portal, user)).post('/feedback', { text: 'x' })
  const forget = (milliseconds: number) =>
    database.operator.transaction((tx) => forgetOldFeedback(tx, later(portal.program.now(), milliseconds)))
  const budgets = async (): Promise<number> =>
    (
      await database.operator.transaction((tx) =>
        tx.selectFrom('feedback_budget').select('user_id').where('user_id', '=', user.id).execute(),
      )
    ).length
  await forget(59 * minutes)
  assert.equal(await budgets(), 1)
  await forget(1 * hours + 1)
  assert.deepEqual([await budgets(), (await givenBy(user)).length], [0, 1])
  await forget(732 * days)
  assert.deepEqual(await givenBy(user), [])
})
