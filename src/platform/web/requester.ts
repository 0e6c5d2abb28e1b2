import type { Visitor } from '../context.ts'
import type { Transaction } from '../database/database.ts'
import { isId } from '../form.ts'
import { linePerKey } from '../security/fair-line.ts'
import type { Reader } from './page.ts'
import type { WebRequest } from './request.ts'
import type { Admission, Admit, SessionState, SignedIn, Site } from './site.ts'

/** Who makes a request: whose session it is, if any, and how they read. */
export interface Requester<Actor> {
  visitor: Visitor
  opened: SessionState<Actor>
  actor: Actor | undefined
  reader: Reader
}

/** Somebody who was let in, with the context that belongs to it. */
export interface Admitted<Actor, Ctx> extends Requester<Actor> {
  ctx: Ctx
}

/** Fewer than there are connections to the database. */
const mostAtOnce = 4
const longestLine = 200
const inLineOf = linePerKey(mostAtOnce, longestLine)

/** The transaction of a request. Those of one session wait for each other, so that nobody holds every connection. */
export function requestTransaction<A extends SignedIn, T>(
  { program: { database } }: Site<A>,
  { asked }: WebRequest,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const { session } = asked.cookies
  return session ? inLineOf(session, () => database.transaction(work)) : database.transaction(work)
}

/** Whose request it is; enters the fence of the session's customer, too. */
export async function findRequester<A extends SignedIn>(
  site: Site<A>,
  { visitor: stranger, asked, chosenLanguage }: WebRequest,
  tx: Transaction,
): Promise<Requester<A>> {
  const opened = await site.session.open({ ...stranger, tx }, asked.cookies.session ?? '')
  const actor = opened.state === 'open' ? opened.actor : undefined
  const language = chosenLanguage ?? actor?.language ?? stranger.language
  return {
    visitor: { ...stranger, tx, language },
    opened,
    actor,
    reader: {
      language,
      isSignedIn: actor !== undefined,
      timeZone: actor?.timeZone ?? site.timeZone,
      now: stranger.now,
    },
  }
}

/** Whether they may come in. What is no id in the address names nothing, whoever asks. */
export async function admissionOf<A extends SignedIn, C>(
  admit: Admit<A, C>,
  { visitor, actor }: Requester<A>,
  { asked, method }: WebRequest,
): Promise<Admission<C>> {
  const admission = await admit(visitor, actor, { asked, method })
  const { id } = asked.params
  return typeof admission === 'object' && id !== undefined && !isId(id) ? 'not-found' : admission
}
