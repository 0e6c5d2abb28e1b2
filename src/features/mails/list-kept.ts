import type { Database } from '#platform/database/database.ts'
import type { Secrets } from '#platform/security/secrets.ts'
import { type Email, openEmail } from './sealed.ts'

export interface KeptMail extends Email {
  id: string
  to: string
  at: Date
}

const newest = 50

/** The newest mails of a demo without a mail server, for its mailbox. With the operator's role. */
export async function listKeptMails(operator: Database, secrets: Secrets): Promise<KeptMail[]> {
  const rows = await operator.transaction((tx) =>
    tx
      .selectFrom('mail')
      .where('state', '=', 'kept')
      .where('sealed', 'is not', null)
      .select(['id', 'recipient', 'sealed', 'created_at'])
      .orderBy('created_at', 'desc')
      .limit(newest)
      .execute(),
  )
  return rows.flatMap(({ id, recipient, sealed, created_at }) => {
    if (!sealed) return []
    return [{ id, to: recipient, at: created_at, ...openEmail(secrets, id, sealed) }]
  })
}
