import pg from 'pg'
import { minutes } from '../time/duration.ts'

/**
 * A pool that outlives its server: a broken connection leaves it by itself, and the next one who asks opens another.
 * Without a listener of each connection, one that breaks while it is in use would end the process.
 */
export function openPool(config: pg.PoolConfig): pg.Pool {
  // A machine that is gone without a word is noticed in the end by whoever waits for its answer.
  const pool = new pg.Pool({ keepAlive: true, keepAliveInitialDelayMillis: 1 * minutes, ...config })
  pool.on('error', () => undefined)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/** The connections of a pool that may still be used. */
export interface Connections {
  take: () => Promise<pg.PoolClient>
  /** Those there are have kept what is true no longer: each is closed when its turn comes. */
  outdate: () => void
}

export function connectionsOf(pool: pg.Pool): Connections {
  let fresh = new WeakSet<pg.PoolClient>()
  pool.on('connect', (client) => fresh.add(client))
  const take = async (): Promise<pg.PoolClient> => {
    const client = await pool.connect()
    if (fresh.has(client)) return client
    client.release(true)
    return take()
  }
  return { take, outdate: () => (fresh = new WeakSet()) }
}
