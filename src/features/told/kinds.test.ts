import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { numberOf } from '#features/incidents/tellings.ts'
import { after as later, days, hours, minutes } from '#platform/time/duration.ts'
import type { MadeUser } from '#test/make.ts'
import {
  mailedTo,
  makeReader,
  makeToldCustomer,
  newestMail,
  openToldWorld,
  putOne,
  takeTellings,
  tellAll,
  tellOnce,
  type ToldCustomer,
} from '#test/told-world.ts'
import { tellOfTomorrow } from './tell-of-tomorrow.ts'

const world = await openToldWorld()
after(() => world[Symbol.asyncDispose]())

const kindsOf = async (customer: ToldCustomer): Promise<string[]> =>
  (await mailedTo(world, customer)).map(({ kind, n }) => `${kind} ${n}`)

const said = (text: string) => ({ at: world.now.toISOString(), text: { ja: text } })

test('a mail of a fault says what it is, in the zone and language of its reader, of their contracts alone', async () => {
  const customer = await makeToldCustomer(world)
  const reader = await makeReader(world, customer)
  const contracts = customer.contracts.map(({ number }) => number)
  const incident = await putOne(world, customer, { contracts, updates: [said('調査しています。')] })
  await tellAll(world)
  const { subject, text, unsubscribeUrl } = await newestMail(world, reader)
  assert.equal(subject, '【故障発生】発着信ができない（F-1）')
  assert(text.includes(`ご契約番号：${contracts[0]}\n`))
  assert(!contracts.slice(1).some((number) => text.includes(number)))
  assert.match(text, /発生日時：2026\/11\/22 11:00:00 日本標準時（UTC\+9）[\s\S]*調査しています。/)
  assert(text.includes(`/incidents/${incident}`))
  assert(unsubscribeUrl?.startsWith('https://portal.example.jp/unsubscribe?key='))
})

test('of a fault: when it begins, the newest update each ten minutes at most, and at once when it is over', async () => {
  const customer = await makeToldCustomer(world)
  const reader = await makeReader(world, customer)
  const contracts = customer.contracts.map(({ number }) => number)
  const updates = [said('一'), said('二'), said('三')]
  await putOne(world, customer, { contracts, updates: updates.slice(0, 1) })
  await tellAll(world)
  await putOne(world, customer, { contracts, updates: updates.slice(0, 2) })
  await tellAll(world)
  assert.deepEqual(await kindsOf(customer), ['opened 1'])
  // It waits, and tells what is the newest by then.
  const [waiting, ...others] = await takeTellings(world)
  assert(waiting && others.length === 0)
  assert.equal(waiting.runAt.getTime(), later(world.now, 10 * minutes).getTime())
  await putOne(world, customer, { contracts, updates })
  await takeTellings(world)
  world.now = later(world.now, 10 * minutes)
  await tellOnce(world, waiting)
  assert.deepEqual(await kindsOf(customer), ['opened 1', 'update 1'])
  assert.match((await newestMail(world, reader)).text, /三/)
  const over = { updates, endsAt: world.now.toISOString(), cause: { ja: '落雷' } }
  await putOne(world, customer, { contracts, ...over })
  await tellAll(world)
  assert.match((await newestMail(world, reader)).text, /次の故障は復旧しました[\s\S]*原因と対策\n落雷/)
  await tellOnce(world, waiting)
  assert.deepEqual(await kindsOf(customer), ['ended 1', 'opened 1', 'update 1'])
})

type PutWorks = (startsAt: Date, withdrawnAt?: string) => Promise<void>

/** Of works in three days, for somebody in London who reads English. */
async function planWorks(): Promise<{ customer: ToldCustomer; reader: MadeUser; put: PutWorks; startsAt: Date }> {
  const customer = await makeToldCustomer(world)
  const reader = await makeReader(world, customer)
  await world.admin.query(`update portal_user set mail_language = 'en', time_zone = 'Europe/London' where id = $1`, [
    reader.id,
  ])
  const putWorks: PutWorks = async (startsAt, withdrawnAt) => {
    const contracts = [customer.contracts[0]?.number ?? '']
    const times = { startsAt: startsAt.toISOString(), endsAt: later(startsAt, hours).toISOString() }
    await putOne(world, customer, { code: 'W-1', kind: 'works', contracts, ...times, withdrawnAt })
  }
  return { customer, reader, put: putWorks, startsAt: later(world.now, 3 * days) }
}

test('of works: when they are planned, moved, about to begin and cancelled, each with an entry for the calendar', async () => {
  const { customer, reader, put, startsAt } = await planWorks()
  const tellNow = async () => {
    await tellAll(world)
    return newestMail(world, reader)
  }
  await put(startsAt)
  const planned = await tellNow()
  assert.match(planned.subject, /^\[Planned works\] No calls/)
  assert.match(planned.text, /Starts: .*Greenwich Mean Time \(UTC\+0\)/)
  assert.equal(planned.calendar?.method, 'PUBLISH')
  const moved = later(startsAt, days)
  await put(moved)
  assert.match((await tellNow()).subject, /^\[Date changed\]/)
  const remind = (): Promise<void> => world.database.operator.transaction((tx) => tellOfTomorrow(tx, world.now))
  await remind()
  assert.deepEqual(await takeTellings(world), [])
  world.now = later(moved, -20 * hours)
  await remind()
  assert.match((await tellNow()).subject, /^\[Works soon\]/)
  await remind()
  await tellNow()
  await put(moved, world.now.toISOString())
  const cancelled = await tellNow()
  assert.match(cancelled.subject, /^\[Works cancelled\]/)
  assert.equal(cancelled.calendar?.method, 'CANCEL')
  assert.deepEqual(await kindsOf(customer), ['announced 1', 'cancelled 1', 'moved 1', 'tomorrow 1'])
  // What is not so any more is not told any more.
  const { rows } = await world.admin.query<{ id: string }>('select id from incident where customer_id = $1', [
    customer.customerId,
  ])
  const number = numberOf(moved, later(moved, hours))
  await tellOnce(world, { incident: rows[0]?.id ?? '', kind: 'tomorrow', number })
  assert.equal((await kindsOf(customer)).length, 4)
})
