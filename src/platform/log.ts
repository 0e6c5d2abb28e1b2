import { type DestinationStream, pino, type Logger } from 'pino'
import pretty from 'pino-pretty'

export type Log = Logger

/** Names whose values never reach a log, wherever in an entry they stand. */
const secretNames = [
  'password',
  'newPassword',
  'code',
  'token',
  'cookie',
  'secret',
  'authorization',
  'recoveryCode',
  'set-cookie',
]

/** One JSON object a line with its level by name and the time in UTC, or lines for people when the output is a terminal. */
export function openLog(level: string): Log {
  const options = {
    level,
    redact: {
      paths: secretNames.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]),
      censor: '[secret]',
    },
    serializers: { err: factsOf },
    formatters: { level: (label: string) => ({ level: label }) },
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
  }
  if (!process.stdout.isTTY) return pino(options, unhurried())
  return pino(options, pretty({ sync: true, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' }))
}

/** Bytes that wait while nobody reads what is written; beyond them lines are lost. */
const mostWaiting = 4 * 1024 * 1024

/**
 * Written beside the work: a pipe that is full, because whoever reads it stands still, must not stop the program with it, nor one
 * that was closed end it.
 */
function unhurried(): DestinationStream {
  const stream = pino.destination({ dest: 1, sync: false, minLength: 0, maxLength: mostWaiting })
  stream.on('error', () => undefined)
  return stream
}

interface ErrorFacts {
  type: string
  message: string
  stack: string | undefined
  /** Of PostgreSQL (`23505`) or the system (`ECONNREFUSED`); as `code` it would be taken for a secret one. */
  errorCode?: unknown
  constraint?: unknown
  table?: unknown
  cause?: ErrorFacts
}

/** Nothing else of an error: `detail`, `where` and the like hold the values of a row when it comes from PostgreSQL. */
function factsOf(error: unknown): ErrorFacts {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error), stack: undefined }
  const { name, message, stack, cause } = error
  return {
    type: name,
    message,
    stack,
    ...('code' in error && { errorCode: error.code }),
    ...('constraint' in error && { constraint: error.constraint }),
    ...('table' in error && { table: error.table }),
    ...(cause !== undefined && { cause: factsOf(cause) }),
  }
}
