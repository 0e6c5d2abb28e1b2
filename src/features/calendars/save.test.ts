import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { type ChangingLine, tryChange } from '#features/line-changes/change.ts'
import type { LineContext } from '#features/lines/open.ts'
import { days } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import { inLine, makeLine } from '#test/line.ts'
import { type Calendar, type CalendarPlan, findCalendar } from './calendar.ts'
import { endOfToday, setOverride } from './override.ts'
import { takeOutCalendar } from './remove.ts'
import { addCalendar, makeCalendar, setCalendar } from './save.ts'

const database = await testDatabase()
after(() => database[Symbol.asyncDispose]())

const plan: CalendarPlan = {
  name: '本社',
  closesOnNationalHolidays: true,
  week: [{ weekday: 1, opens: 540, closes: 1080 }],
  days: [{ day: '2026-12-29', name: '年末年始', span: null }],
}

async function made(ctx: LineContext): Promise<Calendar> {
  const added = await addCalendar(ctx, plan)
  const calendar = added.ok ? await findCalendar(ctx, added.value.value) : undefined
  return calendar ?? assert.fail('is added')
}

test('whatever is done to hours can be tried, and leaves nothing', async () => {
  const line = await makeLine(database, {})
  await inLine(database, line, async (ctx) => {
    const before = await made(ctx)
    const { id, version } = before
    const override = { isOpen: false, until: new Date(ctx.now.getTime() + days) }
    const seen = (changing: ChangingLine): Promise<Calendar | undefined> => findCalendar(changing, id)
    const set = { plan: { ...plan, name: '支社', week: [], days: [] }, version }
    const tried = {
      set: await tryChange(ctx, (changing) => setCalendar(changing, before, set), seen),
      overridden: await tryChange(ctx, (changing) => setOverride(changing, before, { override, version }), seen),
      gone: await tryChange(ctx, (changing) => takeOutCalendar(changing, before), seen),
    }
    assert(tried.set.ok && tried.overridden.ok && tried.gone.ok)
    assert.deepEqual([tried.set.value?.name, tried.set.value?.week, tried.set.value?.days], ['支社', [], []])
    assert.deepEqual(tried.overridden.value?.overrideUntil, override.until)
    assert.equal(tried.gone.value, undefined)
    assert.deepEqual(await findCalendar(ctx, id), before)
  })
})

test('a copy in another contract has the id of the first, and not twice', async () => {
  const [one, other] = [await makeLine(database, {}), await makeLine(database, {})]
  const { id } = await inLine(database, one, made)
  await inLine(database, other, async (ctx) => {
    const copied = await tryChange(
      ctx,
      (changing) => makeCalendar(changing, plan, id),
      (changing) => findCalendar(changing, id),
    )
    assert(copied.ok)
    assert.deepEqual([copied.value?.id, copied.value?.name, copied.value?.days], [id, plan.name, plan.days])
    assert.equal(await findCalendar(ctx, id), undefined, 'the other contract is behind its fence')
  })
})

test('today ends at midnight, or when its night does', async () => {
  const line = await makeLine(database, {})
  await inLine(database, line, async (opened) => {
    const calendar = await made(opened)
    const ctx = { ...opened, now: new Date('2026-11-30T03:00:00Z') }
    assert.deepEqual(endOfToday(calendar, ctx), new Date('2026-11-30T15:00:00Z'))
    const night = { ...calendar, week: [{ weekday: 1, opens: 1320, closes: 1800 }] }
    assert.deepEqual(endOfToday(night, ctx), new Date('2026-11-30T21:00:00Z'))
  })
})
