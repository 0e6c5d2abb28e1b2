import { beside, type Figure, short, spread } from '../report.ts'
import { floorOf, pageOf, readerOf } from '../readers.ts'
import { ratios, type Subject, takeTurns } from '../rounds.ts'
import { readers } from '../world/import-content.ts'
import { fillUpUsers } from '../world/other-users.ts'
import { fillSessions, placeSites } from '../world/rooms.ts'
import type { World } from '../world/world.ts'

/** What is new in the administrator's menu: a list of addresses in force, open sessions, the map, and the review of access. */
export async function measureRooms(world: World): Promise<Figure[]> {
  const { few, many } = await measureTwice(world)
  const ratioOf = (name: string, all: Taken) => ratios(all.get(name) ?? [], all.get('floor') ?? [])
  const figure = (name: string): Figure => ({
    work: name,
    measured: spread(ratioOf(name, many), ' × the floor'),
    aim: '',
    beside: beside(many.get(name) ?? []),
  })
  const growth = (name: string, work: string, aim: string): Figure => ({
    work,
    measured: `${short(ratioOf(name, many).median / ratioOf(name, few).median)} ×`,
    aim,
  })
  return [
    {
      work: 'a page of a limited user with 100 addresses in force against none',
      measured: spread(ratios(many.get(limited) ?? [], many.get(unlimited) ?? []), ' ×'),
      aim: '≤ 1.02',
    },
    figure(sessions),
    growth(sessions, 'the same against 50', '≤ 1.2'),
    figure(map),
    growth(map, 'the same against 50', ''),
    figure(review),
    figure(rights),
  ]
}

const sessions = 'open sessions, 5,000'
const map = 'network map, 500 sites'
const review = 'review of access, 5,000 users'
const rights = 'its rights'
const limited = 'menu, limited by 100 addresses'
const unlimited = 'menu, not limited'

type Taken = Awaited<ReturnType<typeof takeTurns>>

/** With 50 sites and open sessions, and with as many as there may be. */
async function measureTwice(world: World): Promise<{ few: Taken; many: Taken }> {
  const { superuser, customer } = world
  const administrator = await readerOf(world, readers.administrator)
  const page = (name: string, path: string, times = 100): Subject =>
    pageOf(world, { name, path, reader: administrator, times })
  await fillUpUsers(superuser, customer, 5000)
  await placeSites(superuser, customer, 50)
  await fillSessions(superuser, customer, 50)
  const few = await takeTurns([floorOf(world), page(sessions, '/access-history/sessions'), page(map, '/network-map')])
  await placeSites(superuser, customer, 500)
  await fillSessions(superuser, customer, 5000)
  const many = await takeTurns([
    floorOf(world),
    page(sessions, '/access-history/sessions'),
    page(map, '/network-map'),
    page(review, '/access-review', 20),
    page(rights, '/access-review/rights', 20),
    ...(await limitsOf(world)),
  ])
  return { few, many }
}

/** The service menu of a limited user, with a list in force whose last address is the user's, and with none. */
async function limitsOf(world: World): Promise<Subject[]> {
  const { superuser, customer } = world
  const reader = await readerOf(world, readers.all)
  await superuser.query('update portal_user set is_limited = true where customer_id = $1 and mail = $2', [
    customer,
    readers.all,
  ])
  await superuser.query(
    `insert into address_limit (customer_id, networks, descriptions)
     select $1, array_agg(('10.0.' || n || '.0/24')::cidr order by n) || '127.0.0.0/8'::cidr, array_append(array_agg('拠点 ' || n), '計測')
     from generate_series(1, 99) n`,
    [customer],
  )
  const subject = (name: string, isOn: boolean): Subject => ({
    ...pageOf(world, { name, path: '/services', reader }),
    prepare: () =>
      superuser
        .query('update address_limit set is_on = $2 where customer_id = $1', [customer, isOn])
        .then(() => undefined),
  })
  return [subject(unlimited, false), subject(limited, true)]
}
