import { sql } from 'kysely'
import { isConsole } from '#features/house.ts'
import { nobodysAddress, type Visitor } from '#platform/context.ts'
import { after, days } from '#platform/time/duration.ts'

/** How long a network counts as one from which people log in. */
export const knownFor: number = 30 * days
/** A network that was noted within this time need not be noted again. */
const notedFor = 1 * days

/** The key under which a network is counted, for the console apart: no address is kept. */
export function networkHash({ secrets, client, site }: Pick<Visitor, 'secrets' | 'client' | 'site'>): Buffer {
  return secrets.keyedHash(isConsole(site) ? 'reissue to staff' : 'reissue', client.network)
}

/** Notes that somebody has logged in from the visitor's network; not for all who cannot be told, who share one. */
export async function noteNetwork(visitor: Visitor): Promise<void> {
  const { tx, now, client } = visitor
  if (client.ip === nobodysAddress) return
  await tx
    .insertInto('reissue_budget')
    .values({ network_hash: networkHash(visitor), asked: sql`'{}'::timestamptz[]`, logged_in_at: now })
    .onConflict((clash) =>
      clash
        .column('network_hash')
        .doUpdateSet({ logged_in_at: now })
        .where(sql<boolean>`coalesce(reissue_budget.logged_in_at < ${after(now, -notedFor)}, true)`),
    )
    .execute()
}
