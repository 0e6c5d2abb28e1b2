import { sql } from 'kysely'
import { type NoticeState, openingNoticeState } from '#features/first-login/notice-state.ts'
import type { Transaction } from '#platform/database/database.ts'
import type { User } from './user.ts'

/** A user as the operator sees one. */
export interface ListedUser extends Pick<User, 'mail' | 'name' | 'role' | 'secondFactor'> {
  state: string
  loginId: string
  /** The customer's code. */
  customer: string
  notice: NoticeState | null
  /** Why the newest opening notice could not be handed over, as the mail server said it. */
  noticeProblem: string | null
}

/** The users of all customers, staff not among them, or of the one with this code. With the operator's role. */
export async function listUsersOfAll(tx: Transaction, customer?: string): Promise<ListedUser[]> {
  const all = tx
    .selectFrom('portal_user as u')
    .innerJoin('customer', 'customer.id', 'u.customer_id')
    .select(['mail', 'u.name', 'role', 'state', 'second_factor as secondFactor', 'login_id as loginId'])
    .select(['customer.code as customer', openingNoticeState.as('notice')])
    .select(
      sql<string | null>`(select m.last_problem from mail m where m.customer_id = u.customer_id and m.user_id = u.id
        and m.kind = 'opening-notice' order by m.created_at desc limit 1)`.as('noticeProblem'),
    )
    .where('state', '<>', 'deleted')
    .where('customer.is_house', '=', false)
    .orderBy('customer.code')
    .orderBy('login_id')
  return (customer === undefined ? all : all.where('customer.code', '=', customer)).execute()
}
