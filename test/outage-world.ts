import assert from 'node:assert/strict'
import { tell } from '#features/told/tell.ts'
import { type TestDatabase, testDatabase } from './database.ts'
import { type MadeUser, type Make, makerOf } from './make.ts'
import { spreadAll } from './outages.ts'
import { testPortal, type TestPortal, testSecrets, testUrl } from './portal.ts'
import { superuserOf } from './superuser.ts'
import { takeTellings, type ToldWorld, wishMails } from './told-world.ts'

/** 影響範囲 as its form is sent with nothing typed into it. */
export const emptyAffects = { groupNumbers: '', sites: '', contracts: '' }

interface ConcernedCustomer {
  customerId: string
  code: string
  /** Of four contracts of one service. */
  numbers: string[]
  /** Sees all. */
  reader: MadeUser
}

/** Customers whom faults concern, and the portal and console in which they are written and read. */
export interface OutageWorld extends AsyncDisposable {
  database: TestDatabase
  portal: TestPortal
  make: Make
  admin: ReturnType<typeof superuserOf>
  /** Somebody of it wishes to be told by mail. */
  acme: ConcernedCustomer
  /** Nobody of it does. */
  other: ConcernedCustomer
  /** What the worker does: outages come to their customers, and people are told. */
  spread: () => Promise<void>
  /** What somebody was told of, in its order. */
  told: (user: MadeUser) => Promise<{ incident: string; kind: string }[]>
  versionOf: (outage: string) => Promise<number>
  /** The copy of a customer; undefined: it has none. */
  incidentOf: (outage: string, of: ConcernedCustomer) => Promise<string | undefined>
  end: (number: string) => Promise<void>
  revive: (number: string) => Promise<void>
}

export async function openOutageWorld(): Promise<OutageWorld> {
  const database = await testDatabase()
  const portal = await testPortal(database)
  const make = makerOf(database)
  const admin = superuserOf(database)
  const acme = await makeCustomer(make, admin)
  const other = await makeCustomer(make, admin)
  const asTold = (): ToldWorld => ({ database, make, admin, now: portal.program.now(), [Symbol.asyncDispose]: noop })
  await wishMails(asTold(), acme.reader)
  return {
    database,
    portal,
    make,
    admin,
    acme,
    other,
    ...questionsTo(admin),
    async spread() {
      const now = portal.program.now
      await spreadAll(database, now())
      const teller = { database: database.operator, secrets: testSecrets, portalUrl: testUrl, now }
      for (const telling of await takeTellings(asTold())) await tell(teller, telling)
    },
    async [Symbol.asyncDispose]() {
      await admin.end()
      await database[Symbol.asyncDispose]()
    },
  }
}

function questionsTo(
  admin: OutageWorld['admin'],
): Pick<OutageWorld, 'told' | 'versionOf' | 'incidentOf' | 'end' | 'revive'> {
  const setEnd = async (number: string, on: string | null): Promise<void> => {
    await admin.query('update contract set ended_on = $2 where number = $1', [number, on])
  }
  return {
    async told({ id }) {
      const { rows } = await admin.query<{ incident: string; kind: string }>(
        'select subject_id as incident, kind from told where user_id = $1 order by told_at, xmin::text::bigint',
        [id],
      )
      return rows
    },
    async versionOf(outage) {
      const { rows } = await admin.query<{ version: number }>('select version from outage where id = $1', [outage])
      return rows[0]?.version ?? assert.fail('no outage')
    },
    async incidentOf(outage, { customerId }) {
      const { rows } = await admin.query<{ id: string }>(
        'select id from incident where outage_id = $1 and customer_id = $2',
        [outage, customerId],
      )
      return rows[0]?.id
    },
    end: (number) => setEnd(number, '2020-01-01'),
    revive: (number) => setEnd(number, null),
  }
}

const noop = async (): Promise<void> => undefined

async function makeCustomer(make: Make, admin: OutageWorld['admin']): Promise<ConcernedCustomer> {
  const reader = await make.user()
  const { customerId } = reader
  await make.group({ customerId, rights: [{ level: 'view' }], members: [reader.id] })
  const serviceId = await make.service()
  const numbers: string[] = []
  for (let at = 0; at < 4; at++) {
    const number = `V${customerId.slice(0, 8)}${at}`.toUpperCase()
    await make.contract({ customerId, serviceId, number })
    numbers.push(number)
  }
  const { rows } = await admin.query<{ code: string }>('select code from customer where id = $1', [customerId])
  return { customerId, code: rows[0]?.code ?? '', numbers, reader }
}
