import assert from 'node:assert/strict'
import fc from 'fast-check'
import { type Calendar, findCalendar } from '#features/calendars/calendar.ts'
import { daysOf } from '#features/calendars/entries.ts'
import { overrideCalendar } from '#features/calendars/override.ts'
import { removeCalendar } from '#features/calendars/remove.ts'
import { addCalendar, saveCalendar } from '#features/calendars/save.ts'
import { findCallGroup } from '#features/call-groups/call-group.ts'
import { addCallGroup, type GroupPlan, saveCallGroup } from '#features/call-groups/save.ts'
import { addExtensions } from '#features/extensions/add.ts'
import { editExtension } from '#features/extensions/edit.ts'
import { findExtension } from '#features/extensions/extension.ts'
import { removeInside } from '#features/inside-numbers/remove.ts'
import { absenceConditions } from '#features/absence/absence.ts'
import { saveAbsence } from '#features/absence/save.ts'
import { type Onward, onwardKinds } from '#features/onward/onward.ts'
import { type ExternalNumber, findNumber } from '#features/numbers/number.ts'
import { setBindings } from '#features/numbers/set-bindings.ts'
import type { LineContext } from '#features/lines/open.ts'
import { withSavepoint } from '#platform/database/database.ts'
import { after as later, hours as hoursLong } from '#platform/time/duration.ts'
import type { Changed } from '#features/line-changes/change.ts'
import type { Outcome } from '#platform/outcome.ts'
import type { TestSettings } from './line-settings.ts'

let made = 0
/** Each with numbers of its own, which are nobody else's. */
export const beginning = (): TestSettings => ({
  extensions: ['1001', '1002', '1003', '1004'].map((number) => ({ number })),
  groups: [
    {
      number: '6000',
      kind: 'sequential',
      members: [{ extension: '1001' }, { extension: '1002' }, { extension: '1003' }],
    },
    { number: '6001', kind: 'even', members: [{ extension: '1004' }], afterwards: { inside: '6000' } },
  ],
  forwards: [
    { extension: '1002', condition: 'busy', to: { inside: '1003' } },
    { extension: '1003', condition: 'no-answer', to: { outside: '09012345678' } },
  ],
  outside: ['0312345678'],
  numbers: [
    { number: `030000${1000 + ++made}`, target: '6000' },
    { number: `030000${2000 + made}`, target: '1001' },
    { number: `030000${3000 + made}`, calendar: 0, closed: { inside: '1004' } },
  ],
  calendars: [
    {
      slots: [1, 2, 3].map((weekday) => ({ weekday, opens: 540, closes: 1080 })),
      days: [{ day: '2026-12-29', opens: null, closes: null }],
    },
    { slots: [{ weekday: 6, opens: 1320, closes: 1800 }] },
  ],
})

const number = fc.constantFrom('1001', '1002', '1003', '1004', '1005', '1006', '2001', '6000', '6001', '6002')
const name = fc.constantFrom('山田 太郎', '佐藤', '')
const anOnward: fc.Arbitrary<Onward> = fc.oneof(
  fc.record({ kind: fc.constantFrom('nothing' as const, 'inside' as const, 'voicemail' as const), number }),
  fc.record({ kind: fc.constant('outside' as const), number: fc.constantFrom('03-1234-5678', '+81 90 1234 5678') }),
)
const aPlan: fc.Arbitrary<GroupPlan> = fc.record({
  number,
  name: fc.constantFrom('代表', 'サポート'),
  kind: fc.constantFrom('simultaneous' as const, 'sequential' as const, 'even' as const),
  ringSeconds: fc.integer({ min: 5, max: 120 }),
  afterwards: fc.record({ kind: fc.constantFrom('nothing' as const, 'inside' as const), number }),
  members: fc.uniqueArray(fc.record({ number, isPaused: fc.boolean() }), {
    selector: (member) => member.number,
    maxLength: 4,
  }),
})

const spans = fc.constantFrom(
  [],
  [
    { opens: 540, closes: 720 },
    { opens: 780, closes: 1080 },
  ],
  [{ opens: 1320, closes: 1800 }],
)
const aCalendar = fc.record({
  name: fc.constantFrom('営業時間 0', '平日', '夜間'),
  closesOnNationalHolidays: fc.boolean(),
  week: fc
    .array(fc.tuple(fc.integer({ min: 1, max: 7 }), spans), { maxLength: 4 })
    .map((given) => [...new Map(given)].flatMap(([weekday, each]) => each.map((span) => ({ weekday, ...span })))),
  days: fc
    .array(
      fc.record({
        from: fc.constantFrom('2026-12-28', '2026-12-29'),
        to: fc.constantFrom('2026-12-30', '2027-01-03'),
        name: fc.constantFrom('', '年末年始'),
        span: fc.constantFrom(null, { opens: 600, closes: 900 }),
      }),
      { maxLength: 2 },
    )
    .map(daysOf),
})

/** Something a page saves; what does not fit is refused and leaves nothing. */
export const save = fc.oneof(
  fc.record({
    what: fc.constant('bind' as const),
    of: fc.nat(2),
    target: fc.oneof(number, fc.constant('')),
    memo: name,
  }),
  fc.record({ what: fc.constant('add' as const), number, name }),
  fc.record({ what: fc.constant('edit' as const), of: number, number, name, isEnabled: fc.boolean() }),
  fc.record({ what: fc.constant('remove' as const), of: number, replacement: fc.oneof(number, fc.constant('')) }),
  fc.record({ what: fc.constant('add-group' as const), plan: aPlan }),
  fc.record({ what: fc.constant('save-group' as const), of: number, plan: aPlan }),
  fc.record({
    what: fc.constant('hours' as const),
    of: fc.nat(2),
    calendar: fc.nat(2),
    closed: fc.record({ kind: fc.constantFrom(...onwardKinds), number }),
  }),
  fc.record({
    what: fc.constant('absence' as const),
    of: fc.uniqueArray(fc.constantFrom('1001', '1002', '1003', '1004'), { minLength: 1, maxLength: 3 }),
    plan: fc.dictionary(fc.constantFrom(...absenceConditions), anOnward),
  }),
  fc.record({ what: fc.constant('add-calendar' as const), calendar: aCalendar }),
  fc.record({ what: fc.constant('save-calendar' as const), of: fc.nat(2), calendar: aCalendar }),
  fc.record({ what: fc.constant('remove-calendar' as const), of: fc.nat(2) }),
  fc.record({ what: fc.constant('override' as const), of: fc.nat(2), isOpen: fc.option(fc.boolean()) }),
)
type Save = typeof save extends fc.Arbitrary<infer T> ? T : never

export async function idOf({ tx }: LineContext, inside: string): Promise<string | undefined> {
  return (await tx.selectFrom('pbx.inside_number').where('number', '=', inside).select('id').executeTakeFirst())?.id
}

export async function doSave(ctx: LineContext, given: Save): Promise<number | undefined> {
  const outcome = await withSavepoint(
    ctx.tx,
    () => saved(ctx, given),
    (ended) => ended?.ok !== true,
  )
  return outcome?.ok ? outcome.value.changeId : undefined
}

export async function saved(ctx: LineContext, given: Save): Promise<Outcome<Changed<unknown>> | undefined> {
  if (given.what === 'absence')
    return saveAbsence(
      ctx,
      given.of.map((each) => ({ number: each, name: '' })),
      given.plan,
    )
  if (given.what === 'hours') return savedHours(ctx, given)
  if (given.what === 'add-calendar') return addCalendar(ctx, given.calendar)
  if (given.what === 'save-calendar' || given.what === 'remove-calendar' || given.what === 'override')
    return savedCalendar(ctx, given)
  if (given.what === 'bind') {
    const found = await numberAt(ctx, given.of)
    return setBindings(ctx, [{ id: found.id, target: given.target, memo: given.memo, version: found.version }])
  }
  if (given.what === 'add')
    return addExtensions(ctx, { numbers: [given.number], name: given.name, kana: '', ringSeconds: 20 })
  if (given.what === 'add-group') return addCallGroup(ctx, given.plan)
  const id = await idOf(ctx, given.of)
  const [extension, group] = id ? [await findExtension(ctx, id), await findCallGroup(ctx, id)] : []
  if (given.what === 'edit' && extension)
    return editExtension(ctx, extension, {
      ...extension,
      number: given.number,
      name: given.name,
      isEnabled: given.isEnabled,
    })
  if (given.what === 'save-group' && group)
    return saveCallGroup(ctx, group, { plan: given.plan, version: group.version })
  if (given.what !== 'remove' || !(extension ?? group)) return undefined
  const kind = extension ? 'extension' : 'group'
  return removeInside(ctx, { number: given.of, name: '', kind }, given.replacement)
}

async function numberAt(ctx: LineContext, place: number): Promise<ExternalNumber> {
  const [row] = await ctx.tx
    .selectFrom('pbx.external_number')
    .select('id')
    .orderBy('number')
    .offset(place)
    .limit(1)
    .execute()
  const found = await findNumber(ctx, row?.id ?? '')
  assert(found)
  return found
}

async function calendarAt(ctx: LineContext, place: number): Promise<Calendar | undefined> {
  const rows = await ctx.tx.selectFrom('pbx.calendar').select('id').orderBy('name').orderBy('id').execute()
  const id = rows[place]?.id
  return id === undefined ? undefined : findCalendar(ctx, id)
}

async function savedHours(
  ctx: LineContext,
  given: Extract<Save, { what: 'hours' }>,
): Promise<Outcome<Changed<unknown>> | undefined> {
  const { id, version, target, memo } = await numberAt(ctx, given.of)
  const calendar = await calendarAt(ctx, given.calendar)
  const { kind } = given.closed
  const closed = kind === 'outside' ? { kind, number: '03-1234-5678' } : given.closed
  const hours = { calendarId: calendar?.id ?? null, closed }
  return setBindings(ctx, [{ id, version, memo, target: target?.number ?? '', hours }])
}

async function savedCalendar(
  ctx: LineContext,
  given: Extract<Save, { what: 'save-calendar' | 'remove-calendar' | 'override' }>,
): Promise<Outcome<Changed<unknown>> | undefined> {
  const calendar = await calendarAt(ctx, given.of)
  if (!calendar) return undefined
  const { version } = calendar
  if (given.what === 'remove-calendar') return removeCalendar(ctx, calendar)
  if (given.what === 'save-calendar') return saveCalendar(ctx, calendar, { plan: given.calendar, version })
  const override = given.isOpen === null ? null : { isOpen: given.isOpen, until: later(ctx.now, 6 * hoursLong) }
  return overrideCalendar(ctx, calendar, { override, version })
}
