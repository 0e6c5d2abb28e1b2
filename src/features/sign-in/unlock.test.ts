import assert from 'node:assert/strict'
import { after as afterAll, test } from 'node:test'
import { enterFence } from '#features/sessions/fence.ts'
import type { Database } from '#platform/database/database.ts'
import { minutes, after } from '#platform/time/duration.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { enterCode, enterPassword, historyOf, isSignedIn, totpNow } from '#test/sign-in.ts'
import { unlockUser } from './unlock.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
afterAll(() => database[Symbol.asyncDispose]())

const { secrets, log } = portal.program

// An administrator of the customer in the portal, and the operator at the command line.
for (const [who, role] of [
  ['the portal', database.app],
  ['the command line', database.operator],
] as const) {
  test(`whom ${who} unlocks logs in at once, from any browser`, async () => {
    const user = await make.user({ secondFactor: 'totp' })
    await failToLogIn(user)
    await useUpCodes(user)
    assert.equal(await unlock(role, user), true)
    const { browser } = await enterPassword(portal, user)
    await enterCode(browser, totpNow(portal))
    assert.ok(await isSignedIn(browser))
    assert.deepEqual((await historyOf(database, user)).slice(-2), ['unlocked', 'sign-in'])
  })
}

test('codes that are used up are given back without any lock', async () => {
  const user = await make.user({ secondFactor: 'totp' })
  await useUpCodes(user)
  assert.equal(await unlock(database.app, user), true)
  assert.deepEqual(await historyOf(database, user), ['unlocked'])
})

test('who is not kept out is not noted, and starts with all tries again', async () => {
  const user = await make.user()
  await failToLogIn(user, 4)
  assert.equal(await unlock(database.app, user), false)
  await failToLogIn(user, 4)
  assert.equal((await enterPassword(portal, user)).answer.location, '/login/second-step')
  assert.equal((await historyOf(database, user)).includes('unlocked'), false)
})

test('nobody unlocks the user of another customer', async () => {
  const [user, stranger] = [await make.user(), await make.user()]
  await failToLogIn(user)
  await assert.rejects(unlock(database.app, { ...user, customerId: stranger.customerId }))
  await assert.rejects(unlock(database.app, user, stranger.customerId))
  assert.equal((await enterPassword(portal, user)).answer.status, 422)
})

async function unlock(
  role: Database,
  { customerId, id: userId }: MadeUser,
  fence: string = customerId,
): Promise<boolean> {
  return role.transaction(async (tx) => {
    await enterFence(tx, fence)
    return unlockUser({ tx, now: portal.program.now(), secrets, log }, { customerId, userId })
  })
}

/** Each try from a browser without any cookie. */
async function failToLogIn(user: MadeUser, times = 5): Promise<void> {
  for (let tries = 0; tries < times; tries++) await enterPassword(portal, user, { typed: 'a wrong password' })
}

async function useUpCodes({ customerId, id }: MadeUser): Promise<void> {
  const judged = Array.from({ length: 20 }, (_, index) => after(portal.program.now(), (index - 21) * minutes))
  await database.operator.transaction((tx) =>
    tx.insertInto('code_budget').values({ customer_id: customerId, user_id: id, judged }).execute(),
  )
}
