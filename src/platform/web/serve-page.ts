import { fairLine } from '../security/fair-line.ts'
import { inLanguage, type Words } from '../words.ts'
import { sendKept } from './confirmation.ts'
import { drawPage } from './draw-page.ts'
import type { Guest, Kind, PageCall, PageOnSite, PageState } from './page-on-site.ts'
import { takesFile } from './form-input.ts'
import { type FormFields, type Input, notFound, type Page, redirect, type Redirect } from './page.ts'
import { patternOf } from './paths.ts'
import { draftOf, keptForm, type PostedForm, receiveForm, typedTexts } from './posted.ts'
import { hereOf, readRequest, type WebRequest } from './request.ts'
import { admissionOf, findRequester, requestTransaction } from './requester.ts'
import { showAgain } from './shown-again.ts'
import { type Handler, letIn, type Result, type SendForm, serve, type WholeSite } from './serve.ts'
import type { Admit, Frame, SignedIn, WebContext } from './site.ts'
import { submitPage } from './submit-page.ts'

interface KindOf<A extends SignedIn, C, W extends Words, D, F extends FormFields, P, N extends string> extends Kind {
  actor: A
  context: C
  words: W
  data: D
  fields: F
  prepared: P
  name: N
}

/** Makes what answers requests for a page. */
export function pageOn<A extends SignedIn, C, W extends Words, D, F extends FormFields, P, N extends string>(
  site: WholeSite<A>,
  page: Page<C, unknown, W, D, F, P, N>,
  admit: Admit<A, C>,
): Handler {
  const served: PageOnSite<KindOf<A, C, W, D, F, P, N>> = { site, page, admit }
  return async (c) => {
    const request = { ...readRequest(c, site), ...(page.changesByLooking && { isLook: false }) }
    const length = Number(c.req.header('content-length') ?? Infinity)
    const isSmall = !takesFile(page.form) || length <= smallForm
    const isRead = request.method === 'POST' && (isSmall || (await isAdmitted(served, request)))
    if (!isRead) return answer(served, c, { request, posted: undefined })
    const receive = async (): Promise<Response> =>
      answer(served, c, { request, posted: await received(c, request, page) })
    return length > largeUpload && takesFile(page.form)
      ? uploads(request.asked.cookies.session ?? '', receive)
      : receive()
  }
}

/** The body of what is sent in one step says nothing. */
async function received<F extends FormFields>(
  c: WebContext,
  request: WebRequest,
  { form, isOneClick }: { form?: F; isOneClick?: true },
): Promise<PostedForm<F>> {
  return isOneClick ? keptForm(form, {}) : receiveForm(c, request, form)
}

/** Bytes that are read of anybody: what was typed is not lost where its files could not be taken. */
const smallForm = 64 * 1024
/** Bytes of a form that is held in memory as a whole: few of them at once, those of one session in turn with others. */
const largeUpload = 1024 * 1024
const uploads = fairLine(4, 40)

interface Asked<F extends FormFields> {
  request: WebRequest
  posted: PostedForm<F> | undefined
}

/** Answers a look, or a form once it is read. */
async function answer<K extends Kind>(
  served: PageOnSite<K>,
  c: WebContext,
  { request, posted }: Asked<K['fields']>,
): Promise<Response> {
  const { site, page, admit } = served
  // Without `prepare` nothing is prepared, and the type says so.
  const prepared = (
    posted?.parsed.ok ? await prepare(served, request, posted.parsed.input) : undefined
  ) as K['prepared']
  return serve(
    {
      site,
      admit,
      isExpected: true,
      enter: (admitted) => answerPage(served, admitted, { request, posted, prepared }),
      refused(language) {
        if (!posted?.isOurs) return {}
        const typed = page.typed?.(posted.values, language) ?? typedTexts(page.form ?? {}, posted.values, language)
        return { typed, page: request.path }
      },
      async wayBack({ visitor, opened }) {
        const query = new URLSearchParams({ return: posted ? request.path + request.search : hereOf(request) })
        const drafts = site.keep?.drafts
        if (opened.state !== 'over' || !opened.owner || !posted?.isOurs || !drafts) return query
        const draft = draftOf(page.form ?? {}, posted.values)
        if (Object.keys(draft).length === 0) return query
        await drafts.keep(visitor, { owner: opened.owner, path: request.path, values: draft })
        query.set('kept', 'true')
        return query
      },
    },
    c,
    request,
  )
}

/** Makes what does with a form that was kept what the page does with one that was posted. */
export function sendToPage<A extends SignedIn, C, W extends Words, D, F extends FormFields, P, N extends string>(
  page: Page<C, unknown, W, D, F, P, N>,
  admit: Admit<A, C>,
): SendForm<A> {
  if (page.prepare)
    throw new Error(`${patternOf(page.path)} is critical: what it prepared would be old when it is sent`)
  return (site, requester, { request, values }) => {
    const served: PageOnSite<KindOf<A, C, W, D, F, P, N>> = { site, page, admit }
    const posted = keptForm(page.form, values)
    // Nothing is prepared.
    const prepared = undefined as P
    return letIn(
      { site, admit, enter: (admitted) => answerPage(served, admitted, { request, posted, prepared }) },
      requester,
      request,
    )
  }
}

/** What is large is read of nobody but whoever the page is for. */
async function isAdmitted<K extends Kind>({ site, admit }: PageOnSite<K>, request: WebRequest): Promise<boolean> {
  return requestTransaction(site, request, async (tx) => {
    const admission = await admissionOf(admit, await findRequester(site, request, tx), request)
    return typeof admission === 'object'
  })
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

/** Within the transaction: loads, submits what was posted, and says what is to be shown. */
async function answerPage<K extends Kind>(
  served: PageOnSite<K>,
  guest: Guest<K>,
  asking: PageCall<K>,
): Promise<Result> {
  const { site, page } = served
  const { ctx, visitor, actor, reader } = guest
  const { request, posted } = asking
  // A form that was refused is shown again, with what is wrong with it.
  const on = actor && !posted && request.again === undefined ? page.leadsOn?.(request.asked, site.asked) : undefined
  if (on !== undefined) return redirect(on)
  const loadFrame = (): Promise<Frame> => site.frame.load(visitor, page.isBeforeLogin ? undefined : actor)
  const [data, frame] = await Promise.all([page.load(ctx, request.asked), posted ? undefined : loadFrame()])
  if (data === notFound) return { kind: 'error', status: 404, frame: frame ?? (await loadFrame()), reader, request }
  if (isRedirect(data)) return data
  const loaded: PageState<K> = { data, frame, words: inLanguage(page.words, reader.language) }
  if (!posted) return drawPage(served, guest, { request, loaded })
  const typed = posted.values
  const preview = posted.isOurs ? await page.preview?.(ctx, { data, values: typed }) : undefined
  if (preview && !preview.submits) return showAgain(served, guest, { request, values: preview.values, problems: [] })
  const outcome = await submitPage(served, guest, { ...asking, posted, loaded })
  if (outcome.kind === 'redirect')
    return page.isOneClick ? answerPage(served, guest, { ...asking, posted: undefined }) : outcome
  if (outcome.kind === 'send-kept') return sendKept(site, guest, { request, ...outcome })
  return showAgain(served, guest, { request, values: typed, problems: outcome.problems })
}

function isRedirect(value: unknown): value is Redirect {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'redirect'
}
