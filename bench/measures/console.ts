import { openBrowser, signIn } from '../browser.ts'
import { floorOf, pageOf, readerOf } from '../readers.ts'
import { beside, type Figure, spread } from '../report.ts'
import { ratios, takeTurns } from '../rounds.ts'
import { readers } from '../world/import-content.ts'
import { addOtherCustomers, addOtherUsers } from '../world/other-customers.ts'
import { fillTickets } from '../world/tickets.ts'
import { addMember } from '../world/users.ts'
import { consoleUrl, type World } from '../world/world.ts'

/** Inquiries of a customer that has 100,000, and how staff find one of a million contracts and 300,000 users. */
export async function measureConsole(world: World): Promise<Figure[]> {
  const { superuser, customer, consolePort: port, quickHash } = world
  const ticket = await fillTickets(superuser, customer, { tickets: 100_000, messages: 50 })
  await addOtherCustomers(superuser)
  await addOtherUsers(superuser)
  const reader = await readerOf(world, readers.all)
  const staff = openBrowser(port, { brotli: true, site: consoleUrl })
  await signIn(staff, await addMember(superuser, quickHash))
  const search = (text: string): string => `/search?q=${encodeURIComponent(text)}`
  const aims = {
    [list]: { path: '/tickets?size=50', aim: '≤ 3.2', of: { reader } },
    [messages]: { path: `/tickets/${ticket}`, aim: '≤ 5', of: { reader } },
    [byName]: { path: search('高橋 99'), aim: '≤ 10', of: { reader: staff, port } },
    [byNumber]: { path: search('X4711'), aim: '≤ 10', of: { reader: staff, port } },
    [ofCustomer]: { path: `/customers/${customer}`, aim: '≤ 6', of: { reader: staff, port } },
    [queue]: { path: '/tickets', aim: '', of: { reader: staff, port } },
  }
  const subjects = Object.entries(aims).map(([name, { path, of }]) => pageOf(world, { name, path, times: 200, ...of }))
  const results = await takeTurns([floorOf(world), ...subjects])
  return Object.entries(aims).map(([name, { aim }]) => ({
    work: name,
    measured: spread(ratios(results.get(name) ?? [], results.get('floor') ?? []), ' × the floor'),
    aim,
    beside: beside(results.get(name) ?? []),
  }))
}

const list = 'inquiries, 50 of 100,000'
const messages = 'an inquiry with 50 messages'
const byName = 'console, a name among 300,000 users'
const byNumber = 'console, a number among a million contracts'
const ofCustomer = 'console, the customer of 100,000 contracts'
const queue = 'console, the queue of 10,000 open inquiries'
