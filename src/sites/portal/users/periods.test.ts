import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { readCsv } from '#platform/csv-file.ts'
import { days } from '#platform/time/duration.ts'
import { bringFile, openImportPortal, tryRows } from '#test/import-portal.ts'
import { type MadeUser, signIn } from '#test/make.ts'
import { isSignedIn } from '#test/sign-in.ts'
import type { TestBrowser } from '#test/test-browser.ts'
import { type Filled, postFilled, selectUsers, somebody } from '#test/user-form.ts'
import { paths } from '../paths.ts'

const world = await openImportPortal()
after(() => world[Symbol.asyncDispose]())
const { portal, make, admin, openWorld, apply } = world

const dayIn = (n: number): string => {
  const moment = new Date(portal.program.now().getTime() + n * days)
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo' }).format(moment)
}

const edit = (browser: TestBrowser, user: MadeUser, filled: Filled) =>
  postFilled(browser, paths.editUser({ id: user.id }), { ...somebody, name: user.name, ...filled })

async function periodOf({ id }: MadeUser): Promise<(string | null)[]> {
  const asked = 'select begins_on::text as begins, ends_on::text as ends from portal_user where id = $1'
  const { rows } = await admin.query<{ begins: string | null; ends: string | null }>(asked, [id])
  return [rows[0]?.begins ?? null, rows[0]?.ends ?? null]
}

test('the form sets a period and takes it away again; both are in the history, and mailed', async () => {
  const { browser, member, administrator } = await openWorld()
  const { location } = await edit(browser, member, { beginsOn: dayIn(-3), endsOn: dayIn(40) })
  assert.equal(location, paths.user({ id: member.id }))
  assert.deepEqual(await periodOf(member), [dayIn(-3), dayIn(40)])
  const page = (await browser.get(paths.user({ id: member.id }))).body
  assert.match(page, /利用期間[\s\S]{0,80}～/)
  const form = (await browser.get(paths.editUser({ id: member.id }))).body
  assert(form.includes(`name="endsOn" value="${dayIn(40)}"`) || form.includes(`value="${dayIn(40)}"`))
  for (const { mail } of [member]) assert.match((await portal.mailsTo(mail)).at(-1)?.text ?? '', /利用期間/)
  const history = (await browser.get(paths.changeHistory)).body
  assert(history.includes('利用開始日') && history.includes('利用終了日') && history.includes(dayIn(40)))
  await edit(browser, member, { beginsOn: '', endsOn: '' })
  assert.deepEqual(await periodOf(member), [null, null])
  assert.equal((await portal.mailsTo(administrator.mail)).length > 1, true)
})

test('a period that is over ends what is open at once, and the pages say so in both languages', async () => {
  const { browser, member, administrator } = await openWorld()
  const own = await signIn(portal, member)
  await admin.query(`update customer set trusts_browsers = true where id = $1`, [administrator.customerId])
  await admin.query(
    `insert into trusted_browser (customer_id, user_id, token_hash, credential_epoch, confirmed_at, last_used_at, browser, ip)
      select customer_id, id, '\\x01', credential_epoch, now(), now(), '', '192.0.2.1' from portal_user where id = $1`,
    [member.id],
  )
  await edit(browser, member, { endsOn: dayIn(-1) })
  assert(!(await isSignedIn(own)))
  assert.equal((await admin.query('select from trusted_browser where user_id = $1', [member.id])).rowCount, 0)
  for (const [lang, word] of [
    ['ja', '利用終了'],
    ['en', 'Ended'],
  ] as const) {
    await browser.get(`${paths.users}?lang=${lang}`)
    for (const path of [paths.users, paths.user({ id: member.id }), `${paths.users}?period=over`])
      assert((await browser.get(path)).body.includes(word), `${path} ${lang}`)
  }
  const shutOut = 'What this user can do once let in'
  assert((await browser.get(paths.user({ id: member.id }))).body.includes(shutOut))
  await edit(browser, member, { endsOn: '' })
  assert(!(await browser.get(paths.user({ id: member.id }))).body.includes(shutOut))
  assert(!(await isSignedIn(own)), 'a session of the former period came back')
})

test('the list is narrowed by period, and the home counts whose last day is near', async () => {
  const { browser, member } = await openWorld()
  for (const [period, beginsOn, endsOn] of [
    ['ahead', dayIn(1), ''],
    ['over', '', dayIn(-1)],
    ['ending', '', dayIn(0)],
    ['ending', '', dayIn(30)],
  ] as const) {
    await edit(browser, member, { beginsOn, endsOn })
    for (const each of ['ahead', 'ending', 'over'])
      assert.equal(
        (await browser.get(`${paths.users}?period=${each}`)).body.includes(member.mail.split('@')[0] ?? ''),
        each === period,
        `${each} ${beginsOn} ${endsOn}`,
      )
    assert.equal((await browser.get(paths.administration)).body.includes('利用終了まで30日以内'), period === 'ending')
  }
  await edit(browser, member, { endsOn: dayIn(31) })
  assert(!(await browser.get(paths.administration)).body.includes('利用終了まで30日以内'))
})

test('what cannot be is refused at the field, keeps what was typed, and changes nothing', async () => {
  const { browser, member, administrator } = await openWorld()
  for (const [filled, text] of [
    [{ beginsOn: dayIn(3), endsOn: dayIn(2) }, /利用終了日が利用開始日より前です/],
    [{ endsOn: '2027-02-30' }, /利用終了日は2027-04-01の形式/],
    [{ endsOn: '0000-01-01' }, /利用終了日は2027-04-01の形式/],
    [{ beginsOn: 'x' }, /利用開始日は2027-04-01の形式/],
  ] as const) {
    const { status, body } = await edit(browser, member, filled)
    assert.equal(status, 422)
    assert.match(body, text)
    for (const typed of Object.values(filled)) assert(body.includes(`value="${typed}"`), typed)
  }
  assert.deepEqual(await periodOf(member), [null, null])
  const own = await edit(browser, administrator, { role: 'portal-administrator', endsOn: dayIn(90) })
  assert.match(own.body, /自分の利用期間は変更できません/)
  assert.deepEqual(await periodOf(administrator), [null, null])
})

test('whoever is added before the first day is told of when the notice goes, and no notice goes today', async () => {
  const { browser } = await openWorld()
  for (const [beginsOn, says, mails] of [
    [dayIn(0), /案内メールを送信しました。/, 1],
    [dayIn(2), /案内メールは、利用開始日（.+）に送信されます。/, 0],
  ] as const) {
    const mail = `ahead-${crypto.randomUUID()}@example.com`
    const { location } = await postFilled(browser, paths.addUser, { ...somebody, mail, beginsOn })
    assert.match((await browser.get(location)).body, says)
    assert.equal((await portal.mailsTo(mail)).length, mails)
  }
})

test('neither a general user nor an administrator of another customer can set one', async () => {
  const { member } = await openWorld()
  const other = await openWorld()
  for (const browser of [await signIn(portal, member), other.browser]) {
    const answer = await browser.post(paths.editUser({ id: member.id }), { name: '別の名前', endsOn: dayIn(-1) })
    assert.notEqual(answer.status, 303)
  }
  assert.deepEqual(await periodOf(member), [null, null])
})

test('a period that leaves days without an administrator is refused, whoever else comes later', async () => {
  const { browser, administrator } = await openWorld()
  const { customerId } = administrator
  const second = await make.user({ customerId, role: 'portal-administrator' })
  assert.equal((await edit(browser, second, { role: 'portal-administrator', endsOn: dayIn(20) })).status, 303)
  // Who is unlimited may be limited by the other one alone, and then is the one who must not be.
  const by = await signIn(portal, second)
  const asked = await edit(by, administrator, { role: 'portal-administrator', endsOn: dayIn(10) })
  assert.equal(asked.status, 422)
  assert.match(asked.body, /いない日ができるため/)
  assert.equal((await edit(by, administrator, { role: 'portal-administrator', beginsOn: dayIn(21) })).status, 303)
  assert.deepEqual(await periodOf(administrator), [dayIn(21), null])
})

test('a file brings periods in, as the list writes them or as a spreadsheet does, and none that cannot be', async () => {
  const { browser, member, administrator } = await openWorld()
  const spreadsheet = (day: string): string => day.split('-').map(Number).join('/')
  const heading = ['管理ID', '利用開始日', '利用終了日']
  const { path } = await tryRows(browser, [heading, [member.id, spreadsheet(dayIn(-1)), dayIn(50)]])
  await apply(browser, path)
  assert.deepEqual(await periodOf(member), [dayIn(-1), dayIn(50)])
  const file = await browser.get(paths.usersCsv)
  const read = readCsv(new TextEncoder().encode(file.body))
  assert(read.ok && read.value.some((row) => row.includes(dayIn(-1)) && row.includes(dayIn(50))))
  const again = await bringFile(browser, new TextEncoder().encode(file.body))
  assert.match((await browser.get(again.location)).body, /追加・変更する行がありません。/)
  for (const [row, text] of [
    [[member.id, '', dayIn(-9)], undefined],
    [[member.id, dayIn(60), ''], undefined],
    [[member.id, dayIn(60), dayIn(59)], /利用終了日が利用開始日より前です/],
    [[member.id, '2027/13/1', ''], /2027-04-01の形式/],
    [[administrator.id, '', dayIn(9)], /自分の利用期間は、CSVでは変更できません/],
  ] as const) {
    const { body } = await tryRows(browser, [heading, [...row]])
    if (text) assert.match(body, text)
    else assert.doesNotMatch(body, /直すところ/)
  }
  // Of one that has both, a file that names one alone is judged by both.
  const { body } = await tryRows(browser, [
    ['管理ID', '利用終了日'],
    [member.id, dayIn(-2)],
  ])
  assert.match(body, /利用終了日が利用開始日より前です/)
})

test('a file that would leave days without an administrator does nothing', async () => {
  const { browser, administrator } = await openWorld()
  const second = await make.user({ customerId: administrator.customerId, role: 'portal-administrator' })
  await admin.query('update portal_user set ends_on = $2 where id = $1', [administrator.id, dayIn(5)])
  const { path } = await tryRows(browser, [
    ['管理ID', '利用終了日'],
    [second.id, dayIn(9)],
  ])
  assert.match(await apply(browser, path), /いない日ができるため/)
  assert.deepEqual(await periodOf(second), [null, null])
})

test('a period is set for several at once; a day left empty stays, and who would be missed is left as is', async () => {
  const { browser, member, administrator } = await openWorld()
  const { customerId } = administrator
  const second = await make.user({ customerId, role: 'portal-administrator' })
  await admin.query('update portal_user set ends_on = $2 where id = $1', [administrator.id, dayIn(30)])
  await admin.query('update portal_user set begins_on = $2 where id = $1', [member.id, dayIn(-9)])
  const ids = [member.id, second.id, administrator.id]
  const path = await selectUsers(browser, ids, { task: 'period' })
  assert.match((await postFilled(browser, path, { beginsOn: '', endsOn: '' })).body, /どちらかを入力/)
  assert.match((await postFilled(browser, path, { beginsOn: dayIn(3), endsOn: dayIn(2) })).body, /利用開始日より前/)
  const { status, location } = await postFilled(browser, path, { beginsOn: '', endsOn: dayIn(40) })
  assert.equal(status, 303)
  assert.match((await browser.get(location)).body, /有効なポータル管理者がいない日ができる/)
  assert.deepEqual(await periodOf(member), [dayIn(-9), dayIn(40)])
  assert.deepEqual(await periodOf(second), [null, null])
  assert.deepEqual(await periodOf(administrator), [null, dayIn(30)])
  const mails = (await portal.mailsTo(second.mail)).filter(({ text }) => text.includes('利用期間'))
  assert.equal(mails.length, 1)
})
