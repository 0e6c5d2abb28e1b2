import type { Secrets } from '#platform/security/secrets.ts'
import type { Plan } from '../plan.ts'

interface Owner {
  customerId: string
  authorId: string
}

const purposeOf = ({ customerId, authorId }: Owner): string => `user-import ${customerId} ${authorId}`

export function sealPlan(secrets: Secrets, owner: Owner, plan: Plan): Buffer {
  return secrets.seal(purposeOf(owner), JSON.stringify(plan))
}

/** Throws when it is somebody else's. */
export function openPlan(secrets: Secrets, owner: Owner, sealed: Uint8Array): Plan {
  // Sealed by sealPlan for this author: nobody else can have made it.
  return JSON.parse(secrets.open(purposeOf(owner), sealed)) as Plan
}
