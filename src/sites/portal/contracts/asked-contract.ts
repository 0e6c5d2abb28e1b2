import { type Contract, findContract } from '#features/contracts/find.ts'
import type { Context } from '#features/actor.ts'
import { isId } from '#platform/form.ts'
import { type Asked, notFound } from '#platform/web/page.ts'

/** The contract that an address names, if the user may see it. */
export async function contractOf(ctx: Context, { params: { id = '' } }: Asked): Promise<Contract | typeof notFound> {
  return (isId(id) ? await findContract(ctx, id) : undefined) ?? notFound
}
