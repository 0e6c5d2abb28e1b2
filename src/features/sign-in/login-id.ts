import type { Secrets } from '#platform/secrets.ts'

/** The login ID as it is compared: nearly what `fold_text` in the database makes of it, and nothing else of what that has made. */
export function foldLoginId(typed: string): string {
  return typed.normalize('NFKC').trim().toLowerCase()
}

/** The key under which failures of a login ID are counted, whether anybody has it or not. */
export function loginHash(secrets: Secrets, loginId: string): Buffer {
  return secrets.keyedHash('login', foldLoginId(loginId))
}
