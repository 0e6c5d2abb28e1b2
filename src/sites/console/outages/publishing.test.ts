import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { staffRoles } from '#features/house.ts'
import { minutes } from '#platform/time/duration.ts'
import { wallClockOf } from '#platform/time/wall-clock.ts'
import { emptyAffects, openOutageWorld } from '#test/outage-world.ts'
import { totpNow } from '#test/sign-in.ts'
import { signInStaff } from '#test/staff.ts'
import type { TestBrowser } from '#test/test-browser.ts'
import { paths } from '../paths.ts'

// Who may write outages, what needs the second factor, and what the pages cost.

const world = await openOutageWorld()
after(() => world[Symbol.asyncDispose]())
const { portal, make, admin, acme } = world
let staff: TestBrowser
/** The code of a service that many customers have. */
let wide: string

before(async () => {
  staff = await signInStaff(portal, await make.staff({ roles: ['content'] }))
  const serviceId = await make.service()
  const { rows } = await admin.query<{ code: string }>('select code from service where id = $1', [serviceId])
  wide = rows[0]?.code ?? assert.fail('no service')
  await admin.query(
    `with made as (insert into customer (code, name) select 'wide-' || n, '株式会社' || n from generate_series(1, 101) n returning id, code)
     insert into contract (customer_id, number, service_id) select id, upper(code), $1 from made`,
    [serviceId],
  )
})

let made = 0

async function draft(affects: Record<string, string>): Promise<string> {
  const startsAt = wallClockOf(portal.program.now(), 'Asia/Tokyo')
  const given = { kind: 'fault', titleJa: '件名', titleEn: 'Title', startsAt, until: '', nextUpdateAt: '' }
  const begun = await staff.post(paths.addOutage, { code: `P-${++made}`, ...given })
  const [id = ''] = /[0-9a-f-]{36}/.exec(begun.location) ?? []
  const set = await staff.sendFile(paths.setAffects({ id }), { fields: { ...emptyAffects, ...affects } })
  assert.equal(set.location, paths.publishOutage({ id }))
  return id
}

async function stateOf(id: string): Promise<string | undefined> {
  const { rows } = await admin.query<{ state: string }>('select state from outage where id = $1', [id])
  return rows[0]?.state
}

test('for more than 100 customers the second factor is shown first, to publish as well as to widen or narrow', async () => {
  const id = await draft({ services: wide })
  const { body } = await staff.get(paths.publishOutage({ id }))
  assert(body.includes('101社') && body.includes('第二認証の確認が必要です'))
  portal.advance(11 * minutes)
  const asked = await staff.post(paths.publishOutage({ id }))
  assert.match(asked.location, /^\/confirm\//)
  assert.equal(await stateOf(id), 'draft')
  const sent = await staff.post(asked.location, { code: totpNow(portal) })
  assert.equal(sent.location, paths.outage({ id }))
  assert.equal(await stateOf(id), 'published')
  await world.spread()
  const { rows } = await admin.query<{ n: number }>(
    'select count(*)::integer as n from incident where outage_id = $1',
    [id],
  )
  assert.equal(rows[0]?.n, 101)
  portal.advance(11 * minutes)
  await staff.sendFile(paths.setAffects({ id }), {
    fields: { ...emptyAffects, contracts: acme.numbers[0] ?? '' },
  })
  // There is one contract left: but 101 customers would be told that theirs is not.
  const narrowed = await staff.post(paths.publishOutage({ id }))
  assert.match(narrowed.location, /^\/confirm\//)
  // To take it back from all of them is no less; to say how it goes on is told at once.
  assert.match((await staff.post(paths.withdrawOutage({ id }))).location, /^\/confirm\//)
  assert.equal(await stateOf(id), 'published')
  const said = { step: '', textJa: '復旧作業を続けています。', textEn: '', until: '', nextUpdateAt: '' }
  assert.equal((await staff.post(paths.sayUpdate({ id }), said)).location, paths.outage({ id }))
})

test('of fewer customers it is published without', async () => {
  const id = await draft({ contracts: acme.numbers[1] ?? '' })
  portal.advance(11 * minutes)
  assert.equal((await staff.post(paths.publishOutage({ id }))).location, paths.outage({ id }))
  assert.equal(await stateOf(id), 'published')
})

test('who has not the role reads it, and changes nothing by whatever form', async () => {
  const id = await draft({ contracts: acme.numbers[2] ?? '' })
  const version = String(await world.versionOf(id))
  for (const role of [undefined, ...staffRoles.filter((each) => each !== 'content')]) {
    const browser = await signInStaff(portal, await make.staff({ roles: role ? [role] : [] }))
    assert.equal((await browser.get(paths.outages)).status, 200)
    const { status, body } = await browser.get(paths.outage({ id }))
    assert(status === 200 && !body.includes('/publish') && !body.includes('/edit'))
    for (const path of [
      paths.editOutage,
      paths.setAffects,
      paths.publishOutage,
      paths.withdrawOutage,
      paths.sayUpdate,
    ]) {
      assert.equal((await browser.get(path({ id }))).status, 403)
      assert.equal((await browser.send(path({ id }), { version })).status, 403)
    }
    assert.equal((await browser.send(paths.addOutage, {})).status, 403)
  }
  assert.deepEqual([await stateOf(id), await world.versionOf(id)], ['draft', Number(version)])
})

test('what staff do stands in the history of the house, by who did it', async () => {
  const id = await draft({ contracts: acme.numbers[3] ?? '' })
  await staff.post(paths.publishOutage({ id }))
  const { rows } = await admin.query<{ action: string; known: boolean; after: Record<string, string> }>(
    `select h.action, u.id is not null as known, h.after from change_history h left join portal_user u on u.id = h.actor_id
     where h.customer_id = house() and h.subject_kind = 'outage' and h.subject_id = $1 order by h.id`,
    [id],
  )
  assert.deepEqual(
    rows.map(({ action, known }) => [action, known]),
    [
      ['outage-drafted', true],
      ['outage-affects-set', true],
      ['outage-published', true],
    ],
  )
  assert.equal(rows[2]?.after['affects'], `contracts: ${acme.numbers[3]}`)
})

test('late ones stand first in the list and are counted among the queues; a list is a handful of statements', async () => {
  const [late, running] = [await draft({ contracts: acme.numbers[0] ?? '' }), await draft({ services: wide })]
  await admin.query(
    `update outage set state = 'published', title_ja = '遅れた続報', starts_at = $2::timestamptz - interval '9 days', next_update_at = $2 where id = $1`,
    [late, portal.program.now()],
  )
  await admin.query(`update outage set state = 'published' where id = $1`, [running])
  const queues = await staff.get(paths.queues)
  assert.match(queues.body, /次回のご案内の予定を過ぎた障害・工事<\/a>.*?>1</s)
  await staff.get(paths.outages)
  const sent = world.database.statements.length
  const { body } = await staff.get(paths.outages)
  const count = world.database.statements.length - sent
  assert(count > 0 && count <= 8, `${count} statements`)
  const [, first] = /<tbody.*?\/outages\/([0-9a-f-]{36})/s.exec(body) ?? []
  assert.equal(first, late)
  const found = await staff.get(`${paths.outages}?q=${encodeURIComponent('遅れた')}`)
  assert(found.body.includes(late) && !found.body.includes(running))
  assert((await staff.get(`${paths.outages}?stage=draft`)).status === 200)
})

test('more numbers of a file than a form shows are kept all the same', async () => {
  const id = await draft({ contracts: acme.numbers[0] ?? '' })
  const { rows } = await admin.query<{ code: string; id: string }>('select code, id from service where code = $1', [
    wide,
  ])
  await admin.query(
    `insert into contract (customer_id, number, service_id) select $1, 'M' || n, $2 from generate_series(1, 1200) n`,
    [acme.customerId, rows[0]?.id],
  )
  const numbers = Array.from({ length: 1200 }, (_, at) => `M${at + 1}`)
  const bytes = new TextEncoder().encode(`ご契約番号\n${numbers.join('\n')}\n`)
  const file = { field: 'file', name: 'numbers.csv', bytes }
  assert.equal(
    (await staff.sendFile(paths.setAffects({ id }), { fields: emptyAffects, file })).location,
    paths.publishOutage({ id }),
  )
  const { body } = await staff.get(paths.setAffects({ id }))
  assert(body.includes('1,200件をそのまま残す') && !body.includes('M1199'))
  // They stay beside what is typed; or what is typed takes their place.
  const added = await staff.sendFile(paths.setAffects({ id }), {
    fields: { ...emptyAffects, numbers: 'keep', contracts: acme.numbers[1] ?? '' },
  })
  assert.match((await staff.get(added.location)).body, /<b>1,201件/)
  const only = { ...emptyAffects, numbers: 'replace', contracts: acme.numbers[1] ?? '' }
  const replaced = await staff.sendFile(paths.setAffects({ id }), { fields: only })
  assert.match((await staff.get(replaced.location)).body, /<b>1件/)
})
