import type { Context } from '#features/actor.ts'

/** Active portal administrators of the customer. */
export async function countAdministrators({ tx, actor }: Context): Promise<number> {
  const { administrators } = await tx
    .selectFrom('portal_user')
    .where('customer_id', '=', actor.customer.id)
    .where('role', '=', 'portal-administrator')
    .where('state', '=', 'active')
    .select(({ fn }) => fn.countAll<number>().as('administrators'))
    .executeTakeFirstOrThrow()
  return administrators
}
