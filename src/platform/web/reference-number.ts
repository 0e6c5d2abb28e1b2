import { newToken } from '../security/secrets.ts'

/** To be quoted by a reader, and found in the log: `E-3F7KQ2XA`. */
export function newReferenceNumber(): string {
  return `E-${newToken().slice(0, 8).toUpperCase()}`
}
