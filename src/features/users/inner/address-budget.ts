import { sql } from 'kysely'
import type { ChangeBy } from '#features/change-history/record.ts'
import { type Budget, isLeft, withOneMore } from '#platform/security/budget.ts'
import { hours } from '#platform/time/duration.ts'

/** How many addresses of other customers' users an administrator may give, and all of a customer together. */
export const addressBudgets = {
  administrator: { most: 10, within: 24 * hours },
  customer: { most: 30, within: 24 * hours },
} satisfies Record<string, Budget>

/** A try that was counted and may be judged. */
interface AddressTry {
  /** Uses up what is left, unless it is given back. */
  isLast: boolean
}

/**
 * Counts that the actor gives a mail address, before it is compared: another administrator of the customer who gives one waits
 * for the commit. Undefined when the day's are used up.
 */
export async function takeAddressTry(ctx: ChangeBy): Promise<AddressTry | undefined> {
  const own = await take(ctx, ctx.actor.userId, addressBudgets.administrator)
  const all = own && (await take(ctx, null, addressBudgets.customer))
  return all && { isLast: own.isLast || all.isLast }
}

/** Gives a try back whose address was nobody's: it told nothing of others. */
export async function giveBackAddressTry({ tx, actor }: ChangeBy): Promise<void> {
  await tx
    .updateTable('address_budget')
    .set({ given: sql`given[:cardinality(given) - 1]` })
    .where('customer_id', '=', actor.customer.id)
    .where((eb) => eb.or([eb('user_id', '=', actor.userId), eb('user_id', 'is', null)]))
    .execute()
}

async function take(
  { tx, now, actor }: ChangeBy,
  userId: string | null,
  budget: Budget,
): Promise<AddressTry | undefined> {
  const given = sql.ref('address_budget.given')
  return tx
    .insertInto('address_budget')
    .values({ customer_id: actor.customer.id, user_id: userId, given: sql`array[${now}::timestamptz]` })
    .onConflict((clash) =>
      clash
        .columns(['customer_id', 'user_id'])
        .doUpdateSet({ given: withOneMore(given, budget, now) })
        .where(isLeft(given, budget, now)),
    )
    .returning(sql<boolean>`not ${isLeft(given, budget, now)}`.as('isLast'))
    .executeTakeFirst()
}
