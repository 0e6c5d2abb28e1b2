import type { Context, Logo } from '#features/actor.ts'

export interface ChosenLogo extends Logo {
  /** Undefined: nobody of the customer's. */
  by: string | undefined
  at: Date
}

export interface Logos {
  inForce: ChosenLogo | undefined
  /** Looked at by administrators before it counts. */
  staged: ChosenLogo | undefined
}

/** The customer's logos, without their images. */
export async function findLogos({ tx, actor: { customer } }: Context): Promise<Logos> {
  const rows = await tx
    .selectFrom('customer_logo as l')
    .leftJoin('portal_user as u', (join) =>
      join.onRef('u.customer_id', '=', 'l.customer_id').onRef('u.id', '=', 'l.chosen_by'),
    )
    .where('l.customer_id', '=', customer.id)
    .select(['l.in_force', 'l.hash', 'l.width', 'l.height', 'u.name as by', 'l.chosen_at as at'])
    .execute()
  const [inForce, staged] = [true, false].map((isWanted) => {
    const found = rows.find((row) => row.in_force === isWanted)
    return (
      found && { hash: found.hash, width: found.width, height: found.height, by: found.by ?? undefined, at: found.at }
    )
  })
  return { inForce, staged }
}

/** The image of the customer's logo that has this hash, a PNG. */
export async function findLogoImage({ tx, actor: { customer } }: Context, hash: string): Promise<Buffer | undefined> {
  if (!/^[0-9a-f]{32}$/.test(hash)) return undefined
  const row = await tx
    .selectFrom('customer_logo')
    .where('customer_id', '=', customer.id)
    .where('hash', '=', hash)
    .select('image')
    .executeTakeFirst()
  return row?.image
}
