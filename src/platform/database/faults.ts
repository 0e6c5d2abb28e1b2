/** The database cannot be reached, has no room left or does not answer in time: worth another try in a moment. */
export class DatabaseUnavailable extends Error {}

/** What the error means for those who can only wait; undefined when the database is well, and what was asked of it is not. */
export function unavailable(error: unknown): DatabaseUnavailable | undefined {
  const reason = reasons.find(({ code, message }) => code.test(codeOf(error)) || message?.test(messageOf(error)))
  return reason && new DatabaseUnavailable(reason.said, { cause: error })
}

interface Reason {
  said: string
  /** Of PostgreSQL or of the system. */
  code: RegExp
  /** Of the driver and of ourselves: errors without a code. */
  message?: RegExp
}

const reasons: readonly Reason[] = [
  // Class 53: no disk, no memory or no connection is left.
  { said: 'The database has no room left', code: /^53/ },
  // Ended by the server itself, or by us because the server says nothing.
  { said: 'The database has not answered in time', code: /^57014$/, message: /^The database says nothing$/ },
  {
    said: 'The database cannot be reached',
    // Classes 08 (connection) and 57P (going down, starting), and the system's own.
    code: /^(08|57P|ECONN|ENOENT$|EPIPE$|ETIMEDOUT$)/,
    message: /Connection terminated|timeout exceeded when trying to connect|Client has encountered/,
  },
]

/** For a server that neither answers nor leaves. */
export function silence(): Error {
  return new Error('The database says nothing')
}

/** Whether another transaction was in the way and this one has given way: begun anew, it may succeed. */
export function isGivingWay(error: unknown): boolean {
  return /^(40001|40P01|55P03)$/.test(codeOf(error))
}

/** Whether something was to be written in a transaction that only reads. */
export function isWriting(error: unknown): boolean {
  return codeOf(error) === '25006'
}

/** Whether the server finds the statement itself wrong: a name or a type of class 42, or the columns of what it has parsed (0A000). */
export function isWrong(error: unknown): boolean {
  return /^(42|0A000)/.test(codeOf(error))
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : ''
}
