import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import { withSavepoint } from '#platform/database/database.ts'
import { testDatabase } from '#test/database.ts'
import { inLine, makeLine } from '#test/line.ts'
import { runs } from '#test/many-runs.ts'
import { beginning, doSave, save } from '#test/random-saves.ts'
import { undoChange } from './undo.ts'

const database = await testDatabase()
after(() => database[Symbol.asyncDispose]())

test('undone in whatever order, each change is taken back or refused, and nothing breaks', async () => {
  const line = await makeLine(database, beginning())
  let refused = 0
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(save, fc.nat()), { minLength: 2, maxLength: 12 }), (saves) =>
      inLine(database, line, async (ctx) => {
        const changes: [order: number, id: number][] = []
        for (const [each, order] of saves) {
          const id = await doSave(ctx, each)
          if (id !== undefined) changes.push([order, id])
        }
        for (const [, id] of changes.toSorted(([one], [other]) => one - other)) {
          const back = await withSavepoint(
            ctx.tx,
            () => undoChange(ctx, id),
            ({ ok }) => !ok,
          )
          if (!back.ok) refused++
        }
        await sql`set constraints all immediate`.execute(ctx.tx)
      }),
    ),
    { numRuns: runs({ usual: 60, many: 3000 }) },
  )
  assert(refused > 0, `${refused} were refused`)
})
