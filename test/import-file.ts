import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { importFormat } from '#features/operator-data/import-format.ts'
import { importFiles, type ImportSummary } from '#features/operator-data/import.ts'
import { FaultyFile } from '#features/operator-data/json-file.ts'
import { type TestDatabase, testDatabase } from './database.ts'
import { testSecrets, testUrl } from './portal.ts'

/** A portal with an operator of its own, and a folder for the files to import. */
export interface ImportTest extends AsyncDisposable {
  database: TestDatabase
  bring: (content: object) => Promise<ImportSummary[]>
  /** Writes an import file and answers its path. */
  write: (content: object) => Promise<string>
  query: <Row>(statement: RawBuilder<unknown>) => Promise<Row[]>
  /** The states of a customer's contracts by number. */
  statuses: (customer: string) => Promise<string[]>
  groupsOf: (customer: string) => Promise<{ number: string; name: string; members: string[] }[]>
}

/** What mails to new users are made with. */
export const mailing = { secrets: testSecrets, portalUrl: testUrl }

/** When tests import. */
export const importTime = new Date('2026-11-22T05:00:00Z')

export async function openImportTest(): Promise<ImportTest> {
  const folder = await mkdtemp(join(tmpdir(), 'madoguchi-import-'))
  const database = await testDatabase()
  let files = 0
  const world: ImportTest = {
    database,
    bring: async (content) =>
      importFiles(database.operator, [await world.write(content)], {
        now: importTime,
        mailing,
        report: () => undefined,
      }),
    async write(content) {
      const path = join(folder, `${++files}.json`)
      await writeFile(path, JSON.stringify(content, null, 2))
      return path
    },
    // What the rows are is said beside the call, as in pg.
    query: <Row>(statement: RawBuilder<unknown>) =>
      database.operator.transaction(async (tx) => (await statement.execute(tx)).rows as Row[]),
    async statuses(code) {
      const rows = await world.query<{ status: string }>(sql`
        select status from contract join customer on customer.id = customer_id where code = ${code} order by number`)
      return rows.map(({ status }) => status)
    },
    groupsOf: (code) =>
      world.query(sql`
        select number, user_group.name, coalesce(array_agg(mail order by mail) filter (where mail is not null), '{}') as members
        from user_group join customer on customer.id = customer_id
        left join user_group_member on user_group_id = user_group.id left join portal_user on portal_user.id = user_id
        where code = ${code} group by user_group.id order by number`),
    async [Symbol.asyncDispose]() {
      await database[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    },
  }
  await world.bring({ operator: testOperator, serviceCategories, services })
  return world
}

/** Matches the lines of a FaultyFile one by one. */
export function faults(expected: readonly RegExp[]): (error: unknown) => true {
  return (error) => {
    assert(error instanceof FaultyFile)
    assert.equal(error.faults.length, expected.length, error.faults.join('\n'))
    for (const [index, pattern] of expected.entries()) assert.match(error.faults[index] ?? '', pattern)
    return true
  }
}

export const testOperator = {
  name: { ja: '試験通信', en: 'Test Telecom' },
  slogan: { ja: '試す', en: 'Try' },
  contractNumberPattern: String.raw`^N\d{9}$`,
}
const serviceCategories = [{ code: 'voice', name: { ja: '電話', en: 'Voice' } }]
const services = [{ code: 'phone', category: 'voice', name: { ja: '電話', en: 'Phone' } }]

/** A customer as a file has it, with every key. */
export type CustomerGiven = { [Key in keyof Given]-?: NonNullable<Given[Key]> }
type Given = NonNullable<z.input<typeof importFormat>['customers']>[number]

let numbers = 100_000_000
const time = '2026-11-22T10:00:00+09:00'

/** A customer of an import file with one or two of everything; no number is ever given twice. */
export function customer(code: string): CustomerGiven {
  const [first, second] = [`N${++numbers}`, `N${++numbers}`]
  return {
    code,
    name: code,
    timeZone: 'Asia/Tokyo',
    sites: [{ code: 'head', name: 'Head office' }],
    contracts: [first, second].map((number) => ({ number, service: 'phone', site: 'head', memo: 'Desk' })),
    incidents: [
      {
        code: 'F-1',
        contract: first,
        kind: 'fault',
        title: { ja: '故障', en: 'Fault' },
        startsAt: time,
        updatedAt: time,
      },
    ],
    orders: [order(first)],
    tickets: [ticket(second)],
    blockedTraffic: [
      { day: '2026-11-21', service: 'phone', contract: first, kind: { ja: '侵入', en: 'Intrusion' }, count: 3 },
    ],
    notices: [notice(`N-${code}`)],
    groups: [{ name: 'Phones', rights: { services: { phone: 'view' }, contracts: { [second]: 'edit' } } }],
    users: [
      { mail: `anna@${code}.example`, name: 'Anna', phone: '03-0000-0000', role: 'general-user', groups: ['Phones'] },
    ],
  }
}

/** A notice of an import file; its code must not be taken by any other. */
export function notice(code: string): CustomerGiven['notices'][number] {
  return {
    code,
    kind: 'news',
    title: { ja: 'お知らせ', en: 'News' },
    body: { ja: '一行目\n二行目', en: 'First line\nSecond line' },
    publishedAt: time,
  }
}

function order(contract: string): CustomerGiven['orders'][number] {
  return {
    code: 'O-1',
    service: 'phone',
    contract,
    title: { ja: '増設', en: 'Extension' },
    state: 'surveying',
    orderedOn: '2026-11-20',
    deliveryOn: '2026-12-20',
    updatedAt: time,
  }
}

function ticket(contract: string): CustomerGiven['tickets'][number] {
  return {
    code: 'T-1',
    service: 'phone',
    contract,
    kind: 'inquiry',
    title: { ja: '質問', en: 'A question' },
    state: 'open',
    openedAt: time,
    updatedAt: time,
  }
}

export function addressesOf({ database: { appConfig, ownerConfig } }: ImportTest): Record<string, string> {
  return { DATABASE_URL: urlOf(appConfig), DATABASE_OWNER_URL: urlOf(ownerConfig) }
}

export function urlOf({ host = '', port, user, database }: ImportTest['database']['ownerConfig']): string {
  return `postgres://${user}@${encodeURIComponent(host)}:${port}/${database}`
}
