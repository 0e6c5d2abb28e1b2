import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { minutes } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import { writeSettings } from '#test/line-settings.ts'
import { type MadeUser, makerOf } from '#test/make.ts'
import { type BothSites, makeSignOnWorld, openSettings, settingsCookies } from '#test/sign-on.ts'
import { paths } from '../paths.ts'

const database = await testDatabase()
const make = makerOf(database)
const { portal, admin, customerId, contract, path, userWith, signedIn } = await makeSignOnWorld(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const of = { contract }
let user: MadeUser
let administrator: MadeUser
let both: BothSites

async function idOf(number: string): Promise<string> {
  const { rows } = await admin.query<{ id: string }>(
    'select id from pbx.inside_number where contract_id = $1 and number = $2',
    [contract, number],
  )
  return rows[0]?.id ?? assert.fail(number)
}
const pageOf = async (number: string): Promise<string> => paths.absence({ ...of, id: await idOf(number) })

async function forwards(): Promise<string[]> {
  const { rows } = await admin.query<{ told: string }>(
    `select concat_ws(' ', extension, condition, to_inside, to_outside) as told from pbx.forward where contract_id = $1 order by 1`,
    [contract],
  )
  return rows.map(({ told }) => told)
}

before(async () => {
  const client = await admin.connect()
  await writeSettings(
    client,
    { customerId, contractId: contract },
    {
      extensions: ['1001', '1002', '1003', '1010'].map((number) => ({ number })),
      groups: [{ number: '6000', kind: 'simultaneous', members: [{ extension: '1003' }] }],
      numbers: [{ number: '0300002001', target: '1001' }],
      calendars: [{ slots: [] }],
    },
  )
  client.release()
  administrator = await make.user({ customerId, role: 'portal-administrator' })
  user = await userWith('edit')
  both = await signedIn(user)
  await openSettings(both, path)
})

const nothing = { always: 'nothing', busy: 'nothing', noAnswer: 'nothing', unreachable: 'nothing' }
const versionOf = async (number: string): Promise<string> => {
  const { rows } = await admin.query<{ version: number }>(
    'select version from pbx.extension where contract_id = $1 and number = $2',
    [contract, number],
  )
  return String(rows[0]?.version)
}

test('absence is told as sentences, tried, saved and refused at its field', async () => {
  const address = await pageOf('1001')
  const form = { ...nothing, version: await versionOf('1001') }
  assert.match((await both.settings.get(address)).body, /転送はありません。出ないときは切れます。/)
  const seen = await both.settings.post(address, { ...form, noAnswer: 'inside', noAnswerTo: '1002', do: 'preview' })
  assert.match(seen.body, /まだ適用していません。[\s\S]*1002[\s\S]*20〜40秒 鳴る/)
  assert.deepEqual(await forwards(), [])
  const wrong = await both.settings.post(address, { ...form, busy: 'outside', busyTo: '0570-000-000' })
  assert.equal(wrong.status, 422)
  assert.match(wrong.body, /field-busyTo-problem[\s\S]*通話料や情報料が高額になる番号/)
  const own = await both.settings.post(address, { ...form, busy: 'outside', busyTo: '03-0000-2001' })
  assert.match(own.body, /このご契約の外線番号です/)
  const voicemail = await both.settings.post(address, { ...form, busy: 'voicemail' })
  assert.match(voicemail.body, /このご契約では留守番電話を使えません/)
  assert.equal((await both.settings.post(address, { ...form, noAnswer: 'inside', noAnswerTo: '1002' })).status, 303)
  assert.deepEqual(await forwards(), ['1001 no-answer 1002'])
  assert.match((await both.settings.get(address)).body, /20秒鳴っても出ないときは1002 名前 1002へ転送します。/)
  const back = await both.settings.post(await pageOf('1002'), {
    ...nothing,
    busy: 'inside',
    busyTo: '1001',
    version: await versionOf('1002'),
  })
  assert.match(back.body, /転送が一周して戻ってきます/)
})

test('many extensions are set at once: those of a list, a range or typed ones', async () => {
  const address = paths.absences(of)
  const found = await both.settings.get(`${address}?q=1003`)
  assert.match(found.body, /<textarea[^>]*name="numbers"[^>]*>1003<\/textarea>/)
  const keep = { always: 'keep', busy: 'keep', noAnswer: 'keep', unreachable: 'keep' }
  for (const [numbers, text] of [
    ['x', /1001-1010の形式で入力してください/],
    ['4711-4712', /当てはまる内線がありません/],
  ] as const)
    assert.match((await both.settings.post(address, { ...keep, numbers, busy: 'nothing' })).body, text)
  assert.match((await both.settings.post(address, { ...keep, numbers: '1003' })).body, /変更する条件がありません/)
  const seen = await both.settings.post(address, { ...keep, numbers: '1002-1003 1010', do: 'see' })
  assert.match(seen.body, /3内線が対象です/)
  const set = await both.settings.post(address, { ...keep, numbers: '1002-1003 1010', busy: 'inside', busyTo: '6000' })
  assert.equal(set.status, 303)
  assert.deepEqual(await forwards(), ['1001 no-answer 1002', '1002 busy 6000', '1003 busy 6000', '1010 busy 6000'])
})

test('a new outside target is asked the second factor on this site, told to the administrators, and known from then on', async () => {
  const address = await pageOf('1001')
  const form = { ...nothing, always: 'outside', alwaysTo: '090-1234-5678' }
  const preview = await both.settings.post(address, { ...form, version: await versionOf('1001'), do: 'preview' })
  assert.match(preview.body, /まだ適用していません。[\s\S]*090-1234-5678/)
  portal.advance(11 * minutes)
  const asked = await both.settings.post(address, { ...form, version: await versionOf('1001') })
  assert.match(asked.location, /^\/confirm\//)
  assert.deepEqual(
    (await forwards()).filter((each) => each.includes('090')),
    [],
  )
  const cookie = both.settings.cookies.get(settingsCookies.session)
  const page = await both.settings.get(asked.location)
  assert.match(page.body, /内線 1001|第二認証/)
  const wrong = await both.settings.post(asked.location, { code: '000000' })
  assert.equal(wrong.status, 422)
  const done = await both.settings.post(asked.location, { code: await portal.newestCode(user.mail) })
  assert.equal(done.status, 303)
  assert((await forwards()).includes('1001 always 09012345678'))
  assert.notEqual(both.settings.cookies.get(settingsCookies.session), cookie, 'the session goes on under a new token')
  assert.equal((await both.settings.get(address)).status, 200)
  // The portal's own cookie is another, and still worth what it was.
  assert.equal((await both.portal.get('/services')).status, 200)
  assert.match((await both.portal.post('/profile/recovery-codes', {})).location, /^\/confirm\//)
  const { rows: mails } = await admin.query(`select recipient from mail where kind = 'outside-target'`)
  assert.deepEqual(mails, [{ recipient: administrator.mail }])
  portal.advance(11 * minutes)
  const known = await both.settings.post(await pageOf('1010'), {
    ...nothing,
    busy: 'outside',
    busyTo: '+81 90 1234 5678',
    version: await versionOf('1010'),
  })
  assert.match(known.location, /\/absence\?changed=/)
})

test('a group and a number ask the same of an outside target', async () => {
  portal.advance(11 * minutes)
  const group = paths.callGroup({ ...of, id: await idOf('6000') })
  const groupForm = {
    number: '6000',
    name: 'グループ',
    kind: 'simultaneous',
    ringSeconds: '15',
    member: '1003',
    q: '',
    version: '1',
  }
  const { rows } = await admin.query<{ id: string }>(`select id from pbx.external_number where number = '0300002001'`)
  const { rows: calendars } = await admin.query<{ id: string }>('select id from pbx.calendar where contract_id = $1', [
    contract,
  ])
  const number = paths.number({ ...of, id: rows[0]?.id ?? '' })
  const numberForm = { target: '1001', memo: '', calendar: calendars[0]?.id ?? '', version: '1' }
  for (const [address, form] of [
    [group, groupForm],
    [number, numberForm],
  ] as const) {
    for (const [to, text] of [
      ['119', /緊急通報/],
      ['00531-1234', /電話会社を指定する番号/],
      ['+1 212 555 0100', /国際電話の番号です/],
    ] as const) {
      const refused = await both.settings.post(address, { ...form, onward: 'outside', onwardTo: to })
      assert.equal(refused.status, 422, to)
      assert.match(refused.body, text)
    }
    const asked = await both.settings.post(address, { ...form, onward: 'outside', onwardTo: '03-9876-5432' })
    assert.match(asked.location, /^\/confirm\//, address)
    const known = await both.settings.post(address, { ...form, onward: 'outside', onwardTo: '090-1234-5678' })
    assert.match(known.location, /changed=\d+/, address)
  }
})
