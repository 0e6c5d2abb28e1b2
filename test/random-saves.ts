import assert from 'node:assert/strict'
import fc from 'fast-check'
import { findCallGroup } from '#features/call-groups/call-group.ts'
import { addCallGroup, type GroupPlan, saveCallGroup } from '#features/call-groups/save.ts'
import { addExtensions } from '#features/extensions/add.ts'
import { editExtension } from '#features/extensions/edit.ts'
import { findExtension } from '#features/extensions/extension.ts'
import { removeInside } from '#features/inside-numbers/remove.ts'
import { findNumber } from '#features/numbers/number.ts'
import { setBindings } from '#features/numbers/set-bindings.ts'
import type { LineContext } from '#features/lines/open.ts'
import { withSavepoint } from '#platform/database/database.ts'
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
  forwards: [{ extension: '1002', condition: 'busy', to: { inside: '1003' } }],
  numbers: [
    { number: `030000${1000 + ++made}`, target: '6000' },
    { number: `030000${2000 + made}`, target: '1001' },
    { number: `030000${3000 + made}` },
  ],
})

const number = fc.constantFrom('1001', '1002', '1003', '1004', '1005', '1006', '2001', '6000', '6001', '6002')
const name = fc.constantFrom('山田 太郎', '佐藤', '')
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
  if (given.what === 'bind') {
    const [row] = await ctx.tx
      .selectFrom('pbx.external_number')
      .select('id')
      .orderBy('number')
      .offset(given.of)
      .limit(1)
      .execute()
    const found = await findNumber(ctx, row?.id ?? '')
    assert(found)
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
