import { sql } from 'kysely'
import type { Visitor } from '#platform/context.ts'
import { type Budget, isLeft, withOneMore } from '#platform/security/budget.ts'
import { hours } from '#platform/time/duration.ts'
import type { LoginOwner } from '../known-user.ts'

/** Codes of one account, over all logins, browsers and doors. */
const codes = { most: 20, within: 1 * hours }
const budgets = {
  judged: codes,
  mailed: codes,
  /** Times that administrators give back all the others. */
  unlocked: { most: 5, within: 24 * hours },
} satisfies Record<string, Budget>

type Account = Pick<LoginOwner, 'customerId' | 'userId'>

/** Takes one of the codes to be judged or to be mailed, or one of the unlocks; false when they are used up. */
export async function takeFromCodeBudget(
  { tx, now }: Visitor,
  { customerId, userId }: Account,
  what: keyof typeof budgets,
): Promise<boolean> {
  const past = sql<Date[]>`${sql.ref(`code_budget.${what}`)}`
  const taken = await tx
    .insertInto('code_budget')
    .values({ customer_id: customerId, user_id: userId, [what]: sql`array[${now}::timestamptz]` })
    .onConflict((clash) =>
      clash
        .column('user_id')
        .doUpdateSet({ [what]: withOneMore(past, budgets[what], now) })
        .where(isLeft(past, budgets[what], now)),
    )
    .returning('user_id')
    .executeTakeFirst()
  return taken !== undefined
}

/** Gives an account all codes back. Answers whether the hour's were used up. */
export async function refillCodeBudget(
  { tx, now }: Pick<Visitor, 'tx' | 'now'>,
  { customerId, userId }: Account,
): Promise<boolean> {
  const found = await tx
    .selectFrom('code_budget')
    .select(isLeft(sql.ref('judged'), codes, now).as('isLeft'))
    .where('customer_id', '=', customerId)
    .where('user_id', '=', userId)
    .forUpdate()
    .executeTakeFirst()
  if (!found) return false
  await tx
    .updateTable('code_budget')
    .set({ judged: [], mailed: [] })
    .where('customer_id', '=', customerId)
    .where('user_id', '=', userId)
    .execute()
  return !found.isLeft
}
