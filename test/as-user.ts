import type { Actor, Context } from '#features/actor.ts'
import { enterFence } from '#features/sessions/fence.ts'
import { openSession } from '#features/sessions/open.ts'
import { startSession } from '#features/sessions/start.ts'
import type { Transaction } from '#platform/database/database.ts'
import { openLog } from '#platform/log.ts'
import type { TestDatabase } from './database.ts'
import type { MadeUser } from './make.ts'
import { portalAsked, testSecrets, testSettingsUrl, testUrl } from './portal.ts'

export interface AsUser {
  user: MadeUser
  now: Date
}

/** Works as somebody who has logged in: behind the fence, with the rights that the database gives this user. */
export async function asUser<T>(
  { app }: TestDatabase,
  { user: { customerId, id: userId }, now }: AsUser,
  work: (tx: Transaction, actor: Actor, ctx: Context) => Promise<T>,
): Promise<T> {
  const surroundings = {
    now,
    client: { ip: '192.0.2.1', network: '192.0.2.1', browser: '' },
    language: 'ja' as const,
    secrets: testSecrets,
    portalUrl: testUrl,
    settingsUrl: testSettingsUrl,
    site: portalAsked,
    log: openLog('silent'),
  }
  const token = await app.transaction(async (tx) => {
    await enterFence(tx, customerId)
    return startSession({ tx, ...surroundings }, { customerId, userId, secondFactor: 'totp', credentialEpoch: 1 })
  })
  return app.transaction(async (tx) => {
    const opened = await openSession({ tx, ...surroundings }, token, false)
    if (opened.state !== 'open') throw new Error(`The session just made is ${opened.state}`)
    return work(tx, opened.actor, { tx, ...surroundings, actor: opened.actor })
  })
}
