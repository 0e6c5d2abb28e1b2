import { sql } from 'kysely'
import type { Visitor } from '#platform/context.ts'
import { after, hours } from '#platform/duration.ts'
import type { KnownUser } from '../known-user.ts'

/** Codes of one account that are judged within any hour, over all logins, browsers and doors. */
const mostCodes = 20

/** Takes one; false when the hour's are used up. */
export async function takeFromCodeBudget(
  { tx, now }: Visitor,
  { customerId, userId }: Pick<KnownUser, 'customerId' | 'userId'>,
): Promise<boolean> {
  const oldest = sql<Date>`code_budget.judged[cardinality(code_budget.judged) - ${sql.lit(mostCodes - 1)}]`
  const taken = await tx
    .insertInto('code_budget')
    .values({ customer_id: customerId, user_id: userId, judged: sql`array[${now}::timestamptz]` })
    .onConflict((clash) =>
      clash
        .column('user_id')
        .doUpdateSet({
          judged: sql`(code_budget.judged || ${now}::timestamptz)[cardinality(code_budget.judged) - ${sql.lit(mostCodes - 2)}:]`,
        })
        .where(
          sql<boolean>`cardinality(code_budget.judged) < ${sql.lit(mostCodes)} or ${oldest} <= ${after(now, -1 * hours)}`,
        ),
    )
    .returning('user_id')
    .executeTakeFirst()
  return taken !== undefined
}
