import { randomBytes } from 'node:crypto'
import type { Visitor } from '../context.ts'
import type { FieldProblem, FormDraft, FormValues } from '../form.ts'
import { after, minutes } from '../time/duration.ts'
import type { Guest, Kind, PageOnSite } from './page-on-site.ts'
import { type Redirect, redirect } from './page.ts'
import { withoutSecrets } from './posted.ts'
import { hereOf, type WebRequest } from './request.ts'
import type { Requester } from './requester.ts'
import type { Drafts, SessionOwner } from './site.ts'

/** What a form comes back with. */
export interface FormAgain {
  request: WebRequest
  values: FormValues
  problems: readonly FieldProblem[]
}

/**
 * Leads to the page that shows a form again which was not taken: post, redirect, get, so that neither Back nor a reload sends
 * anything once more. The address says which showing it is, so each tab has its own. Somebody who is signed in finds what they
 * typed in a draft; of a visitor's form nothing is kept but what was wrong with it, in a sealed cookie.
 */
export async function showAgain<K extends Kind>(
  served: PageOnSite<K>,
  guest: Guest<K>,
  { request, values, problems }: FormAgain,
): Promise<Redirect> {
  const { visitor } = guest
  const kept = keptFor(served, guest)
  const again =
    !kept && request.newVisit !== undefined ? cookieless : (request.again ?? randomBytes(6).toString('base64url'))
  const there = { ...request, again }
  const to = hereOf(there)
  const wrong = { language: visitor.language, problems }
  if (kept) {
    const draft = { values: withoutSecrets(served.page.form ?? {}, values), wrong }
    await kept.drafts.keep(visitor, { ...draft, owner: kept.owner, path: addressOf(there) })
    return redirect(to)
  }
  const sealed = sealProblems(visitor, { ...wrong, address: addressOf(there), until: after(visitor.now, keptInCookie) })
  return redirect(to, { cookies: [{ name: 'refused', value: sealed, lastsMs: keptInCookie }] })
}

/** What the form at this address comes back with; without values: those that it has anyway. */
export async function readAgain<K extends Kind>(
  served: PageOnSite<K>,
  guest: Guest<K>,
  request: WebRequest,
): Promise<Partial<FormDraft>> {
  if (request.again === undefined) return {}
  const { visitor, actor } = guest
  const address = addressOf(request)
  const kept = keptFor(served, guest)
  if (!kept) return { wrong: openProblems(guest, request.asked.cookies.refused, address) }
  return actor?.draftPaths.includes(address) ? kept.drafts.read(visitor, actor, address) : {}
}

/** Removes what was kept of a form that is taken now. */
export async function removeDrafts<K extends Kind>(
  served: PageOnSite<K>,
  guest: Guest<K>,
  request: WebRequest,
): Promise<void> {
  const { visitor, actor } = guest
  const kept = keptFor(served, guest)
  if (!actor || !kept) return
  for (const path of new Set([request.path, addressOf(request)]))
    if (actor.draftPaths.includes(path)) await kept.drafts.remove(visitor, actor, path)
}

/** Drafts, and whose they are; none of the pages of a login, where it may be somebody else who types. */
function keptFor<K extends Kind>(
  { site, page }: PageOnSite<K>,
  { actor }: Guest<K>,
): { drafts: Drafts<K['actor']>; owner: SessionOwner } | undefined {
  const drafts = page.isBeforeLogin ? undefined : site.keep?.drafts
  return drafts && actor ? { drafts, owner: { customerId: actor.customer.id, userId: actor.userId } } : undefined
}

/** Under which a draft is kept: whatever else the address asks for. */
function addressOf({ path, again }: WebRequest): string {
  return hereOf({ path, search: '', again })
}

const keptInCookie = 5 * minutes
/** Bytes: a cookie has 4,096 at most (RFC 6265, 6.1), and sealed text is longer by a third. */
const mostOfCookie = 2400

interface SealedProblems extends NonNullable<FormDraft['wrong']> {
  address: string
  until: Date
}

const purpose = 'refused form of a visitor'

function sealProblems({ secrets }: Visitor, { problems, ...facts }: SealedProblems): string {
  const fitting = problems.filter(
    (_, at) => Buffer.byteLength(JSON.stringify(problems.slice(0, at + 1))) < mostOfCookie,
  )
  return secrets.seal(purpose, JSON.stringify({ ...facts, problems: fitting })).toString('base64url')
}

/** Names the showing of a form that came without any cookie of ours, though one was set with it. */
const cookieless = 'nocookie'

const noCookies = {
  ja: 'ブラウザがCookieを保存しない設定になっているため、受け付けられませんでした。このサイトのCookieを許可してから、もう一度操作してください。',
  en: 'Your browser keeps no cookies, so nothing was done. Allow cookies for this site, then try again.',
}

function openProblems<A>(
  { visitor: { secrets, now, log }, reader: { language } }: Pick<Requester<A>, 'visitor' | 'reader'>,
  cookie: string | undefined,
  address: string,
): FormDraft['wrong'] | undefined {
  if (cookie === undefined)
    return address.endsWith(`=${cookieless}`) ? { language, problems: [{ text: noCookies[language] }] } : undefined
  try {
    // Sealed by sealProblems: nobody else can have made it.
    const opened = JSON.parse(secrets.open(purpose, Buffer.from(cookie, 'base64url'))) as SealedProblems
    return opened.address === address && new Date(opened.until) > now ? opened : undefined
  } catch (error) {
    log.debug({ err: error }, 'a cookie of a refused form is not ours')
    return undefined
  }
}
