import { setTimeout as wait } from 'node:timers/promises'
import { type Browser, openBrowser, signIn } from '../browser.ts'
import { ask, drive, textOf } from '../drive.ts'
import { beside, type Figure, short, spread } from '../report.ts'
import { ratios, type Subject, takeTurns } from '../rounds.ts'
import { readers } from '../world/import-content.ts'
import type { World } from '../world/world.ts'

const rounds = 7
const clients = 4

/** The service menu of both readers against the floor. */
export async function measureMenu(world: World): Promise<Figure[]> {
  const all = await readerOf(world, readers.all)
  const rules = await readerOf(world, readers.rules)
  const subjects = [floorOf(world), menuOf(world, 'all', all), menuOf(world, 'rules', rules)]
  const results = await takeTurns(subjects, rounds)
  const of = (name: string) => results.get(name) ?? []
  const statements = await countStatements(world, all)
  return [
    { work: 'floor', measured: '1', aim: '', beside: beside(of('floor')) },
    {
      work: 'service menu, all services, 100,000 contracts',
      measured: spread(ratios(of('all'), of('floor')), ' × the floor'),
      aim: '≤ 3.2',
      beside: beside(of('all')),
    },
    {
      work: 'service menu, 10 service and 3,000 contract rules',
      measured: spread(ratios(of('rules'), of('floor')), ' × the floor'),
      aim: '≤ 9',
      beside: beside(of('rules')),
    },
    { work: 'statements of the service menu', measured: String(statements), aim: '≤ 4', beside: 'and begin, commit' },
    ...(await weigh(all)),
  ]
}

/** Somebody signed in who understands brotli. */
export async function readerOf({ port }: World, mail: string): Promise<Browser> {
  const browser = openBrowser(port, { brotli: true })
  await signIn(browser, mail)
  return browser
}

export function floorOf({ floor, floorPort, postmaster }: World): Subject {
  return {
    name: 'floor',
    roots: [floor.pid, postmaster],
    run: () => drive({ clients, times: 2000, atMost: 4000 }, () => expectOk({ port: floorPort, path: '/' })),
  }
}

function menuOf({ app, port }: World, name: string, reader: Browser): Subject {
  const headers = reader.headers()
  return {
    name,
    roots: [app.pid],
    run: () => drive({ clients, times: 1000, atMost: 5000 }, () => expectOk({ port, path: '/services', headers })),
  }
}

export async function expectOk(asked: Parameters<typeof ask>[0]): Promise<void> {
  const { status } = await ask(asked)
  if (status !== 200) throw new Error(`${asked.path}: ${status}`)
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
    const path = new RegExp(`/assets/[\\w-]+\\.${ending}`).exec(html)?.[0] ?? ''
    return kilobytes((await reader.get(path)).body)
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
