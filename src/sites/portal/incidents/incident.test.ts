import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { IncidentEntry } from '#features/incidents/entry.ts'
import { putIncidents } from '#features/incidents/put.ts'
import { after as later, days, hours, minutes } from '#platform/time/duration.ts'
import { type TestDatabase, testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, signIn } from '#test/make.ts'
import { testPortal, type TestPortal } from '#test/portal.ts'
import type { TestBrowser } from '#test/test-browser.ts'
import { paths } from '../paths.ts'

let database: TestDatabase
let portal: TestPortal
let reader: MadeUser
/** Sees the first of two contracts. */
let browser: TestBrowser
let stranger: TestBrowser
const contracts: { id: string; number: string }[] = []

before(async () => {
  database = await testDatabase()
  portal = await testPortal(database)
  const make = makerOf(database)
  reader = await make.user()
  const { customerId } = reader
  const serviceId = await make.service({ name: 'クラウド電話' })
  for (const number of ['N-SEEN-1', 'N-HIDDEN-2', 'N-HIDDEN-3'])
    contracts.push({ id: await make.contract({ customerId, serviceId, number }), number })
  await make.group({
    customerId,
    members: [reader.id],
    rights: [{ contractId: contracts[0]?.id ?? '', level: 'view' }],
  })
  browser = await signIn(portal, reader)
  stranger = await signIn(portal, await make.user())
})
after(() => database[Symbol.asyncDispose]())

async function put(entry: Partial<IncidentEntry>): Promise<string> {
  const now = portal.program.now()
  const made = await database.operator.transaction((tx) =>
    putIncidents({ tx, now, customer: { id: reader.customerId, code: 'x' } }, [
      {
        code: 'F-1',
        contracts: contracts.map(({ number }) => number),
        kind: 'fault',
        title: { ja: '発着信ができない', en: 'No calls' },
        startsAt: later(now, -2 * hours).toISOString(),
        updatedAt: now.toISOString(),
        ...entry,
      },
    ]),
  )
  assert(made.ok)
  return made.value[0]?.id ?? ''
}

const ago = (time: number): string => later(portal.program.now(), -time).toISOString()

test('the page says how it goes on, the latest first, and when the next word comes', async () => {
  const updates = [
    { at: ago(2 * hours), step: 'investigating' as const, text: { ja: '調査しています。', en: 'We are looking.' } },
    { at: ago(hours), text: { ja: '誤った内容', en: 'Wrong' } },
    { at: ago(50 * minutes), step: 'recovering' as const, text: { ja: '正しい内容' }, corrects: 2 },
  ]
  const id = await put({ updates, nextUpdateAt: ago(-hours) })
  const { body } = await browser.get(paths.incident({ id }))
  assert(body.indexOf('正しい内容') < body.indexOf('調査しています。'))
  assert.match(body, /次回のご案内[\s\S]*予定 <time/)
  assert.match(body, /のご案内の訂正[\s\S]*に訂正しました/)
  assert.match(body, /復旧作業中/)
  assert(!body.includes('ご案内が遅れています'))
  const { body: list } = await browser.get(paths.incidents)
  for (const page of [body, list]) {
    assert(page.includes('N-SEEN-1'))
    assert.doesNotMatch(page, /HIDDEN|ほか\d/)
  }
  await put({ updates, nextUpdateAt: ago(10 * minutes) })
  assert.match((await browser.get(paths.incident({ id }))).body, /ご案内が遅れています[\s\S]*を過ぎています/)
  assert.equal((await stranger.get(paths.incident({ id }))).status, 404)
  await browser.get(`${paths.incident({ id })}?lang=en`)
  const english = (await browser.get(paths.incident({ id }))).body
  assert.match(english, /only available in Japanese[\s\S]*<p class="told" lang="ja">正しい内容/)
  assert.match(english, /We are looking\./)
  await browser.get(`${paths.incident({ id })}?lang=ja`)
})

test('works go into a calendar: in UTC, folded by octets, replaced by their number, and taken out when they are withdrawn', async () => {
  const startsAt = later(portal.program.now(), 2 * days)
  const title = {
    ja: '音声設備の更新工事（大阪・神戸・京都の各収容局で順番に行います。ご不便をおかけします）',
    en: 'Works',
  }
  const works = { code: 'W-1', kind: 'works' as const, title, startsAt: startsAt.toISOString() }
  const id = await put({ ...works, endsAt: later(startsAt, hours).toISOString() })
  const calendar = async (): Promise<string> => {
    const answer = await browser.get(paths.incidentCalendar({ id }))
    assert.equal(answer.headers.get('content-type'), 'text/calendar; charset=utf-8')
    const lines = answer.body.split('\r\n')
    for (const line of lines) assert(Buffer.byteLength(line) <= 75, line)
    return answer.body.replaceAll('\r\n ', '')
  }
  const numberIn = (text: string): number => Number(/^SEQUENCE:(\d+)\r$/m.exec(text)?.[1])
  const first = await calendar()
  const stamp = startsAt.toISOString().replaceAll(/[-:]|\.\d+/g, '')
  assert.match(first, /^METHOD:PUBLISH\r$/m)
  assert(first.includes(`DTSTART:${stamp}\r\n`), first)
  assert(first.includes(`UID:${id}@`))
  assert(first.includes(title.ja) && first.includes('N-SEEN-1') && !first.includes('HIDDEN'))
  assert.match((await browser.get(paths.incident({ id }))).body, /予定表に追加（\.ics）/)
  await put({ ...works, endsAt: later(startsAt, 2 * hours).toISOString() })
  const second = await calendar()
  assert(numberIn(second) > numberIn(first))
  await put({ ...works, withdrawnAt: ago(0) })
  const third = await calendar()
  assert.match(third, /^METHOD:CANCEL\r$/m)
  assert.match(third, /^STATUS:CANCELLED\r$/m)
  assert(numberIn(third) > numberIn(second))
  assert.match((await browser.get(paths.incident({ id }))).body, /この工事は中止になりました/)
  assert.equal((await stranger.get(paths.incidentCalendar({ id }))).status, 404)
  // A fault is nobody's plan.
  assert.equal((await browser.get(paths.incidentCalendar({ id: await put({}) }))).status, 404)
})

test('what a contract has behind it is told with minutes, cause and months, and no other contract of the customer', async () => {
  const [seen, hidden] = contracts
  assert(seen && hidden)
  const cause = { ja: '電源装置の故障', en: 'Power supply' }
  // In Tokyo the first month ends at 15:00 UTC.
  const past = { startsAt: '2026-09-30T14:00:00Z', endsAt: '2026-09-30T15:30:00Z', cause, step: 'recovered' as const }
  await put({ ...past, code: 'F-PAST' })
  await put({ ...past, code: 'F-OTHER', contracts: [hidden.number] })
  await put({ code: 'F-NOW' })
  const { body } = await browser.get(paths.contractIncidents({ id: seen.id }))
  assert(body.includes('F-PAST') && body.includes('>90<'))
  for (const absent of ['F-OTHER', 'F-NOW']) assert(!body.includes(absent))
  assert.match(body, /2026年10月[\s\S]*1件 30分[\s\S]*2026年9月[\s\S]*1件 60分/)
  const file = (await browser.get(paths.contractIncidentsCsv({ id: seen.id }))).body
  assert.match(file, /"F-PAST","故障",[^\n]*,"90","電源装置の故障"/)
  for (const other of [hidden.id, contracts[2]?.id ?? ''])
    assert.equal((await browser.get(paths.contractIncidents({ id: other }))).status, 404)
  assert.equal((await stranger.get(paths.contractIncidents({ id: seen.id }))).status, 404)
})
