import { sql } from 'kysely'
import type { Context } from '#features/actor.ts'

export type ViewingEnd = 'signed-out' | 'idle' | 'time' | 'closed' | 'replaced'

/** One look of a member of staff at the customer's screens. */
export interface Viewing {
  id: string
  staff: string
  /** As whom. */
  user: { id: string; name: string }
  reason: string
  begunAt: Date
  /** Null: it is under way. */
  endedAt: Date | null
  end: ViewingEnd | null
}

/** How many are listed. */
export const mostViewings = 100

/** The newest looks at the actor's customer. */
export async function listViewings({ tx, actor }: Context): Promise<Viewing[]> {
  const { rows } = await sql<Omit<Viewing, 'user'> & { userId: string; userName: string }>`
    select v.id, v.staff_name as staff, v.user_id as "userId", u.name as "userName", v.reason, v.begun_at as "begunAt",
      v.ended_at as "endedAt", v.end_reason as end
    from viewing v join portal_user u on u.customer_id = v.customer_id and u.id = v.user_id
    where v.customer_id = ${actor.customer.id} and v.begun_at is not null
    order by v.begun_at desc, v.id limit ${sql.lit(mostViewings)}`.execute(tx)
  return rows.map(({ userId, userName, ...viewing }) => ({ ...viewing, user: { id: userId, name: userName } }))
}
