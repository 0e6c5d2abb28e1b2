import { randomUUID } from 'node:crypto'
import { hash } from '@node-rs/argon2'
import { houseId, type StaffRole } from '#features/house.ts'
import type { Transaction } from '#platform/database/database.ts'
import { after, minutes } from '#platform/time/duration.ts'
import type { TestDatabase } from './database.ts'
import { makeStaff } from './make-staff.ts'
import { testSecrets, type TestPortal } from './portal.ts'
import type { TestBrowser } from './test-browser.ts'

export const password = 'a long enough password'
/** RFC 4648 base32 of 160 bits. */
export const totpSecret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'

/** As quick as argon2id can be, for tests log in thousands of times. The library reads from it what it costs. */
const passwordHash = hash(password, { memoryCost: 8, timeCost: 1, parallelism: 1 })
let made = 0
/** Different at each call, so that tests never meet. */
const next = (): number => ++made

export interface MadeUser {
  id: string
  customerId: string
  mail: string
  name: string
}

interface GroupRight {
  serviceId?: string
  contractId?: string
  level: 'view' | 'edit'
}

interface UserValues {
  customerId: string
  role: 'general-user' | 'portal-administrator'
  secondFactor: 'totp' | 'mail-otp'
  state: 'active' | 'suspended' | 'awaiting-registration'
  name: string
}

/** What a test starts from; each call makes new things, so tests need no cleaning and no order. */
export interface Make {
  operator(): Promise<void>
  customer(values?: { name?: string }): Promise<string>
  service(values?: { name?: string }): Promise<string>
  contract(values: { customerId: string; serviceId: string; number?: string }): Promise<string>
  /** The telephone system of the contract, with nothing set; answers the contract. */
  line(values: { customerId: string; contractId: string }): Promise<string>
  fault(values: { customerId: string; contractId: string }): Promise<string>
  /** For the contract. */
  order(values: { customerId: string; contractId: string; title?: string }): Promise<string>
  /** About the contract. */
  ticket(values: { customerId: string; contractId: string; title?: string }): Promise<string>
  group(values: { customerId: string; name?: string; rights?: GroupRight[]; members?: string[] }): Promise<string>
  /** With a password and both factors' secrets; active, MailOTP and of a new customer unless told. */
  user(values?: Partial<UserValues>): Promise<MadeUser>
  /** A member of staff, active and with TOTP, who may read and has these roles beside. */
  staff(values?: { roles?: readonly StaffRole[] }): Promise<MadeUser>
}

export function makerOf({ operator: database }: TestDatabase): Make {
  const within =
    <Values, Made>(make: (tx: Transaction, values: Values) => Promise<Made>) =>
    (values: Values): Promise<Made> =>
      database.transaction((tx) => make(tx, values))
  return {
    operator: () => database.transaction(makeOperator),
    customer: (values = {}) => within(makeCustomer)(values),
    service: (values = {}) => within(makeService)(values),
    contract: within(makeContract),
    line: within(makeLine),
    fault: within(makeFault),
    order: within(makeOrder),
    ticket: within(makeTicket),
    group: within(makeGroup),
    user: (values = {}) => within(makeUser)(values),
    staff: ({ roles = [] } = {}) =>
      database.transaction(async (tx) => {
        const member = await makeUser(tx, { customerId: houseId, secondFactor: 'totp' })
        await makeStaff(tx, member.id, roles)
        return member
      }),
  }
}

async function makeOperator(tx: Transaction): Promise<void> {
  const operator = { name_ja: '試験通信', name_en: 'Test Telecom', slogan_ja: '標語', slogan_en: 'Slogan' }
  await tx
    .insertInto('operator')
    .values(operator)
    .onConflict((clash) => clash.doNothing())
    .execute()
}

async function makeCustomer(tx: Transaction, { name = `株式会社${next()}` }: { name?: string }): Promise<string> {
  await makeOperator(tx)
  return idOf(tx.insertInto('customer').values({ code: randomUUID(), name }).returning('id'))
}

async function makeService(tx: Transaction, { name = `サービス${next()}` }: { name?: string }): Promise<string> {
  const category = { code: randomUUID(), position: 1, name_ja: '音声', name_en: 'Voice' }
  const service_category_id = await idOf(tx.insertInto('service_category').values(category).returning('id'))
  const service = { code: randomUUID(), service_category_id, position: next(), name_ja: name, name_en: name }
  return idOf(tx.insertInto('service').values(service).returning('id'))
}

async function makeContract(
  tx: Transaction,
  {
    customerId,
    serviceId,
    number = `N${String(next()).padStart(9, '0')}`,
  }: { customerId: string; serviceId: string; number?: string },
): Promise<string> {
  return idOf(
    tx.insertInto('contract').values({ customer_id: customerId, service_id: serviceId, number }).returning('id'),
  )
}

async function makeLine(
  tx: Transaction,
  { customerId: customer_id, contractId: contract_id }: Parameters<Make['line']>[0],
): Promise<string> {
  const { number } = await tx
    .selectFrom('contract')
    .where('id', '=', contract_id)
    .select('number')
    .executeTakeFirstOrThrow()
  const numbering = { first_extension: '1001', last_extension: '6999', most_extensions: 50, channels: 8 }
  await tx
    .insertInto('pbx.line')
    .values({ customer_id, contract_id, number, sip_domain: `${contract_id}.sip.example.jp`, ...numbering })
    .execute()
  return contract_id
}

async function makeFault(
  tx: Transaction,
  { customerId, contractId }: { customerId: string; contractId: string },
): Promise<string> {
  const at = after(new Date(), -1 * minutes)
  const texts = { title_ja: '故障です', title_en: 'A fault' }
  const times = { starts_at: at, updated_at: at }
  const fault = { customer_id: customerId, code: randomUUID(), kind: 'fault' as const, ...texts, ...times }
  const incident_id = await idOf(tx.insertInto('incident').values(fault).returning('id'))
  await tx
    .insertInto('incident_contract')
    .values({ customer_id: customerId, incident_id, contract_id: contractId })
    .execute()
  return incident_id
}

async function makeOrder(
  tx: Transaction,
  { customerId, contractId, title = 'お申し込み' }: Parameters<Make['order']>[0],
): Promise<string> {
  const order = {
    customer_id: customerId,
    contract_id: contractId,
    service_id: await serviceOf(tx, contractId),
    code: `A-${next()}`,
    title_ja: title,
    title_en: 'An order',
    state: 'constructing' as const,
    ordered_on: '2026-10-01',
    delivery_on: '2027-01-15',
    updated_at: new Date(),
  }
  return idOf(tx.insertInto('contract_order').values(order).returning('id'))
}

async function makeTicket(
  tx: Transaction,
  { customerId, contractId, title = 'お問い合わせ' }: Parameters<Make['ticket']>[0],
): Promise<string> {
  const opened = after(new Date(), -1 * minutes)
  const ticket = {
    customer_id: customerId,
    contract_id: contractId,
    service_id: await serviceOf(tx, contractId),
    code: `T-${next()}`,
    kind: 'inquiry' as const,
    title_ja: title,
    title_en: 'A ticket',
    state: 'waiting-for-customer' as const,
    opened_at: opened,
    updated_at: opened,
  }
  return idOf(tx.insertInto('ticket').values(ticket).returning('id'))
}

async function serviceOf(tx: Transaction, contractId: string): Promise<string> {
  const contract = tx.selectFrom('contract').where('id', '=', contractId).select('service_id')
  return (await contract.executeTakeFirstOrThrow()).service_id
}

async function makeGroup(
  tx: Transaction,
  { customerId: customer_id, name = `グループ${next()}`, rights = [], members = [] }: Parameters<Make['group']>[0],
): Promise<string> {
  const number = `G${1_000_000 + next()}`
  const user_group_id = await idOf(tx.insertInto('user_group').values({ customer_id, number, name }).returning('id'))
  for (const { serviceId: service_id = null, contractId: contract_id = null, level } of rights) {
    await tx
      .insertInto('user_group_right')
      .values({ customer_id, user_group_id, service_id, contract_id, level })
      .execute()
  }
  for (const user_id of members)
    await tx.insertInto('user_group_member').values({ customer_id, user_group_id, user_id }).execute()
  return user_group_id
}

async function makeUser(tx: Transaction, values: Partial<UserValues>): Promise<MadeUser> {
  const { role = 'general-user', secondFactor = 'mail-otp', state = 'active', name = `利用者 ${next()}` } = values
  const customerId = values.customerId ?? (await makeCustomer(tx, {}))
  const mail = `user-${randomUUID()}@example.com`
  const user = { customer_id: customerId, mail, name, phone: '03-0000-0000', role, second_factor: secondFactor, state }
  const id = await idOf(tx.insertInto('portal_user').values(user).returning('id'))
  const proof = {
    password_hash: await passwordHash,
    password_changed_at: new Date(),
    totp_secret: testSecrets.seal(`totp ${id}`, totpSecret),
  }
  await tx
    .insertInto('user_credential')
    .values({ customer_id: customerId, user_id: id, ...proof })
    .execute()
  return { id, customerId, mail, name }
}

async function idOf(insert: { executeTakeFirstOrThrow(): Promise<{ id: string }> }): Promise<string> {
  const { id } = await insert.executeTakeFirstOrThrow()
  return id
}

/** Logs a MailOTP user in by both steps, as a person would. */
export async function signIn(
  portal: TestPortal,
  { mail }: Pick<MadeUser, 'mail'>,
  browser: TestBrowser = portal.browser(),
): Promise<TestBrowser> {
  await browser.post('/login', { username: mail, password })
  const finished = await browser.post('/login/second-step', { code: await portal.newestCode(mail) })
  if (finished.status !== 303) throw new Error(`The login of ${mail} failed: ${finished.status}`)
  return browser
}
