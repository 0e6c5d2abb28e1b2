import type { ContractStatus } from '#features/subjects/contract-status.ts'

/** Which contracts are listed: those that hold every term, of the status and the service, if any is named. */
export interface ContractFilter {
  terms: readonly string[]
  status?: ContractStatus | undefined
  serviceId?: string | undefined
}
