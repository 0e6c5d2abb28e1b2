import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { importFiles } from '#features/operator-data/import.ts'
import { FaultyFile } from '#features/operator-data/json-file.ts'
import { minutes } from '#platform/time/duration.ts'
import { choosePassword, enterIdentity, newestUrl, newPassword, phone } from '#test/first-login.ts'
import { type ImportTest, mailing, openImportTest } from '#test/import-file.ts'
import { makerOf, signIn } from '#test/make.ts'
import { testPortal, type TestPortal } from '#test/portal.ts'
import { isSignedIn } from '#test/sign-in.ts'
import { superuserOf } from '#test/superuser.ts'
import { postFilled, somebody } from '#test/user-form.ts'
import { paths } from '../paths.ts'

/** What can be set of a user is the same whether an import file brings it or an administrator fills it in. */

let world: ImportTest
let portal: TestPortal

before(async () => {
  world = await openImportTest()
  portal = await testPortal(world.database)
})
after(() => world[Symbol.asyncDispose]())

interface Given {
  mail: string
  name: string
  kana: string
  phone: string
  timeZone: string
  comment: string
  jobTitle: string
  mobilePhone: string
}
type Kept = Given & { id: string }

const usual = (): Given => ({
  mail: `${randomUUID()}@odd.example`,
  name: '山田 太郎',
  kana: 'やまだ たろう',
  phone,
  timeZone: 'Asia/Tokyo',
  comment: '受付',
  jobTitle: '主任',
  mobilePhone: '090-0000-0000',
})

async function keptBy(mail: string): Promise<Kept | undefined> {
  await using ends = new AsyncDisposableStack()
  const admin = superuserOf(world.database)
  ends.defer(() => admin.end())
  const { rows } = await admin.query<Kept>(
    `select id, mail, name, kana, phone, time_zone as "timeZone", comment, job_title as "jobTitle", mobile_phone as "mobilePhone"
     from portal_user where mail = $1`,
    [mail],
  )
  return rows[0]
}

/** Answers the user as kept, or what is said against the values. */
async function byFile(given: Given, keptMail = given.mail): Promise<Kept | string> {
  const code = randomUUID()
  const user = { ...given, role: 'general-user', secondFactor: 'mail-otp' }
  try {
    const path = await world.write({ customers: [{ code, name: code, users: [user] }] })
    await importFiles(world.database.operator, [path], { now: portal.program.now(), mailing, report: () => undefined })
  } catch (error) {
    assert(error instanceof FaultyFile)
    return error.faults.join('\n')
  }
  return (await keptBy(keptMail)) ?? assert.fail()
}

/** Answers the user as kept, or the fields that something is said against. */
async function byForm(given: Given, keptMail = given.mail): Promise<Kept | string> {
  const browser = await signIn(portal, await makerOf(world.database).user({ role: 'portal-administrator' }))
  const { status, body } = await postFilled(browser, paths.addUser, { ...somebody, ...given })
  if (status === 422) return [...body.matchAll(/href="#field-(\w+)"/g)].map(([, field]) => field).join(' ')
  assert.equal(status, 303)
  return (await keptBy(keptMail)) ?? assert.fail()
}

for (const [what, field, value, kept] of [
  ['a mark that nobody sees', 'name', '山田\u200B 太郎', '山田 太郎'],
  ['a variation of a kanji', 'name', '葛\u{E0100}城 𠮷', '葛\u{E0100}城 𠮷'],
  ['a kanji of names', 'name', '髙橋 﨑', '髙橋 﨑'],
  ['the whole width', 'name', 'Ｏ＇Ｎｅｉｌ　Ｊ．Ｐ．', "O'Neil J.P."],
  ['half the width', 'name', 'ﾔﾏﾀﾞ ﾀﾛｳ', 'ヤマダ タロウ'],
  ['signs of Japanese', 'jobTitle', '第２営業部（東京）：Ｒ＆Ｄ', '第2営業部（東京）：R&D'],
  ['katakana', 'kana', 'ヤマダ　タロー', 'やまだ たろー'],
  ['half the width', 'kana', 'ﾔﾏﾀﾞ ﾀﾛｳ', 'やまだ たろう'],
  ['nothing', 'kana', '', ''],
  ['the whole width', 'phone', '０３－００００－０７０６', '03-0000-0706'],
  ['long vowels for hyphens', 'phone', '03ー0000ー0706', '03-0000-0706'],
  ['dashes for hyphens', 'phone', '03—0000─0706', '03-0000-0706'],
  ['a mark that came along', 'phone', '03-0000-0706\u200B', '03-0000-0706'],
  ['lower case', 'timeZone', 'asia/tokyo', 'Asia/Tokyo'],
  ['a zone with an older name', 'timeZone', 'Asia/Calcutta', 'Asia/Kolkata'],
  ['several lines', 'comment', '一行目\n二行目', '一行目\n二行目'],
  ['the longest', 'comment', 'あ'.repeat(500), 'あ'.repeat(500)],
  ['nothing', 'jobTitle', '', ''],
] as const)
  test(`${field} with ${what} is taken both ways`, async () => {
    for (const bring of [byFile, byForm]) {
      const user = await bring({ ...usual(), [field]: value })
      assert(typeof user === 'object', bring.name)
      assert.equal(user[field], kept, bring.name)
    }
  })

for (const [what, field, value, told] of [
  ['a direction mark', 'name', '山田\u202E 太郎', /name must not contain .*marks that turn the direction of text$/],
  ['a long vowel alone', 'name', 'ーー', /name must have a letter or a digit$/],
  ['a direction mark', 'comment', '受付\u202E', /comment must not contain .*turn the direction of text$/],
  ['kanji', 'kana', '山田 たろう', /kana must be in hiragana or katakana$/],
  ['a link', 'name', 'www.example.com', /name must not read as a link/],
  ['symbols alone', 'name', '★★★', /name must have a letter or a digit$/],
  ['too many letters', 'name', 'あ'.repeat(101), /name must not be longer than 100 characters$/],
  ['too many letters', 'comment', 'あ'.repeat(501), /comment must not be longer than 500 characters$/],
  ['two dots', 'mail', 'taro..yamada@odd.example', /mail must not have two dots one after the other$/],
  ['no domain', 'mail', 'taro@', /mail must be a mail address$/],
  ['too many letters', 'mail', `${'a'.repeat(64)}@${'b'.repeat(200)}.example`, /mail must not be longer than 200/],
  ['an extension', 'phone', '03-0000-0706 内線123', /phone must be .* 03-0000-0101, without an extension$/],
  ['an extension', 'mobilePhone', '03-0000-0706 ext 12', /mobilePhone must be .* without an extension$/],
  ['too few digits', 'mobilePhone', '+-- 123', /mobilePhone must be a telephone number such as 03-0000-0101$/],
  ['no zone', 'timeZone', 'Asia/Atlantis', /timeZone must be the name of a time zone/],
  ['a second line', 'jobTitle', '主任\n課長', /jobTitle must not contain control characters/],
] as const)
  test(`${field} with ${what} is refused both ways`, async () => {
    const given = { ...usual(), [field]: value }
    const fault = await byFile(given)
    assert(typeof fault === 'string')
    assert.match(fault, told)
    assert.equal(fault.split('\n').length, 1, fault)
    assert.equal(await byForm(given), field)
  })

for (const [what, written] of [
  ['in full width', (mail: string) => mail.replaceAll('@', '＠').replaceAll('t', 'ｔ')],
  ['with a name around it', (mail: string) => `山田 太郎 <${mail}>`],
  ['out of a link', (mail: string) => `mailto:${mail}`],
  ['with a mark that nobody sees', (mail: string) => `${mail}\u200B`],
] as const)
  test(`a mail address ${what} is taken both ways`, async () => {
    for (const bring of [byFile, byForm]) {
      const mail = `t${randomUUID()}@odd.example`
      const user = await bring({ ...usual(), mail: written(mail) }, mail)
      assert(typeof user === 'object', bring.name)
    }
  })

test('a form says what is wrong, in both languages', async () => {
  const browser = await signIn(portal, await makerOf(world.database).user({ role: 'portal-administrator' }))
  const given = { ...somebody, ...usual(), phone: '03-0000-0706 内線12', name: '★', mail: 'taro..yamada@odd.example' }
  const { body } = await postFilled(browser, paths.addUser, given)
  assert.match(body, /電話番号に内線番号は入力できません。/)
  assert.match(body, /記号だけでは登録できません。/)
  assert.match(body, /メールアドレスに「\.」が続いています。/)
})

test('a save judges only what it changes', async () => {
  await using ends = new AsyncDisposableStack()
  const admin = superuserOf(world.database)
  ends.defer(() => admin.end())
  const make = makerOf(world.database)
  const administrator = await make.user({ role: 'portal-administrator' })
  const colleague = await make.user({ customerId: administrator.customerId, name: '古い 値' })
  // Taken when other rules held.
  const former = { phone: '12345', comment: 'a\u202Eb\nc', mobilePhone: '', jobTitle: '主任', timeZone: 'Asia/Tokyo' }
  await admin.query('update portal_user set phone = $2, comment = $3 where id = $1', [
    colleague.id,
    former.phone,
    former.comment,
  ])
  const browser = await signIn(portal, administrator)
  const save = (changed: Partial<Given>) =>
    postFilled(browser, paths.editUser({ id: colleague.id }), {
      ...somebody,
      name: colleague.name,
      ...former,
      comment: former.comment.replace('\n', '\r\n'),
      ...changed,
    })
  assert.equal((await save({ jobTitle: '部長' })).status, 303)
  const { jobTitle, comment, phone: kept } = (await keptBy(colleague.mail)) ?? assert.fail()
  assert.deepEqual({ jobTitle, comment, kept }, { jobTitle: '部長', comment: former.comment, kept: former.phone })
  const judged = await save({ phone: '1234' })
  assert.equal(judged.status, 422)
  assert.match(judged.body, /href="#field-phone"/)
  assert.doesNotMatch(judged.body, /href="#field-comment"/)
})

for (const bring of [byFile, byForm])
  test(`somebody with a domain in Japanese registers and logs in with either form of it (${bring.name})`, async () => {
    const taro = `taro-${randomUUID()}`
    const [typed, ascii] = [`${taro}@日本語.example`, `${taro}@xn--wgv71a119e.example`]
    assert(typeof (await bring({ ...usual(), mail: typed, name: '髙橋 太郎' }, ascii)) === 'object')
    const browser = portal.browser()
    await browser.get(await newestUrl(portal, ascii))
    const shown = await enterIdentity(browser, { mail: typed, name: '高橋太郎', phone: usual().phone })
    assert.equal(shown.status, 303)
    await choosePassword(browser)
    await browser.get('/first-login/recovery-codes')
    for (const username of [typed, ascii, `mailto:${typed}`, `髙橋 太郎 <${typed}>`]) {
      portal.advance(1 * minutes)
      const theirs = portal.browser()
      await theirs.post('/login', { username, password: newPassword })
      await theirs.post('/login/second-step', { code: await portal.newestCode(ascii) })
      assert(await isSignedIn(theirs), username)
    }
  })
