import assert from 'node:assert/strict'
import { after as afterAll, test } from 'node:test'
import { days, hours, seconds } from '#platform/time/duration.ts'
import type { Language } from '#platform/words.ts'
import { testDatabase } from '#test/database.ts'
import { askForUrl, choosePassword, identify, makeNewcomer, sendNotice } from '#test/first-login.ts'
import { makerOf } from '#test/make.ts'
import { testPortal, testSecrets } from '#test/portal.ts'
import { mailFrom, postOffice } from '#test/post-office.ts'
import { superuserOf } from '#test/superuser.ts'
import { until } from '#test/until.ts'
import { remindOfFirstLogins } from './remind.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
const admin = superuserOf(database)
afterAll(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const { portalUrl } = portal.program.config

/** 「2018/02/23 10:48:36」 of a moment in a zone, made without the code under test. */
function clock(at: Date, zone: string): string {
  return at.toLocaleString('sv-SE', { timeZone: zone }).replaceAll('-', '/')
}

const expected: Record<Language, { zone: string; subject: string; zoneName: string; lines: string[] }> = {
  ja: {
    zone: 'Asia/Tokyo',
    zoneName: '日本標準時（UTC+9）',
    subject: '試験通信 ビジネスポータル ユーザ登録受付メール',
    lines: [
      '《開通案内》',
      '■ビジネスポータルパスワード登録URL',
      '■ビジネスポータルログイン画面',
      '●本メールは送信専用のメールアドレスで送信しております。',
    ],
  },
  en: {
    zone: 'America/New_York',
    zoneName: 'Eastern Standard Time (UTC-5)',
    subject: 'Test Telecom Business Portal: user registration',
    lines: ['Business Portal password registration URL', 'Business Portal login page'],
  },
}

for (const language of ['ja', 'en'] as const) {
  test(`the opening notice in ${language} arrives as the guide has it`, async () => {
    const { zone, zoneName, subject, lines } = expected[language]
    const user = await makeNewcomer(database, 'totp', { language, timeZone: zone })
    await using office = postOffice(database, user)
    await using server = await office.open()
    const url = await sendNotice(database, portal, user)
    assert(await until(() => server.to(user.mail).length === 1))
    const [received] = server.to(user.mail)
    const { mail, from, recipients } = received ?? assert.fail('no mail')
    assert.deepEqual([from, recipients], [mailFrom, [user.mail]])
    assert.deepEqual([mail.from?.text, mail.replyTo?.text], [mailFrom, mailFrom])
    assert.equal(mail.subject, subject)
    const said = (mail.text ?? '').split('\n')
    for (const line of lines) assert(said.includes(line), line)
    for (const address of [url, '/login', '/help/first-login'])
      assert(said.includes(new URL(address, portalUrl).href), address)
    const limit = clock(new Date(portal.program.now().getTime() + 7 * days), zone)
    assert(
      said.some(
        (line) =>
          line.endsWith(`${limit} ${zoneName}`) && line.startsWith(language === 'ja' ? '有効期限：' : 'Valid until: '),
      ),
      mail.text,
    )
    assert.match(
      mail.text ?? '',
      language === 'ja' ? /サービスをお申し込みになった窓口/ : /where the service was ordered/,
    )
    assert.equal(mail.html, false)
  })
}

test('the wish of a visitor reaches the worker, and its mail the mailbox', async () => {
  const user = await make.user()
  await using office = postOffice(database, user)
  await using server = await office.open(undefined, { portalUrl })
  await portal.browser().post('/password-reset', { mail: user.mail })
  assert(await until(() => server.to(user.mail).length === 1))
  const { text = '', subject } = server.to(user.mail)[0]?.mail ?? assert.fail('no mail')
  assert.equal(subject, 'ビジネスポータル パスワード再設定のご案内')
  const [url = ''] = /^http\S+key=\S+$/m.exec(text) ?? []
  const { pathname, search } = new URL(url)
  assert.equal((await identify(portal.browser(), pathname + search, user)).location, '/first-login/password')
})

async function remind(): Promise<void> {
  const by = { secrets: testSecrets, portalUrl, now: portal.program.now() }
  await database.operator.transaction((tx) => remindOfFirstLogins({ ...by, tx }))
}

test('a day before the first URL expires its user is reminded, once, and the URL stays good', async () => {
  const user = await makeNewcomer(database, 'mail-otp')
  const url = await sendNotice(database, portal, user)
  const count = async (): Promise<number> => {
    await remind()
    return (await portal.mailsTo(user.mail)).length
  }
  portal.advance(6 * days - 1 * seconds)
  assert.equal(await count(), 1)
  portal.advance(1 * seconds)
  assert.equal(await count(), 2)
  portal.advance(1 * hours)
  assert.equal(await count(), 2)
  const { subject = '', text = '' } = (await portal.mailsTo(user.mail)).at(-1) ?? {}
  assert.match(subject, /期限のお知らせ/)
  assert.match(text, /\/password-reset$/m)
  assert(!text.includes('key='))
  assert.equal((await portal.browser().get(url)).location, '/first-login/identity')
})

test('nobody is reminded who has registered, was suspended, or has asked for a URL of a day', async () => {
  const [registered, suspended, reissued] = [
    await makeNewcomer(database, 'mail-otp'),
    await makeNewcomer(database, 'mail-otp'),
    await makeNewcomer(database, 'mail-otp'),
  ]
  const browser = portal.browser()
  await identify(browser, await sendNotice(database, portal, registered), registered)
  await choosePassword(browser)
  await sendNotice(database, portal, suspended)
  await admin.query(`update portal_user set state = 'suspended' where id = $1`, [suspended.id])
  portal.advance(6 * days)
  await askForUrl(database, portal, reissued)
  portal.advance(1 * hours)
  await remind()
  for (const { mail } of [registered, suspended, reissued]) assert.equal((await portal.mailsTo(mail)).length, 1)
})
