import { sql } from 'kysely'
import { enqueueTellings, numberOf } from '#features/incidents/tellings.ts'
import type { Transaction } from '#platform/database/database.ts'
import { after, days } from '#platform/time/duration.ts'

/** Has people reminded of works that begin within a day. Again and again: whoever was reminded of that date is not told once more. */
export async function tellOfTomorrow(tx: Transaction, now: Date): Promise<void> {
  const { rows } = await sql<{ id: string; startsAt: Date; endsAt: Date | null }>`
    select i.id, i.starts_at as "startsAt", i.ends_at as "endsAt" from incident i
    where i.kind = 'works' and i.withdrawn_at is null and i.starts_at > ${now} and i.starts_at <= ${after(now, days)}
      and exists (select from mail_wish w where w.customer_id = i.customer_id and w.topic = 'works')`.execute(tx)
  const tellings = rows.map(({ id, startsAt, endsAt }) => ({
    incident: id,
    kind: 'tomorrow' as const,
    number: numberOf(startsAt, endsAt),
  }))
  await enqueueTellings(tx, tellings, now)
}
