import { pino, type Logger } from 'pino'
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

/** One JSON object a line (UTC), or lines for people when the output is a terminal. */
export function openLog(level: string): Log {
  const options = {
    level,
    redact: {
      paths: secretNames.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]),
      censor: '[secret]',
    },
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
  }
  if (!process.stdout.isTTY) return pino(options)
  return pino(options, pretty({ sync: true, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' }))
}
