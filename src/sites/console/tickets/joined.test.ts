import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { paths as portalPaths } from '#sites/portal/paths.ts'
import { formToken } from '#platform/web/form-token.ts'
import { signIn } from '#test/make.ts'
import { testSecrets } from '#test/portal.ts'
import { cookieName } from '#test/sign-in.ts'
import { signInStaff } from '#test/staff.ts'
import { superuserOf } from '#test/superuser.ts'
import type { TestBrowser } from '#test/test-browser.ts'
import { openTicketWorld } from '#test/ticket-world.ts'
import { paths } from '../paths.ts'

const world = await openTicketWorld()
const admin = superuserOf(world.database)
const { portal, make, customerId, contractId } = world
after(async () => {
  await admin.end()
  await world[Symbol.asyncDispose]()
})

let customers: TestBrowser
let support: TestBrowser
let outage: string
let incident: string

before(async () => {
  customers = await world.browserWith('edit')
  support = await signInStaff(portal, await make.staff({ roles: ['support'] }))
  incident = await make.fault({ customerId, contractId })
  const made = await admin.query<{ id: string }>(
    `insert into outage (code, kind, title_ja, title_en, starts_at, affects, state, updated_at)
     values ($1, 'fault', '発信できない', 'No calls', now() - interval '1 hour', '{}', 'published', now()) returning id`,
    [randomUUID()],
  )
  outage = made.rows[0]?.id ?? ''
  await admin.query('update incident set outage_id = $1 where id = $2', [outage, incident])
})

/** From the link of the fault's page, as a customer asks about it. */
async function askAbout(browser: TestBrowser, fault: string): Promise<string> {
  const page = (await browser.get(portalPaths.incident({ id: fault }))).body
  const [, query = ''] = /href="\/tickets\/add\?([^"]*incident=[^"]*)"/.exec(page) ?? []
  const path = `${portalPaths.addTicket}?${query.replaceAll('&amp;', '&')}`
  const form = await browser.get(path)
  assert.match(form.body, /次の工事・故障についてのお問い合わせです/)
  assert.match(form.body, /value="故障です"/)
  return openAt(browser, path)
}

/** Answers the id of what was opened by the form at an address with a query, to which its token is not bound. */
async function openAt(browser: TestBrowser, path: string, fields: Record<string, string> = {}): Promise<string> {
  const token = formToken(testSecrets, browser.cookies.get(cookieName('session')) ?? '', portalPaths.addTicket)
  const opened = await browser.send(path, { ...world.filled, ...fields, token })
  assert.equal(opened.status, 303, opened.body)
  return opened.location.split('/').at(-1) ?? ''
}

test('who asks from the page of a fault finds the inquiry there, and the inquiry names the fault; nobody else does', async () => {
  const id = await askAbout(customers, incident)
  const page = (await customers.get(portalPaths.incident({ id: incident }))).body
  assert(page.includes('この工事・故障についてのお問い合わせ') && page.includes(portalPaths.ticket({ id })))
  assert((await customers.get(portalPaths.ticket({ id }))).body.includes(portalPaths.incident({ id: incident })))
  const foreign = await make.fault(await otherContract())
  assert.equal((await customers.get(`${portalPaths.addTicket}?incident=${foreign}`)).status, 404)
  const member = await make.user({ customerId })
  const stranger = await signIn(portal, member)
  assert.equal((await stranger.get(`${portalPaths.addTicket}?incident=${incident}`)).status, 404)
})

async function otherContract(): Promise<{ customerId: string; contractId: string }> {
  const other = await make.customer()
  return { customerId: other, contractId: await make.contract({ customerId: other, serviceId: world.serviceId }) }
}

test('staff join an inquiry to an outage and take it out again; the outage shows what is joined, and is found', async () => {
  const id = await world.open(customers)
  const { rows } = await admin.query<{ code: string }>('select code from outage where id = $1', [outage])
  const found = await support.get(`${paths.search}?q=${rows[0]?.code.slice(0, 8)}`)
  assert(found.body.includes(paths.outage({ id: outage })))
  const joining = paths.joinTicket({ id })
  assert.match((await support.get(joining)).body, /故障です/)
  assert.equal((await support.post(joining, { incident })).location, paths.ticket({ id }))
  assert((await support.get(paths.ticket({ id }))).body.includes(paths.outage({ id: outage })))
  assert((await support.get(paths.outage({ id: outage }))).body.includes(paths.ticket({ id })))
  const foreign = await make.fault(await otherContract())
  assert.match((await support.post(joining, { incident: foreign })).body, /結びつけられなくなりました/)
  const version = String((await world.versionOf(id)) - 1)
  assert.match((await support.post(joining, { incident: 'none', version })).body, /もう一度変更してください/)
  await support.post(joining, { incident: 'none' })
  const history = await admin.query<{ change: unknown; actor: string }>(
    `select json_build_array(before ->> 'incident', after ->> 'incident') as change, actor_name as actor from change_history where action = 'ticket-joined' and subject_id = $1 order by at, id`,
    [id],
  )
  const { code } =
    (await admin.query<{ code: string }>('select code from incident where id = $1', [incident])).rows[0] ?? {}
  assert.deepEqual(
    history.rows.map(({ change }) => change),
    [
      [null, code],
      [code, null],
    ],
  )
  assert(history.rows.every(({ actor }) => /（S-\d{4}）$/.test(actor)))
  assert(!(await support.get(paths.outage({ id: outage }))).body.includes(paths.ticket({ id })))
})

/** Somebody of another customer, who asks about that customer's copy of the outage. */
async function otherWhoAsks() {
  const theirs = await otherContract()
  const copy = await make.fault(theirs)
  await admin.query('update incident set outage_id = $1 where id = $2', [outage, copy])
  const user = await make.user({ customerId: theirs.customerId })
  const rights = [{ contractId: theirs.contractId, level: 'edit' as const }]
  await make.group({ customerId: theirs.customerId, rights, members: [user.id] })
  const number = (
    await admin.query<{ number: string }>('select number from contract where id = $1', [theirs.contractId])
  ).rows[0]?.number
  const browser = await signIn(portal, user)
  const theirTicket = await openAt(browser, `${portalPaths.addTicket}?incident=${copy}`, { contracts: number ?? '' })
  return { theirs, user, browser, theirTicket }
}

test('the words at the end reach all who have asked and whose inquiry is not closed, once, by mail too', async () => {
  const { theirs, user, browser, theirTicket } = await otherWhoAsks()
  const first = await askAbout(customers, incident)
  const closed = await askAbout(customers, incident)
  await customers.post(portalPaths.ticket({ id: closed }), { deed: 'solved', text: '' })
  const version = await world.versionOf(closed)
  await admin.query(
    `update outage set ends_at = now() - interval '10 minutes', cause_ja = '設備の故障でした。交換しました。' where id = $1`,
    [outage],
  )
  assert.match((await support.get(paths.outage({ id: outage }))).body, /終了をお知らせしてください/)
  const answering = paths.answerTickets({ id: outage })
  assert.match((await support.get(answering)).body, /設備の故障でした。交換しました。<\/textarea>/)
  const words = { text: '設備の故障でした。交換しました。', state: 'solved' }
  const sent = await support.post(answering, words)
  assert.equal(sent.location, paths.outage({ id: outage }), sent.body)
  for (const [reader, path] of [
    [customers, portalPaths.ticket({ id: first })],
    [browser, portalPaths.ticket({ id: theirTicket })],
  ] as const)
    assert.equal((await reader.get(path)).body.match(/設備の故障でした。交換しました。/g)?.length, 1, path)
  assert.equal(await world.versionOf(closed), version, 'what is closed stays so')
  assert.equal((await portal.mailsTo(user.mail)).filter(({ subject }) => subject.includes('解決')).length, 1)
  assert.match((await support.post(answering, words)).body, /返答するお問い合わせがありません/)
  const { rows } = await admin.query('select from staff_visit where path = $1 and customer_id = $2', [
    answering,
    theirs.customerId,
  ])
  assert.equal(rows.length, 1, 'it was noted')
})

test('who only reads sees what is joined and answers nothing, in either language', async () => {
  const answering = paths.answerTickets({ id: outage })
  const reader = await signInStaff(portal, await make.staff())
  assert.equal((await reader.get(answering)).status, 403)
  assert(!(await reader.get(paths.outage({ id: outage }))).body.includes(answering))
  await reader.get(`${paths.outage({ id: outage })}?lang=en`)
  assert.match((await reader.get(paths.outage({ id: outage }))).body, /Inquiries about it/)
})
