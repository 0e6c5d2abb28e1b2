import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { sql } from 'kysely'
import { minutes } from '#platform/time/duration.ts'
import { signIn } from '#test/make.ts'
import { browserWith, openOrderWorld } from '#test/order-world.ts'
import { formToken } from '#platform/web/form-token.ts'
import { testSecrets } from '#test/portal.ts'
import { asksForFactor, cookieOf } from '#test/sign-in.ts'
import { hiddenFields, type TestBrowser } from '#test/test-browser.ts'
import { shownAgain } from '#test/ticket-world.ts'
import { paths } from '../paths.ts'

const world = await openOrderWorld()
after(() => world[Symbol.asyncDispose]())
const { portal, ask, check, stateOf } = world
const confirm = paths.confirmOrderForm({ service: world.service, form: 'more' })
const administrator = { role: 'portal-administrator', level: 'view' } as const

test('where approval is needed and nobody can give it, it is said and nothing is asked for', async () => {
  await world.setApproval(true)
  const alone = await browserWith(world, { ...administrator, level: 'edit', name: '独り' })
  const again = shownAgain(await check(alone))
  assert.match(
    again,
    /承認できるポータル管理者がいません。N150000042を参照できる、ご自身以外のポータル管理者が必要です。/,
  )
  // An administrator who sees nothing of it is none who could.
  await browserWith(world, { role: 'portal-administrator' })
  const general = await browserWith(world, { level: 'edit' })
  await world.database.operator.transaction((tx) =>
    sql`update portal_user set state = 'suspended' where name = '独り'`.execute(tx),
  )
  assert.match(shownAgain(await check(general)), /承認できるポータル管理者がいません。/)
})

test('an administrator who sees it approves: who has asked is told, and it goes to the operator', async () => {
  await world.setApproval(true)
  const approver = await world.userWith({ ...administrator, name: '山田 太郎' })
  const user = await world.userWith({ level: 'edit', name: '佐藤 花子' })
  const browser = await signIn(portal, user)
  assert.equal((await check(browser)).location, confirm)
  assert.match((await browser.get(confirm)).body, /山田 太郎さん[\s\S]*申請する/)
  const id = await ask(browser)
  assert.equal(await stateOf(id), 'awaiting-approval')
  assert.match((await browser.get(paths.request({ id }))).body, /承認できるのは[^。]*山田 太郎さん/)
  const [toApprove] = (await portal.mailsTo(approver.mail)).slice(-1)
  assert.match(toApprove?.subject ?? '', /^【承認のお願い】内線番号の追加（R\d{7}）$/)
  assert.match(toApprove?.text ?? '', /申請した人：佐藤 花子\n[\s\S]*電話機: レンタル/)
  const decider = await signIn(portal, approver)
  assert.match((await decider.get(paths.administration)).body, /承認待ちの申請 \d件/)
  assert.match((await decider.get(`${paths.requests}?state=awaiting-approval`)).body, new RegExp(paths.request({ id })))
  const approved = await decider.post(paths.request({ id }), { deed: 'approve' })
  assert.deepEqual([approved.status, approved.location], [303, paths.request({ id })])
  assert.equal(await stateOf(id), 'sent')
  assert.match((await browser.get(paths.request({ id }))).body, /申込済み[\s\S]*山田 太郎/)
  const [told] = (await portal.mailsTo(user.mail)).slice(-1)
  assert.match(told?.subject ?? '', /^【承認】/)
  const history = (await decider.get(paths.changeHistory)).body
  assert(history.includes('申請の承認') && history.includes('申請・申し込み'))
})

test('a rejection says why, and the same is asked for again with the answers', async () => {
  await world.setApproval(true)
  const decider = await browserWith(world, administrator)
  const browser = await browserWith(world, { level: 'edit' })
  const id = await ask(browser, { 'a.count': '7' })
  assert.match(
    shownAgain(await decider.post(paths.request({ id }), { deed: 'reject' })),
    /却下の理由が入力されていません。/,
  )
  await decider.post(paths.request({ id }), { deed: 'reject', reason: '予算がありません。\n来期にしてください。' })
  const page = (await browser.get(paths.request({ id }))).body
  assert.match(page, /却下されました[\s\S]*予算がありません。\n来期にしてください。/)
  const again = /href="([^"]*from=[^"]*)"/.exec(page)?.[1] ?? assert.fail('a way to ask again')
  const form = (await browser.get(again)).body
  assert(form.includes('value="7"') && form.includes('value="N150000042"'))
  const checked = await browser.post(again, { ...world.filled, 'a.count': '4', step: 'check' })
  assert.equal(checked.location, confirm)
  const asked = await browser.post(confirm)
  assert.match((await browser.get(asked.location)).body, /元の申請[\s\S]*R\d{7}/)
  assert.match((await browser.get(paths.request({ id }))).body, /修正後の申請/)
  // Another's request is nobody's to go on with.
  const other = await browserWith(world, { level: 'edit' })
  assert.doesNotMatch((await other.get(again)).body, /value="7"/)
})

test('who has asked cannot approve, nor who is no administrator or does not see it; and each is told why', async () => {
  await world.setApproval(true)
  const decider = await browserWith(world, administrator)
  const asker = await browserWith(world, { ...administrator, level: 'edit' })
  const id = await ask(asker)
  const path = paths.request({ id })
  const own = (await asker.get(path)).body
  const [, others = '0'] = /承認待ちの申請 (\d+)件/.exec((await asker.get(paths.administration)).body) ?? []
  const [, all = '0'] = /承認待ちの申請 (\d+)件/.exec((await decider.get(paths.administration)).body) ?? []
  assert.equal(Number(all), Number(others) + 1)
  assert(!own.includes('value="approve"') && own.includes('value="withdraw"'))
  assert.match(
    shownAgain(await asker.post(path, { deed: 'approve' })),
    /申請した人以外の、対象を参照できるポータル管理者です。/,
  )
  const colleague = await browserWith(world, { level: 'edit' })
  // Their page has no such form, but who knows how, has its token.
  const token = formToken(testSecrets, cookieOf(colleague, 'session') ?? '', path)
  assert.match(shownAgain(await colleague.send(path, { token, deed: 'approve' })), /申請した人以外の/)
  assert.match(
    shownAgain(await colleague.send(path, { token, deed: 'withdraw' })),
    /取り下げられるのは、申請した人です。/,
  )
  const blind = await browserWith(world, { role: 'portal-administrator' })
  assert.equal((await blind.get(path)).status, 404)
  const other = await signIn(portal, await world.make.user({ role: 'portal-administrator' }))
  for (const browser of [blind, other]) assert.equal((await browser.send(path, { deed: 'approve' })).status, 404)
  assert.match((await portal.browser().send(path, { deed: 'approve' })).location, /^\/login/)
  assert.equal(await stateOf(id), 'awaiting-approval')
  assert.equal((await decider.post(path, { deed: 'approve' })).status, 303)
})

test('of two who decide at once one does it, and the other is told by whom it was decided', async () => {
  await world.setApproval(true)
  const [one, other] = [
    await signIn(portal, await world.userWith({ ...administrator, name: '先の人' })),
    await signIn(portal, await world.userWith({ ...administrator, name: '後の人' })),
  ]
  const browser = await browserWith(world, { level: 'edit' })
  for (let round = 0; round < 4; round++) {
    const path = paths.request({ id: await ask(browser) })
    const formFor = async (who: TestBrowser): Promise<Record<string, string>> =>
      hiddenFields((await who.get(path)).body, path)
    const [first, second, third] = [await formFor(one), await formFor(other), await formFor(browser)]
    const answers = await Promise.all([
      one.send(path, { ...first, deed: 'approve' }),
      other.send(path, { ...second, deed: 'reject', reason: '理由' }),
      browser.send(path, { ...third, deed: 'withdraw' }),
    ])
    const done = answers.filter(({ status }) => status === 303)
    const late = answers.filter(({ status }) => status === 422)
    // Whoever has asked can take back what was just approved.
    assert(done.length >= 1 && done.length + late.length === 3, answers.map(({ status }) => status).join())
    for (const { body } of late) assert.match(body, /この申請は[^。]*さんが(承認|却下|取り下げ)(し|ま)/)
  }
  const path = paths.request({ id: await ask(browser) })
  const opened = hiddenFields((await other.get(path)).body, path)
  await one.post(path, { deed: 'approve' })
  const late = shownAgain(await other.send(path, { ...opened, deed: 'reject', reason: '理由' }))
  assert.match(late, /この申請は[^。]*\d\d:\d\dに先の人さんが承認しました。/)
})

test('it is taken back by who has asked, until the operator has answered', async () => {
  await world.setApproval(false)
  const browser = await browserWith(world, { level: 'edit' })
  const id = await ask(browser)
  assert.equal(await stateOf(id), 'sent')
  assert.equal((await browser.post(paths.request({ id }), { deed: 'withdraw' })).status, 303)
  assert.equal(await stateOf(id), 'withdrawn')
  assert.match((await browser.get(paths.request({ id }))).body, /取り下げました。[\s\S]*修正してもう一度申し込む/)
})

test('whether approval is needed is set by an administrator with the second factor, and by nobody else', async () => {
  const user = await world.userWith(administrator)
  const browser = await signIn(portal, user)
  assert.equal((await browser.post(paths.approval, { approval: 'needed' })).location, paths.approval)
  assert.match((await browser.get(paths.approval)).body, /申請と承認の設定を変更しました。/)
  await browser.get(`${paths.approval}?lang=en`)
  assert.match((await browser.get(paths.approval)).body, /value="needed" checked/)
  // Who sets what is set already has changed nothing.
  const changes = async (): Promise<number> =>
    (await browser.get('/change-history')).body.split('申請と承認の設定の変更').length
  await browser.get(`${paths.approval}?lang=ja`)
  const before = await changes()
  assert.equal((await browser.post(paths.approval, { approval: 'needed' })).location, paths.approval)
  assert.equal(await changes(), before)
  // What others have set meanwhile is shown, and not overwritten.
  await browser.get(`${paths.approval}?lang=ja`)
  const page = (await browser.get(paths.approval)).body
  const { token = '', version = '' } = hiddenFields(page, paths.approval)
  const other = await signIn(portal, await world.userWith(administrator))
  await other.post(paths.approval, { approval: 'notNeeded' })
  const late = await browser.send(paths.approval, { token, version, approval: 'needed' })
  assert.match(
    /<section class="notice notice-trouble"[\s\S]*?<\/section>/.exec(shownAgain(late))?.[0] ?? '',
    /さんが[^。]*に変更しました（申請と承認の設定の変更）。/,
  )
  assert.match((await other.get(paths.approval)).body, /value="notNeeded" checked/)
  portal.advance(11 * minutes)
  assert(asksForFactor(await browser.post(paths.approval, { approval: 'needed' })))
  const general = await browserWith(world, { level: 'edit' })
  assert.equal((await general.get(paths.approval)).status, 403)
  assert.equal((await general.send(paths.approval, { approval: 'needed', version: '1' })).status, 403)
})
