import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import { signIn } from '#test/make.ts'
import { browserWith, moreForm, openOrderWorld } from '#test/order-world.ts'
import { shownAgain } from '#test/ticket-world.ts'
import { paths } from '../paths.ts'

const world = await openOrderWorld()
after(() => world[Symbol.asyncDispose]())
const { portal, forms, check, ask } = world
const confirm = paths.confirmOrderForm({ service: world.service, form: 'more' })

test('a form is filled in, checked and sent; the request shows it in the words of the form, in both languages', async () => {
  const user = await world.userWith({ level: 'edit', name: '佐藤 花子' })
  const browser = await signIn(portal, user)
  const page = await browser.get(`${forms.more}?contract=${world.contractId}`)
  assert.match(page.body, /value="N150000042"/)
  assert.match(page.body, /追加します。/)
  assert.equal((await check(browser)).location, confirm)
  const shown = (await browser.get(confirm)).body
  assert.match(shown, /まだ申し込まれていません。/)
  for (const said of ['N150000042', 'レンタル', '留守番電話', '連番を希望します。']) assert(shown.includes(said), said)
  const asked = await browser.post(confirm)
  assert.match(asked.location, /^\/requests\//)
  const request = (await browser.get(asked.location)).body
  assert.match(request, /申し込みました。申請番号はR\d{7}です。/)
  for (const said of ['申込済み', 'レンタル', '佐藤 花子', '通信事業者の受付を待っています'])
    assert(request.includes(said), said)
  await browser.get(`${asked.location}?lang=en`)
  const english = (await browser.get(asked.location)).body
  for (const said of ['More extensions', 'Rented', 'Voicemail', 'It waits for the operator'])
    assert(english.includes(said), said)
  const [mail] = await portal.mailsTo(user.mail).then((mails) => mails.slice(-1))
  assert.match(mail?.subject ?? '', /^【申込の受付】内線番号の追加（R\d{7}）$/)
  assert.match(mail?.text ?? '', /電話機: レンタル\n付加サービス: 留守番電話/)
  // What was sent is no draft any more.
  assert.equal((await browser.get(confirm)).location, forms.more)
  assert.doesNotMatch((await browser.get(forms.more)).body, /入力していた内容を復元しました/)
})

test('all that is wrong is said at once, at its field, with what was typed; nothing is asked for', async () => {
  const browser = await browserWith(world, { level: 'edit' })
  const again = shownAgain(
    await check(browser, {
      contract: 'N1',
      wished: 'soon',
      'a.count': '51',
      'a.phones': '',
      'a.extras.fax': 'on',
      'a.extras.recording': 'on',
    }),
  )
  for (const sentence of [
    'ご契約番号が見つかりません。',
    'ご希望日は2026-12-01の形式で入力してください。',
    '追加する数は50以下で入力してください。',
    '電話機が選択されていません。',
    '付加サービスは2つまで選択できます。',
  ])
    assert(again.includes(sentence), sentence)
  assert.match(again, /入力内容に問題が5件あります/)
  assert.match(again, /href="#field-a\.count"/)
  assert.match(again, /name="a\.count"[^>]*aria-invalid="true"|aria-invalid="true"[^>]*name="a\.count"/)
  assert(again.includes('value="51"') && again.includes('連番を希望します。'))
  assert.equal((again.match(/name="a\.extras\.\w+"[^>]*checked/g) ?? []).length, 3)
  await browser.get(`${forms.more}?lang=en`)
  assert.match(shownAgain(await check(browser, { 'a.count': 'x' })), /How many is a number such as 10\./)
  assert.equal((await browser.get(confirm)).status, 303)
})

test('whatever is sent, it is no fault of ours', async () => {
  const browser = await browserWith(world, { level: 'edit' })
  const hostile = [
    '<script>alert(1)</script>',
    'x'.repeat(15_000),
    '\u202e',
    "'; drop table contract; --",
    '９'.repeat(30),
    '-0',
    '2026-13-45',
  ]
  for (const value of hostile)
    for (const name of [
      'contract',
      'wished',
      'a.count',
      'a.phones',
      'a.extras.voicemail',
      'a.remarks',
      'from',
      'shown',
    ]) {
      const { status, body } = await check(browser, { [name]: value })
      assert([303, 422].includes(status), `${name} ${value.slice(0, 20)}: ${status}`)
      assert(!body.includes('<script>alert'))
    }
  for (const name of ['a', 'b.count', 'a.count.x.y', 'a.__proto__', 'a.constructor', 'a.nothing']) {
    const { status } = await check(browser, { [name]: '1' })
    assert([303, 400, 422].includes(status), `${name}: ${status}`)
  }
})

test('a draft is kept by its button, found again, and discarded', async () => {
  const user = await world.userWith({ level: 'edit' })
  const browser = await signIn(portal, user)
  // Half of it, and not yet right.
  const kept = await browser.post(forms.more, {
    contract: 'N15',
    'a.count': 'many',
    'a.extras.fax': 'on',
    step: 'keep',
  })
  assert.deepEqual([kept.status, kept.location], [303, forms.more])
  assert.match((await browser.get(forms.more)).body, /下書きを保存しました。/)
  const elsewhere = await signIn(portal, user)
  const found = (await elsewhere.get(forms.more)).body
  assert.match(found, /value="many"/)
  assert.match(found, /name="a\.extras\.fax"[^>]*checked/)
  // It stands for another contract than the one from whose page somebody comes.
  assert.match(
    (await elsewhere.get(`${forms.more}?contract=${world.contractId}`)).body,
    /下書きのご契約番号はN15です。/,
  )
  assert.equal((await elsewhere.post(forms.more, { step: 'discard' })).location, forms.more)
  assert.doesNotMatch((await browser.get(forms.more)).body, /value="many"/)
  // Another user has none of it.
  await browser.post(forms.more, { contract: 'SECRET', step: 'keep' })
  assert.doesNotMatch((await (await browserWith(world, { level: 'edit' })).get(forms.more)).body, /SECRET/)
})

test('answers are judged by the form that was shown: one that was changed is shown again with the answers', async () => {
  const browser = await browserWith(world, { level: 'edit' })
  const page = (await browser.get(forms.more)).body
  const shown = /name="shown" value="([^"]+)"/.exec(page)?.[1] ?? ''
  const extended = {
    ...moreForm,
    fields: [
      ...moreForm.fields,
      { code: 'floor', label: { ja: '階', en: 'Floor' }, type: 'text' as const, required: true },
    ],
  }
  try {
    await world.setForms([extended])
    const again = shownAgain(await check(browser, { shown }))
    assert.match(again, /フォームが変更されました。/)
    assert(again.includes('name="a.floor"') && again.includes('value="3"') && again.includes('連番を希望します。'))
    // Nor is one sent that was changed after it was checked.
    assert.equal((await check(browser, { 'a.floor': '3' })).location, confirm)
    const checked = (await browser.get(confirm)).body
    const confirmed = /name="shown" value="([^"]+)"/.exec(checked)?.[1] ?? ''
    await world.setForms([moreForm])
    const sent = await browser.post(confirm, { shown: confirmed }, { from: forms.more })
    assert.deepEqual([sent.status, sent.location], [303, forms.more])
    assert.match((await browser.get(forms.more)).body, /フォームが変更されました。[\s\S]*value="3"/)
  } finally {
    await world.setForms([moreForm])
  }
})

test('who may not edit is told so, who does not see the service finds nothing, and nobody gets past the form', async () => {
  const viewer = await browserWith(world, { level: 'view' })
  assert.match((await viewer.get(`${forms.more}?contract=${world.contractId}`)).body, /編集の権限が必要です/)
  assert.match(shownAgain(await check(viewer)), /このご契約について申し込むには編集の権限が必要です。/)
  const editor = await browserWith(world, { level: 'edit' })
  // Of a contract of the same service that this user does not see, no word.
  assert.match(shownAgain(await check(editor, { contract: 'N150000043' })), /ご契約番号が見つかりません。/)
  const stranger = await browserWith(world)
  const other = await signIn(portal, await world.make.user())
  for (const browser of [stranger, other])
    for (const path of [forms.more, confirm, forms.new]) assert.equal((await browser.get(path)).status, 404)
  assert.equal((await editor.get(paths.orderForm({ service: world.service, form: 'none' }))).status, 404)
  assert.equal((await editor.get(`${forms.more}?contract=${world.serviceId}`)).status, 404)
  const nobody = await portal.browser().send(forms.more, { step: 'check' })
  assert.match(nobody.location, /^\/login/)
  // A right that was lost between the check and the sending.
  const user = await world.userWith({ level: 'edit' })
  const loser = await signIn(portal, user)
  await check(loser)
  const page = await loser.get(confirm)
  assert.equal(page.status, 200)
  await world.database.operator.transaction((tx) =>
    tx.deleteFrom('user_group_member').where('user_id', '=', user.id).execute(),
  )
  assert.equal((await loser.send(confirm, { shown: 'x' })).status, 404)
})

test('a new contract is asked for by whoever may edit the whole service', async () => {
  await world.setForms([moreForm, { ...moreForm, code: 'new', kind: 'new' }])
  const single = await browserWith(world, { level: 'edit' })
  assert.match((await single.get(forms.new)).body, /サービス全体の編集の権限が必要です。/)
  const whole = await browserWith(world, { level: 'edit', isForService: true })
  const page = (await whole.get(forms.new)).body
  assert.doesNotMatch(page, /name="contract"/)
  const checked = await whole.post(forms.new, { ...world.filled, contract: '', step: 'check' })
  assert.match(checked.location, /\/new\/confirm$/)
  const asked = await whole.post(checked.location)
  assert.match((await whole.get(asked.location)).body, /<dd>新規<\/dd>/)
})

test('a wished day is far enough ahead', async () => {
  const browser = await browserWith(world, { level: 'edit' })
  const dayIn = (n: number): string =>
    new Date(portal.program.now().getTime() + (n * 24 + 9) * 3_600_000).toISOString().slice(0, 10)
  const again = shownAgain(await check(browser, { wished: dayIn(4) }))
  assert(again.includes(`ご希望日には、${dayIn(5)}以降の日を入力してください。`))
  const id = await ask(browser, { wished: dayIn(5) })
  assert((await browser.get(paths.request({ id }))).body.includes(`datetime="${dayIn(5)}"`))
})

test('nobody asks without end', async () => {
  const user = await world.userWith({ level: 'edit' })
  const browser = await signIn(portal, user)
  const id = await ask(browser)
  await world.database.operator.transaction(async (tx) => {
    const row = await tx.selectFrom('order_request').where('id', '=', id).selectAll().executeTakeFirstOrThrow()
    const { code, form, answers } = row
    for (let at = 1; at < 20; at++)
      await tx
        .insertInto('order_request')
        .values({
          ...row,
          id: randomUUID(),
          code: `${code}-${at}`,
          form: JSON.stringify(form),
          answers: JSON.stringify(answers),
        })
        .execute()
  })
  await check(browser)
  assert.match(shownAgain(await browser.post(confirm)), /1時間に20件まで/)
  portal.advance(3_600_001)
  const later = await signIn(portal, user)
  assert.match((await later.post(confirm)).location, /^\/requests\//)
})

test('the links stand where the service and the contract are', async () => {
  await world.setForms([moreForm, { ...moreForm, code: 'new', kind: 'new' }])
  const browser = await browserWith(world, { level: 'edit' })
  const service = (await browser.get(paths.service({ code: world.service }))).body
  assert(service.includes(`href="${forms.more}"`) && service.includes(`href="${forms.new}"`))
  const contract = (await browser.get(paths.contract({ id: world.contractId }))).body
  assert(contract.includes(`href="${forms.more}?contract=${world.contractId}"`) && !contract.includes(forms.new))
  const viewer = await browserWith(world, { level: 'view' })
  assert(!(await viewer.get(paths.contract({ id: world.contractId }))).body.includes(forms.more))
})
