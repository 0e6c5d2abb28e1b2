import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Context } from '#features/actor.ts'
import { renewRecoveryCodes } from '#features/recovery-codes/renew.ts'
import { applyStaged } from '#features/user-groups/apply.ts'
import { changeGroupsOf } from '#features/user-groups/change-groups.ts'
import { removeGroup } from '#features/user-groups/remove.ts'
import { setMembership } from '#features/user-groups/set-membership.ts'
import { addUser } from '#features/users/add.ts'
import { changeMail } from '#features/users/change-mail.ts'
import { editUser } from '#features/users/edit.ts'
import { giveFactor, resetFactor } from '#features/users/factor.ts'
import { removeUser } from '#features/users/remove.ts'
import { removeEach, suspendEach } from '#features/users/selected.ts'
import { resumeUser, suspendUser } from '#features/users/suspend.ts'
import { testDatabase } from '#test/database.ts'
import { makerOf, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { asSignedIn } from '#test/sign-in.ts'
import { type Confirmed, confirmedFor, confirmedOf } from './context.ts'

/** Something that can be called with any context of an actor. */
type Plain = (ctx: Context, ...rest: never[]) => unknown

/** That these do not compile without the comments is what is tested. */
const critical: readonly Plain[] = [
  // @ts-expect-error -- it takes a confirmed context
  addUser,
  // @ts-expect-error -- it takes a confirmed context
  applyStaged,
  // @ts-expect-error -- it takes a confirmed context
  changeGroupsOf,
  // @ts-expect-error -- it takes a confirmed context
  changeMail,
  // @ts-expect-error -- it takes a confirmed context
  editUser,
  // @ts-expect-error -- it takes a confirmed context
  giveFactor,
  // @ts-expect-error -- it takes a confirmed context
  removeEach,
  // @ts-expect-error -- it takes a confirmed context
  removeGroup,
  // @ts-expect-error -- it takes a confirmed context
  removeUser,
  // @ts-expect-error -- it takes a confirmed context
  renewRecoveryCodes,
  // @ts-expect-error -- it takes a confirmed context
  resetFactor,
  // @ts-expect-error -- it takes a confirmed context
  resumeUser,
  // @ts-expect-error -- it takes a confirmed context
  setMembership,
  // @ts-expect-error -- it takes a confirmed context
  suspendEach,
  // @ts-expect-error -- it takes a confirmed context
  suspendUser,
]

// @ts-expect-error -- nobody but the platform has the symbol
const forge = (ctx: Context): Confirmed<Context> => ({ ...ctx })

const database = await testDatabase()
const portal = await testPortal(database)
const user = await makerOf(database).user()

test('a context is confirmed until ten minutes after the second factor was shown, and nothing else confirms one', async () => {
  assert.equal(critical.length, 15)
  const browser = await signIn(portal, user)
  const isConfirmed = (): Promise<boolean> =>
    asSignedIn(portal, browser, async (ctx) => {
      assert.deepEqual(Object.getOwnPropertySymbols(forge(ctx)), [])
      return confirmedOf(ctx) !== undefined
    })
  assert(await isConfirmed())
  portal.advance(confirmedFor - 1)
  assert(await isConfirmed())
  portal.advance(1)
  assert(!(await isConfirmed()))
  await database[Symbol.asyncDispose]()
})
