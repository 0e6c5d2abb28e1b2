import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import type pg from 'pg'
import type { Make } from './make.ts'

/** Changes of who may see what, made in the database and in a model of it that knows nothing of SQL. */

const levels = ['view', 'edit'] as const
type Level = (typeof levels)[number]

/** What there is, as the test itself remembers it. */
interface Model {
  users: Map<string, { name: string; role: string; state: string }>
  groups: Map<string, { number: string; name: string }>
  /** Group and user, with a space between. */
  members: Set<string>
  rights: Map<string, { group: string; service: string | null; contract: string | null; level: Level }>
}

export interface AccessWorld {
  /** As somebody who may do anything; one connection. */
  admin: pg.Pool
  customerId: string
  services: { id: string; name: string }[]
  contracts: { id: string; number: string }[]
  model: Model
}

interface Step {
  kind: string
  one: number
  other: number
}

/** A customer with contracts of two services, and nobody yet. */
export async function makeAccessWorld(make: Make, admin: pg.Pool): Promise<AccessWorld> {
  const customerId = await make.customer()
  const names = [randomUUID(), randomUUID()]
  const services = await Promise.all(names.map(async (name) => ({ id: await make.service({ name }), name })))
  const contracts = await Promise.all(
    [0, 1, 2, 3].map(async (nth) => {
      const number = randomUUID()
      return { id: await make.contract({ customerId, serviceId: services[nth % 2]?.id ?? '', number }), number }
    }),
  )
  return {
    admin,
    customerId,
    services,
    contracts,
    model: { users: new Map(), groups: new Map(), members: new Set(), rights: new Map() },
  }
}

/** Makes a change, in the database and in the model. Answers when it was, in milliseconds; undefined: it was undone. */
export async function makeAccessChange(
  world: AccessWorld,
  { steps, isUndone }: { steps: readonly Step[]; isUndone: boolean },
): Promise<number | undefined> {
  const { admin } = world
  const before = structuredClone(world.model)
  await admin.query('begin')
  for (const each of steps) await doers[each.kind]?.(world, each)
  const { rows } = await admin.query<{ at: number }>('select extract(epoch from now())::float8 * 1000 as at')
  await admin.query(isUndone ? 'rollback' : 'commit')
  if (!isUndone) return rows[0]?.at
  world.model = before
  return undefined
}

const pick = <T>(from: Iterable<T>, at: number): T | undefined => {
  const all = [...from]
  return all[at % all.length]
}
const live = ({ model }: AccessWorld): (readonly [string, { name: string; role: string; state: string }])[] =>
  [...model.users].filter(([, { state }]) => state !== 'deleted')

const setOfUser =
  (column: 'name' | 'role' | 'state', values: readonly string[]) =>
  async (world: AccessWorld, { one, other }: Step): Promise<void> => {
    const [id, user] = pick(live(world), one) ?? []
    const value = values[other % values.length] ?? ''
    if (!id || !user) return
    await world.admin.query(`update portal_user set ${column} = $2, version = version + 1 where id = $1`, [id, value])
    user[column] = value
  }

const doers: Readonly<Record<string, (world: AccessWorld, step: Step) => Promise<void>>> = {
  async 'add user'({ admin, customerId, model }, { one }) {
    const id = randomUUID()
    const user = { name: `n${one % 5}`, role: 'general-user', state: 'active' }
    await admin.query(
      `insert into portal_user (customer_id, id, mail, name, phone, role, state) values ($1, $2, $3, $4, '', $5, $6)`,
      [customerId, id, id, user.name, user.role, user.state],
    )
    model.users.set(id, user)
  },
  'rename user': setOfUser('name', ['a', 'b', 'c']),
  'set role': setOfUser('role', ['general-user', 'portal-administrator']),
  'set state': setOfUser('state', ['active', 'suspended', 'awaiting-registration', 'active', 'deleted']),
  async 'log in'({ admin, customerId }) {
    await admin.query('update portal_user set last_sign_in_at = now() where customer_id = $1', [customerId])
  },
  async 'add group'({ admin, customerId, model }, { one }) {
    const [id, number] = [
      randomUUID(),
      `G${String(model.groups.size + one)
        .padStart(7, '0')
        .slice(-7)}`,
    ]
    const { rowCount } = await admin.query(
      'insert into user_group (customer_id, id, number, name) values ($1, $2, $3, $4) on conflict do nothing',
      [customerId, id, number, id],
    )
    if (rowCount) model.groups.set(id, { number, name: id })
  },
  async 'rename group'({ admin, model }, { one }) {
    const [id, group] = pick(model.groups, one) ?? []
    if (!id || !group) return
    group.name = randomUUID()
    await admin.query('update user_group set name = $2 where id = $1', [id, group.name])
  },
  async 'delete group'({ admin, model }, { one }) {
    const [id] = pick(model.groups, one) ?? []
    if (!id || one % 3 > 0) return
    await admin.query('delete from user_group where id = $1', [id])
    model.groups.delete(id)
    for (const each of model.members) if (each.startsWith(id)) model.members.delete(each)
    for (const [right, { group }] of model.rights) if (group === id) model.rights.delete(right)
  },
  async join({ admin, customerId, model }, { one, other }) {
    const [group, user] = [pick(model.groups.keys(), one), pick(model.users.keys(), other)]
    if (!group || !user) return
    const into =
      'insert into user_group_member (customer_id, user_group_id, user_id) values ($1, $2, $3) on conflict do nothing'
    await admin.query(into, [customerId, group, user])
    model.members.add(`${group} ${user}`)
  },
  async leave({ admin, model }, { one }) {
    const member = pick(model.members, one)
    if (!member) return
    await admin.query('delete from user_group_member where user_group_id = $1 and user_id = $2', member.split(' '))
    model.members.delete(member)
  },
  async 'all join'(world, { one }) {
    const group = pick(world.model.groups.keys(), one)
    if (!group) return
    await world.admin.query(
      `insert into user_group_member (customer_id, user_group_id, user_id)
       select customer_id, $2, id from portal_user where customer_id = $1 and state <> 'deleted' on conflict do nothing`,
      [world.customerId, group],
    )
    for (const [user] of live(world)) world.model.members.add(`${group} ${user}`)
  },
  async 'all leave'({ admin, model }, { one }) {
    const group = pick(model.groups.keys(), one)
    if (!group || one % 2 > 0) return
    await admin.query('delete from user_group_member where user_group_id = $1', [group])
    for (const each of model.members) if (each.startsWith(group)) model.members.delete(each)
  },
  async give({ admin, customerId, services, contracts, model }, { one, other }) {
    const group = pick(model.groups.keys(), one)
    const [service, contract] = [services[(other % 7) - 1], contracts[(other % 7) - 3]]
    const level = levels[one % 2] ?? 'view'
    if (!group) return
    const { rows } = await admin.query<{ id: string }>(
      `insert into user_group_right (customer_id, user_group_id, service_id, contract_id, level) values ($1, $2, $3, $4, $5)
       on conflict do nothing returning id`,
      [customerId, group, service?.id ?? null, contract?.id ?? null, level],
    )
    const [right] = rows
    if (right)
      model.rights.set(right.id, { group, service: service?.name ?? null, contract: contract?.number ?? null, level })
  },
  async raise({ admin, model }, { one, other }) {
    const [id, right] = pick(model.rights, one) ?? []
    if (!id || !right) return
    right.level = levels[other % 2] ?? 'view'
    await admin.query('update user_group_right set level = $2 where id = $1', [id, right.level])
  },
  async take({ admin, model }, { one }) {
    const [id] = pick(model.rights, one) ?? []
    if (!id) return
    await admin.query('delete from user_group_right where id = $1', [id])
    model.rights.delete(id)
  },
  async 'raise all'({ admin, customerId, model }, { one }) {
    const level = levels[one % 2] ?? 'view'
    await admin.query('update user_group_right set level = $2 where customer_id = $1', [customerId, level])
    for (const right of model.rights.values()) right.level = level
  },
}

const step = fc.record<Step>({ kind: fc.constantFrom(...Object.keys(doers)), one: fc.nat(), other: fc.nat() })
/** Of one transaction: several changes at once, and some that come to nothing. */
export const accessChange: fc.Arbitrary<{ steps: Step[]; isUndone: boolean }> = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 3 }),
  isUndone: fc.nat({ max: 9 }).map((n) => n === 0),
})

/** What a review would tell of it. */
export function accessStateOf({ users, groups, members, rights }: Model): unknown {
  const there = new Set([...users].flatMap(([id, { state }]) => (state === 'deleted' ? [] : [id])))
  const isMember = (group: string, user: string): boolean => members.has(`${group} ${user}`)
  const levelOf = (group: string): Level | null => {
    const given = [...rights.values()].filter((right) => right.group === group).map(({ level }) => level)
    return levels.findLast((level) => given.includes(level)) ?? null
  }
  const countOf = (group: string): number => [...there].filter((user) => isMember(group, user)).length
  const byNumber = [...groups].toSorted(([, one], [, other]) => (one.number < other.number ? -1 : 1))
  return {
    users: inOrder(
      [...users].flatMap(([id, user]) => {
        if (!there.has(id)) return []
        const own = byNumber.filter(([group]) => isMember(group, id))
        const highest = levels.findLast((level) => own.some(([group]) => levelOf(group) === level)) ?? null
        return [{ id, ...user, groups: own.map(([, { number, name }]) => `${number} ${name}`), level: highest }]
      }),
    ),
    groups: inOrder(
      [...groups].map(([id, group]) => ({
        id,
        ...group,
        members: countOf(id),
        level: levelOf(id),
        rights: [...rights.values()].filter((right) => right.group === id).length,
      })),
    ),
    rights: inOrder(
      [...rights].map(([id, { group, ...right }]) => ({
        id,
        ...right,
        group: groups.get(group)?.number,
        members: countOf(group),
      })),
    ),
  }
}

function inOrder<T extends { id: string }>(rows: T[]): T[] {
  return rows.toSorted((one, other) => (one.id < other.id ? -1 : 1))
}
