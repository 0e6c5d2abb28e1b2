import { withSavepoint } from '../database.ts'
import type { FieldProblem, FormView } from '../form.ts'
import { type In, inLanguage } from '../words.ts'
import { formToken } from './form-token.ts'
import { notFound, type Problem, type Reader, type Redirect, type Show } from './page.ts'
import { type Posted, withoutSecrets } from './posted.ts'
import type { WebRequest } from './request.ts'
import type { Kind, Served, Visit } from './served-page.ts'
import type { Frame, Shown } from './site.ts'

/** What the transaction came to; it becomes an answer only after the commit. */
export type Result =
  | { kind: 'content'; status: 200 | 422; frame: Frame; shown: Shown }
  | { kind: 'json'; body: object }
  | { kind: 'redirect'; redirect: Redirect }
  | { kind: 'error'; status: 403 | 404; frame: Frame; reader: Reader }

export interface Asking<K extends Kind> {
  request: WebRequest
  /** Absent: the page is only looked at. */
  posted?: Posted<K['fields']> | undefined
  prepared?: K['prepared']
}

interface Loaded<K extends Kind> {
  data: K['data']
  words: In<K['words']>
  /** Loaded beside the data when the page is sure to be drawn. */
  frame: Frame | undefined
}

/** Within the transaction: loads, submits what was posted, and says what is to be shown. */
export async function answerPage<K extends Kind>(
  served: Served<K>,
  visit: Visit<K>,
  asking: Asking<K>,
): Promise<Result> {
  const { site, page } = served
  const { ctx, visitor, actor, reader } = visit
  const { request, posted } = asking
  const loadFrame = (): Promise<Frame> => site.loadFrame(visitor, page.isBeforeLogin ? undefined : actor)
  const isDrawn = !posted && page.view !== undefined && !wantsJson(served, request)
  const [data, frame] = await Promise.all([page.load(ctx, request.asked), isDrawn ? loadFrame() : undefined])
  if (data === notFound) return { kind: 'error', status: 404, frame: frame ?? (await loadFrame()), reader }
  if (isRedirect(data))
    return wantsJson(served, request) ? { kind: 'json', body: {} } : { kind: 'redirect', redirect: data }
  const loaded: Loaded<K> = { data, frame, words: inLanguage(page.words, reader.language) }
  if (!posted) return show(served, visit, { request, loaded })
  const outcome = await submit(served, visit, { ...asking, posted, loaded })
  if ('to' in outcome) return { kind: 'redirect', redirect: outcome }
  if ('show' in outcome) return show(served, visit, { request, loaded: { ...loaded, data: outcome.show } })
  // What the page shows beside its fields, such as the tries left, may have changed.
  const again = await page.load(ctx, request.asked)
  if (isRedirect(again)) return { kind: 'redirect', redirect: again }
  const fresh = again === notFound ? loaded : { ...loaded, data: again }
  return show(served, visit, {
    request,
    loaded: fresh,
    typed: posted.body.values,
    problems: problemsOf(outcome),
  })
}

function wantsJson<K extends Kind>({ page }: Served<K>, { accepts }: WebRequest): boolean {
  return page.json !== undefined && (accepts.includes('application/json') || page.view === undefined)
}

function isRedirect(value: unknown): value is Redirect {
  return typeof value === 'object' && value !== null && 'to' in value && 'cookies' in value
}

type Submitted<Data> = Redirect | Problem | Show<Data> | { problems: FieldProblem[] }

async function submit<K extends Kind>(
  { site, page }: Served<K>,
  { ctx, visitor, actor }: Visit<K>,
  { request, posted, prepared, loaded }: Asking<K> & { posted: Posted<K['fields']>; loaded: Loaded<K> },
): Promise<Submitted<K['data']>> {
  const { parsed } = posted
  if (!parsed.ok) return { problems: parsed.problems }
  const { asked, path } = request
  const { data, words } = loaded
  const submitted = page.submit
  if (!submitted) throw new Error(`${page.path} takes no forms`)
  const outcome = await withSavepoint(
    visitor.tx,
    () => submitted(ctx, { data, input: parsed.input, prepared, words, asked }),
    (ended) => 'text' in ended && !ended.keep,
  )
  if ('to' in outcome && actor?.draftPaths.includes(path)) await site.drafts.remove(visitor, actor, path)
  return outcome
}

function problemsOf(outcome: Problem | { problems: FieldProblem[] }): FieldProblem[] {
  if ('problems' in outcome) return outcome.problems
  return [{ ...(outcome.field && { field: outcome.field }), text: outcome.text }]
}

interface Showing<K extends Kind> {
  request: WebRequest
  loaded: Loaded<K>
  typed?: Record<string, string>
  problems?: FieldProblem[]
}

async function show<K extends Kind>(served: Served<K>, visit: Visit<K>, showing: Showing<K>): Promise<Result> {
  const { site, page } = served
  const { visitor, actor, reader } = visit
  const { request, loaded, typed, problems = [] } = showing
  const { data, words } = loaded
  const tokenFor = (path: string): string => formToken(visitor.secrets, request.browserToken, path)
  const draft =
    page.form && !typed && actor?.draftPaths.includes(request.path)
      ? await site.drafts.read(visitor, actor, request.path)
      : undefined
  const form: FormView = {
    action: request.path + request.search,
    token: tokenFor(request.path),
    // One or the other as a whole: a box that was not ticked is absent from what was typed.
    values: withoutSecrets(page.form ?? {}, typed ?? draft ?? page.initial?.(data) ?? {}),
    problems,
  }
  const view = { data, form, words, reader, tokenFor }
  if (!page.view || wantsJson(served, request)) return { kind: 'json', body: page.json?.(view) ?? {} }
  const notice = request.asked.cookies.notice ?? (draft && restored[reader.language])
  return {
    kind: 'content',
    status: problems.length > 0 ? 422 : 200,
    frame: loaded.frame ?? (await site.loadFrame(visitor, page.isBeforeLogin ? undefined : actor)),
    shown: {
      title: page.title?.(view) ?? '',
      main: page.view(view),
      path: request.path,
      search: request.search,
      form,
      tokenFor,
      ...(page.section && { section: page.section }),
      ...(notice && { notice }),
    },
  }
}

const restored = {
  ja: 'ログアウトの前に入力していた内容を復元しました。',
  en: 'What you had entered before you were logged out is here again.',
}
