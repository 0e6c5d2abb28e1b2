import { type RawBuilder, sql } from 'kysely'
import type { Visitor } from '#platform/context.ts'
import { after, hours } from '#platform/duration.ts'
import type { KnownUser } from '../known-user.ts'

/** Codes of one account that are judged within any hour, over all logins, browsers and doors. */
const mostCodes = 20

type Account = Pick<KnownUser, 'customerId' | 'userId'>

/** Takes one; false when the hour's are used up. */
export async function takeFromCodeBudget({ tx, now }: Visitor, { customerId, userId }: Account): Promise<boolean> {
  const taken = await tx
    .insertInto('code_budget')
    .values({ customer_id: customerId, user_id: userId, judged: sql`array[${now}::timestamptz]` })
    .onConflict((clash) =>
      clash
        .column('user_id')
        .doUpdateSet({
          judged: sql`(code_budget.judged || ${now}::timestamptz)[cardinality(code_budget.judged) - ${sql.lit(mostCodes - 2)}:]`,
        })
        .where(isLeft(now)),
    )
    .returning('user_id')
    .executeTakeFirst()
  return taken !== undefined
}

/** Gives an account all of them back. Answers whether the hour's were used up. */
export async function refillCodeBudget(
  { tx, now }: Pick<Visitor, 'tx' | 'now'>,
  { customerId, userId }: Account,
): Promise<boolean> {
  const found = await tx
    .selectFrom('code_budget')
    .select(isLeft(now).as('isLeft'))
    .where('customer_id', '=', customerId)
    .where('user_id', '=', userId)
    .forUpdate()
    .executeTakeFirst()
  if (!found) return false
  await tx
    .updateTable('code_budget')
    .set({ judged: [] })
    .where('customer_id', '=', customerId)
    .where('user_id', '=', userId)
    .execute()
  return !found.isLeft
}

function isLeft(now: Date): RawBuilder<boolean> {
  const oldest = sql<Date>`code_budget.judged[cardinality(code_budget.judged) - ${sql.lit(mostCodes - 1)}]`
  return sql`(cardinality(code_budget.judged) < ${sql.lit(mostCodes)} or ${oldest} <= ${after(now, -1 * hours)})`
}
