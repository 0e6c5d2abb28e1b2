import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { testDatabase } from '#test/database.ts'
import { makerOf, signIn } from '#test/make.ts'
import { testPortal, type TestPortal } from '#test/portal.ts'
import {
  type RightLevel,
  rightLevels,
  rightsMatrix,
  type RightsRow,
  roles,
  type TestedRole,
} from '#test/rights-matrix.ts'
import { type Sights, sightsOf } from '#test/sights.ts'
import type { Answer, TestBrowser } from '#test/test-browser.ts'
import { sheetsIn } from '#test/workbook.ts'
import { addressOf } from '#platform/web/paths.ts'
import { workbookType } from '#platform/web/workbook.ts'
import { portalPages } from './portal.tsx'

const database = await testDatabase()
const make = makerOf(database)
let portal: TestPortal
after(() => database[Symbol.asyncDispose]())

/** Somebody with a role and a level, and what there is to see. */
interface Tested {
  role: TestedRole
  level: RightLevel
  browser: TestBrowser
  sights: Sights
  names: Record<NonNullable<RightsRow['names']>, string>
}

let people: Tested[]

before(async () => {
  portal = await testPortal(database)
  people = []
  for (const role of roles) for (const level of rightLevels) people.push(await somebody(role, level))
})

async function somebody(role: TestedRole, level: RightLevel): Promise<Tested> {
  const user = await make.user({ role })
  const { customerId } = user
  const tag = `${role}-${level}`
  const serviceId = await make.service({ name: `サービス ${tag}` })
  const contractId = await make.contract({ customerId, serviceId, number: `N-${tag}` })
  await make.fault({ customerId, contractId })
  await make.order({ customerId, contractId, title: `申込 ${tag}` })
  await make.ticket({ customerId, contractId, title: `問合せ ${tag}` })
  await make.group({ customerId, members: [user.id], rights: level === 'none' ? [] : [{ contractId, level }] })
  const browser = await signIn(portal, user)
  const sights = await sightsOf(database, user)
  const names = {
    contract: `N-${tag}`,
    order: `申込 ${tag}`,
    ticket: `問合せ ${tag}`,
    incident: `N-${tag}`,
    service: `サービス ${tag}`,
  }
  return { role, level, browser, sights, names }
}

test('the matrix has a row for every path of the portal, and no other', () => {
  assert.deepEqual([...rightsMatrix.keys()].toSorted(), portalPages.map(({ path }) => path).toSorted())
})

for (const { path, methods } of portalPages)
  for (const method of methods)
    test(`${method} ${path} is open to whom the matrix says, as far as it says`, async () => {
      const row = rightsMatrix.get(path) ?? assert.fail('no row')
      for (const person of people) {
        const address = path.includes(':') ? addressOf(path, person.sights[path] ?? assert.fail(path)) : path
        const visitor = copyOf(person)
        const answer = method === 'GET' ? await visitor.get(address) : await visitor.send(address, {})
        expectAnswer(row, person, { method, answer })
      }
    })

/** With the same login: what one request changes of the cookies is not the next one's. */
function copyOf({ browser }: Tested): TestBrowser {
  const copy = portal.browser()
  for (const [name, value] of browser.cookies) copy.cookies.set(name, value)
  return copy
}

function expectAnswer(row: RightsRow, person: Tested, { method, answer }: { method: string; answer: Answer }): void {
  const { role, level, names } = person
  const who = `${method} by ${role} with ${level}`
  const { status } = answer
  const body = textOf(answer)
  const isAbsent = row.needs !== undefined && level === 'none'
  if (row.who === 'portal-administrator' && role !== 'portal-administrator') assert.equal(status, 403, who)
  else if (isAbsent) assert.equal(status, 404, who)
  else if (row.changes && level !== row.changes) assert.equal(status, 303, who)
  // The form that was sent is empty.
  else if (isShown(row)) assert.equal(status, method === 'GET' ? 200 : 422, who)
  else assert([200, 303, 422].includes(status), `${who}: ${status}`)
  const named = Object.values(names).filter((name) => body.includes(name))
  // Whoever gives rights sees what rights are given to.
  if (level === 'none' && (row.action !== 'administer' || status === 403)) assert.deepEqual(named, [], who)
  if (row.names && level !== 'none') assert(named.includes(names[row.names]), `${who}: the ${row.names} is not there`)
}

/** What can be read of it: of a workbook, its cells. */
function textOf({ bytes, body, headers }: Answer): string {
  const isWorkbook = headers.get('content-type') === workbookType
  return isWorkbook ? [...sheetsIn(bytes).values()].flat(2).join('\n') : body
}

/** To whoever is let in; other pages may lead on, when there is nothing to do. */
function isShown({ who, action, changes }: RightsRow): boolean {
  return changes !== undefined || (who === 'user' && action === 'read')
}
