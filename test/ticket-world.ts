import assert from 'node:assert/strict'
import { paths } from '#sites/portal/paths.ts'
import { enterFence } from '#features/sessions/fence.ts'
import { answerTicket, type AnsweredState, type StaffContext } from '#features/tickets/answer.ts'
import { testDatabase, type TestDatabase } from './database.ts'
import { type MadeUser, type Make, makerOf, signIn } from './make.ts'
import { testPortal, type TestPortal, testSecrets, testUrl } from './portal.ts'
import type { Answer, TestBrowser } from './test-browser.ts'

interface Sent {
  fields?: Record<string, string>
  files?: readonly (readonly [name: string, bytes: Uint8Array<ArrayBuffer>])[]
}

/** A customer with two contracts of one service, and what its users and staff do about tickets. */
export interface TicketWorld extends AsyncDisposable {
  database: TestDatabase
  portal: TestPortal
  make: Make
  customerId: string
  serviceId: string
  contractId: string
  otherContractId: string
  /** A form that can be sent as it is. */
  filled: Readonly<Record<string, string>>
  userWith: (level?: 'view' | 'edit', contract?: string, of?: string) => Promise<MadeUser>
  /** The browser of somebody new, with this level for the contract. */
  browserWith: (level?: 'view' | 'edit') => Promise<TestBrowser>
  /** Opens a ticket, and answers its id. */
  open: (browser: TestBrowser, sent?: Sent) => Promise<string>
  versionOf: (id: string) => Promise<number>
  asStaff: <T>(work: (ctx: StaffContext) => Promise<T>) => Promise<T>
  answer: (id: string, state: AnsweredState, text?: string) => Promise<void>
}

const usual = {
  contracts: 'N130000042',
  kind: 'fault',
  title: '発信できません',
  text: '朝から発信できません。\n確認してください。',
  impact: 'down',
  occurred: '2026-01-02T03:04',
  contact: '03-0000-2001',
  persons: '',
}

export async function openTicketWorld(): Promise<TicketWorld> {
  const database = await testDatabase()
  const portal = await testPortal(database)
  const make = makerOf(database)
  await make.operator()
  const customerId = await make.customer()
  const serviceId = await make.service({ name: 'クラウドPBX' })
  const contractId = await make.contract({ customerId, serviceId, number: 'N130000042' })
  const otherContractId = await make.contract({ customerId, serviceId, number: 'N130000043' })
  const filled = { ...usual, service: await codeOf(database, serviceId) }
  const userWith: TicketWorld['userWith'] = async (level, contract = contractId, of = customerId) => {
    const user = await make.user({ customerId: of })
    if (level) await make.group({ customerId: of, rights: [{ contractId: contract, level }], members: [user.id] })
    return user
  }
  const versionOf = (id: string): Promise<number> => readVersion(database, id)
  const asStaff: TicketWorld['asStaff'] = (work) =>
    database.staff.transaction(async (tx) => {
      // What staff write, they write for one customer.
      await enterFence(tx, customerId)
      const by = { id: null, name: '試験通信（S-0001）' }
      const now = portal.program.now()
      return work({ tx, now, secrets: testSecrets, portalUrl: testUrl, customer: { id: customerId }, by })
    })
  const known = { database, portal, make, customerId, serviceId, contractId, otherContractId, filled, userWith }
  return {
    ...known,
    versionOf,
    asStaff,
    browserWith: async (level) => signIn(portal, await userWith(level)),
    open: (browser, sent) => openTicket(browser, filled, sent),
    async answer(id, state, text = 'お調べします。') {
      const version = await versionOf(id)
      assert((await asStaff((ctx) => answerTicket(ctx, id, { text, files: [], state, version }))).ok)
    },
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  }
}

/** Sends a form with files. */
export function sendFiles(browser: TestBrowser, path: string, { fields = {}, files = [] }: Sent): Promise<Answer> {
  return browser.sendFile(path, { fields, file: files.map(([name, bytes]) => ({ field: 'files', name, bytes })) })
}

/** The page that shows a form again which was not taken. */
export function shownAgain({ status, location, body }: Answer): string {
  assert.equal(status, 422, location)
  return body
}

async function openTicket(browser: TestBrowser, filled: Record<string, string>, sent: Sent = {}): Promise<string> {
  const opened = await sendFiles(browser, paths.addTicket, { ...sent, fields: { ...filled, ...sent.fields } })
  const [, id] = /^\/tickets\/([0-9a-f-]{36})$/.exec(opened.location) ?? []
  return id ?? assert.fail(`${opened.status} ${opened.location}`)
}

async function codeOf({ operator }: TestDatabase, id: string): Promise<string> {
  const service = (tx: Parameters<Parameters<typeof operator.transaction>[0]>[0]) =>
    tx.selectFrom('service').where('id', '=', id).select('code').executeTakeFirstOrThrow()
  return (await operator.transaction(service)).code
}

async function readVersion({ operator }: TestDatabase, id: string): Promise<number> {
  const found = await operator.transaction((tx) =>
    tx.selectFrom('ticket').where('id', '=', id).select('version').executeTakeFirstOrThrow(),
  )
  return found.version
}
