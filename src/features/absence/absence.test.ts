import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { whoRings } from '#features/call-routing/who-rings.ts'
import { findLineChange, undoChange } from '#features/line-changes/undo.ts'
import type { LineContext } from '#features/lines/open.ts'
import { allowOutside, mostNewADay } from '#features/onward/outside-targets.ts'
import { confirmedOf } from '#platform/context.ts'
import { withSavepoint } from '#platform/database/database.ts'
import { testDatabase } from '#test/database.ts'
import { inLine, makeLine } from '#test/line.ts'
import type { TestSettings } from '#test/line-settings.ts'
import { superuserOf } from '#test/superuser.ts'
import { type AbsencePlan, findAbsence } from './absence.ts'
import { saveAbsence } from './save.ts'

const database = await testDatabase()
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

const settings: TestSettings = {
  extensions: ['1001', '1002', '1003'].map((number) => ({ number })),
  groups: [{ number: '6000', kind: 'simultaneous', members: [{ extension: '1003' }], afterwards: { inside: '1001' } }],
  outside: ['09012345678'],
}
const inside = (number: string) => ({ kind: 'inside', number }) as const
const outside = (number: string) => ({ kind: 'outside', number }) as const
const of = (...numbers: string[]) => numbers.map((number) => ({ number, name: '' }))

/** What came of it: what was refused is undone, as the platform does. */
async function saved(ctx: LineContext, numbers: string[], plan: AbsencePlan): Promise<string> {
  const outcome = await withSavepoint(
    ctx.tx,
    () => saveAbsence(ctx, of(...numbers), plan),
    (ended) => !ended.ok,
  )
  return outcome.ok ? 'saved' : outcome.problem
}

async function rings(ctx: LineContext, called: string, call: { busy?: string[]; unreachable?: string[] } = {}) {
  const outcome = await whoRings(ctx, { called, at: ctx.now, busy: [], unreachable: [], ...call })
  return outcome.rings.map(({ number, from, to, state }) => `${number} ${from}-${to} ${state}`)
}

test('of each condition calls go on to where it says, and the switchboard follows', async () => {
  const line = await makeLine(database, settings)
  await inLine(database, line, async (ctx) => {
    const plan = { busy: inside('1002'), 'no-answer': outside('090-1234-5678'), unreachable: inside('6000') }
    assert.equal(await saved(ctx, ['1003'], { always: inside('1002') }), 'saved')
    assert.equal(await saved(ctx, ['1003'], { always: { kind: 'nothing', number: '' } }), 'saved')
    assert.equal(await saved(ctx, ['1001'], { busy: plan.busy, 'no-answer': plan['no-answer'] }), 'saved')
    assert.deepEqual(await rings(ctx, '1001'), ['1001 0-20 rings', '09012345678 20-80 outside'])
    assert.deepEqual(await rings(ctx, '1001', { busy: ['1001'] }), ['1001 0-0 busy', '1002 0-20 rings'])
    const { always, busy } = await findAbsence(ctx, '1001')
    assert.deepEqual([always.kind, busy], ['nothing', { kind: 'inside', number: '1002', name: '名前 1002' }])
    assert.equal(await saved(ctx, ['1001'], { unreachable: plan.unreachable }), 'loop')
    assert.equal((await findAbsence(ctx, '1001')).unreachable.kind, 'nothing')
  })
})

test('many are set at once as one change, whose other conditions stay, and undone at once', async () => {
  const line = await makeLine(database, settings)
  await inLine(database, line, async (ctx) => {
    await saved(ctx, ['1002'], { busy: inside('1001') })
    const set = await saveAbsence(ctx, of('1002', '1003'), { 'no-answer': outside('09012345678') })
    assert(set.ok && set.value.changeId)
    assert.equal((await findAbsence(ctx, '1003'))['no-answer'].number, '09012345678')
    assert.equal((await findAbsence(ctx, '1002')).busy.number, '1001')
    const change = await findLineChange(ctx, set.value.changeId)
    assert.equal(change?.rows.length, 2)
    assert((await undoChange(ctx, set.value.changeId)).ok)
    assert.equal((await findAbsence(ctx, '1003'))['no-answer'].kind, 'nothing')
    assert.equal((await findAbsence(ctx, '1002')).busy.number, '1001')
  })
})

test('what cannot be is refused, and why', async () => {
  const line = await makeLine(database, { ...settings, numbers: [{ number: '0300009001' }] })
  await inLine(database, line, async (ctx) => {
    const voicemail = { kind: 'voicemail', number: '' } as const
    const cases: [numbers: string[], plan: AbsencePlan, problem: string][] = [
      [['1001'], { always: inside('4711') }, 'always unknown-target'],
      [['1001'], { busy: inside('1001') }, 'busy to-itself'],
      [['1001', '1002'], { busy: inside('1002') }, 'busy to-itself'],
      [['1001'], { 'no-answer': voicemail }, 'no-answer no-voicemail'],
      [['1001'], { unreachable: outside('119') }, 'unreachable emergency'],
      [['1001'], { always: outside('0570-000-000') }, 'always premium'],
      [['1001'], { always: outside('+1 212 555 0100') }, 'always international'],
      [['1001'], { always: outside('0300009001') }, 'always own-number'],
      [['1001'], { always: outside('03-9876-0000') }, 'always unconfirmed-outside'],
      [['1001', '4711'], { always: inside('1002') }, 'unknown-extension'],
    ]
    for (const [numbers, plan, problem] of cases) assert.equal(await saved(ctx, numbers, plan), problem)
    assert.equal(await saved(ctx, ['1001'], { always: inside('1002') }), 'saved')
    assert.equal(await saved(ctx, ['1002'], { busy: inside('1001') }), 'loop')
    const outcome = await saveAbsence(ctx, [{ number: '1001', name: '', version: 1 }], {})
    assert.equal(outcome.ok ? '' : outcome.problem, 'changed-meanwhile')
  })
})

test('an extension has its voicemail where the platform records messages', async () => {
  const line = await makeLine(database, settings)
  await admin.query('update pbx.line set has_voicemail = true where contract_id = $1', [line.contractId])
  await inLine(database, line, async (ctx) => {
    assert.equal(await saved(ctx, ['1001'], { 'no-answer': { kind: 'voicemail', number: '' } }), 'saved')
    assert.deepEqual(await rings(ctx, '1001'), ['1001 0-20 rings', '1001 20-20 voicemail'])
  })
})

test('new outside targets are told to the administrators, are at most twenty a day, and known from then on', async () => {
  const line = await makeLine(database, settings)
  await inLine(database, line, async (ctx) => {
    const confirmed = confirmedOf(ctx) ?? assert.fail('the factor was shown lately')
    const number = (at: number): string => `0312345${String(at).padStart(3, '0')}`
    const numbers = Array.from({ length: mostNewADay }, (_, at) => outside(number(at)))
    // One that is known counts for nothing, nor one that is named twice.
    assert((await allowOutside(confirmed, [...numbers, numbers[0] ?? outside(''), outside('09012345678')])).ok)
    assert.equal(await saved(ctx, ['1001'], { always: outside(number(3)) }), 'saved')
    const more = await allowOutside(confirmed, [outside('03-9876-0000')])
    assert.equal(more.ok ? '' : more.problem, 'too-many-today')
    assert((await allowOutside(confirmed, numbers)).ok)
    const tomorrow = { ...confirmed, now: new Date(ctx.now.getTime() + 25 * 3_600_000) }
    assert((await allowOutside(tomorrow, [outside('03-9876-0000')])).ok)
  })
})

test('the database takes no number outside that nobody has confirmed, whoever writes it', async () => {
  const line = await makeLine(database, settings)
  for (const statement of [
    `insert into pbx.forward (customer_id, contract_id, extension, condition, to_outside) select customer_id, contract_id, number, 'always', '0398760000'
      from pbx.extension where contract_id = $1 and number = '1001'`,
    `update pbx.call_group set then_inside = null, then_outside = '0398760000' where contract_id = $1`,
  ]) {
    const client = await admin.connect()
    await client.query(`select set_config('pbx.change', '1', false)`)
    await assert.rejects(client.query(statement, [line.contractId]), /outside/)
    await client.query(`select set_config('pbx.change', '', false)`)
    client.release()
  }
})
