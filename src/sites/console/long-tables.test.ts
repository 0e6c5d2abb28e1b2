import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { testDatabase } from '#test/database.ts'
import { makerOf } from '#test/make.ts'
import { type PlanNode, planOf } from '#test/plan.ts'
import { testPortal } from '#test/portal.ts'
import { signInStaff } from '#test/staff.ts'
import { superuserOf } from '#test/superuser.ts'
import type { TestBrowser } from '#test/test-browser.ts'
import { paths } from './paths.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
const admin = superuserOf(database)
let staff: TestBrowser
let customer: string
after(async () => {
  await admin.end()
  await database[Symbol.asyncDispose]()
})

before(async () => {
  const member = await make.staff({ roles: ['support', 'security'] })
  staff = await signInStaff(portal, member)
  const { customerId, id } = await make.user()
  customer = customerId
  // Of two hundred mails one did not arrive.
  await admin.query(
    `insert into mail (customer_id, user_id, recipient, kind, language, state, created_at, expires_at)
     select $1, $2, 'x@example.com', 'user-changed', 'ja', (case when n % 200 = 0 then 'refused' else 'sent' end)::mail_state,
       now() - n * interval '1 minute', now() from generate_series(1, 20000) n`,
    [customerId, id],
  )
  await admin.query(
    `insert into staff_visit (customer_id, at, staff_id, path)
     select case when n % 200 = 0 then $1::uuid else $3::uuid end, now() - n * interval '1 minute', $2, '/' from generate_series(1, 20000) n`,
    [customerId, member.id, await make.customer()],
  )
  await admin.query('vacuum analyze mail, staff_visit, portal_user, customer')
})

/** How the rows of a table are come by in the newest statement about it, as staff. */
async function waysTo(table: string, said: string): Promise<(string | undefined)[]> {
  const text = database.statements.findLast((each) => each.includes(said))
  const nodes: PlanNode[] = await planOf(admin, text, 'portal_staff')
  return [...new Set(nodes.filter((node) => node['Relation Name'] === table).map((node) => node['Index Name']))]
}

test('failed mails are found among 20,000 by indexes of those alone', async () => {
  assert.match((await staff.get(paths.mails)).body, /x@/)
  const ways = await waysTo('mail', 'mail_cause(')
  assert(ways.length > 0 && !ways.includes(undefined), JSON.stringify(ways))
})

test('of a customer’s looks no others are read, and of all the newest by an index', async () => {
  await staff.get(`${paths.visits}?customer=${customer}`)
  assert.deepEqual(await waysTo('staff_visit', 'from staff_visit v'), ['staff_visit_of_customer'])
  await staff.get(paths.visits)
  assert(!(await waysTo('staff_visit', 'from staff_visit v')).includes(undefined))
})
