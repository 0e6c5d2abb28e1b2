import type { Browser } from '../browser.ts'
import { changedOf, changesOf, compare, floorOf, measureFirst, pageOf, readerOf, wideOf } from '../readers.ts'
import { beside, type Figure } from '../report.ts'
import { type Round, type Subject, takeTurns } from '../rounds.ts'
import { readers } from '../world/import-content.ts'
import { addOtherCustomers } from '../world/other-customers.ts'
import type { World } from '../world/world.ts'

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
  const page = (name: string, path: string, reader: Browser = all): Subject =>
    pageOf(world, { name, path, reader, clients, times: 400 })
  const results = await takeTurns([
    floorOf(world, clients),
    page('all', first),
    page('rules', first, rules),
    await wideOf(world, { name: 'wide', path: first, clients, times: 400 }),
    page('rare', rare),
    page('common', common),
    page('next of common', `${common}&page=2`),
    page('common of rules', common, rules),
    page('deep', await pathAt(world, 90_000)),
    page('last', `${first}&page=2000&end=true`),
    changesOf(world),
    changedOf(world, { name: 'changed all', reader: all, path: first }),
    changedOf(world, { name: 'changed rules', reader: rules, path: first }),
    changedOf(world, { name: 'changed rare', reader: all, path: rare }),
    changedOf(world, { name: 'changed common', reader: all, path: common }),
  ])
  return [
    ...figuresOf(results),
    await measureFirst(world, { name: 'contract list, all services', reader: all, path: first }),
  ]
}

function figuresOf(results: ReadonlyMap<string, Round[]>): Figure[] {
  const figure = (work: string, name: string, aim?: string): Figure =>
    compare(results, { work: `contract list, ${work}`, name, ...(aim && { aim }) })
  const toFirst = (work: string, name: string): Figure =>
    compare(results, { work: `contract list, ${work}`, name, against: 'all', aim: '≤ 1.5' })
  return [
    { work: 'floor, 8 clients', measured: '1', aim: '', beside: beside(results.get('floor') ?? []) },
    figure('50 of 100,000 in a million, all services', 'all', '≤ 5.5'),
    figure('10 service and 3,000 contract rules', 'rules', '≤ 6.5'),
    figure('2,000 readers of 200 customers in turn', 'wide', '≤ 1.3 × that of one'),
    figure('keyword of two characters, 100 found', 'rare', '≤ 6, p50 ≤ 10 ms'),
    figure('keyword of two characters, 14,271 found, again and again', 'common', '≤ 6'),
    figure('its second page', 'next of common', '≤ 6'),
    figure('the same keyword by rules', 'common of rules'),
    toFirst('page at row 90,000', 'deep'),
    toFirst('last page', 'last'),
    figure('all services, first after a change', 'changed all'),
    figure('rules, first after a change', 'changed rules'),
    figure('100 found, first after a change', 'changed rare'),
    figure('14,271 found, first after a change', 'changed common', '≤ 20'),
  ]
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
