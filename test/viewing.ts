import assert from 'node:assert/strict'
import type pg from 'pg'
import { endViewingsOver } from '#features/viewings/end.ts'
import { openLog } from '#platform/log.ts'
import { minutes } from '#platform/time/duration.ts'
import { paths } from '#sites/console/paths.ts'
import type { TestDatabase } from './database.ts'
import { type MadeUser, type Make, makerOf } from './make.ts'
import { testPortal, type TestPortal } from './portal.ts'
import { isSignedIn } from './sign-in.ts'
import { signInStaff } from './staff.ts'
import { superuserOf } from './superuser.ts'
import type { TestBrowser } from './test-browser.ts'

/** A member of staff on both sites: browsers that are one, with the cookies of each. */
export interface Viewer {
  console: TestBrowser
  portal: TestBrowser
}

export async function viewerOf(portal: TestPortal, member: Pick<MadeUser, 'mail'>): Promise<Viewer> {
  return { console: await signInStaff(portal, member), portal: portal.browser() }
}

/** Asks to look at a user's screens; answers where the console leads, with the link to the portal. */
export async function askToLook(
  viewer: Viewer,
  { customerId, id }: MadeUser,
  reason = '電話でのお問い合わせ',
): Promise<string> {
  const { location, body } = await viewer.console.post(paths.viewUser({ customer: customerId, id }), { reason })
  assert.match(location, /^\/viewings\//, body)
  const page = await viewer.console.get(location)
  const href =
    /href="([^"]*\/sign-on\/viewing\?[^"]*)"/.exec(page.body)?.[1] ?? assert.fail('there is no link to the portal')
  return pathOf(href)
}

/** From the link to the address with the code, which is not yet followed. */
export async function codeFor({ console, portal }: Viewer, link: string): Promise<string> {
  const toConsole = await portal.get(link)
  assert.equal(toConsole.status, 303)
  const back = await console.get(pathOf(toConsole.location))
  assert.equal(back.status, 303, back.body)
  return pathOf(back.location)
}

/** All the way: the portal's browser looks as the user. */
export async function look(viewer: Viewer, user: MadeUser, reason?: string): Promise<void> {
  const begun = await viewer.portal.get(await codeFor(viewer, await askToLook(viewer, user, reason)))
  assert.deepEqual([begun.status, begun.location], [303, '/services'])
}

export function pathOf(address: string): string {
  const { pathname, search } = new URL(address.replaceAll('&amp;', '&'))
  return pathname + search
}

/** A customer that lets staff look, with an administrator, a colleague and a contract in trouble; and a member of staff. */
export interface ViewingWorld {
  portal: TestPortal
  make: Make
  admin: pg.Pool
  member: MadeUser
  /** Of the member. */
  number: string
  /** Of each test its own, a minute later. */
  begin(): Promise<void>
  administrator: MadeUser
  colleague: MadeUser
  viewer: Viewer
  allow(viewing: string, until?: Date): Promise<void>
  /** As the worker does once a minute. */
  work(): Promise<void>
  looksNow(): Promise<boolean>
  /** What the customer's history says of looks. */
  told(): Promise<string[]>
}

export async function openViewingWorld(database: TestDatabase): Promise<ViewingWorld> {
  const portal = await testPortal(database)
  const make = makerOf(database)
  const admin = superuserOf(database)
  const member = await make.staff({ roles: ['support'] })
  const numbered = 'select number from staff_member where user_id = $1'
  const { rows } = await admin.query<{ number: number }>(numbered, [member.id])
  const begun = async () => ({ ...(await makeLooked(make)), viewer: await viewerOf(portal, member) })
  const world: ViewingWorld = {
    portal,
    make,
    admin,
    member,
    number: `S-${String(rows[0]?.number).padStart(4, '0')}`,
    ...(await begun()),
    async begin() {
      portal.advance(1 * minutes)
      Object.assign(world, await begun())
      await world.allow('always')
    },
    async allow(viewing, until) {
      const set = 'update customer set viewing = $2, viewing_until = $3 where id = $1'
      await admin.query(set, [world.administrator.customerId, viewing, until ?? null])
    },
    work: () =>
      database.operator.transaction((tx) => endViewingsOver(tx, { now: portal.program.now(), log: openLog('silent') })),
    looksNow: () => isSignedIn(world.viewer.portal),
    told: () => toldOf(admin, world.administrator),
  }
  return world
}

async function makeLooked(make: Make): Promise<Pick<ViewingWorld, 'administrator' | 'colleague'>> {
  const administrator = await make.user({ role: 'portal-administrator', name: '山田 太郎' })
  const { customerId } = administrator
  const contractId = await make.contract({ customerId, serviceId: await make.service() })
  await make.fault({ customerId, contractId })
  await make.group({ customerId, rights: [{ level: 'edit' }], members: [administrator.id] })
  return { administrator, colleague: await make.user({ customerId, name: '佐藤 花子' }) }
}

async function toldOf(admin: pg.Pool, { customerId }: MadeUser): Promise<string[]> {
  const { rows } = await admin.query<{ told: string }>(
    `select concat_ws(' ', h.action, h.actor_name, h.after ->> 'reason', h.after ->> 'lasted', h.after ->> 'viewingEnd') as told
     from change_history h where customer_id = $1 and action like 'viewing-%' order by id`,
    [customerId],
  )
  return rows.map(({ told }) => told)
}
