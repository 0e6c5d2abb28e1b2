import type { OperatorContext } from '#features/operator-context.ts'
import { createAutomaticGroups } from '#features/user-groups/automatic.ts'
import { type KeyedTable, upsert } from '#platform/database/upsert.ts'
import { done, type Refusal, refuse } from '#platform/outcome.ts'
import { codesOf, findTwice, type PutOutcome, refuseMisfits } from '#platform/put.ts'

/** A company that has contracts with the operator. */
export interface CustomerEntry {
  code: string
  name: string
  /** IANA. Of new users, and of the days on which something begins; absent: the operator's. */
  timeZone?: string | undefined
}

const customerTable: KeyedTable = {
  name: 'customer',
  key: ['code'],
  kept: { code: 'text', name: 'text', time_zone: 'text' },
}

/** Makes the customers that are missing, each with its automatic group, and changes those that differ. */
export async function putCustomers(
  ctx: OperatorContext,
  entries: readonly CustomerEntry[],
): Promise<PutOutcome<'stands-twice'> | Refusal<'no-operator'>> {
  const operator = await ctx.tx.selectFrom('operator').select('time_zone').executeTakeFirst()
  if (!operator) return refuse('no-operator')
  const refused = refuseMisfits(findTwice(codesOf(entries), 'code'))
  if (refused) return refused
  const put = await upsert(
    ctx,
    customerTable,
    entries.map(({ code, name, timeZone = operator.time_zone }) => ({ code, name, time_zone: timeZone })),
  )
  const created = put.filter(({ was }) => was === 'created').map(({ id }) => id)
  if (created.length > 0) await createAutomaticGroups(ctx, created)
  return done(put)
}
