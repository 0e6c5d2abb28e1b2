import assert from 'node:assert/strict'
import { type RawBuilder, sql } from 'kysely'
import type { OrderForm } from '#features/order-forms/form.ts'
import { paths } from '#sites/portal/paths.ts'
import { testDatabase, type TestDatabase } from './database.ts'
import { type MadeUser, type Make, makerOf, signIn } from './make.ts'
import { testPortal, type TestPortal } from './portal.ts'
import type { Answer, TestBrowser } from './test-browser.ts'

/** A customer with two contracts of one service, which has order forms, and what its users do with them. */
export interface OrderWorld extends AsyncDisposable {
  database: TestDatabase
  portal: TestPortal
  make: Make
  customerId: string
  serviceId: string
  /** Its code. */
  service: string
  contractId: string
  otherContractId: string
  forms: Record<'more' | 'new', string>
  /** What can be sent as it is. */
  filled: Readonly<Record<string, string>>
  userWith: (rights?: UserRights) => Promise<MadeUser>
  /** Fills the form in and goes on to the confirmation; answers what came of it. */
  check: (browser: TestBrowser, changes?: Record<string, string>) => Promise<Answer>
  /** Asks for it, and answers the id of the request. */
  ask: (browser: TestBrowser, changes?: Record<string, string>) => Promise<string>
  setApproval: (isNeeded: boolean) => Promise<void>
  setForms: (forms: readonly OrderForm[]) => Promise<void>
  stateOf: (id: string) => Promise<string>
}

interface UserRights {
  level?: 'view' | 'edit'
  /** Absent: that of the contract. */
  isForService?: boolean
  role?: 'general-user' | 'portal-administrator'
  name?: string
}

export const moreForm: OrderForm = {
  code: 'more',
  kind: 'change',
  name: { ja: '内線番号の追加', en: 'More extensions' },
  lead: { ja: '追加します。', en: 'Adds some.' },
  earliestDays: 5,
  fields: [
    { code: 'count', label: { ja: '追加する数', en: 'How many' }, type: 'number', required: true, min: 1, max: 50 },
    {
      code: 'phones',
      label: { ja: '電話機', en: 'Telephones' },
      type: 'choice',
      required: true,
      options: [
        { code: 'own', label: { ja: 'お手持ち', en: 'Your own' } },
        { code: 'rental', label: { ja: 'レンタル', en: 'Rented' } },
      ],
    },
    {
      code: 'extras',
      label: { ja: '付加サービス', en: 'Extras' },
      type: 'choices',
      required: false,
      max: 2,
      options: [
        { code: 'voicemail', label: { ja: '留守番電話', en: 'Voicemail' } },
        { code: 'recording', label: { ja: '録音', en: 'Recording' } },
        { code: 'fax', label: { ja: 'FAX', en: 'Fax' } },
      ],
    },
    { code: 'remarks', label: { ja: 'ご要望', en: 'Remarks' }, type: 'lines', required: false, max: 100 },
  ],
}

const newForm: OrderForm = {
  code: 'new',
  kind: 'new',
  name: { ja: '新しいご契約', en: 'A new contract' },
  earliestDays: 0,
  fields: [{ code: 'address', label: { ja: '住所', en: 'Address' }, type: 'text', required: true }],
}

const filled = {
  contract: 'N150000042',
  wished: '',
  'a.count': '3',
  'a.phones': 'rental',
  'a.extras.voicemail': 'on',
  'a.remarks': '連番を希望します。\n至急ではありません。',
}

export async function openOrderWorld(): Promise<OrderWorld> {
  const database = await testDatabase()
  const portal = await testPortal(database)
  const make = makerOf(database)
  await make.operator()
  const customerId = await make.customer({ name: '株式会社注文' })
  const serviceId = await make.service({ name: 'クラウドPBX' })
  const contractId = await make.contract({ customerId, serviceId, number: 'N150000042' })
  const otherContractId = await make.contract({ customerId, serviceId, number: 'N150000043' })
  const rows = rowsOf(database, { customerId, serviceId })
  await rows.setForms([moreForm, newForm])
  const service = await rows.findService()
  const forms = { more: paths.orderForm({ service, form: 'more' }), new: paths.orderForm({ service, form: 'new' }) }
  const check: OrderWorld['check'] = (browser, changes = {}) =>
    browser.post(forms.more, { ...filled, step: 'check', ...changes })
  const ids = { customerId, serviceId, contractId, otherContractId }
  const known = { database, portal, make, service, filled, forms, check }
  return {
    ...known,
    ...ids,
    ...rows,
    async userWith({ level, isForService, role, name } = {}) {
      const user = await make.user({ customerId, ...(role && { role }), ...(name !== undefined && { name }) })
      const right = isForService ? { serviceId } : { contractId }
      if (level) await make.group({ customerId, members: [user.id], rights: [{ ...right, level }] })
      return user
    },
    async ask(browser, changes) {
      const confirm = paths.confirmOrderForm({ service, form: 'more' })
      const checked = await check(browser, changes)
      assert.deepEqual([checked.status, checked.location], [303, confirm], checked.body.slice(0, 2000))
      const asked = await browser.post(confirm)
      const [, id] = /^\/requests\/([0-9a-f-]{36})$/.exec(asked.location) ?? []
      return id ?? assert.fail(`${asked.status} ${asked.location}`)
    },
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  }
}

/** What is set and read past the pages. */
function rowsOf(
  { operator }: TestDatabase,
  { customerId, serviceId }: Pick<OrderWorld, 'customerId' | 'serviceId'>,
): Pick<OrderWorld, 'setApproval' | 'setForms' | 'stateOf'> & { findService: () => Promise<string> } {
  const query = <Row>(statement: RawBuilder<Row>): Promise<Row[]> =>
    operator.transaction(async (tx) => (await statement.execute(tx)).rows)
  return {
    async setApproval(isNeeded) {
      await query(sql`update customer set orders_need_approval = ${isNeeded} where id = ${customerId}`)
    },
    async setForms(forms) {
      await query(sql`update service set order_forms = ${JSON.stringify(forms)}::jsonb where id = ${serviceId}`)
    },
    async stateOf(id) {
      const [found] = await query(sql<{ state: string }>`select state from order_request where id = ${id}`)
      return found?.state ?? 'none'
    },
    async findService() {
      const [found] = await query(sql<{ code: string }>`select code from service where id = ${serviceId}`)
      return found?.code ?? assert.fail('a service')
    },
  }
}

/** The browser of somebody new with these rights. */
export async function browserWith(world: OrderWorld, rights?: UserRights): Promise<TestBrowser> {
  return signIn(world.portal, await world.userWith(rights))
}
