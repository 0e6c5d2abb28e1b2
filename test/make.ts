import { randomUUID } from 'node:crypto'
import { openPasswords } from '#platform/passwords.ts'
import type { TestDatabase } from './database.ts'
import { testSecrets, type TestPortal } from './portal.ts'
import type { TestBrowser } from './test-browser.ts'

export const password = 'a long enough password'
/** RFC 4648 base32 of 160 bits. */
export const totpSecret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'

const passwordHash = openPasswords().then((passwords) => passwords.hash(password, 'test'))
let made = 0
/** Different at each call, so that tests never meet. */
const next = (): number => ++made

export interface MadeUser {
  id: string
  customerId: string
  mail: string
  name: string
}

/** What a test starts from; each call makes new things, so tests need no cleaning and no order. */
export interface Make {
  operator(): Promise<void>
  customer(values?: { name?: string }): Promise<string>
  service(values?: { name?: string }): Promise<string>
  contract(values: { customerId: string; serviceId: string; number?: string }): Promise<string>
  fault(values: { customerId: string; contractId: string }): Promise<string>
  group(values: {
    customerId: string
    name?: string
    rights?: { serviceId?: string; contractId?: string; level: 'view' | 'edit' }[]
    members?: string[]
  }): Promise<string>
  /** Active, with a password and both factors' secrets, of a new customer unless told. */
  user(
    values?: Partial<{
      customerId: string
      role: 'general-user' | 'portal-administrator'
      secondFactor: 'totp' | 'mail-otp'
      state: 'active' | 'suspended' | 'awaiting-registration'
      name: string
    }>,
  ): Promise<MadeUser>
}

export function makerOf({ operator }: TestDatabase): Make {
  const insert = operator.transaction
  const make: Make = {
    async operator() {
      await insert((tx) =>
        tx
          .insertInto('operator')
          .values({ name_ja: '試験通信', name_en: 'Test Telecom', slogan_ja: '標語', slogan_en: 'Slogan' })
          .onConflict((clash) => clash.doNothing())
          .execute(),
      )
    },
    async customer({ name = `株式会社${next()}` } = {}) {
      await make.operator()
      const { id } = await insert((tx) =>
        tx.insertInto('customer').values({ code: randomUUID(), name }).returning('id').executeTakeFirstOrThrow(),
      )
      return id
    },
    async service({ name = `サービス${next()}` } = {}) {
      return insert(async (tx) => {
        const category = await tx
          .insertInto('service_category')
          .values({ code: randomUUID(), position: 1, name_ja: '音声', name_en: 'Voice' })
          .returning('id')
          .executeTakeFirstOrThrow()
        const service = await tx
          .insertInto('service')
          .values({
            code: randomUUID(),
            service_category_id: category.id,
            position: next(),
            name_ja: name,
            name_en: name,
          })
          .returning('id')
          .executeTakeFirstOrThrow()
        return service.id
      })
    },
    async contract({ customerId, serviceId, number = `N${String(next()).padStart(9, '0')}` }) {
      const { id } = await insert((tx) =>
        tx
          .insertInto('contract')
          .values({ customer_id: customerId, service_id: serviceId, number })
          .returning('id')
          .executeTakeFirstOrThrow(),
      )
      return id
    },
    async fault({ customerId, contractId }) {
      const begun = new Date(Date.now() - 60_000)
      const { id } = await insert((tx) =>
        tx
          .insertInto('incident')
          .values({
            customer_id: customerId,
            contract_id: contractId,
            code: randomUUID(),
            kind: 'fault',
            title_ja: '故障です',
            title_en: 'A fault',
            starts_at: begun,
            updated_at: begun,
          })
          .returning('id')
          .executeTakeFirstOrThrow(),
      )
      return id
    },
    async group({ customerId, name = `グループ${next()}`, rights = [], members = [] }) {
      return insert(async (tx) => {
        const { id } = await tx
          .insertInto('user_group')
          .values({ customer_id: customerId, number: `G${1_000_000 + next()}`, name })
          .returning('id')
          .executeTakeFirstOrThrow()
        for (const { serviceId = null, contractId = null, level } of rights) {
          await tx
            .insertInto('user_group_right')
            .values({
              customer_id: customerId,
              user_group_id: id,
              service_id: serviceId,
              contract_id: contractId,
              level,
            })
            .execute()
        }
        for (const userId of members)
          await tx
            .insertInto('user_group_member')
            .values({ customer_id: customerId, user_group_id: id, user_id: userId })
            .execute()
        return id
      })
    },
    async user({
      customerId,
      role = 'general-user',
      secondFactor = 'mail-otp',
      state = 'active',
      name = `利用者 ${next()}`,
    } = {}) {
      const customer = customerId ?? (await make.customer())
      const mail = `user-${randomUUID()}@example.com`
      const hash = await passwordHash
      const { id } = await insert((tx) =>
        tx
          .insertInto('portal_user')
          .values({
            customer_id: customer,
            mail,
            name,
            phone: '03-0000-0000',
            role,
            second_factor: secondFactor,
            state,
          })
          .returning('id')
          .executeTakeFirstOrThrow(),
      )
      await insert((tx) =>
        tx
          .insertInto('user_credential')
          .values({
            customer_id: customer,
            user_id: id,
            password_hash: hash,
            password_changed_at: new Date(),
            totp_secret: testSecrets.seal(`totp ${id}`, totpSecret),
          })
          .execute(),
      )
      return { id, customerId: customer, mail, name }
    },
  }
  return make
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
