import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { asUser } from '#test/as-user.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf } from '#test/make.ts'
import { findPerson } from './person.ts'

const database = await testDatabase()
const make = makerOf(database)
after(() => database[Symbol.asyncDispose]())

test('nobody but an administrator looks at the rights of others, and nobody at those of another customer', async () => {
  const administrator = await make.user({ role: 'portal-administrator' })
  const general = await make.user({ customerId: administrator.customerId })
  const other = await make.user()
  const ask = (user: MadeUser, id: string): Promise<unknown> =>
    asUser(database, { user, now: new Date() }, (_tx, _actor, ctx) => findPerson(ctx, id))
  assert(await ask(administrator, general.id))
  assert(await ask(general, general.id))
  assert.equal(await ask(general, administrator.id), undefined)
  assert.equal(await ask(administrator, other.id), undefined)
})
