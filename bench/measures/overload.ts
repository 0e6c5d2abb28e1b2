import { fork } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { type Browser, openBrowser } from '../browser.ts'
import { type Ask, type Driven, drive, percentile } from '../drive.ts'
import type { Flooded, FloodOrder } from '../flood.ts'
import { expectOk, readerOf } from '../readers.ts'
import { type Figure, short, spread } from '../report.ts'
import { rounds, spreadOf } from '../rounds.ts'
import { logins, readers } from '../world/import-content.ts'
import { addManyReaders } from '../world/many-readers.ts'
import type { World } from '../world/world.ts'

const perSecond = 600
const seconds = 3

/** What one who asks for too much takes from others: their p95 beside their quiet one, and how soon a refusal is there. */
export async function measureOverload(world: World): Promise<Figure[]> {
  const { port, superuser, floorPort } = world
  const other = (await readerOf(world, readers.all)).headers()
  const of = async (mail: string, mails: readonly string[]): Promise<Ask[]> => {
    const sessions = await copySessions(world, await readerOf(world, mail), mails)
    return sessions.map((headers) => ({ port, path: '/services', headers }))
  }
  const eightTimes = (mail: string): Promise<Ask[]> => of(mail, Array<string>(8).fill(mail))
  const { administrator, rules } = readers
  const browser = openBrowser(port, { brotli: true }).headers()
  const [token = ''] = await addManyReaders(superuser)
  const ofAnother = { ...browser, cookie: `__Host-portal-session=${token}` }
  const stranger = [{ port, path: '/login', headers: browser }]
  // What the machine alone makes of it.
  const elsewhere = [{ port: floorPort, path: '/', headers: browser }]
  return [
    await measureFlood(world, { name: 'one user with 8 sessions', asks: await eightTimes(administrator), other }),
    await measureFlood(world, {
      name: 'one user with 3,000 rules and 8 sessions',
      asks: await eightTimes(rules),
      other,
    }),
    await measureFlood(world, { name: 'a stranger', asks: stranger, other }),
    await measureFlood(world, { name: 'a whole customer', asks: await of(administrator, logins), other: ofAnother }),
    await measureFlood(world, { name: 'somebody, of another program on the machine,', asks: elsewhere, other }),
  ]
}

interface Flood {
  name: string
  asks: readonly Ask[]
  /** Of whoever looks at it all. */
  other: Record<string, string>
}

async function measureFlood(world: World, { name, asks, other }: Flood): Promise<Figure> {
  const quiet: number[] = []
  const loud: number[] = []
  const refusals: number[] = []
  let answered = 0
  await look(world, other)
  for (let round = 0; round < rounds; round++) {
    quiet.push(percentile(await look(world, other), 0.95))
    const flooding = await flood(asks)
    loud.push(percentile(await look(world, other), 0.95))
    const told = await flooding.ends
    answered += told.answered
    refusals.push(...told.refusals)
  }
  const latest = percentile({ times: 0, seconds: 0, latencies: refusals.toSorted((a, b) => a - b) }, 0.99)
  return {
    work: `p95 of others’ menu while ${name} asks for ${perSecond} pages/s`,
    measured: spread(spreadOf(loud.map((p95, round) => p95 / (quiet[round] ?? NaN))), ' × quiet'),
    aim: '≤ 2, refusals within 100 ms',
    beside: `quiet ${short(spreadOf(quiet).median)} ms; ${short(answered / rounds / seconds)} pages/s answered, ${refusals.length} refusals, p99 ${short(latest)} ms`,
  }
}

function look({ port }: World, headers: Record<string, string>): Promise<Driven> {
  return drive({ clients: 1, times: 1000, atMost: seconds * 1000 }, () =>
    expectOk({ port, path: '/services', headers }),
  )
}

/** Asks from a process of its own, so that the one who looks does not wait for it here. Has begun when this is answered. */
async function flood(asks: readonly Ask[]): Promise<{ ends: Promise<Flooded> }> {
  const child = fork(new URL('../flood.ts', import.meta.url))
  const broken = once(child, 'exit').then(() => Promise.reject(new Error('The flood has ended early')))
  // In the end it ends.
  broken.catch(() => undefined)
  const next = async (): Promise<unknown> => ((await Promise.race([once(child, 'message'), broken])) as unknown[])[0]
  child.send({ asks, perSecond, seconds } satisfies FloodOrder)
  await next()
  return { ends: next() as Promise<Flooded> }
}

/** Sessions of these users, as many as they are named, made like that of somebody who is signed in. */
async function copySessions(
  { superuser }: World,
  browser: Browser,
  mails: readonly string[],
): Promise<Record<string, string>[]> {
  const headers = browser.headers()
  const own = /__Host-portal-session=([^;]*)/.exec(headers.cookie ?? '')?.[1] ?? ''
  const hash = (token: string): Buffer => createHash('sha256').update(token).digest()
  const copied = mails.map((mail) => ({ mail, token: randomBytes(32).toString('base64url') }))
  for (const { mail, token } of copied) {
    const { rowCount } = await superuser.query(
      `insert into session select (jsonb_populate_record(s, jsonb_build_object('id', gen_random_uuid(), 'user_id', u.id, 'token_hash', $2::bytea))).*
       from session s join portal_user u on u.customer_id = s.customer_id and u.mail = $3 where s.token_hash = $1`,
      [hash(own), hash(token), mail],
    )
    if (rowCount !== 1) throw new Error('There is no session to copy')
  }
  return copied.map(({ token }) => ({ ...headers, cookie: (headers.cookie ?? '').replace(own, token) }))
}
