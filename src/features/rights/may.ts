import { highest, type Level } from './level.ts'
import { levelOf, type Scope } from './scope.ts'

/**
 * The one decision about a contract, for lists, pages, writes, search and downloads alike.
 * A role gives nothing here: an administrator without a group sees no contract.
 */
export function may({ scope }: { scope: Scope }, level: Level, contract: { id: string; serviceId: string }): boolean {
  const allowed = levelOf(scope, contract)
  return highest([allowed, level]) === allowed
}
