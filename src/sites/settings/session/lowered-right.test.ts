import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { testDatabase } from '#test/database.ts'
import { writeSettings } from '#test/line-settings.ts'
import { makeSignOnWorld, openSettings } from '#test/sign-on.ts'
import { type Answer, hiddenFields } from '#test/test-browser.ts'
import { paths } from '../paths.ts'

const database = await testDatabase()
const { admin, customerId, contract, path, userWith, signedIn } = await makeSignOnWorld(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const numbers = ['0300004001', '0300004002'] as const

before(async () => {
  const client = await admin.connect()
  await writeSettings(
    client,
    { customerId, contractId: contract },
    {
      extensions: [{ number: '1001' }],
      groups: [{ number: '6000', kind: 'even', members: [{ extension: '1001' }] }],
      numbers: [{ number: numbers[0], target: '1001' }, { number: numbers[1] }],
    },
  )
  client.release()
})

async function idOf(relation: 'inside_number' | 'external_number', number: string): Promise<string> {
  const { rows } = await admin.query<{ id: string }>(`select id from pbx.${relation} where number = $1`, [number])
  return rows[0]?.id ?? assert.fail(number)
}

/** Opens a page that has a form, and may not send it any more: what is sent all the same is answered. */
async function sendLater(address: string, fields: Record<string, string>): Promise<Answer> {
  const user = await userWith('edit')
  const both = await signedIn(user)
  await openSettings(both, path)
  const { token = '' } = hiddenFields((await both.settings.get(address)).body, address)
  assert.notEqual(token, '')
  await admin.query(`update user_group_right set level = 'view' where user_group_id = $1`, [user.groupId])
  return both.settings.send(address, { token, ...fields })
}

test('what was typed before the right was lowered is shown to be copied, and saved by nobody', async () => {
  const group = paths.callGroup({ contract, id: await idOf('inside_number', '6000') })
  const fields = { number: '6000', name: '<夜間>の窓口', kind: 'even', ringSeconds: '33', version: '1' }
  const { status, body } = await sendLater(group, fields)
  assert.equal(status, 403)
  for (const shown of ['入力した内容（保存されていません）', '&lt;夜間>の窓口', '33', `href="${group}"`])
    assert(body.includes(shown), shown)
  assert(!/<form[^>]*action="\/c\//.test(body), 'nothing is there to be sent')
  const { rows } = await admin.query(`select name, ring_seconds from pbx.call_group where number = '6000'`)
  assert.deepEqual(rows, [{ name: 'グループ 6000', ring_seconds: 15 }])
})

test('of a form with many rows those are told that somebody has touched', async () => {
  const [touched, untouched] = [await idOf('external_number', numbers[0]), await idOf('external_number', numbers[1])]
  const { status, body } = await sendLater(paths.numbers({ contract }), {
    [`target.${touched}`]: '6000',
    [`memo.${touched}`]: '代表',
    [`was.${touched}`]: JSON.stringify(['1001 名前 1001', '', numbers[0]]),
    [`version.${touched}`]: '1',
    [`target.${untouched}`]: '',
    [`memo.${untouched}`]: '',
    [`was.${untouched}`]: JSON.stringify(['', '', numbers[1]]),
    [`version.${untouched}`]: '1',
  })
  assert.equal(status, 403)
  assert(body.includes('03-0000-4001') && body.includes('6000 / 代表'))
  assert(!body.includes('03-0000-4002'))
})

test('what another page has sent here is not told to the reader as theirs', async () => {
  const { status, body } = await sendLater(paths.numbers({ contract }), { token: 'x', 'memo.1': '他人の言葉' })
  assert.equal(status, 403)
  assert(!body.includes('他人の言葉'))
})
