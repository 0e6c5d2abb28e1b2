import { sql } from 'kysely'
import type { Transaction } from '#platform/database/database.ts'
import { offsetClock } from '#platform/time/format.ts'
import type { Language } from '#platform/words.ts'
import type { FeedbackKind } from './give.ts'

export interface GivenFeedback {
  at: Date
  /** The moment in the operator's time zone: 2026-11-22 14:02:33+09:00. */
  localTime: string
  customer: string
  user: string
  mail: string
  page: string
  kind: FeedbackKind | null
  language: Language
  browser: string
  text: string
}

/** What users have said of pages, the oldest first; from a day (2026-11-22) in the operator's time zone. With the operator's role. */
export async function listFeedback(tx: Transaction, since: string | undefined): Promise<GivenFeedback[]> {
  const { rows } = await sql<Omit<GivenFeedback, 'localTime'> & { zone: string }>`
    select f.at, o.time_zone as zone, c.code as customer,
      f.user_name as user, u.mail, f.page, f.kind, f.language, f.browser, f.text
    from operator o cross join feedback f join customer c on c.id = f.customer_id
    join portal_user u on u.customer_id = f.customer_id and u.id = f.user_id
    where ${since ? sql`f.at >= ${since}::timestamp at time zone o.time_zone` : sql`true`}
    order by f.at, f.id`.execute(tx)
  return rows.map(({ zone, at, ...given }) => ({ at, localTime: offsetClock(zone)(at), ...given }))
}
