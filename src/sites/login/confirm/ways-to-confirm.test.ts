import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { seconds } from '#platform/time/duration.ts'
import { type AskedAgain, askedAgain, askToAdd, countUsers, newMail } from '#test/asked-again.ts'
import { testDatabase } from '#test/database.ts'
import { makerOf, signIn } from '#test/make.ts'
import { testPortal, testSecrets } from '#test/portal.ts'
import { cookieOf, giveRecoveryCode } from '#test/sign-in.ts'
import { superuserOf } from '#test/superuser.ts'
import { formToken } from '#platform/web/form-token.ts'
import { type Answer, hiddenFields } from '#test/test-browser.ts'
import { paths } from '#sites/portal/paths.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const openWorld = (): Promise<AskedAgain> => askedAgain(portal, make)
const codeOf = ({ administrator }: AskedAgain): Promise<string> => portal.newestCode(administrator.mail)

/** Presses 「コードを再送信する」 on the page of a confirmation. */
async function resend({ browser }: AskedAgain, location: string): Promise<Answer> {
  return browser.post(paths.resendConfirmation, {}, { from: location })
}

test('the page names what is to be done, keeps its place in the menu, and says where the code is and until when', async () => {
  const world = await openWorld()
  const { body } = await world.browser.get(await askToAdd(world, newMail()))
  assert.match(body, /<title>確認が必要な操作：ユーザー追加｜/)
  assert.match(body, /<p class="page-heading-above">ユーザー追加<\/p><h1>第二認証<\/h1>/)
  assert.match(body, /<a href="\/users" aria-current="true">/)
  assert.match(body, /<a href="\/administration" aria-current="true">/)
  const { mail } = world.administrator
  assert(body.includes(`${mail.slice(0, 2)}•••••${mail.slice(mail.indexOf('@'))}`))
  assert.match(body, /有効期限：\d\d:\d\dまで/)
  assert.match(body, /（\d\d:\d\dから、あと4回）/)
  assert.doesNotMatch(body, /data-poll-url/)
})

test('a new code can be asked for, and only that one counts', async () => {
  const world = await openWorld()
  const mail = newMail()
  const location = await askToAdd(world, mail)
  const first = await codeOf(world)
  const soon = await resend(world, location)
  assert.equal(soon.location, location)
  assert.match((await world.browser.get(location)).body, /30秒後に再送信できます/)
  portal.advance(31 * seconds)
  await resend(world, location)
  assert.match((await world.browser.get(location)).body, /新しいコードを送信しました/)
  const second = await codeOf(world)
  if (first !== second) assert.equal((await world.browser.post(location, { code: first })).status, 422)
  await world.browser.post(location, { code: second })
  assert.equal(await countUsers(admin, mail), 1)
})

test('nobody has a code sent for somebody else, or for what is over', async () => {
  const world = await openWorld()
  const location = await askToAdd(world, newMail())
  const sent = (await portal.mailsTo(world.administrator.mail)).length
  portal.advance(31 * seconds)
  const { confirmation = '' } = hiddenFields((await world.browser.get(location)).body, paths.resendConfirmation)
  const stranger = await signIn(portal, await make.user())
  const again = await signIn(portal, world.administrator)
  for (const browser of [stranger, again]) {
    const token = formToken(testSecrets, cookieOf(browser, 'session') ?? '', paths.resendConfirmation)
    const answer = await browser.send(paths.resendConfirmation, { token, confirmation })
    assert.equal(answer.location, location)
  }
  // One of them is the code of the login.
  assert.equal((await portal.mailsTo(world.administrator.mail)).length, sent + 1)
})

test('a recovery code stands in for the factor, once, and its user is told', async () => {
  const world = await openWorld()
  const { browser, administrator } = world
  await giveRecoveryCode(database, administrator, 'ABCDEFGHJKMNPQRS')
  const [mail, other] = [newMail(), newMail()]
  const location = await askToAdd(world, mail)
  const wrong = await browser.post(location, { recoveryCode: 'ABCD-EFGH-JKMN-PQRT' })
  assert.equal(wrong.status, 422)
  assert.match(wrong.body, /<details open/)
  assert.match(wrong.body, /id="field-recoveryCode-problem"/)
  assert.equal(await countUsers(admin, mail), 0)
  await browser.post(location, { recoveryCode: 'abcd-efgh-jkmn-pqrs' })
  assert.equal(await countUsers(admin, mail), 1)
  const told = await portal.mailsTo(administrator.mail)
  assert(told.some(({ text }) => /リカバリーコード.*使/s.test(text)))
  portal.advance(11 * 60 * seconds)
  const later = await askToAdd(world, other)
  assert.equal((await browser.post(later, { recoveryCode: 'ABCDEFGHJKMNPQRS' })).status, 422)
  assert.equal(await countUsers(admin, other), 0)
})
