import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { customer, faults, type ImportTest, notice, openImportTest } from '#test/import-file.ts'

let world: ImportTest

before(async () => {
  world = await openImportTest()
})
after(() => world[Symbol.asyncDispose]())

test('notices for everybody and manuals are brought, kept and missed like the rest', async () => {
  const manuals = ['M-1', 'M-2'].map((code) => ({
    code,
    title: { ja: '手引き', en: 'Guide' },
    url: `https://www.example.com/${code}.pdf`,
    updatedOn: '2026-11-01',
  }))
  const content = {
    manuals: [{ ...manuals[0], service: 'phone' }, manuals[1]],
    notices: [notice('E-1'), notice('E-2')],
  }
  const [first] = await world.bring(content)
  assert.deepEqual(
    first?.counts.map(({ kind, created }) => [kind, created]),
    [
      ['manuals', 2],
      ['notices', 2],
    ],
  )
  const [again] = await world.bring(content)
  assert.deepEqual(
    again?.counts.map(({ kind, unchanged }) => [kind, unchanged]),
    [
      ['manuals', 2],
      ['notices', 2],
    ],
  )
  const [fewer] = await world.bring({ manuals: manuals.slice(1), notices: [notice('E-2')] })
  assert.deepEqual(fewer?.unnamed, [
    { kind: 'manuals', names: ['M-1'] },
    { kind: 'notices', names: ['E-1'] },
  ])
  assert.deepEqual(await world.query(sql`select body_en from notice where code = 'E-1' and customer_id is null`), [
    { body_en: 'First line\nSecond line' },
  ])
})

test('a notice is for services and administrators as the file says, and follows it', async () => {
  const read = () =>
    world.query(sql`select for_services = array(select id from service where code = 'phone') as services, for_administrators as admins
      from notice where code = 'E-9'`)
  const given = { ...notice('E-9'), forServices: ['phone'], forAdministrators: true }
  await world.bring({ notices: [given] })
  assert.deepEqual(await read(), [{ services: true, admins: true }])
  const [again] = await world.bring({ notices: [given] })
  assert.deepEqual(
    again?.counts.map(({ unchanged }) => unchanged),
    [1],
  )
  await world.bring({ notices: [notice('E-9')] })
  assert.deepEqual(await read(), [{ services: null, admins: false }])
  await assert.rejects(
    world.bring({ notices: [{ ...notice('E-9'), forServices: ['phone', 'none'] }] }),
    faults([/notices\[0\]\.forServices\[1\] names no service: none$/]),
  )
})

const recommendation = {
  code: 'R-1',
  title: { ja: '録音', en: 'Recording' },
  text: { ja: '一行目\n二行目', en: 'First line\nSecond line' },
}

test('recommendations are brought, kept in the order of the file, ended and missed like the rest', async () => {
  const second = { ...recommendation, code: 'R-2', service: 'phone', for: ['phone'] }
  const content = { recommendations: [{ ...recommendation, url: 'https://www.example.com/recording' }, second] }
  const counts = async (given: object) => (await world.bring(given))[0]?.counts
  assert.deepEqual(await counts(content), [{ kind: 'recommendations', created: 2, changed: 0, unchanged: 0 }])
  assert.deepEqual(await counts(content), [{ kind: 'recommendations', created: 0, changed: 0, unchanged: 2 }])
  const turned = { recommendations: content.recommendations.toReversed() }
  assert.deepEqual(await counts(turned), [{ kind: 'recommendations', created: 0, changed: 2, unchanged: 0 }])
  assert.deepEqual(
    await world.query(sql`
      select r.code, url, (select array_agg(s.code) from service s where s.id = any(for_services)) as for
      from recommendation r order by position`),
    [
      { code: 'R-2', url: null, for: ['phone'] },
      { code: 'R-1', url: 'https://www.example.com/recording', for: null },
    ],
  )
  const ended = { recommendations: [{ ...second, endsAt: '2026-11-22T10:00:00+09:00' }] }
  assert.deepEqual((await world.bring(ended))[0]?.unnamed, [{ kind: 'recommendations', names: ['R-1'] }])
  assert.deepEqual((await world.bring({ recommendations: [] }))[0]?.unnamed, [
    { kind: 'recommendations', names: ['R-1'] },
  ])
})

test('recommendations name services that are there, and lead to safe addresses', async () => {
  const wrong = { ...recommendation, service: 'teleport', for: ['phone', 'television'] }
  await assert.rejects(
    world.bring({ recommendations: [wrong] }),
    faults([
      /:\d+: recommendations\[0\]\.service names no service: teleport$/,
      /recommendations\[0\]\.for\[1\] names no service: television$/,
    ]),
  )
  await assert.rejects(
    world.bring({ recommendations: [recommendation, recommendation] }),
    faults([/recommendations\[1\]\.code stands here for the second time: R-1$/]),
  )
  await assert.rejects(
    world.bring({ recommendations: [{ ...recommendation, url: 'javascript:alert(1)' }] }),
    faults([/recommendations\[0\]\.url must be an address that begins with https:/]),
  )
})

test('counts of blocked traffic are known again by day, contract or service, and kind', async () => {
  const acme = customer('blocked')
  const [count] = acme.blockedTraffic
  assert(count)
  const ofService = { day: count.day, service: 'phone', kind: count.kind, count: 5 }
  const bring = async (blockedTraffic: object[]) => {
    const [summary] = await world.bring({ customers: [{ ...acme, blockedTraffic }] })
    return summary?.counts.find(({ kind }) => kind === 'blockedTraffic')
  }
  const both = [count, ofService]
  assert.deepEqual(await bring(both), { kind: 'blockedTraffic', created: 2, changed: 0, unchanged: 0 })
  assert.deepEqual(await bring(both), { kind: 'blockedTraffic', created: 0, changed: 0, unchanged: 2 })
  const more = [count, { ...ofService, count: 6 }]
  assert.deepEqual(await bring(more), { kind: 'blockedTraffic', created: 0, changed: 1, unchanged: 1 })
  await assert.rejects(
    bring([count, ofService, { ...count, count: 9 }]),
    faults([/blockedTraffic\[2\] stands here for the second time: 2026-11-21 N1\d+ 侵入$/]),
  )
})

test('counts of blocked traffic name contracts of the customer', async () => {
  const [acme, other] = [customer('guarded'), customer('foreign')]
  await world.bring({ customers: [other] })
  const [count] = acme.blockedTraffic
  const blockedTraffic = [{ ...count, contract: other.contracts[0]?.number }]
  await assert.rejects(
    world.bring({ customers: [{ ...acme, blockedTraffic }] }),
    faults([/customers\[0\]\.blockedTraffic\[0\]\.contract names no contract of guarded: N1\d+$/]),
  )
})

test('of days that are no longer shown, counts are missed by nobody', async () => {
  const acme = customer('forgotten')
  const [count] = acme.blockedTraffic
  await world.bring({ customers: [{ ...acme, blockedTraffic: [{ ...count, day: '2026-10-22' }] }] })
  const [summary] = await world.bring({ customers: [{ ...acme, blockedTraffic: [] }] })
  assert.deepEqual(summary?.unnamed, [])
})
