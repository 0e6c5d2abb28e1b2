import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import { findCallGroup } from '#features/call-groups/call-group.ts'
import { type GroupPlan, makeGroup, saveCallGroup } from '#features/call-groups/save.ts'
import { whoRings } from '#features/call-routing/who-rings.ts'
import { editExtension } from '#features/extensions/edit.ts'
import { findExtension } from '#features/extensions/extension.ts'
import { setBindings } from '#features/numbers/set-bindings.ts'
import { findFindings } from '#features/line-checks/find.ts'
import type { LineContext } from '#features/lines/open.ts'
import type { Outcome } from '#platform/outcome.ts'
import { withSavepoint } from '#platform/database/database.ts'
import { testDatabase } from '#test/database.ts'
import { inLine, makeLine } from '#test/line.ts'
import { runs } from '#test/many-runs.ts'
import { beginning, doSave, idOf, save, saved } from '#test/random-saves.ts'
import { tryChange } from './change.ts'
import { findLineChange, undoChange } from './undo.ts'

const database = await testDatabase()
after(() => database[Symbol.asyncDispose]())

const relations = [
  'inside_number',
  'external_number',
  'extension',
  'call_group',
  'call_group_member',
  'forward',
  'calendar',
  'calendar_slot',
  'calendar_day',
] as const

/** Every setting as text; how often rows were written is none. */
async function stateOf({ tx }: LineContext): Promise<string[]> {
  const states = []
  for (const relation of relations) {
    const { rows } = await sql<{
      row: string
    }>`select (to_jsonb(t) - 'version')::text as row from ${sql.table(`pbx.${relation}`)} t order by 1`.execute(tx)
    states.push(...rows.map(({ row }) => `${relation} ${row}`))
  }
  const { rows } = await sql<{
    row: string
  }>`select extensions || ' ' || call_groups || ' ' || attention as row from pbx.line`.execute(tx)
  return [...states, ...rows.map(({ row }) => row)]
}

test('what a series of saves has done is undone in reverse, to the letter', async () => {
  const line = await makeLine(database, beginning())
  let undone = 0
  await fc.assert(
    fc.asyncProperty(fc.array(save, { minLength: 1, maxLength: 12 }), (saves) =>
      inLine(database, line, async (ctx) => {
        // Counts what the settings check finds, as every change does.
        const before = await stateOf(ctx)
        const changes: number[] = []
        for (const each of saves) {
          const id = await doSave(ctx, each)
          if (id !== undefined) changes.push(id)
        }
        for (const id of changes.toReversed()) {
          const change = await findLineChange(ctx, id)
          assert.equal(change?.undoable, 'yes')
          const back = await undoChange(ctx, id)
          assert(back.ok, JSON.stringify(back))
          undone++
        }
        assert.deepEqual((await stateOf(ctx)).slice(0, -1), before.slice(0, -1))
      }),
    ),
    { numRuns: runs({ usual: 60, many: 3000 }) },
  )
  assert(undone > 60, `${undone} changes were undone`)
})

test('an undo that would lose what somebody has saved since is refused, and shows it', async () => {
  const line = await makeLine(database, beginning())
  await inLine(database, line, async (ctx) => {
    const first = await doSave(ctx, { what: 'bind', of: 2, target: '1001', memo: '' })
    await doSave(ctx, { what: 'bind', of: 2, target: '1002', memo: '' })
    assert(first)
    const change = await findLineChange(ctx, first)
    assert.equal(change?.undoable, 'changed-since')
    assert.deepEqual(
      change.differences.map(({ relation, now }) => [relation, now?.['target']]),
      [['external_number', '1002']],
    )
    assert.deepEqual(await undoChange(ctx, first), { ok: false, problem: 'changed-since', keep: false })
    // Another field of the same row is no hindrance.
    const memo = await doSave(ctx, { what: 'bind', of: 1, target: '1001', memo: '佐藤' })
    await doSave(ctx, { what: 'bind', of: 1, target: '1002', memo: '佐藤' })
    assert(memo && (await undoChange(ctx, memo)).ok)
    assert.equal((await undoChange(ctx, memo)).ok, false)
  })
})

test('what was added is not removed while something new depends on it', async () => {
  const line = await makeLine(database, beginning())
  await inLine(database, line, async (ctx) => {
    const added = await doSave(ctx, { what: 'add', number: '1005', name: '' })
    await doSave(ctx, { what: 'bind', of: 2, target: '1005', memo: '' })
    assert(added)
    const back = await withSavepoint(
      ctx.tx,
      () => undoChange(ctx, added),
      () => true,
    )
    assert.equal(back.ok ? '' : back.problem, 'still-used')
  })
})

test('what was removed does not come back while what it leads to is gone', async () => {
  const line = await makeLine(database, beginning())
  await inLine(database, line, async (ctx) => {
    const removed = await doSave(ctx, { what: 'remove', of: '6001', replacement: '' })
    assert(removed)
    assert(await doSave(ctx, { what: 'remove', of: '6000', replacement: '1001' }))
    const back = await withSavepoint(
      ctx.tx,
      () => undoChange(ctx, removed),
      () => true,
    )
    assert.equal(back.ok ? '' : back.problem, 'gone-since')
  })
})

test('a try leaves nothing, and a save that changes nothing is no change', async () => {
  const line = await makeLine(database, beginning())
  await inLine(database, line, async (ctx) => {
    const before = await stateOf(ctx)
    const wanted: GroupPlan = {
      number: '6002',
      name: '試行',
      kind: 'sequential',
      ringSeconds: 15,
      afterwards: { kind: 'inside', number: '6000' },
      members: [{ number: '1004', isPaused: false }],
    }
    const call = { called: '6002', at: ctx.now, busy: [], unreachable: [] }
    const seen = await tryChange(
      ctx,
      (changing) => makeGroup(changing, wanted),
      (changing) => whoRings(changing, call),
    )
    assert(seen.ok)
    assert.deepEqual(
      seen.value.rings.map((ring) => `${ring.number} ${ring.from}–${ring.to}`),
      ['1004 0–15', '1001 15–30', '1002 30–45', '1003 45–60'],
    )
    assert.deepEqual(await stateOf(ctx), before)
    const unchanged = await saved(ctx, { what: 'bind', of: 0, target: '6000', memo: '' })
    assert(unchanged?.ok && unchanged.value.changeId === undefined)
    assert.deepEqual(await ctx.tx.selectFrom('pbx.change').select('id').execute(), [])
  })
})

test('of two people who save the same number, group or order, the second is told', async () => {
  const line = await makeLine(database, beginning())
  const seen = await inLine(database, line, async (ctx) => ({
    group: await findCallGroup(ctx, (await idOf(ctx, '6000')) ?? ''),
    extension: await findExtension(ctx, (await idOf(ctx, '1001')) ?? ''),
    number: await ctx.tx.selectFrom('pbx.external_number').select('id').orderBy('number').executeTakeFirstOrThrow(),
  }))
  const { group, extension } = seen
  assert(group && extension)
  const plan = { ...group, members: group.members.toReversed() }
  const edits: ((ctx: LineContext) => Promise<Outcome<unknown>>)[] = [
    (ctx: LineContext) => saveCallGroup(ctx, group, { plan, version: group.version }),
    (ctx: LineContext) => editExtension(ctx, extension, { ...extension, name: crypto.randomUUID() }),
    (ctx: LineContext) =>
      setBindings(ctx, [{ id: seen.number.id, target: '1002', memo: crypto.randomUUID(), version: 1 }]),
  ]
  for (const edit of edits) {
    const both = await Promise.all([inLine(database, line, edit), inLine(database, line, edit)])
    assert.deepEqual(both.map((outcome) => (outcome.ok ? 'saved' : outcome.problem)).toSorted(), [
      'changed-meanwhile',
      'saved',
    ])
  }
})

/** When days off of the next year are not asked for yet. */
const spring = new Date('2026-05-01T00:00:00Z')

test('the count of findings is that of the settings check', async () => {
  const set = beginning()
  const [, toFirst, unset] = set.numbers ?? []
  const line = await makeLine(database, set)
  await inLine(database, line, async (ctx) => {
    const id = await idOf(ctx, '1001')
    const extension = await findExtension(ctx, id ?? '')
    assert(extension && (await editExtension(ctx, extension, { ...extension, isEnabled: false })).ok)
    assert(
      (
        await saved(ctx, {
          what: 'save-group',
          of: '6000',
          plan: {
            number: '6000',
            name: '輪',
            kind: 'even',
            ringSeconds: 15,
            afterwards: { kind: 'inside', number: '6001' },
            members: [],
          },
        })
      )?.ok,
    )
    const found = await findFindings({ ...ctx, now: spring }, { remarks: true })
    assert.deepEqual(
      found.map(({ kind, number: about }) => `${kind} ${about}`),
      [
        `number-without-target ${unset?.number}`,
        `number-to-disabled ${toFirst?.number}`,
        'group-without-phones 6000',
        'loop 6000',
        'extension-unreached 1002',
      ],
    )
    assert.deepEqual(found.find(({ kind }) => kind === 'loop')?.path, ['6000', '6001', '6000'])
    const { attention } = await ctx.tx.selectFrom('pbx.line').select('attention').executeTakeFirstOrThrow()
    assert.equal(attention, 4)
  })
})
