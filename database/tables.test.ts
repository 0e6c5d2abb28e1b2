import { test } from 'node:test'
import { testDatabase } from '#test/database.ts'
import { generateTables } from './generate-tables.ts'

// WRITE_TABLES=1 npm test -- database/tables.test.ts writes the file anew.
const verify = process.env.WRITE_TABLES === undefined

test('the row types are those of the migrations', async () => {
  await using database = await testDatabase()
  await generateTables(database.ownerConfig, { verify })
})
