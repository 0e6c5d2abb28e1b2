import type { Visitor } from '../context.ts'
import type { Words } from '../words.ts'
import { answerPage, type Asking, type Result } from './answer-page.ts'
import { writeCookies } from './cookies.ts'
import { formToken } from './form-token.ts'
import { html } from './html.ts'
import { type FormFields, type Input, type Page, redirect } from './page.ts'
import { receiveForm, withoutSecrets } from './posted.ts'
import { readRequest, type WebRequest } from './request.ts'
import { type Admit, type Kind, readerOf, type Served, type Visit } from './served-page.ts'
import type { Opened, SignedIn, Site, WebContext } from './site.ts'

export type Handler = (c: WebContext) => Promise<Response>

/** Makes what answers requests for a page: one transaction, fenced to the customer; drawn after its commit. */
export function serverOf<A extends SignedIn, C, W extends Words, D, F extends FormFields, P>(
  site: Site<A>,
  page: Page<C, unknown, W, D, F, P>,
  admit: Admit<A, C>,
): Handler {
  const served: Served<{ actor: A; context: C; words: W; data: D; fields: F; prepared: P }> = { site, page, admit }
  return (c) => serve(served, c)
}

async function serve<K extends Kind>(served: Served<K>, c: WebContext): Promise<Response> {
  const { site, page } = served
  const request = readRequest(c, site)
  const fields: K['fields'] = page.form ?? {}
  const posted = c.req.method === 'POST' ? await receiveForm(c, request, fields) : undefined
  const prepared = posted?.parsed.ok ? await prepare(served, request, posted.parsed.input) : undefined
  let used: K['actor'] | undefined
  const result = await site.program.database.transaction(async (tx) => {
    const visitor: Visitor = { ...request.visitor, tx }
    const opened = await site.open(visitor, request.asked.cookies.session ?? '')
    if (opened.state === 'open' && opened.useIsDue && page.isUse !== false) used = opened.actor
    return enter(served, { visitor, opened }, { request, posted, prepared })
  })
  if (used) noteUse(site, used, request)
  return respond(site, c, { request, result })
}

/** The answer does not wait for it; what is not noted today is noted with the next request. */
function noteUse<A extends SignedIn>(site: Site<A>, actor: A, { visitor: { now, log } }: WebRequest): void {
  site.noteUse(actor, now).catch((error: unknown) => log.warn({ err: error }, 'the use of a session was not noted'))
}

/** Runs the page's slow work outside any transaction. */
async function prepare<K extends Kind>(
  { site, page, admit }: Served<K>,
  request: WebRequest,
  input: Input<K['fields']>,
): Promise<K['prepared']> {
  const { database, passwords } = site.program
  const { visitor, asked } = request
  const { cookies } = asked
  return page.prepare?.(
    {
      visitor,
      asked,
      passwords,
      inTransaction: (work) =>
        database.transaction(async (tx) => {
          const opened = await site.open({ ...visitor, tx }, cookies.session ?? '')
          const admitted = admit({ ...visitor, tx }, opened.state === 'open' ? opened.actor : undefined)
          return typeof admitted === 'object' ? work(admitted.ctx) : undefined
        }),
    },
    input,
  )
}

async function enter<K extends Kind>(
  served: Served<K>,
  { visitor: stranger, opened }: { visitor: Visitor; opened: Opened<K['actor']> },
  asking: Asking<K>,
): Promise<Result> {
  const { site, page, admit } = served
  const { request, posted } = asking
  const actor = opened.state === 'open' ? opened.actor : undefined
  const visitor = { ...stranger, language: request.chosenLanguage ?? actor?.language ?? stranger.language }
  const admitted = admit(visitor, actor)
  if (typeof admitted === 'object') {
    const visit: Visit<K> = { ctx: admitted.ctx, visitor, actor, reader: readerOf(visitor, actor) }
    return answerPage(served, visit, asking)
  }
  if (admitted === 'forbidden') {
    visitor.log.warn({ path: request.path, ip: visitor.client.ip }, 'refused: not for this role')
    return { kind: 'error', status: 403, frame: await site.loadFrame(visitor, actor), reader: readerOf(visitor, actor) }
  }
  const isOver = opened.state === 'timed-out'
  if (isOver && posted?.isOurs && page.view) {
    await site.drafts.keep(visitor, request.path, withoutSecrets(page.form ?? {}, posted.body.values))
  }
  return { kind: 'redirect', redirect: redirect(signInPath(served, { request, isOver })) }
}

/** Behind the login it goes on where it stopped, if there is a page. */
function signInPath<K extends Kind>(
  { site, page }: Served<K>,
  { request, isOver }: { request: WebRequest; isOver: boolean },
): string {
  const back = page.view && { return: request.path + request.search }
  const query = new URLSearchParams({ ...back, ...(isOver && { over: 'time' }) })
  return query.size > 0 ? `${site.signInPath}?${query}` : site.signInPath
}

function respond<A extends SignedIn>(
  site: Site<A>,
  c: WebContext,
  { request, result }: { request: WebRequest; result: Result },
): Response {
  if (result.kind === 'json') return c.json(result.body, 200, { 'Cache-Control': 'no-store' })
  if (result.kind === 'redirect') {
    const { to, cookies, notice } = result.redirect
    writeCookies(c, site.name, notice ? [...cookies, { name: 'notice', value: notice }] : cookies)
    return c.redirect(to, 303)
  }
  if (request.newVisit) writeCookies(c, site.name, [{ name: 'visit', value: request.newVisit }])
  if (result.kind === 'content') {
    if (request.asked.cookies.notice) writeCookies(c, site.name, [{ name: 'notice', value: null }])
    return html(c, result.status, result.frame(result.shown))
  }
  const content = site.errorContent({ status: result.status }, result.reader)
  const tokenFor = (path: string): string => formToken(request.visitor.secrets, request.browserToken, path)
  return html(c, result.status, result.frame({ ...content, path: request.path, search: request.search, tokenFor }))
}
