import { type Browser, openForm } from '../browser.ts'
import { cpuOf } from '../processes.ts'
import { beside, type Figure, short, spread } from '../report.ts'
import { ratios, rounds, spreadOf, type Subject, takeTurns } from '../rounds.ts'
import { fillHistory, makeLargeGroup } from '../world/histories.ts'
import { floorOf, pageOf, readerOf } from '../readers.ts'
import { readers } from '../world/import-content.ts'
import { fillUpUsers } from '../world/other-users.ts'
import type { World } from '../world/world.ts'

/** Row 5, and what administrators look at, with 100,000 contracts, 500 groups, 5,000 users and a million changes. */
export async function measureAdministration(world: World): Promise<Figure[]> {
  const administrator = await readerOf(world, readers.administrator)
  const page = (name: string, path: string, reader = administrator): Subject =>
    pageOf(world, { name, path, reader, times: 200 })
  const fewer = await takeTurns([floorOf(world), page('users', '/users')])
  await fillUpUsers(world.superuser, world.customer, 5000)
  const by = await idOf(world, 'portal_user', `mail = '${readers.administrator}'`)
  await fillHistory(world.superuser, world.customer, { changes: 1_000_000, by })
  const paths = await pathsIn(world, administrator)
  const subjects = Object.entries(paths).map(([name, { path }]) => page(name, path))
  const menus = [page(ofMany, '/services'), page(ofNone, '/services', await readerOf(world, readers.all))]
  const results = await takeTurns([floorOf(world), ...menus, ...subjects])
  const ratioOf = (name: string, all = results) => ratios(all.get(name) ?? [], all.get('floor') ?? [])
  const figure = (name: string, aim: string, all = results): Figure => ({
    work: `administration, ${name}`,
    measured: spread(ratioOf(name, all), ' × the floor'),
    aim,
    beside: beside(all.get(name) ?? []),
  })
  const growth = ratioOf('users, 5,000').median / ratioOf('users', fewer).median
  return [
    { ...figure('users', '≤ 6', fewer), work: 'administration, users, 63' },
    ...Object.entries(paths).map(([name, { aim }]) => figure(name, aim)),
    { work: 'administration, users, 5,000 against 63', measured: `${short(growth)} ×`, aim: '≤ 1.2' },
    figure(ofMany, "as the others'"),
    figure(ofNone, ''),
    ...(await measureLargeGroup(world, administrator, by)),
  ]
}

const ofMany = 'menu of a reader with 500,000 changes'
const ofNone = 'menu of a reader without'

async function idOf({ superuser, customer }: World, table: string, condition: string): Promise<string> {
  const found = await superuser.query<{ id: string }>(
    `select id from ${table} where customer_id = $1 and ${condition} limit 1`,
    [customer],
  )
  return found.rows[0]?.id ?? ''
}

/** By what they show. */
async function pathsIn(world: World, administrator: Browser): Promise<Record<string, { path: string; aim: string }>> {
  const group = `/user-groups/${await idOf(world, 'user_group', `name = 'rules-0'`)}`
  const user = await idOf(world, 'portal_user', `mail = '${readers.rules}'`)
  const inService = `service_id = (select id from service where code = 'service-10')`
  const contract = await idOf(world, 'contract', inService)
  await administrator.post(`${group}/rights/set`, {
    ...(await openForm(administrator, `${group}/rights/set`)),
    'right.all': 'view',
  })
  return {
    'users, 5,000': { path: '/users', aim: '≤ 6' },
    'users, 5,000, by keyword': { path: `/users?q=${encodeURIComponent('利用者 49')}`, aim: '' },
    'user groups, 500': { path: '/user-groups', aim: '≤ 6' },
    'change history of a million': { path: '/change-history', aim: '≤ 6' },
    'a group of 250 users': { path: group, aim: '≤ 12' },
    'its rights': { path: `${group}/rights`, aim: '≤ 12' },
    'its rights to the 5,000 contracts of a service': { path: `${group}/rights/set/service-10`, aim: '≤ 12' },
    'who gains all services by it, before it is put into force': { path: `${group}/rights/apply`, aim: '≤ 80' },
    'what a user with 3,000 rules may do': { path: `/effective-rights/users/${user}`, aim: '≤ 40' },
    'who sees a contract': { path: `/effective-rights/contracts/${contract}`, aim: '≤ 15' },
  }
}

/** A group of 5,000 users with rights to 10,000 single contracts: before they are in force, put into force, and deleted with it. */
async function measureLargeGroup(world: World, administrator: Browser, by: string): Promise<Figure[]> {
  const id = await makeLargeGroup(world.superuser, world.customer, { staged: 10_000, by })
  const [apply, remove] = [`/user-groups/${id}/rights/apply`, `/user-groups/${id}/delete`]
  const look = async (path: string): Promise<number> => {
    const times: number[] = []
    for (let round = -1; round < rounds; round++) times.push(await databaseTime(world, () => administrator.get(path)))
    return spreadOf(times.slice(1)).median
  }
  const send = async (path: string): Promise<number> => {
    const form = await openForm(administrator, path)
    return databaseTime(world, () => administrator.post(path, form))
  }
  const figure = (name: string, time: number): Figure => ({
    work: `administration, ${name} a group of 5,000 users with 10,000 rights`,
    measured: `${short(time)} ms of processor in the database`,
    aim: '≤ 300',
  })
  return [
    figure('the look before changing', await look(apply)),
    figure('changing', await send(apply)),
    figure('the look before deleting', await look(remove)),
    figure('deleting', await send(remove)),
  ]
}

async function databaseTime({ postmaster }: World, work: () => Promise<unknown>): Promise<number> {
  const before = cpuOf([postmaster])
  await work()
  return cpuOf([postmaster]) - before
}
