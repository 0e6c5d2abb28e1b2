import assert from 'node:assert/strict'
import fc from 'fast-check'
import type pg from 'pg'
import type { Make } from './make.ts'

export type Right = 'none' | 'view' | 'edit'

/** The rules of a group and who is in it, as places in lists of services, contracts and users. */
export interface Setting {
  all: Right
  services: Right[]
  contracts: Right[]
  members: boolean[]
}

/** What the rules are about: two services, and four contracts of them in turn, in the order of their numbers. */
export interface Ruled {
  customerId: string
  services: string[]
  contracts: { id: string; number: string; serviceId: string }[]
  /** What the numbers begin with; that of a contract of another customer, too. */
  prefix: string
  /** That other contract. */
  foreign: string
}

export const groupsOfSetting = 3

const right = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Right>('none') },
  { weight: 3, arbitrary: fc.constantFrom<Right[]>('view', 'edit') },
)

/** Three groups, for two users. */
export const settings: fc.Arbitrary<Setting[]> = fc.array(
  fc.record<Setting>({
    all: fc.oneof({ weight: 6, arbitrary: fc.constant<Right>('none') }, { weight: 1, arbitrary: right }),
    services: fc.array(right, { minLength: 2, maxLength: 2 }),
    contracts: fc.array(right, { minLength: 4, maxLength: 4 }),
    members: fc.array(fc.boolean(), { minLength: 2, maxLength: 2 }),
  }),
  { minLength: groupsOfSetting, maxLength: groupsOfSetting },
)

/** The product's sentence once more: the highest of all the rules of these groups that touch the contract. */
export function rightBy(groups: readonly Setting[], contract: number): Right {
  const touching = groups.flatMap(({ all, services, contracts }) => [all, services[contract % 2], contracts[contract]])
  if (touching.includes('edit')) return 'edit'
  return touching.includes('view') ? 'view' : 'none'
}

export async function makeRuled(make: Make, customerId: string): Promise<Ruled> {
  const prefix = `R${customerId.slice(0, 8)}`
  const services = [await make.service(), await make.service()]
  const contracts: Ruled['contracts'] = []
  for (const at of [0, 1, 2, 3]) {
    const [number, serviceId] = [`${prefix}${at}`, services[at % 2] ?? '']
    contracts.push({ id: await make.contract({ customerId, serviceId, number }), number, serviceId })
  }
  // Nobody's here, and yet somebody there has every right: whatever is found of it is a hole in the fence.
  const other = await make.user()
  const foreign = { customerId: other.customerId, serviceId: services[0] ?? '', number: `${prefix}9` }
  await make.group({ customerId: other.customerId, rights: [{ level: 'edit' }], members: [other.id] })
  return { customerId, services, contracts, prefix, foreign: await make.contract(foreign) }
}

/** A group, and of its setting's places who they are. */
export interface SetGroup {
  id: string
  setting: Setting
  users: readonly string[]
}

/** Gives these groups their rules and members, and takes all others away from the customer. */
export async function writeSettings(admin: pg.Pool, ruled: Ruled, groups: readonly SetGroup[]): Promise<void> {
  const { customerId, services, contracts } = ruled
  const rights = groups.flatMap(({ id: group, setting }) => [
    { group, level: setting.all },
    ...setting.services.map((level, at) => ({ group, service: services[at], level })),
    ...setting.contracts.map((level, at) => ({ group, contract: contracts[at]?.id, level })),
  ])
  const members = groups.flatMap(({ id: group, setting, users }) =>
    users.filter((_user, at) => setting.members[at]).map((user) => ({ group, user })),
  )
  await admin.query(
    `with r as (delete from user_group_right where customer_id = $1), m as (delete from user_group_member where customer_id = $1) select`,
    [customerId],
  )
  const { rowCount } = await admin.query(
    `with r as (insert into user_group_right (customer_id, user_group_id, service_id, contract_id, level)
       select $1, "group", service, contract, level::right_level
       from json_to_recordset($2) as given ("group" uuid, service uuid, contract uuid, level text) where level <> 'none')
     insert into user_group_member (customer_id, user_group_id, user_id)
     select $1, "group", "user" from json_to_recordset($3) as given ("group" uuid, "user" uuid)`,
    [customerId, JSON.stringify(rights), JSON.stringify(members)],
  )
  assert.equal(rowCount, members.length)
}
