import type { Admitted } from './requester.ts'
import type { Admit, SignedIn, Site } from './site.ts'

/** What is at an address, for somebody who only looks. */
interface Looked {
  isFile?: boolean
  isClosedToLooks?: true | undefined
  /** An action by which a look ends, which its transaction could not write. */
  endLook?: unknown
}

/** Keeps from whoever only looks at what another sees: files, what is not to be looked at, and every form but the one that ends it. */
export function lookedAt<A extends SignedIn, C>(
  admit: Admit<A, C>,
  { isFile, isClosedToLooks, endLook }: Looked,
): Admit<A, C> {
  return (visitor, actor, attempt) => {
    const isForm = attempt.method === 'POST' && !endLook
    return actor?.onlyLooks && (isFile || isClosedToLooks || isForm) ? 'only-looks' : admit(visitor, actor, attempt)
  }
}

/** Ends the look in a transaction of its own: the session's can only read. */
export async function endLookOf<A extends SignedIn, C>(
  { program }: Site<A>,
  guest: Admitted<A, C> | undefined,
  endLook: ((ctx: C) => Promise<void>) | undefined,
): Promise<void> {
  if (endLook && guest?.actor?.onlyLooks) await program.database.transaction((tx) => endLook({ ...guest.ctx, tx }))
}
