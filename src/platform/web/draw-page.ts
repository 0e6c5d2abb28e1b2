import type { FieldProblem, FormValues, FormView } from '../form.ts'
import type { Guest, Kind, PageOnSite, PageState } from './page-on-site.ts'
import { withoutSecrets } from './posted.ts'
import type { WebRequest } from './request.ts'
import { type Result, tokensOf } from './serve.ts'

export interface PageDrawing<K extends Kind> {
  request: WebRequest
  loaded: PageState<K>
  typed?: FormValues
  problems?: FieldProblem[]
}

/** Says what is to be shown of a page. */
export async function drawPage<K extends Kind>(
  served: PageOnSite<K>,
  guest: Guest<K>,
  drawing: PageDrawing<K>,
): Promise<Result> {
  const { site, page } = served
  const { visitor, actor, reader } = guest
  const { request, typed, problems = [] } = drawing
  const tokenFor = tokensOf(request)
  const draft = typed ? undefined : await readDraft(served, guest, request.path)
  const loaded = draft ? await withPreview(served, guest, { loaded: drawing.loaded, values: draft }) : drawing.loaded
  const { data, words } = loaded
  // One or the other as a whole: a box that was not ticked is absent from what was typed.
  const values = withoutSecrets(page.form ?? {}, typed ?? draft ?? page.initial?.(data) ?? {})
  const form = formView(request, { values, problems, tokenFor })
  const view = { data, form, words, reader, tokenFor }
  const notice = request.asked.cookies.notice ?? (draft && restored[reader.language])
  return {
    kind: 'content',
    status: problems.length > 0 ? 422 : 200,
    isForm: page.form !== undefined,
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

function formView(
  { path, search }: WebRequest,
  { values, problems, tokenFor }: Pick<FormView, 'values' | 'problems'> & { tokenFor: (path: string) => string },
): FormView {
  return {
    action: path + search,
    // Made where a page puts it into a form.
    get token() {
      return tokenFor(path)
    },
    values,
    problems,
  }
}

/** What was typed into the form and waits to be shown again. */
async function readDraft<K extends Kind>(
  { site, page }: PageOnSite<K>,
  { visitor, actor }: Guest<K>,
  path: string,
): Promise<FormValues | undefined> {
  if (!page.form || !actor?.draftPaths.includes(path)) return undefined
  const draft = await site.keep?.drafts?.read(visitor, actor, path)
  return draft && Object.keys(draft).length > 0 ? draft : undefined
}

const restored = {
  ja: '入力していた内容を復元しました。',
  en: 'What you had entered is here again.',
}

/** With what the page shows beside a form that was filled in so. */
export async function withPreview<K extends Kind>(
  { page }: PageOnSite<K>,
  { ctx }: Guest<K>,
  { loaded, values }: { loaded: PageState<K>; values: FormValues },
): Promise<PageState<K>> {
  const preview = await page.preview?.(ctx, { data: loaded.data, values })
  return preview ? { ...loaded, data: preview.data } : loaded
}
