import assert from 'node:assert/strict'
import { after, beforeEach, test } from 'node:test'
import { paths as consolePaths } from '#sites/console/paths.ts'
import { testDatabase } from '#test/database.ts'
import type { TestBrowser } from '#test/test-browser.ts'
import { paths } from '../paths.ts'
import { hours, minutes, seconds } from '#platform/time/duration.ts'
import { signIn } from '#test/make.ts'
import { asksForFactor, cookieName, isSignedIn } from '#test/sign-in.ts'
import { askToLook, codeFor, look, openViewingWorld, pathOf, viewerOf } from '#test/viewing.ts'

const database = await testDatabase()
const world = await openViewingWorld(database)
const { portal, make, admin, member, number } = world
const { looksNow, told } = world
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})
beforeEach(() => world.begin())

test('a member of staff looks as the user sees it, the customer’s histories say who, why and how long, and the user is not noted', async () => {
  await look(world.viewer, world.administrator, '故障の画面を確認するため')
  for (const path of ['/services', paths.users, paths.profile]) {
    const { status, body } = await world.viewer.portal.get(path)
    assert.equal(status, 200, path)
    assert(body.includes('通信事業者が確認中です（閲覧のみ）') && body.includes(number), path)
  }
  portal.advance(3 * minutes)
  const ended = await world.viewer.portal.post(paths.signOut, {}, { from: '/services' })
  assert.equal(ended.status, 303)
  assert(!(await looksNow()))
  const who = `試験通信（${number}）`
  assert.deepEqual(await told(), [`viewing-begun ${who} 故障の画面を確認するため`, `viewing-ended ${who} 3 signed-out`])
  const { rows } = await admin.query('select event, user_name from access_history where customer_id = $1 order by id', [
    world.administrator.customerId,
  ])
  assert.deepEqual(rows, [
    { event: 'viewing-begun', user_name: who },
    { event: 'viewing-ended', user_name: who },
  ])
  const { rows: user } = await admin.query('select last_sign_in_at from portal_user where id = $1', [
    world.administrator.id,
  ])
  assert.deepEqual(user, [{ last_sign_in_at: null }])
  const own = await signIn(portal, world.administrator)
  const page = await own.get(paths.viewings)
  for (const said of [number, '故障の画面を確認するため', '山田 太郎', '3分']) assert(page.body.includes(said), said)
  for (const path of [paths.changeHistory, paths.accessHistory])
    assert((await own.get(path)).body.includes(number), path)
})

test('without leave nobody looks; an administrator gives it for a time, which ends by itself', async () => {
  await admin.query(`update customer set viewing = default where id = $1`, [world.administrator.customerId])
  const page = consolePaths.viewUser({ customer: world.administrator.customerId, id: world.administrator.id })
  assert((await world.viewer.console.get(page)).body.includes('このお客様は画面の確認を許可していません。'))
  assert((await world.viewer.console.post(page, { reason: '電話でのお問い合わせ' })).body.includes('許可していません'))
  const own = await signIn(portal, world.administrator)
  assert.match((await own.get(paths.viewings)).body, /value="closed" checked/)
  assert.equal((await own.post(paths.viewings, { allowance: '8' })).location, paths.viewings)
  await look(world.viewer, world.administrator)
  portal.advance(8 * hours)
  assert(!(await looksNow()))
  world.viewer = await viewerOf(portal, member)
  assert((await world.viewer.console.get(page)).body.includes('許可していません'))
  assert(asksForFactor(await (await staleLogin()).post(paths.viewings, { allowance: 'always' })))
  const { rows } = await admin.query(`select viewing from customer where id = $1`, [world.administrator.customerId])
  assert.deepEqual(rows, [{ viewing: 'on-request' }])
})

async function staleLogin(): Promise<TestBrowser> {
  const browser = await signIn(portal, world.administrator)
  portal.advance(11 * minutes)
  return browser
}

test('general users neither see nor give the leave, and choices that are none are refused', async () => {
  const general = await signIn(portal, world.colleague)
  assert.equal((await general.get(paths.viewings)).status, 403)
  assert.equal((await general.send(paths.viewings, { allowance: 'always' })).status, 403)
  const own = await signIn(portal, world.administrator)
  assert((await own.post(paths.viewings, { allowance: '999' })).body.includes('error-summary'))
})

test('a code serves once, for a minute, in the browser that asked; shown again it ends the look', async () => {
  const stranger = portal.browser()
  const code = await codeFor(world.viewer, await askToLook(world.viewer, world.administrator))
  assert.equal((await stranger.get(code)).status, 200)
  assert(!(await isSignedIn(stranger)))
  await world.viewer.portal.get(code)
  assert(await looksNow())
  assert.equal((await stranger.get(code)).status, 200)
  assert(!(await looksNow()))
  portal.advance(1 * minutes)
  const late = await codeFor(world.viewer, await askToLook(world.viewer, world.administrator))
  portal.advance(61 * seconds)
  assert.equal((await world.viewer.portal.get(late)).status, 200)
  assert(!(await looksNow()))
})

test('another look of the same member ends the first, and one of another member is not begun by this one', async () => {
  await look(world.viewer, world.administrator)
  const first = world.viewer.portal.cookies.get(cookieName('session')) ?? ''
  await look(world.viewer, world.colleague)
  assert((await world.viewer.portal.get(paths.profile)).body.includes('佐藤 花子'))
  const old = portal.browser()
  old.cookies.set(cookieName('session'), first)
  assert(!(await isSignedIn(old)))
  const other = await viewerOf(portal, await make.staff({ roles: ['support'] }))
  const link = await askToLook(world.viewer, world.administrator)
  const toConsole = await other.portal.get(link)
  assert.equal((await other.console.get(pathOf(toConsole.location))).status, 200)
  assert.equal((await world.viewer.console.get(`${consolePaths.signOnToPortal}?viewing=x&challenge=y`)).status, 200)
})

test('to begin takes the second factor of the last ten minutes', async () => {
  const link = await askToLook(world.viewer, world.administrator)
  const toConsole = await world.viewer.portal.get(link)
  portal.advance(10 * minutes)
  assert.equal((await world.viewer.console.get(pathOf(toConsole.location))).status, 200)
  assert(!(await looksNow()))
})

test('a look is no login of the user: no list, count or end of logins has it', async () => {
  await look(world.viewer, world.administrator)
  const own = await signIn(portal, world.administrator)
  const { body } = await own.get(paths.openSessions)
  assert.equal(body.match(/<tr/g)?.length, 2, 'its head, and the one login')
  const { body: console } = await world.viewer.console.get(
    consolePaths.user({ customer: world.administrator.customerId, id: world.administrator.id }),
  )
  assert.match(console, /ログイン中のブラウザ<\/dt><dd>1</)
})

test('the pages speak English', async () => {
  const english = () => portal.browser({ language: 'en' })
  const own = await signIn(portal, world.administrator, english())
  assert((await own.get(paths.viewings)).body.includes('The operator looks at your screens'))
  const viewer = { ...world.viewer, portal: english() }
  await look(viewer, world.administrator)
  assert((await viewer.portal.get('/services')).body.includes('The operator is looking'))
})
