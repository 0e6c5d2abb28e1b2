import type { Visitor } from '../context.ts'
import type { Transaction } from '../database/database.ts'
import { isId } from '../form.ts'
import { type Asker, sharedLine } from '../security/fair-line.ts'
import type { Reader } from './page.ts'
import type { WebRequest } from './request.ts'
import type { Admission, Admit, OpenedSession, SessionState, SignedIn, Site } from './site.ts'

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

/** Together fewer than there are connections to the database. */
const inLine = sharedLine({
  atOnce: { person: 1, group: 4, all: 8 },
  longest: { person: 50, group: 200, all: 1000 },
})

/** The transaction of a request: users wait for their own requests first, then for those of their customer, then for everybody's. */
export function requestTransaction<A extends SignedIn, T>(
  { program: { database } }: Site<A>,
  { isLook, asked, visitor }: WebRequest,
  work: (tx: Transaction) => Promise<T>,
): Promise<T> {
  const kind = isLook ? 'look' : undefined
  return inLine.join(askerOf(asked.cookies.session, visitor.client.network), () => database.transaction(work, kind))
}

/** Whether a request of this session would be refused, as far as that can be told before it is read. */
export function isCrowded(token: string): boolean {
  const known = askers.get(token)
  return known !== undefined && inLine.isFullFor(known)
}

/**
 * Whose session a cookie names is known for certain in the transaction alone; who waits before it needs no certainty. Sessions
 * that were not met yet stand in the line of their network, strangers in that of all strangers.
 */
function askerOf(token: string | undefined, network: string): Asker {
  if (token === undefined) return { person: network, group: 'strangers', isMany: true }
  return askers.get(token) ?? { person: token, group: `network ${network}` }
}

const mostAskers = 20_000
const askers = new Map<string, Asker>()

/** The longest known make room. */
function noteAsker(token: string, { userId, customer }: SignedIn): void {
  if (askers.has(token)) return
  const [first] = askers.keys()
  if (askers.size >= mostAskers && first !== undefined) askers.delete(first)
  askers.set(token, { person: `user ${userId}`, group: `customer ${customer.id}` })
}

/** Whose request it is; enters the fence of the session's customer, too. */
export async function findRequester<A extends SignedIn>(
  site: Site<A>,
  request: WebRequest,
  tx: Transaction,
): Promise<Requester<A>> {
  const opened = await openSession(site, request, tx)
  if (opened.state === 'changed') return findRequester(site, request, tx)
  if (opened.state === 'open') noteAsker(request.asked.cookies.session ?? '', opened.actor)
  return requesterOf(site, request, { tx, opened })
}

/** The same, if it is the one who was expected. */
export async function confirmRequester<A extends SignedIn>(
  site: Site<A>,
  request: WebRequest,
  { tx, expected }: { tx: Transaction; expected: A | undefined },
): Promise<Requester<A> | undefined> {
  const opened = await openSession(site, request, tx)
  return opened.state === 'open' && opened.actor === expected ? requesterOf(site, request, { tx, opened }) : undefined
}

function openSession<A extends SignedIn>(
  site: Site<A>,
  request: WebRequest,
  tx: Transaction,
): Promise<OpenedSession<A>> {
  // `left` is that of a session which its user has ended: it says whose it was, and opens nothing.
  const { session, left } = request.asked.cookies
  return site.session.open({ ...request.visitor, tx }, session ?? left ?? '', request.isLook)
}

/** Whose request it will be, unless something has changed. Only of looks: they can be done again. */
export function expectRequester<A extends SignedIn>(
  site: Site<A>,
  request: WebRequest,
  tx: Transaction,
): Requester<A> | undefined {
  const { session } = request.asked.cookies
  const actor = request.isLook && session ? site.session.expect?.(request.visitor, session) : undefined
  return actor && requesterOf(site, request, { tx, opened: { state: 'open', actor, useIsDue: false } })
}

function requesterOf<A extends SignedIn>(
  site: Site<A>,
  { visitor: stranger, chosenLanguage }: WebRequest,
  { tx, opened }: { tx: Transaction; opened: SessionState<A> },
): Requester<A> {
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

/** Whether they may come in. What is no id in the address names nothing, whoever asks, and no name has a zero byte. */
export async function admissionOf<A extends SignedIn, C>(
  admit: Admit<A, C>,
  { visitor, actor }: Requester<A>,
  { asked, method }: WebRequest,
): Promise<Admission<C>> {
  const admission = await admit(visitor, actor, { asked, method })
  const namesNothing = Object.entries(asked.params).some(([name, text]) =>
    name === 'id' ? !isId(text) : text.includes('\0'),
  )
  return typeof admission === 'object' && namesNothing ? 'not-found' : admission
}
