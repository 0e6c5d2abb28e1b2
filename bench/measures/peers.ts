import type { Browser } from '../browser.ts'
import { drive, textOf } from '../drive.ts'
import { type Directus, openDirectus } from '../peers/directus.ts'
import { beside, type Figure, spread } from '../report.ts'
import { ratios, type Round, type Subject, takeTurns } from '../rounds.ts'
import { expectOk, readerOf } from '../readers.ts'
import { readers } from '../world/import-content.ts'
import type { World } from '../world/world.ts'

const clients = 4

const [rare, common] = ['臨時', '予備']
const fields = 'id,number,service,site,memo,status'
const list = { fields, sort: 'urgency,number', limit: '50' }
const counted = { ...list, meta: 'filter_count' }

/** The contract list against that of Directus, the same rows in the same server, in turn. */
export async function measurePeers(world: World): Promise<Figure[]> {
  await using closing = new AsyncDisposableStack()
  const directus = await openDirectus(world, closing)
  const reader = await readerOf(world, readers.all)
  const headers = reader.headers()
  const words = commonWords()
  const nextPage = await nextPageOf(reader)
  const ours = (name: string, work: Partial<Work>): Subject => oursOf(world, { name, headers, ...work })
  const theirs = (name: string, query: Record<string, string>): Subject => theirsOf(world, directus, { name, query })
  const results = await takeTurns([
    ours('ours', {}),
    theirs('theirs', list),
    theirs('theirs, counted', counted),
    ours('our rare', { path: () => listWith(rare) }),
    theirs('their rare', { ...counted, search: rare }),
    ours('our first look', { path: () => listWith(words.next().value ?? common), times: 12 }),
    ours('our next page', { path: () => nextPage }),
    theirs('their common', { ...counted, search: common }),
    theirs('their next page', { ...counted, search: common, page: '2' }),
  ])
  const figure = (work: string, [one, other]: [string, string], aim: string): Figure => {
    const [our = [], their = []] = [one, other].map((name): Round[] => results.get(name) ?? [])
    return {
      work: `contract list against Directus, ${work}`,
      measured: spread(ratios(our, their), ' × its'),
      aim,
      beside: `ours ${beside(our)}; its ${beside(their)}`,
    }
  }
  return [
    figure('50 of 100,000, its without count', ['ours', 'theirs'], '≤ 1.0'),
    figure('50 of 100,000, its with count', ['ours', 'theirs, counted'], '≤ 0.25'),
    figure('rare word, 100 found', ['our rare', 'their rare'], '≤ 0.025'),
    figure('common word, 14,271 found, first look', ['our first look', 'their common'], '≤ 0.1'),
    figure('common word, second page', ['our next page', 'their next page'], '≤ 0.025'),
  ]
}

function listWith(word: string): string {
  return `/contracts?${new URLSearchParams({ size: '50', ...(word && { q: word }) }).toString()}`
}

/** As the first page links to it. */
async function nextPageOf(reader: Browser): Promise<string> {
  const page = textOf(await reader.get(listWith(common)))
  const [, path] = /href="(\/contracts\?[^"]*[?&;]page=2[^"]*)"/.exec(page) ?? []
  if (!path) throw new Error('The list links to no second page')
  return path.replaceAll('&amp;', '&')
}

interface Work {
  name: string
  headers: Record<string, string>
  path?: () => string
  times?: number
}

function oursOf({ app, port }: World, { name, headers, path = () => listWith(''), times = 200 }: Work): Subject {
  return {
    name,
    roots: [app.pid],
    run: () => drive({ clients, times, atMost: 4000 }, () => expectOk({ port, path: path(), headers })),
  }
}

/** Its share of the PostgreSQL that belongs to our program is that of its turn. */
function theirsOf(
  { postmaster }: World,
  { app, ask }: Directus,
  { name, query }: { name: string; query: Record<string, string> },
): Subject {
  return {
    name,
    roots: [app.pid, postmaster],
    run: () => drive({ clients, times: 200, atMost: 4000 }, () => expectOk(ask(query))),
  }
}

/** None is asked for twice: what finds the common word's contracts, with a second word that every contract has. */
function* commonWords(): Generator<string, undefined> {
  const everywhere = 'ビジネス回線サービス'
  for (const word of [common, '備回', '予備回', '備回線', '予備回線'])
    for (let from = 0; from < everywhere.length - 1; from++)
      for (let to = from + 2; to <= everywhere.length; to++) yield `${word} ${everywhere.slice(from, to)}`
  return undefined
}
