import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { LineContext } from '#features/lines/open.ts'
import { testDatabase } from '#test/database.ts'
import { inLine, makeLine } from '#test/line.ts'
import { superuserOf } from '#test/superuser.ts'
import { editExtension, findCallerNumbers } from './edit.ts'
import { type Extension, findExtension } from './extension.ts'

const database = await testDatabase()
const admin = superuserOf(database)
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

async function only(ctx: LineContext): Promise<Extension> {
  const { id } = await ctx.tx.selectFrom('pbx.inside_number').select('id').executeTakeFirstOrThrow()
  return (await findExtension(ctx, id)) ?? assert.fail()
}

test('callers may be shown the numbers in use, and no other’s', async () => {
  const line = await makeLine(database, {
    extensions: [{ number: '1001' }],
    numbers: [{ number: '0300009001' }, { number: '0300009002', endedOn: '2020-01-01' }],
  })
  await makeLine(database, { numbers: [{ number: '0300009003' }] })
  await inLine(database, line, async (ctx) => {
    const extension = await only(ctx)
    assert.deepEqual(await findCallerNumbers(ctx, null), [{ number: '0300009001', hasEnded: false }])
    const shownAs = (callerNumber: string) => editExtension(ctx, extension, { ...extension, callerNumber })
    assert((await shownAs('0300009001')).ok)
    for (const other of ['0300009002', '0300009003'])
      assert.deepEqual(await shownAs(other), { ok: false, problem: 'unknown-caller-number', keep: false })
  })
})

test('a number that has ended since stays set until it is replaced', async () => {
  const line = await makeLine(database, { extensions: [{ number: '1001' }], numbers: [{ number: '0300009101' }] })
  await inLine(database, line, async (ctx) => {
    const extension = await only(ctx)
    assert((await editExtension(ctx, extension, { ...extension, callerNumber: '0300009101' })).ok)
  })
  await admin.query(`set session_replication_role = replica;
    update pbx.external_number set ended_on = '2020-01-01' where number = '0300009101'; set session_replication_role = origin`)
  await inLine(database, line, async (ctx) => {
    const extension = await only(ctx)
    assert.deepEqual(await findCallerNumbers(ctx, extension.callerNumber), [{ number: '0300009101', hasEnded: true }])
    assert((await editExtension(ctx, extension, { ...extension, name: '山田' })).ok)
    assert((await editExtension(ctx, await only(ctx), { ...(await only(ctx)), callerNumber: null })).ok)
    assert.deepEqual(await findCallerNumbers(ctx, null), [])
  })
})
