import assert from 'node:assert/strict'
import { after, before as beforeAll, test } from 'node:test'
import { recountFindings } from '#features/line-checks/recount.ts'
import { addressOn, settingsLinks } from '#sites/frame/between-sites.ts'
import { testDatabase } from '#test/database.ts'
import { type TestSettings, writeSettings } from '#test/line-settings.ts'
import { makerOf, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { superuserOf } from '#test/superuser.ts'
import type { TestBrowser } from '#test/test-browser.ts'
import { paths } from '../paths.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

let reader: TestBrowser
let nobody: TestBrowser
let contracts: Record<'tokyo' | 'osaka' | 'unseen', string>

async function line(customerId: string, number: string, settings: TestSettings): Promise<string> {
  const contractId = await make.contract({ customerId, serviceId: await make.service(), number })
  const client = await admin.connect()
  await writeSettings(client, { customerId, contractId }, settings)
  client.release()
  await database.operator.transaction((tx) =>
    recountFindings({ tx, now: portal.program.now(), customer: { id: customerId } }, [contractId]),
  )
  return contractId
}

beforeAll(async () => {
  const user = await make.user()
  const { customerId } = user
  contracts = {
    tokyo: await line(customerId, 'N160000001', {
      extensions: [{ number: '1001', name: '山田 太郎' }],
      numbers: [{ number: '0300005001' }],
    }),
    osaka: await line(customerId, 'N160000002', {
      extensions: [{ number: '1001' }, { number: '1002', isEnabled: false }],
      groups: [{ number: '6000', kind: 'even', members: [] }],
      numbers: [{ number: '0600005002', target: '6000' }],
    }),
    unseen: await line(customerId, 'N160000003', { numbers: [{ number: '0300005003' }] }),
  }
  const rights = [contracts.tokyo, contracts.osaka].map((contractId) => ({ contractId, level: 'view' as const }))
  await make.group({ customerId, rights, members: [user.id] })
  reader = await signIn(portal, user)
  nobody = await signIn(portal, await make.user({ customerId }))
})

test('what is found in all contracts that one sees leads to where it is mended, and of others nothing is told', async () => {
  const { body, status } = await reader.get(paths.lineChecks)
  assert.equal(status, 200)
  for (const text of [
    '03-0000-5001 に着信先がありません',
    'グループ 6000',
    '内線 1001 山田 太郎',
    'N160000001',
    'N160000002',
  ])
    assert(body.includes(text), text)
  assert(!body.includes('N160000003') && !body.includes('0000-5003'))
  const { rows } = await admin.query<{ id: string }>(`select id from pbx.external_number where number = '0300005001'`)
  const page = settingsLinks.number({ contract: contracts.tokyo, id: rows[0]?.id ?? '' })
  assert(body.includes(`href="${addressOn(portal.program.config.settingsUrl, page)}"`))
  const empty = await nobody.get(paths.lineChecks)
  assert.match(empty.body, /確認が必要な項目はありません/)
})

test('it is looked for by number, by name and by kind, in both languages, and had as a file', async () => {
  const found = async (query: string): Promise<string> => (await reader.get(`${paths.lineChecks}?${query}`)).body
  const byNumber = await found('q=0300005001')
  assert(byNumber.includes('03-0000-5001') && !byNumber.includes('N160000002'))
  const byName = await found(`q=${encodeURIComponent('山田')}`)
  assert(byName.includes('内線 1001 山田 太郎') && !byName.includes('03-0000-5001 に'))
  const unused = await found('matter=unused-extension')
  assert(unused.includes('内線 1001') && !unused.includes('グループ 6000'))
  await found('lang=en')
  const english = await reader.get(paths.lineChecks)
  assert(english.body.includes('has no target: no telephone rings'))
  const file = await reader.get(paths.lineChecksCsv)
  assert.equal(file.status, 200)
  assert(file.body.includes('0300005001') && !file.body.includes('N160000003'))
})

test('however many contracts there are, the page costs the same statements', async () => {
  const user = await make.user()
  const { customerId } = user
  await make.group({ customerId, rights: [{ level: 'view' }], members: [user.id] })
  await line(customerId, 'N170000001', { numbers: [{ number: '0300006001' }] })
  const browser = await signIn(portal, user)
  const count = async (): Promise<number> => {
    await browser.get(paths.lineChecks)
    const before = database.statements.length
    await browser.get(paths.lineChecks)
    return database.statements.length - before
  }
  const one = await count()
  for (let at = 2; at <= 8; at++) await line(customerId, `N17000000${at}`, { numbers: [{ number: `030000600${at}` }] })
  assert.equal(await count(), one)
})
