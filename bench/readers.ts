import { performance } from 'node:perf_hooks'
import { type Browser, openBrowser, signIn } from './browser.ts'
import { ask, drive, percentile } from './drive.ts'
import { beside, type Figure, short, spread } from './report.ts'
import { ratios, type Round, rounds, spreadOf, type Subject } from './rounds.ts'
import { addManyReaders } from './world/many-readers.ts'
import { startAnother, type World } from './world/world.ts'

/** Somebody signed in who understands brotli. */
export async function readerOf({ port }: World, mail: string): Promise<Browser> {
  const browser = openBrowser(port, { brotli: true })
  await signIn(browser, mail)
  return browser
}

export async function expectOk(asked: Parameters<typeof ask>[0]): Promise<void> {
  const { status } = await ask(asked)
  if (status !== 200) throw new Error(`${asked.path}: ${status}`)
}

export function floorOf({ floor, floorPort, postmaster }: World, clients = 4): Subject {
  return {
    name: 'floor',
    roots: [floor.pid, postmaster],
    run: () => drive({ clients, times: 2000, atMost: 4000 }, () => expectOk({ port: floorPort, path: '/' })),
  }
}

export interface Reading {
  name: string
  reader: Browser
  path: string
  /** Of another site than the portal. */
  port?: number
  clients?: number
  times?: number
}

/** One page for one reader, again and again. */
export function pageOf(
  { app, port: ofPortal }: World,
  { name, reader, path, port = ofPortal, clients = 4, times = 1000 }: Reading,
): Subject {
  const headers = reader.headers()
  return {
    name,
    roots: [app.pid],
    run: () => drive({ clients, times, atMost: 5000 }, () => expectOk({ port, path, headers })),
  }
}

/** The page for many readers in turn, so that nobody's is asked for twice in a while. That they use their sessions is not noted in between. */
export async function wideOf(
  { app, port, superuser }: World,
  { name, path, clients = 4, times = 1000 }: Omit<Reading, 'reader'>,
): Promise<Subject> {
  const tokens = await addManyReaders(superuser)
  const headers = openBrowser(port, { brotli: true }).headers()
  let turn = 0
  const ofNext = (): Record<string, string> => ({
    ...headers,
    cookie: `__Host-portal-session=${tokens[turn++ % tokens.length]}`,
  })
  return {
    name,
    roots: [app.pid],
    prepare: () => superuser.query('update session set last_used_at = now()').then(() => undefined),
    run: () => drive({ clients, times, atMost: 5000 }, () => expectOk({ port, path, headers: ofNext() })),
  }
}

const changes = 'changes alone'
const changesEach = 100

/** What changes the rights of the two readers: its own time is taken off where a page is the first after a change. */
export function changesOf(world: World): Subject {
  return {
    name: changes,
    roots: [world.app.pid],
    run: () => drive({ clients: 1, times: changesEach, atMost: 5000 }, () => changeRights(world)),
  }
}

/** Each page is the first after a change. */
export function changedOf(world: World, { name, reader, path }: Reading): Subject {
  const { app, port } = world
  const headers = reader.headers()
  return {
    name,
    roots: [app.pid],
    run: () =>
      drive({ clients: 1, times: changesEach, atMost: 8000 }, async () => {
        await changeRights(world)
        await expectOk({ port, path, headers })
      }),
  }
}

async function changeRights({ superuser, customer }: World): Promise<void> {
  const { rowCount } = await superuser.query(
    `update user_group_right set level = case level when 'view' then 'edit' else 'view' end::right_level
     where customer_id = $1 and service_id is null and contract_id is null`,
    [customer],
  )
  if (rowCount === 0) throw new Error('There is no right to change')
}

/** A subject against another; one after changes without them. */
export function compare(
  results: ReadonlyMap<string, Round[]>,
  { work, name, against = 'floor', aim = '' }: { work: string; name: string; against?: string; aim?: string },
): Figure {
  const of = (subject: string): Round[] => results.get(subject) ?? []
  const without = name.startsWith('changed') ? of(changes) : []
  return {
    work,
    measured: spread(ratios(of(name), of(against), without), ` × ${against === 'floor' ? 'the floor' : against}`),
    aim,
    beside: beside(of(name)),
  }
}

/** The first page that a portal just started is asked for by somebody signed in, and that page once it has warmed up. */
export async function measureFirst(world: World, { name, reader, path }: Reading): Promise<Figure> {
  const first: number[] = []
  const later: number[] = []
  for (let round = 0; round < rounds; round++) {
    const { app, port } = await startAnother(world)
    const asked = { port, path, headers: reader.headers() }
    try {
      const begun = performance.now()
      await expectOk(asked)
      first.push(performance.now() - begun)
      later.push(percentile(await drive({ clients: 1, times: 300, atMost: 3000 }, () => expectOk(asked)), 0.5))
    } finally {
      await app.stop()
    }
  }
  return {
    work: `${name}, first after a start`,
    measured: spread(spreadOf(first), ' ms'),
    aim: '',
    beside: `later p50 ${short(spreadOf(later).median)} ms`,
  }
}
