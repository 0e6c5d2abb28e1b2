import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { testDatabase } from '#test/database.ts'
import { makerOf, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { paths } from '../paths.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
after(() => database[Symbol.asyncDispose]())

test('an order says when each step is, what there is to know of it, and what to know at the opening', async () => {
  const user = await make.user()
  const { customerId } = user
  const contractId = await make.contract({ customerId, serviceId: await make.service() })
  await make.group({ customerId, members: [user.id], rights: [{ contractId, level: 'view' }] })
  const id = await make.order({ customerId, contractId })
  await database.operator.transaction(async (tx) => {
    const step = { customer_id: customerId, order_id: id }
    await tx
      .insertInto('contract_order_step')
      .values([
        { ...step, state: 'surveying', day: '2026-10-20' },
        {
          ...step,
          state: 'ready',
          day: '2027-01-12',
          note_ja: '午前に\n訪問します。',
          note_en: 'We come in the morning.',
        },
      ])
      .execute()
    await tx.updateTable('contract_order').set({ opening_ja: '管理番号：<b>7</b>' }).where('id', '=', id).execute()
  })
  const browser = await signIn(portal, user)
  const japanese = (await browser.get(paths.order({ id }))).body
  assert.match(japanese, /設備や回線の状況を調べます。 <time class="number" datetime="2026-10-20">/)
  assert.match(japanese, /予定 <time class="number" datetime="2027-01-12">[\s\S]*午前に\n訪問します。/)
  // What the operator writes is text.
  assert(japanese.includes('管理番号：&lt;b>7'), 'the opening is text')
  await browser.get(`${paths.order({ id })}?lang=en`)
  const english = (await browser.get(paths.order({ id }))).body
  assert.match(english, /Planned <time class="number" datetime="2027-01-12">[\s\S]*We come in the morning\./)
  assert.match(english, /This text is only available in Japanese\.<\/p><p class="told" lang="ja">管理番号/)
  const stranger = await signIn(portal, await make.user({ customerId }))
  assert.equal((await stranger.get(paths.order({ id }))).status, 404)
})
