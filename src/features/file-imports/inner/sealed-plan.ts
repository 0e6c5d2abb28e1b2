import type { Secrets } from '#platform/security/secrets.ts'

export interface Owner {
  customerId: string
  authorId: string
  /** Of the line that a file of settings is about; null: users. */
  contractId: string | null
}

const purposeOf = ({ customerId, authorId, contractId }: Owner): string =>
  contractId === null ? `user-import ${customerId} ${authorId}` : `line-import ${customerId} ${authorId} ${contractId}`

export function sealPlan(secrets: Secrets, owner: Owner, plan: unknown): Buffer {
  return secrets.seal(purposeOf(owner), JSON.stringify(plan))
}

/** Throws when it is somebody else's. */
export function openPlan(secrets: Secrets, owner: Owner, sealed: Uint8Array): unknown {
  return JSON.parse(secrets.open(purposeOf(owner), sealed))
}
