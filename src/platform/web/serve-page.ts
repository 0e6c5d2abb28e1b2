import type { Visitor } from '../context.ts'
import { withSavepoint } from '../database.ts'
import type { FieldProblem, FormView } from '../form.ts'
import type { In, Words } from '../words.ts'
import { inLanguage } from '../words.ts'
import { writeCookies } from './cookies.ts'
import { type Body, type Parsed, parseFields, readBody } from './form-input.ts'
import { formToken, isFormToken } from './form-token.ts'
import { html } from './html.ts'
import { type FormFields, notFound, type Page, type Problem, type Reader, redirect, type Redirect } from './page.ts'
import { readRequest, type WebRequest } from './request.ts'
import type { Frame, Shown, SignedIn, Site, WebContext } from './site.ts'

/** Who may come in, with the context that belongs to it. */
export type Admit<Actor, Context> = (visitor: Visitor, actor: Actor | undefined) => Context | 'sign-in' | 'forbidden'

interface Visit<Actor, Context> {
  ctx: Context
  visitor: Visitor
  actor: Actor | undefined
  reader: Reader
}

/** What the transaction came to; it becomes an answer only after the commit. */
type Result =
  | { kind: 'content'; status: 200 | 422; frame: Frame; shown: Shown }
  | { kind: 'json'; body: object }
  | { kind: 'redirect'; redirect: Redirect }
  | { kind: 'error'; status: 403 | 404; frame: Frame; reader: Reader }

const scriptsOnly = 'application/json'

/** Answers one request for a page: one transaction, fenced to the customer; drawn after its commit. */
export function pageServer<Actor extends SignedIn, Context, W extends Words, Data, F extends FormFields, Prepared>(
  site: Site<Actor>,
  page: Page<Context, unknown, W, Data, F, Prepared>,
  admit: Admit<Actor, Context>,
): (c: WebContext) => Promise<Response> {
  const fields: FormFields = page.form ?? {}

  return async (c) => {
    const request = readRequest(c, site)
    const posted = c.req.method === 'POST' ? await receive(c, request) : undefined
    const prepared = posted?.parsed.ok && page.prepare ? await prepare(request, posted.parsed.input) : undefined
    let used: Actor | undefined
    const result = await site.program.database.transaction(async (tx) => {
      const visitor: Visitor = { ...request.visitor, tx }
      const opened = await site.open(visitor, request.cookies.session ?? '')
      const actor = opened.state === 'open' ? opened.actor : undefined
      if (opened.state === 'open' && opened.useIsDue && page.isUse !== false) used = opened.actor
      const visit = enter(visitor, actor, request)
      if (visit === 'sign-in') {
        if (posted && opened.state === 'timed-out') await site.drafts.keep(visitor, request.path, withoutSecrets(posted.body.values))
        return { kind: 'redirect', redirect: redirect(signInPath(request)) } satisfies Result
      }
      return visit === 'forbidden' ? forbidden(visitor, actor, request) : answer(visit, request, posted, prepared)
    })
    if (used) void site.noteUse(used, request.visitor.now)
    return respond(c, request, result)
  }

  interface Posted {
    body: Body
    parsed: Parsed<F>
  }

  async function receive(c: WebContext, request: WebRequest): Promise<Posted> {
    const body = await readBody(c, fields)
    const { language, secrets } = request.visitor
    // The fields are those of the page's own form.
    const parsed = parseFields(fields as F, body.values, language)
    if (isFormToken(secrets, body.token, request.browserToken, request.path)) return { body, parsed }
    return { body, parsed: { ok: false, problems: [{ text: expired[language] }] } }
  }

  async function prepare(request: WebRequest, input: Parameters<NonNullable<typeof page.prepare>>[1]): Promise<Prepared | undefined> {
    const { database, passwords } = site.program
    const { visitor, asked, cookies } = request
    return page.prepare?.(
      {
        visitor,
        asked,
        cookies,
        passwords,
        inTransaction: (work) =>
          database.transaction(async (tx) => {
            const opened = await site.open({ ...visitor, tx }, cookies.session ?? '')
            const ctx = admit({ ...visitor, tx }, opened.state === 'open' ? opened.actor : undefined)
            return ctx === 'sign-in' || ctx === 'forbidden' ? undefined : work(ctx)
          }),
      },
      input,
    )
  }

  function enter(visitor: Visitor, actor: Actor | undefined, request: WebRequest): Visit<Actor, Context> | 'sign-in' | 'forbidden' {
    const language = request.chosenLanguage ?? actor?.language ?? visitor.language
    const inTheirs = { ...visitor, language }
    const ctx = admit(inTheirs, actor)
    if (ctx === 'sign-in' || ctx === 'forbidden') return ctx
    return { ctx, actor, visitor: inTheirs, reader: readerOf(inTheirs, actor) }
  }

  async function answer(visit: Visit<Actor, Context>, request: WebRequest, posted: Posted | undefined, prepared: Prepared | undefined): Promise<Result> {
    const { ctx, visitor, actor, reader } = visit
    const wantsJson = page.json !== undefined && request.accepts.includes(scriptsOnly)
    const [loaded, frame] = await Promise.all([page.load(ctx, request.asked), wantsJson || !page.view ? undefined : site.loadFrame(visitor, actor)])
    if (loaded === notFound) return { kind: 'error', status: 404, frame: frame ?? (await site.loadFrame(visitor, actor)), reader }
    const words = inLanguage(page.words, visitor.language)
    if (!posted) return show(visit, request, { data: loaded, frame, words })
    const ended = await submit(visit, request, { posted, prepared, data: loaded, words })
    if ('to' in ended) return wantsJson ? show(visit, request, { data: await reload(ctx, request, loaded), words }) : { kind: 'redirect', redirect: ended }
    const problems = 'problems' in ended ? ended.problems : [{ ...(ended.field && { field: ended.field }), text: ended.text }]
    // What the form shows beside its fields, such as the tries left, may have changed.
    return show(visit, request, { data: await reload(ctx, request, loaded), frame, words, typed: posted.body.values, problems })
  }

  async function reload(ctx: Context, request: WebRequest, before: Data): Promise<Data> {
    const loaded = await page.load(ctx, request.asked)
    return loaded === notFound ? before : loaded
  }

  async function submit(
    { ctx, visitor, actor }: Visit<Actor, Context>,
    { asked, cookies, path }: WebRequest,
    { posted, prepared, data, words }: { posted: Posted; prepared: Prepared | undefined; data: Data; words: In<W> },
  ): Promise<Redirect | Problem | { problems: FieldProblem[] }> {
    const { parsed } = posted
    if (!parsed.ok) return { problems: parsed.problems }
    const submitted = page.submit
    if (!submitted) throw new Error(`${page.path} takes no forms`)
    const ended = await withSavepoint(
      visitor.tx,
      // Prepared is undefined only where the page prepares nothing.
      () => submitted(ctx, { data, input: parsed.input, prepared: prepared as Prepared, words, cookies, asked }),
      (outcome) => 'text' in outcome && !outcome.keep,
    )
    if ('to' in ended && actor?.draftPaths.includes(path)) await site.drafts.remove(visitor, actor, path)
    return ended
  }

  interface Showing {
    data: Data
    frame?: Frame | undefined
    words: In<W>
    typed?: Record<string, string>
    problems?: FieldProblem[]
  }

  async function show(visit: Visit<Actor, Context>, request: WebRequest, { data, frame, words, typed, problems = [] }: Showing): Promise<Result> {
    const { visitor, actor, reader } = visit
    const draft = page.form && !typed && actor?.draftPaths.includes(request.path) ? await site.drafts.read(visitor, actor, request.path) : undefined
    const form: FormView = {
      action: request.path + request.search,
      token: formToken(visitor.secrets, request.browserToken, request.path),
      values: withoutSecrets({ ...page.initial?.(data), ...draft, ...typed }),
      problems,
    }
    const view = { data, form, words, reader }
    if (!frame || !page.view) return { kind: 'json', body: page.json?.(view) ?? {} }
    const notice = request.cookies.notice ?? (draft && restored[reader.language])
    const shown: Shown = {
      title: page.title?.(view) ?? '',
      main: page.view(view),
      path: request.path,
      form,
      ...(page.frame && { section: page.frame }),
      ...(notice && { notice }),
    }
    return { kind: 'content', status: problems.length > 0 ? 422 : 200, frame, shown }
  }

  async function forbidden(visitor: Visitor, actor: Actor | undefined, request: WebRequest): Promise<Result> {
    visitor.log.warn({ path: request.path, ip: visitor.client.ip }, 'refused: not for this role')
    return { kind: 'error', status: 403, frame: await site.loadFrame(visitor, actor), reader: readerOf(visitor, actor) }
  }

  function readerOf(visitor: Visitor, actor: Actor | undefined): Reader {
    return { language: visitor.language, timeZone: actor?.timeZone ?? 'Asia/Tokyo', now: visitor.now }
  }

  function withoutSecrets(values: Record<string, string | undefined>): Record<string, string> {
    return Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value === undefined || fields[name]?.secret ? [] : [[name, value]])))
  }

  function signInPath(request: WebRequest): string {
    return `${site.signInPath}?${new URLSearchParams({ return: request.path + request.search })}`
  }

  function respond(c: WebContext, request: WebRequest, result: Result): Response {
    if (result.kind === 'json') return c.json(result.body, 200, { 'Cache-Control': 'no-store' })
    if (result.kind === 'redirect') {
      const { to, cookies, notice } = result.redirect
      writeCookies(c, site.name, notice ? [...cookies, { name: 'notice', value: notice }] : cookies)
      return c.redirect(to, 303)
    }
    if (request.newVisit) writeCookies(c, site.name, [{ name: 'visit', value: request.newVisit }])
    if (request.cookies.notice) writeCookies(c, site.name, [{ name: 'notice', value: null }])
    if (result.kind === 'content') return html(c, result.status, result.frame(result.shown))
    const content = site.errorContent({ status: result.status }, result.reader.language)
    return html(c, result.status, result.frame({ ...content, path: request.path }))
  }
}

const expired = {
  ja: '画面の有効期限が切れました。入力した内容を確認して、もう一度送信してください。',
  en: 'This page had expired. Check what you entered and send it again.',
}
const restored = {
  ja: 'ログアウトの前に入力していた内容を復元しました。',
  en: 'What you had entered before you were signed out is here again.',
}
