import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, test } from 'node:test'
import { staffRoles } from '#features/house.ts'
import { listen } from '#program/listen.ts'
import { expectNoAxeFindings, expectNothingWiderThan, openBrowser } from '#test/browser.ts'
import { pagesOfRooms } from '#test/console-pages.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, password } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { totpNow } from '#test/sign-in.ts'
import { superuserOf } from '#test/superuser.ts'
import { paths } from './paths.ts'

const database = await testDatabase()
const make = makerOf(database)
const front = await listen({ host: '127.0.0.1', port: 0 })
const url = new URL(`http://localhost:${front.port}`)
const portal = await testPortal(database, { consoleUrl: url })
front.answer(portal.consoleApp)
const browser = await openBrowser()
after(async () => {
  await browser.close()
  await front.drain()
  await database[Symbol.asyncDispose]()
})

for (const [language, javaScriptEnabled] of [
  ['ja', true],
  ['en', false],
] as const)
  test(`the console’s pages in ${language}, with${javaScriptEnabled ? '' : 'out'} scripts, can be used by everybody and on a phone`, async () => {
    const member = await make.staff({ roles: staffRoles })
    const user = await make.user({ name: '山田 太郎', state: 'awaiting-registration' })
    const { customerId } = user
    const contractId = await make.contract({ customerId, serviceId: await make.service() })
    const registered = await make.user({ customerId, name: '佐藤 花子' })
    const request = await requestOf(member, registered)
    const ticket = { id: await make.ticket({ customerId, contractId }) }
    const order = { id: await make.order({ customerId, contractId }) }
    const context = await browser.newContext({ locale: language === 'ja' ? 'ja-JP' : 'en-GB', javaScriptEnabled })
    const page = await context.newPage()
    const look = async (): Promise<void> => {
      if (javaScriptEnabled) await expectNoAxeFindings(page)
      if (javaScriptEnabled) await expectNothingWiderThan(page, 390)
    }
    await page.goto(url.href)
    await look()
    await page.fill('[name=username]', member.mail)
    await page.fill('[name=password]', password)
    await page.press('[name=password]', 'Enter')
    await page.waitForURL('**/second-step')
    await look()
    await page.fill('[name=code]', totpNow(portal))
    await page.press('[name=code]', 'Enter')
    await page.waitForURL(url.href)
    const orders = [paths.requests, paths.orders, paths.order(order)]
    const colleague = await make.staff({ roles: ['support'] })
    const pages = [...pagesOf(user, ticket), ...pagesOfTwo(registered, colleague, request), ...orders]
    const rooms = await pagesOfRooms(database, user)
    for (const path of [...pages, ...outagePages(await makeOutage()), ...rooms]) {
      const answer = await page.goto(new URL(path, url).href)
      assert.equal(answer?.status(), 200, path)
      await look()
    }
    await context.close()
  })

/** What somebody else has asked for about a user. */
async function requestOf(asker: MadeUser, { customerId, id }: MadeUser): Promise<string> {
  const other = await make.staff({ roles: ['support'] })
  assert.notEqual(other.id, asker.id)
  const admin = superuserOf(database)
  const request = await admin.query<{ id: string }>(
    `insert into staff_request (customer_id, kind, user_id, facts, reason, asked_by, asked_at)
     values ($1, 'factor-reset', $2, '{"version": 1, "epoch": 1}', '電話で確認しました', $3, $4) returning id`,
    [customerId, id, other.id, portal.program.now()],
  )
  await admin.end()
  return request.rows[0]?.id ?? assert.fail()
}

/** Of what takes two members of staff. */
function pagesOfTwo({ customerId, id }: MadeUser, member: MadeUser, request: string): string[] {
  const of = { customer: customerId, id }
  return [
    paths.viewUser(of),
    paths.secondYes,
    paths.secondYesRequest({ id: request }),
    paths.resetUserFactor(of),
    paths.makeAdministrator(of),
    paths.addAdministrator({ id: customerId }),
    paths.profile,
    paths.members,
    paths.addMember,
    paths.member({ id: member.id }),
    paths.memberRoles({ id: member.id }),
  ]
}

function pagesOf({ customerId, id }: MadeUser, ticket: { id: string }): string[] {
  const of = { customer: customerId, id }
  return [
    paths.queues,
    `${paths.search}?q=${encodeURIComponent('山田')}`,
    paths.customer({ id: customerId }),
    paths.tickets,
    paths.ticket(ticket),
    paths.assignTicket(ticket),
    paths.addTicketNote(ticket),
    paths.joinTicket(ticket),
    paths.addNote({ id: customerId }),
    paths.user(of),
    paths.correctUser(of),
    paths.resendNotice(of),
  ]
}

/** One whose next word is late. */
async function makeOutage(): Promise<{ id: string }> {
  return database.operator.transaction((tx) =>
    tx
      .insertInto('outage')
      .values({
        code: randomUUID(),
        kind: 'fault',
        title_ja: '発着信ができない',
        title_en: 'No calls',
        starts_at: new Date('2026-11-22T03:00:00Z'),
        next_update_at: new Date('2026-11-22T04:00:00Z'),
        affects: JSON.stringify({ prefectures: [13] }),
        next_affects: JSON.stringify({ contracts: ['N000000001'] }),
        state: 'published',
        updated_at: new Date('2026-11-22T03:00:00Z'),
      })
      .returning('id')
      .executeTakeFirstOrThrow(),
  )
}

function outagePages(outage: { id: string }): string[] {
  return [
    paths.outages,
    paths.addOutage,
    paths.outage(outage),
    paths.editOutage(outage),
    paths.setAffects(outage),
    paths.publishOutage(outage),
    paths.sayUpdate(outage),
    paths.endOutage(outage),
    paths.withdrawOutage(outage),
    paths.answerTickets(outage),
    paths.works,
  ]
}
