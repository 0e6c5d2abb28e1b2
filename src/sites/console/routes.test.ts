import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import ipaddr from 'ipaddr.js'
import { staffRoles, type StaffRole } from '#features/house.ts'
import { addressOf } from '#platform/web/paths.ts'
import { testDatabase } from '#test/database.ts'
import { type MadeUser, makerOf, signIn } from '#test/make.ts'
import { testPortal } from '#test/portal.ts'
import { cookieName } from '#test/sign-in.ts'
import { signInStaff } from '#test/staff.ts'
import type { TestBrowser } from '#test/test-browser.ts'
import { consolePages } from './console.tsx'
import { paths } from './paths.ts'

const database = await testDatabase()
const portal = await testPortal(database)
const make = makerOf(database)
after(() => database[Symbol.asyncDispose]())

/** Who may open what: written down by hand, and held against every path of the console by requests. */
const matrix: Readonly<Record<string, 'anybody' | 'user' | 'read' | StaffRole>> = {
  '/login': 'anybody',
  '/login/second-step': 'anybody',
  '/login/recovery-code': 'anybody',
  '/logout': 'anybody',
  '/first-login': 'anybody',
  '/first-login/identity': 'anybody',
  '/first-login/password': 'anybody',
  '/first-login/totp': 'anybody',
  '/first-login/recovery-codes': 'anybody',
  '/password-reset': 'anybody',
  '/password-reset/accepted': 'anybody',
  '/confirm/:id': 'user',
  '/session': 'read',
  '/session/extend': 'read',
  '/': 'read',
  '/search': 'read',
  '/tickets': 'read',
  '/tickets/:id': 'read',
  '/tickets/:id/assign': 'support',
  '/tickets/:id/notes/add': 'support',
  '/tickets/:id/outage': 'support',
  '/tickets/:id/files/:file': 'read',
  '/tickets/:id/files/:file/content': 'read',
  '/tickets/:id/files/:file/picture': 'read',
  '/outages': 'read',
  '/outages/add': 'content',
  '/outages/:id': 'read',
  '/outages/:id/edit': 'content',
  '/outages/:id/affects': 'content',
  '/outages/:id/publish': 'content',
  '/outages/:id/updates/add': 'content',
  '/outages/:id/end': 'content',
  '/outages/:id/withdraw': 'content',
  '/outages/:id/tickets': 'support',
  '/works': 'read',
  '/requests': 'read',
  '/requests/:id': 'read',
  '/requests/:id/accept': 'provisioning',
  '/requests/:id/return': 'provisioning',
  '/orders': 'read',
  '/orders/:id': 'read',
  '/orders/:id/edit': 'provisioning',
  '/requests/:id/files/:file': 'read',
  '/requests/:id/files/:file/content': 'read',
  '/orders/:id/files/:file': 'read',
  '/orders/:id/files/:file/picture': 'read',
  '/mails': 'support',
  '/mails/:id': 'support',
  '/imports': 'provisioning',
  '/imports/add': 'provisioning',
  '/imports/progress': 'provisioning',
  '/imports/:id': 'provisioning',
  '/notices': 'content',
  '/notices/add': 'content',
  '/notices/:id': 'content',
  '/notices/:id/edit': 'content',
  '/notices/:id/publish': 'content',
  '/maintenance': 'content',
  '/maintenance/portal': 'content',
  '/maintenance/settings': 'content',
  '/feedback': 'support',
  '/feedback/:id': 'support',
  '/address-clashes': 'support',
  '/history': 'security',
  '/history/visits': 'security',
  '/customers/:id': 'read',
  '/customers/:id/notes/add': 'support',
  '/customers/:customer/users/:id': 'read',
  '/customers/:customer/users/:id/correct': 'support',
  '/customers/:customer/users/:id/resend': 'support',
  '/customers/:customer/users/:id/unlock': 'support',
  '/customers/:customer/users/:id/sign-out': 'support',
  '/customers/:customer/users/:id/view': 'support',
  '/viewings/:id': 'support',
  '/sign-on/portal': 'support',
  '/customers/:customer/users/:id/reset-factor': 'support',
  '/customers/:customer/users/:id/make-administrator': 'support',
  '/customers/:id/administrators/add': 'support',
  '/second-yes': 'security',
  '/second-yes/:id': 'security',
  '/profile': 'read',
  '/staff': 'security',
  '/staff/add': 'security',
  '/staff/:id': 'security',
  '/staff/:id/roles': 'security',
  '/staff/:id/suspend': 'security',
  '/staff/:id/resume': 'security',
}

let user: MadeUser
const browsers = new Map<'read' | StaffRole, TestBrowser>()

before(async () => {
  user = await make.user({ state: 'awaiting-registration' })
  browsers.set('read', await signInStaff(portal, await make.staff()))
  for (const role of staffRoles) browsers.set(role, await signInStaff(portal, await make.staff({ roles: [role] })))
})

const person = { name: '山田', mail: 'new@example.com', phone: '03-0000-0000', reason: 'because' }

function fieldsOf(path: string): Record<string, string> {
  if (path === '/mails/:id') return { deed: 'resend' }
  if (path === '/feedback/:id') return { deed: 'done' }
  if (path === '/address-clashes') return { deed: 'done', clash: user.id }
  if (/reset-factor|make-administrator|roles|resume$/.test(path)) return { reason: 'because', version: '1' }
  if (path.endsWith('/administrators/add') || path === '/staff/add') return person
  if (path === '/second-yes/:id') return { decision: 'approved' }
  if (path.endsWith('/view')) return { reason: 'because' }
  if (path.endsWith('/suspend')) return { version: '1' }
  if (path.endsWith('/notes/add')) return { text: 'x' }
  if (path.endsWith('/accept')) return { code: '', titleJa: 'x', titleEn: 'x', delivery: '' }
  if (path.endsWith('/return')) return { reason: 'x' }
  if (/^\/(outages|imports|notices|maintenance)/.test(path)) return {}
  if (path.startsWith('/orders/')) return { state: 'ready', delivery: '', version: '1' }
  if (path === '/tickets/:id/outage') return { incident: 'none', version: '1' }
  if (path.endsWith('/assign')) return { to: 'nobody', version: '1' }
  return path.endsWith('/correct')
    ? { name: '山田', phone: '03-0000-0000', mail: 'x@example.com', version: '1' }
    : path.startsWith('/customers/')
      ? { sure: 'yes' }
      : {}
}

function at(path: string): string {
  return addressOf(
    path,
    path.includes(':customer') ? { customer: user.customerId, id: user.id } : { id: user.customerId, file: user.id },
  )
}

test('every path of the console has its row, and the role of its row', () => {
  assert.deepEqual(Object.fromEntries(consolePages.map(({ path, allow }) => [path, allow])), matrix)
})

test('each role opens what is for it and what everybody may read, and nothing else', async () => {
  for (const [role, browser] of browsers)
    for (const { path, allow, methods } of consolePages.filter(
      ({ allow: who }) => who !== 'anybody' && who !== 'user',
    )) {
      if (!methods.includes('GET')) continue
      const { status } = await browser.get(at(path))
      const mayOpen = allow === 'read' || allow === role
      if (mayOpen) assert([200, 303, 404].includes(status), `${role} ${path}: ${status}`)
      else assert.equal(status, 403, `${role} ${path}`)
    }
})

test('a form of a role is refused to all others, whatever they send', async () => {
  for (const [role, browser] of browsers)
    for (const { path, allow } of consolePages.filter(
      ({ allow: who, methods }) => staffRoles.some((each) => each === who) && methods.includes('POST'),
    )) {
      const { status } = await browser.send(at(path), fieldsOf(path))
      if (role !== allow) assert.equal(status, 403, `${role} ${path}`)
    }
  for (const table of ['customer_note', 'staff_request'] as const)
    assert.deepEqual(
      await database.operator.transaction((tx) => tx.selectFrom(table).select('customer_id').execute()),
      [],
    )
})

test('without a login everything leads to it', async () => {
  const stranger = portal.consoleBrowser()
  for (const { path, allow, methods } of consolePages) {
    if (allow === 'anybody' || !methods.includes('GET')) continue
    const { status, location, body } = await stranger.get(at(path))
    assert.deepEqual([status, body], [303, ''], path)
    assert.equal(new URL(location, 'https://console.invalid').pathname, paths.signIn, path)
  }
})

test('the session of a customer’s user is nothing in the console, nor one of staff on the portal', async () => {
  const customers = await signIn(portal, await make.user({ role: 'portal-administrator' }))
  const token = customers.cookies.get(cookieName('session')) ?? assert.fail('no login')
  const intruder = portal.consoleBrowser()
  intruder.cookies.set('__Host-console-session', token)
  const staffs = browsers.get('security')?.cookies.get('__Host-console-session') ?? assert.fail('no login')
  const other = portal.browser()
  other.cookies.set(cookieName('session'), staffs)
  const third = portal.settingsBrowser()
  third.cookies.set('__Host-settings-session', staffs)
  for (const [browser, path] of [
    [intruder, paths.queues],
    [intruder, paths.customer({ id: user.customerId })],
    [other, '/services'],
    [other, '/users'],
  ] as const) {
    const { status, body } = await browser.get(path)
    assert.deepEqual([status, body], [303, ''], path)
  }
  assert.notEqual((await third.get('/')).status, 500)
})

test('nobody outside of the console’s networks sees anything of it', async () => {
  const closed = await testPortal(database, { consoleNetworks: [] })
  assert.equal((await closed.consoleBrowser({ ip: '203.0.113.9' }).get('/login')).status, 200)
  const bound = await testPortal(database, { consoleNetworks: [ipaddr.parseCIDR('192.0.2.0/24')] })
  for (const path of ['/login', '/', '/healthz', '/brand/logo'])
    assert.equal((await bound.consoleBrowser({ ip: '203.0.113.9' }).get(path)).status, 403, path)
  assert.equal((await bound.consoleBrowser({ ip: '192.0.2.7' }).get('/login')).status, 200)
})
