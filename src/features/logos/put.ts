import { sql } from 'kysely'
import type { Transaction } from '#platform/database/database.ts'
import type { DrawnLogo } from './draw.ts'

/** Gives a customer, named by the operator's own code, a logo where it has none. */
export async function putLogo(
  tx: Transaction,
  { customerCode, logo, now }: { customerCode: string; logo: DrawnLogo; now: Date },
): Promise<void> {
  await tx
    .insertInto('customer_logo')
    .columns(['customer_id', 'in_force', 'hash', 'image', 'width', 'height', 'chosen_at'])
    .expression(
      tx
        .selectFrom('customer')
        .where('code', '=', customerCode)
        .select([
          'id',
          sql<boolean>`true`.as('in_force'),
          sql<string>`${logo.hash}`.as('hash'),
          sql<Buffer>`${logo.image}::bytea`.as('image'),
          sql<number>`${logo.width}::smallint`.as('width'),
          sql<number>`${logo.height}::smallint`.as('height'),
          sql<Date>`${now}::timestamptz`.as('chosen_at'),
        ]),
    )
    .onConflict((clash) => clash.doNothing())
    .execute()
}
