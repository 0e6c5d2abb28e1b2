import { type LineContext, openLine } from '#features/lines/open.ts'
import { asUser } from './as-user.ts'
import type { TestDatabase } from './database.ts'
import { type TestSettings, writeSettings } from './line-settings.ts'
import { type MadeUser, makerOf } from './make.ts'
import { superuserOf } from './superuser.ts'

export interface MadeLine {
  contractId: string
  user: MadeUser
}

/** A contract with a line that has these settings, and somebody who may edit it. */
export async function makeLine(database: TestDatabase, settings: TestSettings): Promise<MadeLine> {
  const make = makerOf(database)
  const user = await make.user()
  const { customerId } = user
  const contractId = await make.contract({ customerId, serviceId: await make.service() })
  await make.group({ customerId, rights: [{ contractId, level: 'edit' }], members: [user.id] })
  const admin = superuserOf(database)
  const client = await admin.connect()
  try {
    await writeSettings(client, { customerId, contractId }, settings)
  } finally {
    client.release()
    await admin.end()
  }
  return { contractId, user }
}

/** Works inside a line as somebody who has logged in, in one transaction. */
export function inLine<T>(
  database: TestDatabase,
  { contractId, user }: MadeLine,
  work: (ctx: LineContext) => Promise<T>,
): Promise<T> {
  return asUser(database, { user, now: new Date() }, async (_tx, _actor, ctx) => {
    const opened = await openLine(ctx, contractId)
    if (!opened) throw new Error('The line cannot be opened')
    return work(opened)
  })
}
