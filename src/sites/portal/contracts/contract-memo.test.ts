import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { superuserOf } from '#test/superuser.ts'
import { hiddenFields } from '#test/test-browser.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
after(() => database[Symbol.asyncDispose]())

const customerId = await make.customer()
const serviceId = await make.service({ name: 'クラウドPBX' })

interface Given {
  id: string
  path: string
}

async function contract(): Promise<Given> {
  const id = await make.contract({ customerId, serviceId })
  return { id, path: `/contracts/${id}/memo` }
}

async function userWith(level?: 'view' | 'edit', of = customerId): Promise<MadeUser> {
  const user = await make.user({ customerId: of })
  if (level) await make.group({ customerId: of, rights: [{ serviceId, level }], members: [user.id] })
  return user
}

function memoOf(id: string): Promise<string> {
  return database.operator.transaction(async (tx) => {
    const row = await tx.selectFrom('contract').where('id', '=', id).select('memo').executeTakeFirstOrThrow()
    return row.memo
  })
}

test('whoever may edit sets the memo, and the change is in the history', async () => {
  const { id, path } = await contract()
  const user = await userWith('edit')
  const browser = await signIn(portal, user)
  const saved = await browser.post(path, { memo: '  営業部 🏢  ' })
  assert.deepEqual([saved.status, saved.location], [303, `/contracts/${id}`])
  assert.equal(await memoOf(id), '営業部 🏢')
  const [change] = await database.operator.transaction((tx) =>
    tx.selectFrom('change_history').where('subject_id', '=', id).selectAll().execute(),
  )
  assert.equal(change?.actor_name, user.name)
  assert.deepEqual([change?.before, change?.after], [{ memo: '' }, { memo: '営業部 🏢' }])
})

test('saving leads back to the list it was opened from, and nowhere else', async () => {
  const { id, path } = await contract()
  const browser = await signIn(portal, await userWith('edit'))
  const back = encodeURIComponent('/contracts?q=%E6%9D%B1%E4%BA%AC')
  const own = await browser.post(`${path}?return=${back}`, { memo: 'a' }, { from: `${path}?return=${back}` })
  assert.equal(own.location, '/contracts?q=%E6%9D%B1%E4%BA%AC')
  const evil = `${path}?return=${encodeURIComponent('https://evil.example.net/')}`
  assert.equal((await browser.post(evil, { memo: 'b' }, { from: evil })).location, `/contracts/${id}`)
})

test('nobody else’s change is overwritten: both texts are shown, and the next press decides', async () => {
  const { id, path } = await contract()
  const [first, second] = [await userWith('edit'), await userWith('edit')]
  const [one, other] = [await signIn(portal, first), await signIn(portal, second)]
  const opened = hiddenFields((await one.get(path)).body, path)
  await other.post(path, { memo: '総務部' })
  const refused = await one.send(path, { ...opened, memo: '経理部' })
  assert.equal(refused.status, 422)
  assert.match(refused.body, new RegExp(`${second.name}さんが.*に変更しました（メモの変更）`))
  for (const text of ['総務部', '経理部', '編集を始めたとき']) assert(refused.body.includes(text), text)
  assert.match(refused.body, /value="経理部"/)
  assert.equal(await memoOf(id), '総務部')
  const again = await one.send(path, { ...hiddenFields(refused.body, path), memo: '経理部' })
  assert.equal(again.status, 303)
  assert.equal(await memoOf(id), '経理部')
})

test('of many who save at once, one does', async () => {
  const { id, path } = await contract()
  const browser = await signIn(portal, await userWith('edit'))
  const opened = hiddenFields((await browser.get(path)).body, path)
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, n) => browser.send(path, { ...opened, memo: `memo ${n}` })),
  )
  assert.equal(answers.filter(({ status }) => status === 303).length, 1)
  assert.equal(answers.filter(({ status }) => status === 422).length, 7)
  assert.match(await memoOf(id), /^memo \d$/)
})

test('nothing changed is nothing saved', async () => {
  const { id, path } = await contract()
  const browser = await signIn(portal, await userWith('edit'))
  assert.equal((await browser.post(path, { memo: '' })).location, `/contracts/${id}`)
  const changes = await database.operator.transaction((tx) =>
    tx.selectFrom('change_history').where('subject_id', '=', id).selectAll().execute(),
  )
  assert.deepEqual(changes, [])
})

test('a memo that is too long comes back with what is wrong with it', async () => {
  const { id, path } = await contract()
  const browser = await signIn(portal, await userWith('edit'))
  const answer = await browser.post(path, { memo: '長'.repeat(101) })
  assert.equal(answer.status, 422)
  assert.match(answer.body, /メモは100文字以内で入力してください。/)
  assert(answer.body.includes('長'.repeat(101)))
  assert.equal(await memoOf(id), '')
})

test('who may only see is told which right is missing; who may not see learns nothing', async () => {
  const { id, path } = await contract()
  const viewer = await signIn(portal, await userWith('view'))
  const editor = await signIn(portal, await userWith('edit'))
  const { location } = await viewer.get(path)
  assert.equal(location, `/contracts/${id}`)
  const fields = hiddenFields((await editor.get(path)).body, path)
  assert.equal((await viewer.send(path, { ...fields, memo: 'x' })).status, 303)
  const absent = `/contracts/${crypto.randomUUID()}/memo`
  const strangers = [await userWith(), await userWith('edit', await make.customer())]
  for (const stranger of strangers) {
    const browser = await signIn(portal, stranger)
    for (const tried of [path, absent, '/contracts/x/memo', "/contracts/'/memo"]) {
      assert.equal((await browser.get(tried)).status, 404, tried)
      assert.equal((await browser.send(tried, { ...fields, memo: 'x' })).status, 404, tried)
    }
  }
  assert.equal(await memoOf(id), '')
})

test('a right taken away while the form is open no longer saves', async () => {
  const { id, path } = await contract()
  const user = await userWith('edit')
  const browser = await signIn(portal, user)
  const opened = hiddenFields((await browser.get(path)).body, path)
  await takeAllGroups(user)
  assert.equal((await browser.send(path, { ...opened, memo: 'x' })).status, 404)
  assert.equal(await memoOf(id), '')
})

async function takeAllGroups({ id }: MadeUser): Promise<void> {
  const admin = superuserOf(database)
  await admin.query('delete from user_group_member where user_id = $1', [id])
  await admin.end()
}
