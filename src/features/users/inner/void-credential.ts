import type { Context } from '#features/actor.ts'

/** Removes password, TOTP secret, recovery codes and the browsers that are known to be the user's, or trusted. */
export async function voidCredential(
  { tx, actor }: Pick<Context, 'tx'> & { actor: { customer: { id: string } } },
  userId: string,
): Promise<void> {
  for (const table of ['user_credential', 'recovery_code', 'known_browser', 'trusted_browser'] as const)
    await tx.deleteFrom(table).where('customer_id', '=', actor.customer.id).where('user_id', '=', userId).execute()
}
