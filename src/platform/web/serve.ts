import { fileHeaders, type FileToSend, pictureHeaders } from './file-headers.ts'
import { inOrder, type Transaction } from '../database/database.ts'
import { writeCookies } from './cookies.ts'
import { formToken } from './form-token.ts'
import { html, sendStream } from './html.ts'
import type { FormValues } from '../form.ts'
import type { Language } from '../words.ts'
import type { Cookie, PictureFile, Reader, Redirect } from './page.ts'
import type { Thing } from './paths.ts'
import type { WebRequest } from './request.ts'
import type { Admit, ErrorFacts, Frame, FrameContent, SignedIn, Site, WebContext } from './site.ts'
import { noteUse } from './note-use.ts'
import { noteRefusal, refuseAddress } from './refused-address.ts'
import {
  type Admitted,
  admissionOf,
  confirmRequester,
  expectRequester,
  findRequester,
  type Requester,
  requestTransaction,
} from './requester.ts'

export type Handler = (c: WebContext) => Promise<Response>

/** What the transaction came to; it becomes an answer only after the commit. */
export type Result = { cookies?: Cookie[] } & (
  | {
      kind: 'content'
      isForm: boolean
      frame: Frame
      shown: FrameContent
      about?: Thing | undefined
    }
  | { kind: 'json'; body: object }
  | ({ kind: 'file' } & FileToSend)
  | { kind: 'paper'; body: ReadableStream<Uint8Array> }
  | ({ kind: 'picture' } & PictureFile)
  | {
      kind: 'error'
      status: 403 | 404
      facts?: Omit<ErrorFacts, 'status'>
      frame: Frame
      reader: Reader
      request: WebRequest
    }
  | Redirect
)

/** A site with what is critical on it. */
export interface WholeSite<A extends SignedIn> extends Site<A> {
  /** By the patterns of their paths. */
  critical: ReadonlyMap<string, SendForm<A>>
}

/** Does with a form that was kept what its page or action does with one that was posted. */
export type SendForm<A extends SignedIn> = (
  site: WholeSite<A>,
  requester: Requester<A>,
  sent: { request: WebRequest; values: FormValues },
) => Promise<Result>

/** What is done with a request, and for whom. */
export interface RequestPlan<A extends SignedIn, C> {
  site: Site<A>
  admit: Admit<A, C>
  isUse?: false | undefined
  /** May be asked for before it is certain whose the session is: nothing of it says how long that lasts. */
  isExpected?: true
  /** What follows for those who were let in. */
  enter: (admitted: Admitted<A, C>) => Promise<Result>
  /** Where to come back to after the login; for whoever is timed out, once what they typed is kept. */
  wayBack?: ((requester: Requester<A>) => Promise<URLSearchParams>) | undefined
  /** What is said to whoever may not do it, beside that. */
  refused?: (language: Language) => Pick<ErrorFacts, 'typed' | 'page'>
}

/** Answers a request in one transaction, fenced to the customer; what it shows is drawn after the commit. */
export async function serve<A extends SignedIn, C>(
  plan: RequestPlan<A, C>,
  c: WebContext,
  request: WebRequest,
): Promise<Response> {
  const { site, isUse } = plan
  const { requester, result } = await comeIn(plan, request)
  const { opened } = requester
  if (opened.state === 'open') {
    const about = result.kind === 'content' ? result.about : undefined
    noteUse(site, opened.actor, { request, isDue: opened.useIsDue && isUse !== false, about })
  }
  if (opened.state === 'refused') noteRefusal(site, opened, request)
  return respond(site, c, { request, result })
}

interface Came<A> {
  requester: Requester<A>
  result: Result
}

const somebodyElse = new Error('The session is not, or no longer, that of whoever was expected')

async function comeIn<A extends SignedIn, C>(plan: RequestPlan<A, C>, request: WebRequest): Promise<Came<A>> {
  const { site, isExpected } = plan
  const find = async (tx: Transaction): Promise<Came<A>> => {
    const requester = await findRequester(site, request, tx)
    return { requester, result: await letIn(plan, requester, request) }
  }
  try {
    return await requestTransaction(site, request, (tx) => {
      const expected = isExpected && expectRequester(site, request, tx)
      return expected ? findBeside(expected, plan, { request, tx }) : find(tx)
    })
  } catch (error) {
    if (error === somebodyElse) return requestTransaction(site, request, find)
    site.session.forget?.(request.asked.cookies.session ?? '')
    throw error
  }
}

/**
 * Asks for a page right behind the question whose session it is, in one flight. Unless it is that of whoever was expected, what
 * came of it is thrown away, even if it failed: behind the fence of the session it saw nothing of another customer.
 */
async function findBeside<A extends SignedIn, C>(
  expected: Requester<A>,
  plan: RequestPlan<A, C>,
  { request, tx }: { request: WebRequest; tx: Transaction },
): Promise<Came<A>> {
  const find = async (): Promise<Requester<A>> => {
    const requester = await confirmRequester(plan.site, request, { tx, expected: expected.actor })
    if (!requester) throw somebodyElse
    return requester
  }
  const come = (): Promise<() => Result> =>
    letIn(plan, expected, request).then(
      (result) => () => result,
      (error: unknown) => () => {
        throw error
      },
    )
  const [requester, came] = await inOrder(tx, find, come)
  return { requester, result: came() }
}

/** Goes on with those who may come in; the others are told why not. */
export async function letIn<A extends SignedIn, C>(
  { site, admit, enter, wayBack, refused }: RequestPlan<A, C>,
  requester: Requester<A>,
  request: WebRequest,
): Promise<Result> {
  const { visitor, actor, reader } = requester
  const admission = await admissionOf(admit, requester, request)
  if (typeof admission === 'object') return enter({ ...requester, ctx: admission.ctx })
  if (admission === 'sign-in' && requester.opened.state === 'refused') {
    const facts = refuseAddress(requester, request)
    return { kind: 'error', status: 403, facts, frame: await site.frame.load(visitor, undefined), reader, request }
  }
  if (admission === 'sign-in') return toSignIn(site, requester, { request, wayBack })
  const status = admission === 'not-found' ? 404 : 403
  if (admission === 'forbidden')
    visitor.log.warn({ path: request.path, ip: visitor.client.ip }, 'refused: not for this role')
  const onlyLooks = admission === 'only-looks' ? { onlyLooks: true as const } : undefined
  const facts = admission === 'forbidden' ? refused?.(reader.language) : onlyLooks
  return {
    kind: 'error',
    status,
    ...(facts && { facts }),
    frame: await site.frame.load(visitor, actor),
    reader,
    request,
  }
}

async function toSignIn<A extends SignedIn>(
  { toSignIn: lead, program }: Site<A>,
  requester: Requester<A>,
  { request, wayBack }: Pick<RequestPlan<A, unknown>, 'wayBack'> & { request: WebRequest },
): Promise<Redirect> {
  const query = (await wayBack?.(requester)) ?? new URLSearchParams()
  if (requester.opened.state === 'over') query.set('over', requester.opened.over)
  return lead({ query, cookies: request.asked.cookies, settings: program.config })
}

function respond<A extends SignedIn>(
  site: Site<A>,
  c: WebContext,
  { request, result }: { request: WebRequest; result: Result },
): Response {
  if (result.cookies) writeCookies(c, site.name, result.cookies)
  if (result.kind === 'json') return c.json(result.body)
  if (result.kind === 'file') {
    return c.body(result.body, 200, fileHeaders(result))
  }
  if (result.kind === 'picture') return c.body(result.bytes, 200, pictureHeaders(result))
  if (result.kind === 'redirect') {
    if (result.notice) writeCookies(c, site.name, [{ name: 'notice', value: result.notice }])
    return c.redirect(result.to, 303)
  }
  if (result.kind === 'error')
    return drawError(site, c, { ...result, shown: { status: result.status, ...result.facts } })
  beginVisit(site, c, request)
  if (result.kind === 'paper') return sendStream(c, result.body)
  const hadNotice = request.asked.cookies.notice !== undefined
  if (hadNotice) writeCookies(c, site.name, [{ name: 'notice', value: null }])
  const hasCookies = hadNotice || request.newVisit !== undefined || result.cookies !== undefined
  const { isForm } = result
  return html(c, { status: 200, isForm, headers: site.headers, hasCookies }, result.frame(result.shown))
}

export interface ErrorDrawing {
  request: WebRequest
  shown: ErrorFacts
  frame: Frame
  reader: Pick<Reader, 'language' | 'isSignedIn'>
}

export function drawError<A extends SignedIn>(
  site: Site<A>,
  c: WebContext,
  { request, shown, frame, reader }: ErrorDrawing,
): Response {
  beginVisit(site, c, request)
  const { path, search } = request
  const drawing = frame({ ...site.frame.error(shown, reader), path, search, tokenFor: tokensOf(request) })
  // Whoever answers so may have written some before.
  return html(c, { status: shown.status, headers: site.headers, hasCookies: true }, drawing)
}

/** Makes the proof for the forms of this browser that post to a path; a list may have one in each row. */
export function tokensOf({ visitor, browserToken }: WebRequest): (path: string) => string {
  const made = new Map<string, string>()
  return (path) => {
    const token = made.get(path) ?? formToken(visitor.secrets, browserToken, path)
    made.set(path, token)
    return token
  }
}

/** Whoever is shown a page may be shown a form, which is bound to the visit. */
function beginVisit<A extends SignedIn>(site: Site<A>, c: WebContext, { newVisit }: WebRequest): void {
  if (newVisit) writeCookies(c, site.name, [{ name: 'visit', value: newVisit }])
}
