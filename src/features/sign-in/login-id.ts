import type { Secrets } from '#platform/security/secrets.ts'

/** Folds as `fold_text` in the database does, but for a few letters (İ). What that has folded stays as it is. */
export function foldLoginId(typed: string): string {
  return typed.normalize('NFKC').trim().toLowerCase()
}

/** The key under which failures of a login ID are counted, whether anybody has it or not. */
export function loginHash(secrets: Secrets, loginId: string): Buffer {
  return secrets.keyedHash('login', foldLoginId(loginId))
}
