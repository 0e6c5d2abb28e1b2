import { Hono, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { csrf } from 'hono/csrf'
import { HTTPException } from 'hono/http-exception'
import { DatabaseUnavailable } from '../database/faults.ts'
import { days } from '../time/duration.ts'
import { TooBusy } from '../security/fair-line.ts'
import { busyPage } from './busy-page.ts'
import { readCookies, writeCookies } from './cookies.ts'
import { MalformedForm } from './form-input.ts'
import { addHeaders } from './headers.ts'
import { newReferenceNumber } from './reference-number.ts'
import { healthRoutes } from './health.ts'
import { languageNamed, readRequest, type WebRequest } from './request.ts'
import type { Reader } from './page.ts'
import { drawError, type Handler } from './serve.ts'
import { isLocal } from './local-host.ts'
import type { Bindings, ErrorFacts, Frame, Program, SignedIn, Site, WebContext } from './site.ts'
import { findRequester, isCrowded, requestTransaction } from './requester.ts'

/** An address with what answers for it. */
export interface Endpoint {
  path: string
  methods: readonly ('GET' | 'POST')[]
  handler: Handler
  /** Of its form, which is sent with a file. */
  mostBytes?: number
  isOneClick?: true
}

const largestForm = 64 * 1024

export interface SiteParts {
  endpoints: readonly Endpoint[]
  /** Answers beside them. */
  more: Hono<Bindings>
}

/** The whole of a web site as one function of requests. */
export function siteApp<A extends SignedIn>(site: Site<A>, { endpoints, more }: SiteParts): Hono<Bindings> {
  const app = new Hono<Bindings>()
  const busy = busyPage(site)
  app.onError((error, c) => explain(site, busy, { c, error }))
  app.notFound((c) => errorPage(site, c, { status: 404 }))
  app.use(addHeaders(site.headers))
  // Browsers ask for it where the operator has no logo.
  app.get('/favicon.ico', (c) => c.body(null, 204))
  app.route('/', healthRoutes(site.program))
  app.use(onlyPaths, onlyOwnHost(site.program, site.url), sameOrigin(site.url, oneClickOf(endpoints)))
  app.route('/', site.program.assets.routes)
  app.route('/', more)
  // One who asks for much too much is refused before anything of the request is read.
  app.use((c, next) =>
    isCrowded(readCookies(c, site.name).session ?? '')
      ? Promise.resolve(busy(c, 'Too much work of one user waits already'))
      : next(),
  )
  app.use(limitSizes(endpoints))
  app.use(noZeroBytes, chooseLanguage(site))
  for (const { path, methods, handler } of endpoints) app.on([...methods], path, handler)
  return app
}

/** Refuses a body that is larger than the form at its address can be. */
function limitSizes(endpoints: readonly Endpoint[]): MiddlewareHandler<Bindings> {
  const limit = limitTo(largestForm)
  const withFile = endpoints.flatMap(({ path, mostBytes }) =>
    mostBytes === undefined ? [] : [{ at: addressesOf(path), limit: limitTo(mostBytes) }],
  )
  // What does not say how long it is is read to be measured, whoever sent it.
  return (c, next) =>
    c.req.header('content-length') === undefined
      ? limit(c, next)
      : (withFile.find(({ at }) => at.test(c.req.path))?.limit ?? limit)(c, next)
}

/** The addresses that a pattern such as `/orders/:id` means. */
function addressesOf(pattern: string): RegExp {
  return new RegExp(`^${pattern.replaceAll(/[.]/g, '\\.').replaceAll(/:\w+/g, '[^/]+')}$`)
}

/** Refuses a body of more bytes, without reading on. */
function limitTo(maxSize: number): MiddlewareHandler<Bindings> {
  return bodyLimit({
    maxSize,
    onError: () => {
      throw new HTTPException(413)
    },
  })
}

/** A path, as every client of ours asks for: a whole address in its place is for proxies (RFC 9112, 3.2). */
const onlyPaths: MiddlewareHandler<Bindings> = (c, next) =>
  (c.env.incoming.url ?? '/').startsWith('/') ? next() : Promise.resolve(c.text('Bad Request', 400))

/** No text of the database's can hold a zero byte, so no question can ask for one. */
const noZeroBytes: MiddlewareHandler<Bindings> = (c, next) => {
  if (/%00/.test(new URL(c.req.url).search)) throw new HTTPException(400)
  return next()
}

/** Nothing may be asked of us under another name, so no link or cookie can be made for one. */
function onlyOwnHost({ config, log }: Pick<Program, 'config' | 'log'>, url: URL): MiddlewareHandler<Bindings> {
  // Once is enough for whoever sets up a proxy; the words are those of whoever asks, and could fill the log.
  let isTold = false
  return async (c, next) => {
    const host = c.req.header('host') ?? new URL(c.req.url).host
    const isOwn = host === url.host || (config.demo && isLocal(host.replace(/:\d+$/, '')))
    if (isOwn) return next()
    if (!isTold) log.warn({ host: host.slice(0, 100), expected: url.host }, 'asked for under another host: 421')
    isTold = true
    return c.text('Misdirected Request', 421)
  }
}

/** Browsers say where a form was sent from; whoever says nothing is no browser, and the form's token decides alone. */
function sameOrigin(url: URL, oneClick: ReadonlySet<string>): MiddlewareHandler<Bindings> {
  const guard = csrf({
    origin: (origin, c) => origin === url.origin || origin === `${url.protocol}//${c.req.header('host')}`,
  })
  return (c, next) => {
    // An empty one says nothing: the other is asked then, too.
    const saysWhence = Boolean(c.req.header('origin')) || Boolean(c.req.header('sec-fetch-site'))
    return saysWhence && !oneClick.has(c.req.path) ? guard(c, next) : next()
  }
}

function oneClickOf(endpoints: readonly Endpoint[]): ReadonlySet<string> {
  return new Set(endpoints.filter(({ isOneClick }) => isOneClick).map(({ path }) => path))
}

/** `?lang=en` on any page: remembered by this browser, and the same page again without it. */
function chooseLanguage<A extends SignedIn>(site: Site<A>): MiddlewareHandler<Bindings> {
  return async (c, next) => {
    const language = languageNamed(c.req.query('lang'))
    if (!language || c.req.method !== 'GET') return next()
    const url = new URL(c.req.url)
    url.searchParams.delete('lang')
    writeCookies(c, site.name, [{ name: 'language', value: language, lastsMs: 365 * days }])
    return c.redirect(url.pathname.replace(/^\/+/, '/') + url.search, 303)
  }
}

/** Answers what was thrown; `busy`, what will be better in a moment. */
async function explain<A extends SignedIn>(
  site: Site<A>,
  busy: ReturnType<typeof busyPage>,
  { c, error }: { c: WebContext; error: Error },
): Promise<Response> {
  if (error instanceof MalformedForm) return errorPage(site, c, { status: 400 })
  if (error instanceof HTTPException) return errorPage(site, c, refusedBefore(error.status))
  if (error instanceof TooBusy || error instanceof DatabaseUnavailable) return busy(c, error.message)
  if (c.req.raw.signal.aborted) {
    site.program.log.debug({ err: error }, 'the client left')
    return c.body(null, 400)
  }
  const number = newReferenceNumber()
  site.program.log.error({ err: error, number, method: c.req.method, path: new URL(c.req.url).pathname }, 'unexpected')
  return errorPage(site, c, { status: 500, number })
}

/** What was refused before any page was asked: by the origin of a form, or its size. */
function refusedBefore(status: number): ErrorFacts {
  if (status === 403) return { status, isFromElsewhere: true }
  return { status: status === 413 ? 413 : 400 }
}

/** In the reader's own frame where there is one; without the database where it may be the database that failed. */
async function errorPage<A extends SignedIn>(site: Site<A>, c: WebContext, shown: ErrorFacts): Promise<Response> {
  const request = readRequest(c, site)
  const { language, now } = request.visitor
  const theirs = shown.status < 500 ? await surroundingsOf(site, request) : undefined
  const bare = { reader: { language, isSignedIn: false }, frame: site.frame.bare(language, now) }
  return drawError(site, c, { request, shown, ...(theirs ?? bare) })
}

async function surroundingsOf<A extends SignedIn>(
  site: Site<A>,
  request: WebRequest,
): Promise<{ reader: Reader; frame: Frame } | undefined> {
  const found = requestTransaction(site, request, async (tx) => {
    const { visitor, actor, reader } = await findRequester(site, request, tx)
    return { reader, frame: await site.frame.load(visitor, actor) }
  })
  return found.catch(() => undefined)
}
