import type pg from 'pg'
import { addressesOf, customer, type CustomerGiven, type ImportTest, openImportTest } from './import-file.ts'
import { type MadeUser, type Make, makerOf, signIn } from './make.ts'
import { testPortal, type TestPortal } from './portal.ts'
import { type BothSites, openSettings } from './sign-on.ts'
import { superuserOf } from './superuser.ts'
import type { TestBrowser } from './test-browser.ts'
import { type Ended, typed } from './typed.ts'
import { paths as portalPaths } from '#sites/portal/paths.ts'
import { paths as settingsPaths } from '#sites/settings/paths.ts'

/** Two customers of one operator; what the first has is given to the second. */
export interface MoveWorld extends AsyncDisposable {
  imported: ImportTest
  portal: TestPortal
  admin: pg.Pool
  make: Make
  operator(...words: string[]): Promise<Ended>
  openCase(name: string): Promise<MoveCase>
  /** Every row of the database, told in one hash by table; without what counts statements, not facts. */
  everything(): Promise<Map<string, string>>
}

/** A contract with a line and something of everything, and people of both customers who have looked at what they may see. */
export interface MoveCase {
  number: string
  /** Of its line: the main number, and another. */
  telephones: { main: string; other: string }
  contractId: string
  from: CustomerGiven
  to: CustomerGiven
  /** May edit this contract, by a rule for it alone; is signed on at its settings, has pinned it and its fault. */
  anna: MadeUser & BothSites
  /** An administrator of the first customer who sees all services. */
  carl: MadeUser & { portal: TestBrowser }
  /** An administrator of the second customer who sees all services. */
  bob: MadeUser & BothSites
  orderId: string
  ticketId: string
  faultId: string
}

export async function openMoveWorld(): Promise<MoveWorld> {
  const imported = await openImportTest()
  const { database } = imported
  const portal = await testPortal(database)
  const admin = superuserOf(database)
  const make = makerOf(database)
  await admin.query(`update service set settings_name = '{ "ja": "電話の設定", "en": "Phone settings" }'`)
  const world: MoveWorld = {
    imported,
    portal,
    admin,
    make,
    operator: (...words) => typed(addressesOf(imported), ...words),
    openCase: (name) => openCase(world, name),
    everything: () => tellEverything(admin),
    async [Symbol.asyncDispose]() {
      await admin.end()
      await imported[Symbol.asyncDispose]()
    },
  }
  return world
}

let telephone = 300_000_000

const settings = {
  extensions: [
    { number: '1001', name: '山田のデスク' },
    { number: '1002', name: '佐藤のデスク' },
  ],
  groups: [{ number: '6000', name: '秘密の代表', kind: 'simultaneous', members: ['1001', '1002'] }],
  calendars: [{ name: '秘密の営業時間', weekdays: { '1-5': ['09:00-18:00'] } }],
} as const

function withLine(given: CustomerGiven, { main, other }: MoveCase['telephones']): CustomerGiven {
  const [first, ...others] = given.contracts
  if (!first) throw new Error('A customer of a test has contracts')
  const line = {
    extensions: { first: '1001', last: '6999', most: 3 },
    channels: 8,
    numbers: [
      { number: main, memo: '秘密の番号メモ' },
      { number: other },
      { number: `0${++telephone}`, endedOn: '2026-01-31' },
    ],
    mainNumber: main,
    initial: {
      ...settings,
      extensions: [...settings.extensions],
      groups: settings.groups.map((group) => ({ ...group, members: [...group.members] })),
      calendars: settings.calendars.map(({ name }) => ({ name, weekdays: { '1-5': ['09:00-18:00'] } })),
      bindings: { [main]: '6000' },
    },
  }
  const contacts = [{ role: { ja: '保守', en: 'Maintenance' }, name: '秘密の担当者' }]
  return { ...given, contracts: [{ ...first, memo: '秘密のメモ', groupNumber: '0120045', contacts, line }, ...others] }
}

async function openCase(world: MoveWorld, name: string): Promise<MoveCase> {
  const { imported, admin, make } = world
  const telephones = { main: `0${++telephone}`, other: `0${++telephone}` }
  const from = withLine({ ...customer(`${name}-from`), name: `秘密の旧社 ${name}` }, telephones)
  const to = { ...customer(`${name}-to`), name: `秘密の新社 ${name}` }
  await imported.bring({ customers: [from, to] })
  const { number = '' } = from.contracts[0] ?? {}
  const found = await admin.query<{ id: string; customer_id: string; fault: string; order: string }>(
    `select k.id, k.customer_id, i.id as fault, o.id as "order" from contract k
     join incident_contract c on c.contract_id = k.id join incident i on i.id = c.incident_id join contract_order o on o.contract_id = k.id where k.number = $1`,
    [number],
  )
  const [row] = found.rows
  if (!row) throw new Error('The case was not imported')
  const { id: contractId, customer_id: customerId } = row
  const other = await admin.query<{ id: string }>('select id from customer where code = $1', [to.code])
  const people = await makePeople(world, { customerId, contractId, otherId: other.rows[0]?.id ?? '' })
  await addPast(admin, people.anna, { contractId, faultId: row.fault })
  const ticketId = await make.ticket({ customerId, contractId })
  return { number, telephones, contractId, from, to, ...people, orderId: row.order, ticketId, faultId: row.fault }
}

async function makePeople(
  { make, portal }: MoveWorld,
  { customerId, contractId, otherId }: { customerId: string; contractId: string; otherId: string },
): Promise<Pick<MoveCase, 'anna' | 'bob' | 'carl'>> {
  const role = 'portal-administrator'
  const anna = await make.user({ customerId })
  const carl = await make.user({ customerId, role })
  const bob = await make.user({ customerId: otherId, role })
  await make.group({ customerId, name: '一契約', rights: [{ contractId, level: 'edit' }], members: [anna.id] })
  await make.group({ customerId, rights: [{ level: 'view' }], members: [carl.id] })
  await make.group({ customerId: otherId, rights: [{ level: 'edit' }], members: [bob.id] })
  const signedOn = async (user: MadeUser): Promise<MadeUser & BothSites> => {
    const sites = { portal: await signIn(portal, user), settings: portal.settingsBrowser() }
    await sites.portal.get(portalPaths.serviceMenu)
    return { ...user, ...sites }
  }
  const people = { anna: await signedOn(anna), carl: await signedOn(carl), bob: await signedOn(bob) }
  await openSettings(people.anna, settingsPaths.top({ contract: contractId }))
  // What is known of them from now on is kept.
  for (const { portal: browser } of [people.anna, people.carl])
    for (const path of [portalPaths.contracts, portalPaths.contract({ id: contractId })]) await browser.get(path)
  return people
}

/** Pins, a choice not yet in force, and a fault that is over. */
async function addPast(
  admin: pg.Pool,
  { id, customerId }: MadeUser,
  { contractId, faultId }: { contractId: string; faultId: string },
): Promise<void> {
  await admin.query(
    `insert into pin (customer_id, user_id, kind, thing_id, pinned_at) values ($1, $2, 'contract', $3, now()), ($1, $2, 'incident', $4, now())`,
    [customerId, id, contractId, faultId],
  )
  await admin.query(
    `insert into staged_right (customer_id, user_id, user_group_id, contract_id, level, former, rights_version)
     select $1, $2, id, $3, 'view', 'edit', 1 from user_group where customer_id = $1 and name = '一契約'`,
    [customerId, id, contractId],
  )
  await admin.query(
    `with over as (
       insert into incident (customer_id, code, kind, title_ja, title_en, starts_at, ends_at, updated_at)
       values ($1, 'F-0', 'fault', '', '', '2026-01-01', '2026-01-02', '2026-01-02') returning id)
     insert into incident_contract (customer_id, incident_id, contract_id) select $1, id, $2 from over`,
    [customerId, contractId],
  )
}

async function tellEverything(admin: pg.Pool): Promise<Map<string, string>> {
  const { rows: tables } = await admin.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'pbx')`,
  )
  const told = new Map<string, string>()
  for (const { name } of tables) {
    const { rows } = await admin.query<{ told: string }>(
      `select count(*) || ' ' || md5(coalesce(string_agg(t::text, E'\\n' order by t::text), '')) as told from ${name} t`,
    )
    told.set(name, rows[0]?.told ?? '')
  }
  return told
}
