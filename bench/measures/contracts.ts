import { type Browser } from '../browser.ts'
import { drive } from '../drive.ts'
import { beside, type Figure, spread } from '../report.ts'
import { ratios, type Round, type Subject, takeTurns } from '../rounds.ts'
import { readers } from '../world/import-content.ts'
import { addOtherCustomers } from '../world/other-customers.ts'
import type { World } from '../world/world.ts'
import { expectOk, floorOf, readerOf } from './menu.ts'

const rounds = 7
/** As many as the aim for a keyword names. */
const clients = 8

const first = '/contracts?size=50'
const common = `/contracts?size=50&q=${encodeURIComponent('予備')}`
const rare = `/contracts?size=50&q=${encodeURIComponent('臨時')}`

/** The contract list in a database of a million contracts, 100,000 of them the reader's customer's. */
export async function measureContracts(world: World): Promise<Figure[]> {
  await addOtherCustomers(world.superuser)
  const all = await readerOf(world, readers.all)
  const rules = await readerOf(world, readers.rules)
  const subjects = [
    floorOf(world),
    listOf(world, { name: 'all', reader: all, path: first }),
    listOf(world, { name: 'rules', reader: rules, path: first }),
    listOf(world, { name: 'common', reader: all, path: common }),
    listOf(world, { name: 'common of rules', reader: rules, path: common }),
    listOf(world, { name: 'rare', reader: all, path: rare }),
    listOf(world, { name: 'deep', reader: all, path: await pathAt(world, 90_000) }),
    listOf(world, { name: 'last', reader: all, path: `${first}&page=2000&end=true` }),
  ]
  const results = await takeTurns(subjects, rounds)
  const of = (name: string): Round[] => results.get(name) ?? []
  const figure = (work: string, [name, against]: [string, string], aim: string): Figure => ({
    work: `contract list, ${work}`,
    measured: spread(ratios(of(name), of(against)), against === 'floor' ? ' × the floor' : ' × the first page'),
    aim,
    beside: beside(of(name)),
  })
  return [
    { work: 'floor, 8 clients', measured: '1', aim: '', beside: beside(of('floor')) },
    figure('50 of 100,000 in a million, all services', ['all', 'floor'], '≤ 3.2'),
    figure('10 service and 3,000 contract rules', ['rules', 'floor'], '≤ 9'),
    figure('keyword of two characters, 100 found', ['rare', 'floor'], '≤ 10, p50 ≤ 15 ms'),
    figure('keyword of two characters, 14,271 found', ['common', 'floor'], '≤ 10, p50 ≤ 15 ms'),
    figure('the same keyword by rules', ['common of rules', 'floor'], ''),
    figure('page at row 90,000', ['deep', 'all'], '≤ 1.5'),
    figure('last page', ['last', 'all'], '≤ 1.5'),
  ]
}

function listOf(
  { app, port }: World,
  { name, reader, path }: { name: string; reader: Browser; path: string },
): Subject {
  const headers = reader.headers()
  return {
    name,
    roots: [app.pid],
    run: () => drive({ clients, times: 400, atMost: 6000 }, () => expectOk({ port, path, headers })),
  }
}

/** The page that begins after so many rows. */
async function pathAt({ superuser, customer }: World, row: number): Promise<string> {
  const { rows } = await superuser.query<{ urgency: number; number: string }>(
    'select urgency, number from contract where customer_id = $1 order by urgency, number offset $2 limit 1',
    [customer, row - 1],
  )
  const [edge] = rows
  if (!edge) throw new Error(`There is no row ${row}`)
  return `${first}&page=${row / 50 + 1}&after=${edge.urgency}~${edge.number}`
}
