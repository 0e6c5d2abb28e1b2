import { type Browser, openForm } from '../browser.ts'
import { beside, type Figure, spread } from '../report.ts'
import { ratios, type Round, type Subject, takeTurns } from '../rounds.ts'
import { readers } from '../world/import-content.ts'
import { floorOf, pageOf, readerOf } from '../readers.ts'
import { fillUpUsers } from '../world/other-users.ts'
import type { World } from '../world/world.ts'

/** Row 5, and what administrators look at, with 100,000 contracts, 500 groups and 5,000 users. */
export async function measureAdministration(world: World): Promise<Figure[]> {
  const administrator = await readerOf(world, readers.administrator)
  const page = (name: string, path: string): Subject => pageOf(world, { name, path, reader: administrator, times: 200 })
  await fillUpUsers(world.superuser, world.customer, 1000)
  const fewer = await takeTurns([floorOf(world), page('fewer users', '/users')])
  await fillUpUsers(world.superuser, world.customer, 5000)
  const paths = await pathsIn(world, administrator)
  const subjects = Object.entries(paths).map(([name, path]) => page(name, path))
  const results = await takeTurns([floorOf(world), ...subjects])
  const figure = (name: string, all: Map<string, Round[]>, aim = ''): Figure => ({
    work: `administration, ${name}`,
    measured: spread(ratios(all.get(name) ?? [], all.get('floor') ?? []), ' × the floor'),
    aim,
    beside: beside(all.get(name) ?? []),
  })
  return [
    { ...figure('fewer users', fewer, '≤ 6'), work: 'administration, users, 1,000' },
    ...Object.keys(paths).map((name) => figure(name, results, aims[name])),
  ]
}

const aims: Readonly<Record<string, string>> = {
  'users, 5,000': '≤ 6, flat',
  'users, 5,000, by keyword': '≤ 6, flat',
  'user groups, 500': '≤ 6',
  'who gains all services by it, before it is put into force': '≤ 80',
  'what a user with 3,000 rules may do': '≤ 40',
  'who sees a contract': '≤ 15',
}

/** By what they show. */
async function pathsIn({ superuser, customer }: World, administrator: Browser): Promise<Record<string, string>> {
  const idOf = async (table: string, condition: string): Promise<string> => {
    const found = await superuser.query<{ id: string }>(
      `select id from ${table} where customer_id = $1 and ${condition} limit 1`,
      [customer],
    )
    return found.rows[0]?.id ?? ''
  }
  const group = `/user-groups/${await idOf('user_group', `name = 'rules-0'`)}`
  const user = await idOf('portal_user', `mail = '${readers.rules}'`)
  const contract = await idOf('contract', `service_id = (select id from service where code = 'service-10')`)
  await administrator.post(`${group}/rights/set`, {
    ...(await openForm(administrator, `${group}/rights/set`)),
    'right.all': 'view',
  })
  return {
    'users, 5,000': '/users',
    'users, 5,000, by keyword': `/users?q=${encodeURIComponent('利用者 49')}`,
    'user groups, 500': '/user-groups',
    'a group of 250 users': group,
    'its rights': `${group}/rights`,
    'its rights to the 5,000 contracts of a service': `${group}/rights/set/service-10`,
    'who gains all services by it, before it is put into force': `${group}/rights/apply`,
    'what a user with 3,000 rules may do': `/effective-rights/users/${user}`,
    'who sees a contract': `/effective-rights/contracts/${contract}`,
  }
}
