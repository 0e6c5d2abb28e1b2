import { newReferenceNumber } from './reference-number.ts'
import type { WebRequest } from './request.ts'
import type { Requester } from './requester.ts'
import type { ErrorFacts, SessionState, SignedIn, Site } from './site.ts'

/** The session is good, but not from here: what the page tells of it, and the log under the same number. */
export function refuseAddress<A extends SignedIn>(
  { visitor }: Requester<A>,
  { path }: WebRequest,
): Pick<ErrorFacts, 'refusedAt' | 'number'> {
  const number = newReferenceNumber()
  const { ip } = visitor.client
  visitor.log.warn({ path, ip, number }, 'refused: not from this address')
  return { refusedAt: ip, number }
}

/** Lets the site note it, which the answer does not wait for: a look writes nothing itself. */
export function noteRefusal<A extends SignedIn>(
  { session, program }: Site<A>,
  refused: Extract<SessionState<A>, { state: 'refused' }>,
  { visitor }: WebRequest,
): void {
  const { noteRefusal: noteIt } = session
  if (!noteIt) return
  const noted = program.database.transaction((tx) => noteIt(tx, refused, visitor))
  noted.catch((error: unknown) => visitor.log.warn({ err: error }, 'a refusal was not noted'))
}
