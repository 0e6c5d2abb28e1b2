import { withSavepoint } from '../database/database.ts'
import type { FieldProblem, FormValues, FormView } from '../form.ts'
import { type In, inLanguage, type Words } from '../words.ts'
import { type FormFields, type Input, notFound, type Page, type Problem, type Redirect, type Show } from './page.ts'
import { patternOf } from './paths.ts'
import { type PostedForm, receiveForm, withoutSecrets } from './posted.ts'
import { readRequest, type WebRequest } from './request.ts'
import { type Admitted, admissionOf, findRequester, requestTransaction } from './requester.ts'
import { type Handler, type Result, serve, tokensOf } from './serve.ts'
import type { Admit, Frame, SignedIn, Site } from './site.ts'

/** The types of one page, under one name. */
interface Kind {
  actor: SignedIn
  context: unknown
  words: Words
  data: unknown
  fields: FormFields
  prepared: unknown
  /** In the path. */
  name: string
}

/** A page on its site. */
interface PageOnSite<K extends Kind> {
  site: Site<K['actor']>
  page: Page<K['context'], unknown, K['words'], K['data'], K['fields'], K['prepared'], K['name']>
  admit: Admit<K['actor'], K['context']>
}

/** What came for it. */
interface PageCall<K extends Kind> {
  request: WebRequest
  /** Absent: the page is only looked at. */
  posted: PostedForm<K['fields']> | undefined
  prepared: K['prepared']
}

/** Makes what answers requests for a page. */
export function pageOn<A extends SignedIn, C, W extends Words, D, F extends FormFields, P, N extends string>(
  site: Site<A>,
  page: Page<C, unknown, W, D, F, P, N>,
  admit: Admit<A, C>,
): Handler {
  const served: PageOnSite<{ actor: A; context: C; words: W; data: D; fields: F; prepared: P; name: N }> = {
    site,
    page,
    admit,
  }
  return async (c) => {
    const request = readRequest(c, site)
    const posted = request.method === 'POST' ? await receiveForm(c, request, page.form) : undefined
    // Without `prepare` nothing is prepared, and the type says so.
    const prepared = (posted?.parsed.ok ? await prepare(served, request, posted.parsed.input) : undefined) as P
    return serve(
      {
        site,
        admit,
        enter: (admitted) => answerPage(served, admitted, { request, posted, prepared }),
        async wayBack({ visitor, opened }) {
          const query = new URLSearchParams({ return: request.path + request.search })
          const drafts = site.keep?.drafts
          if (opened.state !== 'timed-out' || !posted?.isOurs || !drafts) return query
          const typed = withoutSecrets(page.form ?? {}, posted.body.values)
          if (Object.keys(typed).length === 0) return query
          await drafts.keep(visitor, { owner: opened.owner, path: request.path, values: typed })
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
  { site, page, admit }: PageOnSite<K>,
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
        requestTransaction(site, request, async (tx) => {
          const admission = await admissionOf(admit, await findRequester(site, request, tx), request)
          return typeof admission === 'object' ? work(admission.ctx) : undefined
        }),
    },
    input,
  )
}

type Guest<K extends Kind> = Admitted<K['actor'], K['context']>

/** What is known of it by now. */
interface PageState<K extends Kind> {
  data: K['data']
  words: In<K['words']>
  /** Loaded beside the data when the page is sure to be drawn. */
  frame: Frame | undefined
}

/** Within the transaction: loads, submits what was posted, and says what is to be shown. */
async function answerPage<K extends Kind>(
  served: PageOnSite<K>,
  guest: Guest<K>,
  asking: PageCall<K>,
): Promise<Result> {
  const { site, page } = served
  const { ctx, visitor, actor, reader } = guest
  const { request, posted } = asking
  const loadFrame = (): Promise<Frame> => site.frame.load(visitor, page.isBeforeLogin ? undefined : actor)
  const [data, frame] = await Promise.all([page.load(ctx, request.asked), posted ? undefined : loadFrame()])
  if (data === notFound) return { kind: 'error', status: 404, frame: frame ?? (await loadFrame()), reader }
  if (isRedirect(data)) return data
  const loaded: PageState<K> = { data, frame, words: inLanguage(page.words, reader.language) }
  if (!posted) return draw(served, guest, { request, loaded })
  const typed = posted.body.values
  const preview = posted.isOurs ? await page.preview?.(ctx, { data, values: typed }) : undefined
  if (preview && !preview.submits)
    return draw(served, guest, { request, loaded: { ...loaded, data: preview.data }, typed: preview.values })
  const outcome = await submit(served, guest, { ...asking, posted, loaded })
  if (outcome.kind === 'redirect') return outcome
  if (outcome.kind === 'show') return draw(served, guest, { request, loaded: { ...loaded, data: outcome.data } })
  // What the page shows beside its fields, such as the tries left, may have changed.
  const again = await page.load(ctx, request.asked)
  if (isRedirect(again)) return again
  const fresh = again === notFound ? loaded : { ...loaded, data: again }
  return draw(served, guest, {
    request,
    loaded: await withPreview(served, guest, { loaded: fresh, values: typed }),
    typed,
    problems: problemsOf(outcome),
  })
}

async function withPreview<K extends Kind>(
  { page }: PageOnSite<K>,
  { ctx }: Guest<K>,
  { loaded, values }: { loaded: PageState<K>; values: FormValues },
): Promise<PageState<K>> {
  const preview = await page.preview?.(ctx, { data: loaded.data, values })
  return preview ? { ...loaded, data: preview.data } : loaded
}

function isRedirect(value: unknown): value is Redirect {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'redirect'
}

type SubmitResult<Data> = Redirect | Problem | Show<Data> | { kind: 'problems'; problems: FieldProblem[] }

async function submit<K extends Kind>(
  { site, page }: PageOnSite<K>,
  { ctx, visitor, actor }: Guest<K>,
  { request, posted, prepared, loaded }: PageCall<K> & { posted: PostedForm<K['fields']>; loaded: PageState<K> },
): Promise<SubmitResult<K['data']>> {
  const { parsed } = posted
  if (!parsed.ok) return { kind: 'problems', problems: parsed.problemsIn(visitor.language) }
  const { asked, path } = request
  const { data, words } = loaded
  const submitted = page.submit
  if (!submitted) throw new Error(`${patternOf(page.path)} takes no forms`)
  return withSavepoint(
    visitor.tx,
    async () => {
      // First, because `submit` keeps a new one when the second factor has to be shown before.
      if (actor?.draftPaths.includes(path)) await site.keep?.drafts?.remove(visitor, actor, path)
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

interface PageDrawing<K extends Kind> {
  request: WebRequest
  loaded: PageState<K>
  typed?: FormValues
  problems?: FieldProblem[]
}

async function draw<K extends Kind>(served: PageOnSite<K>, guest: Guest<K>, drawing: PageDrawing<K>): Promise<Result> {
  const { site, page } = served
  const { visitor, actor, reader } = guest
  const { request, typed, problems = [] } = drawing
  const tokenFor = tokensOf(request)
  const draft =
    page.form && !typed && actor?.draftPaths.includes(request.path)
      ? await site.keep?.drafts?.read(visitor, actor, request.path)
      : undefined
  const loaded = draft ? await withPreview(served, guest, { loaded: drawing.loaded, values: draft }) : drawing.loaded
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
    frame: loaded.frame ?? (await site.frame.load(visitor, page.isBeforeLogin ? undefined : actor)),
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
