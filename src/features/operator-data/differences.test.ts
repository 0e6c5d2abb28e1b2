import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  addressesOf,
  customer,
  type CustomerGiven,
  importTime,
  type ImportTest,
  mailing,
  notice,
  openImportTest,
  testOperator,
} from '#test/import-file.ts'
import { testUrl } from '#test/portal.ts'
import { typed } from '#test/typed.ts'
import { importFiles, type ImportSummary } from './import.ts'

let world: ImportTest

before(async () => {
  world = await openImportTest()
})
after(() => world[Symbol.asyncDispose]())

async function trial(content: object): Promise<ImportSummary> {
  const options = { now: importTime, mailing, report: () => undefined, isTrial: true }
  const [summary] = await importFiles(world.database.operator, [await world.write(content)], options)
  return summary ?? assert.fail('no summary')
}

/** What would change, a line each: kind, name, field, values. */
function told({ changes }: ImportSummary): string[] {
  return changes.flatMap(({ kind, changed }) =>
    changed.flatMap(({ name, differences }) =>
      differences.map(({ field, from, to }) => `${kind} ${name} ${field}: ${from} → ${to}`),
    ),
  )
}

const phrase = (text: string): { ja: string; en: string } => ({ ja: text, en: text })
const secure = (path: string): string => `https://www.example.com/${path}`

test('of what belongs to the operator each field that differs is told as the file calls it', async () => {
  const categories = [
    { code: 'one', name: phrase('One') },
    { code: 'two', name: phrase('Two') },
  ]
  const service = { code: 'told', category: 'one', name: phrase('Told'), charges: secure('old'), blocksTraffic: false }
  const other = { code: 'other', category: 'one', name: phrase('Other') }
  const manual = { code: 'M-told', service: 'told', title: phrase('M'), url: secure('m'), updatedOn: '2026-01-01' }
  const recommendation = { code: 'R-told', title: phrase('R'), text: phrase('R'), for: ['told'] }
  await world.bring({
    serviceCategories: categories,
    services: [service, other],
    manuals: [manual],
    recommendations: [recommendation],
    notices: [notice('N-told')],
  })
  const summary = await trial({
    operator: {
      ...testOperator,
      slogan: { ja: '挑む', en: 'Try' },
      logo: { svg: '<svg xmlns="http://www.w3.org/2000/svg"/>' },
    },
    services: [{ ...service, category: 'two', charges: secure('new'), blocksTraffic: true }, other],
    manuals: [{ ...manual, service: 'other', updatedOn: '2026-02-01' }],
    recommendations: [{ ...recommendation, for: ['told', 'other'] }],
    notices: [{ ...notice('N-told'), endsAt: '2026-12-01T00:00:00+09:00' }],
  })
  assert.deepEqual(told(summary), [
    'operator operator slogan.ja: 試す → 挑む',
    'operator operator logo: null → 41 bytes, MD5 46661d6d65debc63884004fed6e37e5c',
    'services told category: one → two',
    'services told charges: https://www.example.com/old → https://www.example.com/new',
    'services told blocksTraffic: false → true',
    'manuals M-told service: told → other',
    'manuals M-told updatedOn: 2026-01-01 → 2026-02-01',
    'recommendations R-told for: ["told"] → ["told", "other"]',
    'notices N-told endsAt: null → 2026-11-30T15:00:00+00:00',
  ])
})

/** A customer with a line, and the same with one thing changed in each of its lists. */
function twoStates(code: string): { earlier: CustomerGiven; later: CustomerGiven } {
  const given = customer(code)
  const [first, second] = given.contracts
  assert(first && second)
  const numbers = [{ number: '0312345601' }, { number: '0312345602' }]
  const line = { extensions: { first: '1001', last: '6999', most: 3 }, channels: 8, numbers, mainNumber: '0312345601' }
  const sites = [...given.sites, { code: 'branch', name: 'Branch' }]
  const earlier = { ...given, sites, contracts: [{ ...first, line }, second] }
  const ended = { number: '0312345602', endedOn: '2026-12-31' }
  const wider = {
    ...line,
    extensions: { first: '1001', last: '7999', most: 5 },
    numbers: [numbers[0], ended, { number: '0312345603' }],
    mainNumber: '0312345603',
  }
  const contacts = [{ role: phrase('Desk'), name: 'Bob' }]
  const contracts = [
    { ...first, line: wider },
    { ...second, site: 'branch', suspended: true, contacts },
  ]
  const incidents = given.incidents.map((incident) => ({ ...incident, contract: second.number }))
  const blockedTraffic = given.blockedTraffic.map((blocked) => ({ ...blocked, count: 4 }))
  return { earlier, later: { ...earlier, name: 'Renamed', contracts, incidents, blockedTraffic } }
}

test('of what customers have, lines and their numbers included', async () => {
  const { earlier, later } = twoStates('differing')
  await world.bring({ customers: [earlier] })
  const [first, second] = later.contracts.map(({ number }) => number)
  assert.deepEqual(told(await trial({ customers: [later] })), [
    'customers differing name: differing → Renamed',
    `contracts ${second} site: head → branch`,
    `contracts ${second} contacts: [] → [{"name": "Bob", "role": {"en": "Desk", "ja": "Desk"}}]`,
    `contracts ${second} suspended: false → true`,
    `lines ${first} extensions.last: 6999 → 7999`,
    `lines ${first} extensions.most: 3 → 5`,
    `lines ${first} numbers 0312345602 endedOn: null → 2026-12-31`,
    `lines ${first} numbers: null → 0312345603`,
    `lines ${first} mainNumber: 0312345601 → 0312345603`,
    `incidents F-1 contracts: ${first} → ${second}`,
    'blockedTraffic 2026-11-21 count: 3 → 4',
  ])
  assert.deepEqual(told(await trial({ customers: [earlier] })), [])
  const [taken] = await world.bring({ customers: [later] })
  assert.deepEqual(
    taken?.changes.find(({ kind }) => kind === 'customers'),
    { kind: 'customers', created: [], changed: [{ name: 'differing', differences: [] }] },
  )
})

test('the command tells twenty of a kind, and of long values what differs', async () => {
  const given = customer('listed')
  const long = `${'あ'.repeat(500)}\n`
  const notices = [{ ...notice('N-long'), body: { ja: `${long}前`, en: 'Same' } }]
  const sites = Array.from({ length: 25 }, (_, at) => ({ code: `s${at}`, name: `Site ${at}` }))
  await world.bring({ customers: [{ ...given, sites: [...given.sites, ...sites], notices }] })
  const renamed = sites.map((site) => ({ ...site, name: `${site.name} 新` }))
  const path = await world.write({
    customers: [
      {
        ...given,
        sites: [...given.sites, ...renamed],
        notices: [{ ...notices[0], body: { ja: `${long}後`, en: 'Same' } }],
      },
    ],
  })
  const environment = {
    ...addressesOf(world),
    PORTAL_URL: testUrl.href,
    SECRET_KEY: Buffer.alloc(32, 7).toString('base64'),
  }
  const { exitCode, output } = await typed(environment, 'import', '--dry-run', path)
  assert.equal(exitCode, 0)
  assert.match(output, /\n {2}changed, sites of listed:\n {4}s0 {2}name: "Site 0" → "Site 0 新"\n/)
  assert.equal(output.match(/ {4}s\d+ {2}name/g)?.length, 20)
  assert.match(output, /\n {4}and 5 more \(--list-all\)\n/)
  assert.match(output, /\n {4}N-long {2}body\.ja: "…あ{19,60}\\n前" → "…あ{19,60}\\n後"\n/)
  const { output: all } = await typed(environment, 'import', '--dry-run', '--list-all', path)
  assert.equal(all.match(/ {4}s\d+ {2}name/g)?.length, 25)
})
