import { type RawBuilder, sql } from 'kysely'

/** How far a mail has come; `kept`: in the mailbox of a demo. */
export type NoticeState = 'queued' | 'sent' | 'refused' | 'expired' | 'kept'

/** Selects the delivery of the newest opening notice to the user that a query calls `u`; null: none was sent. */
export const openingNoticeState: RawBuilder<NoticeState | null> = sql<NoticeState | null>`(select n.state from mail n
  where n.customer_id = u.customer_id and n.user_id = u.id and n.kind = 'opening-notice' order by n.created_at desc limit 1)`
