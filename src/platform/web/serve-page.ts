import { withSavepoint } from '../database/database.ts'
import type { FieldProblem, FormValues, FormView } from '../form.ts'
import { type In, inLanguage, type Words } from '../words.ts'
import { type FormFields, type Input, notFound, type Page, type Problem, type Redirect, type Show } from './page.ts'
import { type Posted, receiveForm, withoutSecrets } from './posted.ts'
import { readRequest, type WebRequest } from './request.ts'
import { type Admitted, type Handler, type Result, serve, tokensOf } from './serve.ts'
import type { Frame, SignedIn, Site } from './site.ts'
import { type Admit, openVisit, visitTransaction } from './visit.ts'

/** The types of one page, under one name. */
interface Kind {
  actor: SignedIn
  context: unknown
  words: Words
  data: unknown
  fields: FormFields
  prepared: unknown
}

/** A page on its site. */
interface Served<K extends Kind> {
  site: Site<K['actor']>
  page: Page<K['context'], unknown, K['words'], K['data'], K['fields'], K['prepared']>
  admit: Admit<K['actor'], K['context']>
}

interface Asking<K extends Kind> {
  request: WebRequest
  /** Absent: the page is only looked at. */
  posted: Posted<K['fields']> | undefined
  prepared: K['prepared']
}

/** Makes what answers requests for a page. */
export function pageOn<A extends SignedIn, C, W extends Words, D, F extends FormFields, P>(
  site: Site<A>,
  page: Page<C, unknown, W, D, F, P>,
  admit: Admit<A, C>,
): Handler {
  const served: Served<{ actor: A; context: C; words: W; data: D; fields: F; prepared: P }> = { site, page, admit }
  return async (c) => {
    const request = readRequest(c, site)
    const posted = c.req.method === 'POST' ? await receiveForm(c, request, page.form) : undefined
    // Without `prepare` nothing is prepared, and the type says so.
    const prepared = (posted?.parsed.ok ? await prepare(served, request, posted.parsed.input) : undefined) as P
    return serve(
      {
        site,
        admit,
        enter: (admitted) => answerPage(served, admitted, { request, posted, prepared }),
        async wayBack({ visitor, opened }) {
          const query = new URLSearchParams({ return: request.path + request.search })
          if (opened.state !== 'timed-out' || !posted?.isOurs) return query
          const typed = withoutSecrets(page.form ?? {}, posted.body.values)
          if (Object.keys(typed).length === 0) return query
          await site.drafts.keep(visitor, request.path, typed)
          query.set('kept', 'true')
          return query
        },
      },
      c,
      request,
    )
  }
}

/** Runs the page's slow work outside any transaction. */
async function prepare<K extends Kind>(
  { site, page, admit }: Served<K>,
  request: WebRequest,
  input: Input<K['fields']>,
): Promise<K['prepared']> {
  const { passwords } = site.program
  const { visitor, asked } = request
  return page.prepare?.(
    {
      visitor,
      asked,
      passwords,
      inTransaction: (work) =>
        visitTransaction(site, request, async (tx) => {
          const visit = await openVisit(site, request, tx)
          const admitted = admit(visit.visitor, visit.actor)
          return typeof admitted === 'object' ? work(admitted.ctx) : undefined
        }),
    },
    input,
  )
}

type Visiting<K extends Kind> = Admitted<K['actor'], K['context']>

interface Loaded<K extends Kind> {
  data: K['data']
  words: In<K['words']>
  /** Loaded beside the data when the page is sure to be drawn. */
  frame: Frame | undefined
}

/** Within the transaction: loads, submits what was posted, and says what is to be shown. */
async function answerPage<K extends Kind>(
  served: Served<K>,
  visiting: Visiting<K>,
  asking: Asking<K>,
): Promise<Result> {
  const { site, page } = served
  const { ctx, visitor, actor, reader } = visiting
  const { request, posted } = asking
  const loadFrame = (): Promise<Frame> => site.loadFrame(visitor, page.isBeforeLogin ? undefined : actor)
  const [data, frame] = await Promise.all([page.load(ctx, request.asked), posted ? undefined : loadFrame()])
  if (data === notFound) return { kind: 'error', status: 404, frame: frame ?? (await loadFrame()), reader }
  if (isRedirect(data)) return data
  const loaded: Loaded<K> = { data, frame, words: inLanguage(page.words, reader.language) }
  if (!posted) return draw(served, visiting, { request, loaded })
  const typed = posted.body.values
  const preview = posted.isOurs ? await page.preview?.(ctx, { data, values: typed }) : undefined
  if (preview && !preview.submits)
    return draw(served, visiting, { request, loaded: { ...loaded, data: preview.data }, typed: preview.values })
  const outcome = await submit(served, visiting, { ...asking, posted, loaded })
  if (outcome.kind === 'redirect') return outcome
  if (outcome.kind === 'show') return draw(served, visiting, { request, loaded: { ...loaded, data: outcome.data } })
  // What the page shows beside its fields, such as the tries left, may have changed.
  const again = await page.load(ctx, request.asked)
  if (isRedirect(again)) return again
  const fresh = again === notFound ? loaded : { ...loaded, data: again }
  return draw(served, visiting, {
    request,
    loaded: await withPreview(served, visiting, { loaded: fresh, values: typed }),
    typed,
    problems: problemsOf(outcome),
  })
}

async function withPreview<K extends Kind>(
  { page }: Served<K>,
  { ctx }: Visiting<K>,
  { loaded, values }: { loaded: Loaded<K>; values: FormValues },
): Promise<Loaded<K>> {
  const preview = await page.preview?.(ctx, { data: loaded.data, values })
  return preview ? { ...loaded, data: preview.data } : loaded
}

function isRedirect(value: unknown): value is Redirect {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'redirect'
}

type Submitted<Data> = Redirect | Problem | Show<Data> | { kind: 'problems'; problems: FieldProblem[] }

async function submit<K extends Kind>(
  { site, page }: Served<K>,
  { ctx, visitor, actor }: Visiting<K>,
  { request, posted, prepared, loaded }: Asking<K> & { posted: Posted<K['fields']>; loaded: Loaded<K> },
): Promise<Submitted<K['data']>> {
  const { parsed } = posted
  if (!parsed.ok) return { kind: 'problems', problems: parsed.problemsIn(visitor.language) }
  const { asked, path } = request
  const { data, words } = loaded
  const submitted = page.submit
  if (!submitted) throw new Error(`${page.path} takes no forms`)
  return withSavepoint(
    visitor.tx,
    async () => {
      // First, because `submit` keeps a new one when the second factor has to be shown before.
      if (actor?.draftPaths.includes(path)) await site.drafts.remove(visitor, actor, path)
      return submitted(ctx, { data, input: parsed.input, prepared, words, asked })
    },
    (ended) => ended.kind !== 'show' && ended.undo,
  )
}

function problemsOf(outcome: Problem | { kind: 'problems'; problems: FieldProblem[] }): FieldProblem[] {
  if (outcome.kind === 'problems') return outcome.problems
  const { field, text } = outcome
  return [field === undefined ? { text } : { field, text }]
}

interface Drawing<K extends Kind> {
  request: WebRequest
  loaded: Loaded<K>
  typed?: FormValues
  problems?: FieldProblem[]
}

async function draw<K extends Kind>(served: Served<K>, visiting: Visiting<K>, drawing: Drawing<K>): Promise<Result> {
  const { site, page } = served
  const { visitor, actor, reader } = visiting
  const { request, typed, problems = [] } = drawing
  const tokenFor = tokensOf(request)
  const draft =
    page.form && !typed && actor?.draftPaths.includes(request.path)
      ? await site.drafts.read(visitor, actor, request.path)
      : undefined
  const loaded = draft ? await withPreview(served, visiting, { loaded: drawing.loaded, values: draft }) : drawing.loaded
  const { data, words } = loaded
  const form: FormView = {
    action: request.path + request.search,
    token: tokenFor(request.path),
    // One or the other as a whole: a box that was not ticked is absent from what was typed.
    values: withoutSecrets(page.form ?? {}, typed ?? draft ?? page.initial?.(data) ?? {}),
    problems,
  }
  const view = { data, form, words, reader, tokenFor }
  const notice = request.asked.cookies.notice ?? (draft && restored[reader.language])
  return {
    kind: 'content',
    status: problems.length > 0 ? 422 : 200,
    frame: loaded.frame ?? (await site.loadFrame(visitor, page.isBeforeLogin ? undefined : actor)),
    about: problems.length > 0 ? undefined : page.about?.(data),
    shown: {
      title: page.title(view),
      main: page.view(view),
      path: request.path,
      search: request.search,
      form,
      tokenFor,
      ...(page.section && { section: page.section }),
      ...(page.within && { within: page.within(data) }),
      ...(notice && { notice }),
    },
  }
}

const restored = {
  ja: 'ログアウトの前に入力していた内容を復元しました。',
  en: 'What you had entered before you were logged out is here again.',
}
