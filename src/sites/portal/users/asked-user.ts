import type { Context } from '#features/actor.ts'
import { findUser, type User } from '#features/users/user.ts'
import { isId } from '#platform/form.ts'
import { type Asked, notFound } from '#platform/web/page.ts'

/** The user in the address, if the customer has such a one. */
export async function askedUser(ctx: Context, { params: { id = '' } }: Asked): Promise<User | typeof notFound> {
  return (isId(id) ? await findUser(ctx, id) : undefined) ?? notFound
}
