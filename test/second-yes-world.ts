import assert from 'node:assert/strict'
import type pg from 'pg'
import { publishAgreed } from '#features/notices/write.ts'
import { carryOutSecondYes } from '#features/staff/carry-out.ts'
import { openLog } from '#platform/log.ts'
import { minutes } from '#platform/time/duration.ts'
import { formToken } from '#platform/web/form-token.ts'
import { paths } from '#sites/console/paths.ts'
import type { TestDatabase } from './database.ts'
import { type Make, type MadeUser, makerOf } from './make.ts'
import { testPortal, type TestPortal, testSecrets } from './portal.ts'
import { signInStaff } from './staff.ts'
import { superuserOf } from './superuser.ts'
import type { Answer, TestBrowser } from './test-browser.ts'

export const reason = '電話で本人を確認しました。'

export const at = ({ customerId, id }: MadeUser): { customer: string; id: string } => ({ customer: customerId, id })

/** A customer whose only administrator has a colleague; somebody who asks, and somebody who decides. */
export interface SecondYesWorld {
  portal: TestPortal
  make: Make
  admin: pg.Pool
  support: MadeUser
  guard: MadeUser
  /** Of each test its own, and both logged in a minute later. */
  begin(): Promise<void>
  signInBoth(): Promise<void>
  administrator: MadeUser
  user: MadeUser
  bySupport: TestBrowser
  byGuard: TestBrowser
  /** Asks by the page as the asker's browser shows it, for a reset unless told; answers the id of the request. */
  ask(whom?: MadeUser, page?: typeof paths.resetUserFactor): Promise<string>
  /** From a page that was opened while the request waited. */
  decide(id: string, decision?: string, browser?: TestBrowser): Promise<Answer>
  /** As the worker does once a minute. */
  work(): Promise<void>
  /** Decision, whether it was done, and why not. */
  outcomeOf(id: string): Promise<unknown[]>
  changesOf(user: MadeUser): Promise<object[]>
  isRegistered(user: MadeUser): Promise<boolean>
  numberOf(member: MadeUser): Promise<string>
  setState(user: MadeUser, state: string): Promise<void>
}

export async function openSecondYesWorld(database: TestDatabase): Promise<SecondYesWorld> {
  const portal = await testPortal(database)
  const make = makerOf(database)
  const admin = superuserOf(database)
  const support = await make.staff({ roles: ['support'] })
  const guard = await make.staff({ roles: ['security'] })
  const signInBoth = async () => ({
    bySupport: await signInStaff(portal, support),
    byGuard: await signInStaff(portal, guard),
  })
  const first = { ...(await makeUsers(make)), ...(await signInBoth()) }
  const world: SecondYesWorld = {
    portal,
    make,
    admin,
    support,
    guard,
    ...first,
    async begin() {
      await world.signInBoth()
      Object.assign(world, await makeUsers(make))
    },
    async signInBoth() {
      portal.advance(1 * minutes)
      Object.assign(world, await signInBoth())
    },
    ask: (whom = world.user, page = paths.resetUserFactor) => askOf(world, { whom, page }),
    decide: (id, decision = 'approved', browser = world.byGuard) => decideBy(browser, { id, decision }),
    ...readingOf(admin),
    work: () => carryOutSecondYes({ ...sendingOf(portal), database: database.operator }),
  }
  return world
}

async function makeUsers(make: Make): Promise<Pick<SecondYesWorld, 'administrator' | 'user'>> {
  const administrator = await make.user({ role: 'portal-administrator' })
  return { administrator, user: await make.user({ customerId: administrator.customerId, name: '山田 太郎' }) }
}

/** What the worker works with. */
function sendingOf({ program }: TestPortal): Omit<Parameters<typeof carryOutSecondYes>[0], 'database'> {
  const { portalUrl, consoleUrl } = program.config
  const sending = { secrets: testSecrets, portalUrl, consoleUrl }
  return { ...sending, log: openLog('silent'), now: program.now, publishNotice: publishAgreed }
}

async function askOf(
  { bySupport, admin }: SecondYesWorld,
  { whom, page }: { whom: MadeUser; page: typeof paths.resetUserFactor },
): Promise<string> {
  const { location, body } = await bySupport.post(page(at(whom)), { reason })
  assert.equal(location, paths.user(at(whom)), body)
  const newest = 'select id from staff_request where user_id = $1 order by asked_at desc limit 1'
  const { rows } = await admin.query<{ id: string }>(newest, [whom.id])
  return rows[0]?.id ?? assert.fail('nothing was asked for')
}

function decideBy(browser: TestBrowser, { id, decision }: { id: string; decision: string }): Promise<Answer> {
  const path = paths.secondYesRequest({ id })
  const token = formToken(testSecrets, browser.cookies.get('__Host-console-session') ?? '', path)
  return browser.send(path, { token, decision })
}

type Reading = Pick<SecondYesWorld, 'outcomeOf' | 'changesOf' | 'isRegistered' | 'numberOf' | 'setState'>

function readingOf(admin: pg.Pool): Reading {
  return {
    async outcomeOf(id) {
      const { rows } = await admin.query<Record<string, unknown>>(
        'select decision, carried_out_at is not null as done, problem from staff_request where id = $1',
        [id],
      )
      return Object.values(rows[0] ?? assert.fail('there is no such request'))
    },
    async changesOf({ id }) {
      const { rows } = await admin.query<object>(
        'select action, actor_id, actor_name, after from change_history where subject_id = $1 order by id',
        [id],
      )
      return rows
    },
    async isRegistered({ id }) {
      return (await admin.query('select from user_credential where user_id = $1', [id])).rowCount === 1
    },
    async numberOf({ id }) {
      const of = 'select number from staff_member where user_id = $1'
      const { rows } = await admin.query<{ number: number }>(of, [id])
      return `S-${String(rows[0]?.number).padStart(4, '0')}`
    },
    async setState({ id }, state) {
      await admin.query('update portal_user set state = $2 where id = $1', [id, state])
    },
  }
}
