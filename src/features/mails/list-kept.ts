import type { Database } from '#platform/database/database.ts'
import { foldKeyword, foldName, foldWords } from '#platform/folding.ts'
import type { Secrets } from '#platform/security/secrets.ts'
import { type Email, openEmail } from './sealed.ts'

export interface KeptMail extends Email {
  id: string
  to: string
  at: Date
}

export interface KeptMails {
  /** The newest first, as many as a page shows. */
  mails: KeptMail[]
  /** How many there are that hold the keyword. */
  total: number
}

/** Mails of one page. */
const mostShown = 50

/** The mails of a demo without a mail server that hold the keyword, for its mailbox. With the operator's role. */
export async function listKeptMails(operator: Database, secrets: Secrets, keyword: string): Promise<KeptMails> {
  const rows = await operator.transaction((tx) =>
    tx
      .selectFrom('mail')
      .where('state', '=', 'kept')
      .where('sealed', 'is not', null)
      .select(['id', 'recipient', 'sealed', 'created_at'])
      .orderBy('created_at', 'desc')
      .execute(),
  )
  const opened = rows.flatMap(({ id, recipient, sealed, created_at }): KeptMail[] =>
    sealed ? [{ id, to: recipient, at: created_at, ...openEmail(secrets, id, sealed) }] : [],
  )
  const wanted = foldKeyword(keyword.trim())
  const found = opened.filter(({ to, subject, text }) =>
    [foldWords, foldName].some((fold) => fold(`${to}\n${subject}\n${text}`).includes(wanted)),
  )
  return { mails: found.slice(0, mostShown), total: found.length }
}
