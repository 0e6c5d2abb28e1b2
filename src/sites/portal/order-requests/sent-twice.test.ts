import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { signIn } from '#test/make.ts'
import { openOrderWorld } from '#test/order-world.ts'
import { testPortal } from '#test/portal.ts'
import { hiddenFields } from '#test/test-browser.ts'
import { paths } from '../paths.ts'

const world = await openOrderWorld()
after(() => world[Symbol.asyncDispose]())
const { portal, check } = world
const confirm = paths.confirmOrderForm({ service: world.service, form: 'more' })

test('what is sent twice from one confirmation is asked for once, by two processes as well', async () => {
  const user = await world.userWith({ level: 'edit' })
  // In one process what a user asks for at once is done in turn.
  const another = await testPortal(world.database)
  const browsers = [await signIn(portal, user), await signIn(another, user)] as const
  await check(browsers[0])
  const shown = await Promise.all(browsers.map(async (each) => hiddenFields((await each.get(confirm)).body, confirm)))
  const asked = async (): Promise<number> =>
    new Set((await browsers[0].get(paths.requests)).body.match(/href="[/]requests[/][0-9a-f-]{36}"/g)).size
  const before = await asked()
  const answers = await Promise.all(browsers.map((each, at) => each.send(confirm, shown[at] ?? {})))
  assert(answers.every(({ status }) => status === 303))
  assert.equal(await asked(), before + 1)
})
