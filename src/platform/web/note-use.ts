import type { Thing } from './paths.ts'
import type { WebRequest } from './request.ts'
import type { SignedIn, Site } from './site.ts'

export interface Use {
  request: WebRequest
  /** Whether the use of the session is to be noted. */
  isDue: boolean
  about: Thing | undefined
}

/** The answer does not wait for it; what is not noted today is noted with the next request. */
export function noteUse<A extends SignedIn>(site: Site<A>, actor: A, { request, isDue, about }: Use): void {
  const { session, keep, program } = site
  const { now, log } = request.visitor
  const { noteLook } = keep ?? {}
  if (isDue) {
    const noted = program.database.transaction((tx) => session.noteUse(tx, actor, now))
    noted.catch((error: unknown) => log.warn({ err: error }, 'the use of a session was not noted'))
  }
  if (about && noteLook) {
    const noted = program.database.transaction((tx) => noteLook(tx, actor, { at: about, now }))
    noted.catch((error: unknown) => log.warn({ err: error }, 'what was looked at was not noted'))
  }
}
