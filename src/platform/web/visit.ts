import type { Visitor } from '../context.ts'
import type { Transaction } from '../database/database.ts'
import { linePerKey } from '../security/fair-line.ts'
import type { Reader } from './page.ts'
import type { WebRequest } from './request.ts'
import type { Opened, SignedIn, Site } from './site.ts'

/** Somebody at the door: whose session it is, if any, and how they read. */
export interface Visit<Actor> {
  visitor: Visitor
  opened: Opened<Actor>
  actor: Actor | undefined
  reader: Reader
}

/** Who may come in, with the context that belongs to it. */
export type Admit<Actor, Context> = (
  visitor: Visitor,
  actor: Actor | undefined,
) => { ctx: Context } | 'sign-in' | 'forbidden'

/** Of readers whose own zone is not known. */
export const visitorTimeZone = 'Asia/Tokyo'

/** Fewer than there are connections to the database. */
const mostAtOnce = 4
const longestLine = 200
const inLineOf = linePerKey(mostAtOnce, longestLine)

/** The transaction of a visit. Those of one session wait for each other, so that nobody holds every connection. */
export function visitTransaction<A extends SignedIn, T>(
  { program: { database } }: Site<A>,
  { asked }: WebRequest,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const { session } = asked.cookies
  return session ? inLineOf(session, () => database.transaction(work)) : database.transaction(work)
}

/** Sets the fence of the transaction, too. */
export async function openVisit<A extends SignedIn>(
  site: Site<A>,
  { visitor: stranger, asked, chosenLanguage }: WebRequest,
  tx: Transaction,
): Promise<Visit<A>> {
  const opened = await site.open({ ...stranger, tx }, asked.cookies.session ?? '')
  const actor = opened.state === 'open' ? opened.actor : undefined
  const language = chosenLanguage ?? actor?.language ?? stranger.language
  return {
    visitor: { ...stranger, tx, language },
    opened,
    actor,
    reader: {
      language,
      isSignedIn: actor !== undefined,
      timeZone: actor?.timeZone ?? visitorTimeZone,
      now: stranger.now,
    },
  }
}
