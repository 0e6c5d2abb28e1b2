import { setTimeout as wait } from 'node:timers/promises'
import type { Browser } from '../browser.ts'
import { textOf } from '../drive.ts'
import { changedOf, changesOf, compare, floorOf, measureFirst, pageOf, readerOf, wideOf } from '../readers.ts'
import { beside, type Figure, short } from '../report.ts'
import { takeTurns } from '../rounds.ts'
import { readers } from '../world/import-content.ts'
import type { World } from '../world/world.ts'

const path = '/services'

/** The service menu of both readers against the floor: hot, wide, and for the first time. */
export async function measureMenu(world: World): Promise<Figure[]> {
  const all = await readerOf(world, readers.all)
  const rules = await readerOf(world, readers.rules)
  const results = await takeTurns([
    floorOf(world),
    pageOf(world, { name: 'all', reader: all, path }),
    pageOf(world, { name: 'rules', reader: rules, path }),
    await wideOf(world, { name: 'wide', path }),
    changesOf(world),
    changedOf(world, { name: 'changed all', reader: all, path }),
    changedOf(world, { name: 'changed rules', reader: rules, path }),
  ])
  const figure = (work: string, name: string, aim?: string): Figure =>
    compare(results, { work: `service menu, ${work}`, name, ...(aim && { aim }) })
  return [
    { work: 'floor', measured: '1', aim: '', beside: beside(results.get('floor') ?? []) },
    figure('all services, 100,000 contracts', 'all', '≤ 4.0'),
    figure('10 service and 3,000 contract rules', 'rules', '≤ 5'),
    figure('2,000 readers of 200 customers in turn', 'wide', '≤ 1.3 × that of one'),
    figure('all services, first after a change', 'changed all'),
    figure('rules, first after a change', 'changed rules'),
    await measureFirst(world, { name: 'service menu, all services', reader: all, path }),
    {
      work: 'statements of the service menu',
      measured: String(await countStatements(world, all)),
      aim: '≤ 4',
      beside: 'and begin, commit',
    },
    ...(await weigh(all)),
  ]
}

/** What PostgreSQL itself is asked for one page, by its log; the least of some, since the worker asks now and then too. */
async function countStatements({ app, superuser }: World, reader: Browser): Promise<number> {
  await superuser.query(`alter system set log_statement = 'all'`)
  await superuser.query('select pg_reload_conf()')
  const counts: number[] = []
  for (let page = 0; page < 6; page++) {
    await wait(200)
    const before = app.said().length
    await reader.get('/services')
    await wait(200)
    counts.push(statementsIn(app.said().slice(before)))
  }
  await superuser.query('alter system reset log_statement')
  await superuser.query('select pg_reload_conf()')
  return Math.min(...counts)
}

function statementsIn(log: string): number {
  const statements = [...log.matchAll(/LOG: {2}(?:statement|execute [^:]*): (\w*)/g)]
  return statements.filter(([, verb]) => verb !== 'begin' && verb !== 'commit').length
}

/** In bytes as they travel, in brotli. */
async function weigh(reader: Browser): Promise<Figure[]> {
  const page = await reader.get('/services')
  const { body, headers } = page
  if (headers['content-encoding'] !== 'br') throw new Error('The page does not come in brotli')
  const html = textOf(page)
  const weightOf = async (ending: 'css' | 'js'): Promise<string> => {
    const asset = new RegExp(`/assets/[\\w-]+\\.${ending}`).exec(html)?.[0] ?? ''
    return kilobytes((await reader.get(asset)).body)
  }
  return [
    {
      work: 'weight of the service menu, 20 rows',
      measured: kilobytes(body),
      aim: '≤ 8 KB',
      beside: `${short(Buffer.byteLength(html) / 1024)} KB before compression`,
    },
    { work: 'weight of the stylesheet', measured: await weightOf('css'), aim: '≤ 12 KB' },
    { work: 'weight of the script', measured: await weightOf('js'), aim: '≤ 5 KB' },
  ]
}

function kilobytes({ length }: Buffer): string {
  return `${short(length / 1024)} KB`
}
