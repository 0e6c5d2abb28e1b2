import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { testDatabase } from '#test/database.ts'
import { makeLineImportWorld } from '#test/line-import-world.ts'
import { runs } from '#test/many-runs.ts'
import { randomSettings } from '#test/random-settings.ts'
import { paths } from '../paths.ts'

const database = await testDatabase()
const world = await makeLineImportWorld(database)
after(async () => {
  await world.admin.end()
  await database[Symbol.asyncDispose]()
})
const { admin, contract, editor, bring, state, write } = world

/** What people call things: with what a spreadsheet takes for formulas, quotes, commas and widths. */
const text = fc
  .array(fc.constantFrom('山田', ' ', '=1', '+', '-3', '@', "'", '"', ',', ';', '＝', 'ﾃｽ', 'é', '0', '（1）', '髙'), {
    maxLength: 5,
  })
  .map((parts) => parts.join('').trim())

const files = [
  ['importExtensions', 'extensionsCsv'],
  ['importNumbers', 'numbersCsv'],
  ['importCallGroups', 'callGroupsCsv'],
] as const

test('what the lists write comes in again and changes nothing, in both languages', async () => {
  await fc.assert(
    fc.asyncProperty(
      randomSettings,
      fc.array(text, { minLength: 12, maxLength: 12 }),
      fc.constantFrom('ja', 'en'),
      async (settings, texts, language) => {
        await write(settings)
        await rename(texts)
        await editor.settings.get(`${world.path}?lang=${language}`)
        const before = await state()
        for (const [kind, csv] of files) {
          // The mark at its beginning is no part of the text of an answer.
          const { body } = await editor.settings.get(paths[csv]({ contract }))
          const answer = await bring(kind, new TextEncoder().encode(`\uFEFF${body}`))
          assert.equal(answer.status, 303, answer.body)
          const tried = await editor.settings.get(answer.location)
          assert.match(tried.body, /追加・変更する行がありません。|No row adds or changes anything\./)
          assert.doesNotMatch(tried.body, /読み取りません|is not read/)
        }
        assert.equal(await state(), before)
      },
    ),
    { numRuns: runs({ usual: 12, many: 1000 }) },
  )
})

/** Past triggers, as `write` does. */
async function rename(texts: readonly string[]): Promise<void> {
  const client = await admin.connect()
  await client.query('set session_replication_role = replica')
  await client.query(
    `update pbx.extension set name = ($2::text[])[(number::int % 6) + 1], kana = ($2::text[])[(number::int % 6) + 7],
      caller_number = case number when '1002' then '0300000002' end, hides_caller = number = '1003' where contract_id = $1`,
    [contract, texts],
  )
  await client.query(
    `update pbx.external_number set memo = ($2::text[])[(right(number, 1))::int] where contract_id = $1`,
    [contract, texts],
  )
  await client.query(
    `update pbx.call_group set name = 'x' || ($2::text[])[(right(number, 1))::int + 1] where contract_id = $1`,
    [contract, texts],
  )
  await client.query('set session_replication_role = origin')
  client.release()
}
