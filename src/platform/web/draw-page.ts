import type { Conflict, FormDraft, FormValues, FormView } from '../form.ts'
import { conflictOf, rebase } from './meanwhile.ts'
import type { Guest, Kind, PageOnSite, PageState } from './page-on-site.ts'
import { withoutSecrets } from './posted.ts'
import { hereOf, searchOf, type WebRequest } from './request.ts'
import { type Result, tokensOf } from './serve.ts'
import { readAgain } from './shown-again.ts'

export interface PageDrawing<K extends Kind> {
  request: WebRequest
  loaded: PageState<K>
}

/** Says what is to be shown of a page. */
export async function drawPage<K extends Kind>(
  served: PageOnSite<K>,
  guest: Guest<K>,
  drawing: PageDrawing<K>,
): Promise<Result> {
  const { site, page } = served
  const { visitor, actor, reader } = guest
  const { request } = drawing
  const tokenFor = tokensOf(request)
  const { values: draft, wrong } = await readDraft(served, guest, request)
  // What was said in another language is not said again.
  const problems = wrong?.language === reader.language ? wrong.problems : []
  const { loaded, kept, conflict } = await fill(served, guest, { loaded: drawing.loaded, draft })
  const { data, words } = loaded
  // One or the other as a whole: a box that was not ticked is absent from what was typed.
  const values = withoutSecrets(page.form ?? {}, kept ?? page.initial?.(data) ?? {})
  const form = formView(request, { values, problems, conflict, tokenFor })
  const view = { data, form, words, reader, tokenFor }
  const notice = request.asked.cookies.notice ?? (draft && !wrong && restored[reader.language])
  return {
    kind: 'content',
    isForm: page.form !== undefined,
    frame: loaded.frame ?? (await site.frame.load(visitor, page.isBeforeLogin ? undefined : actor)),
    about: problems.length > 0 ? undefined : page.about?.(data),
    shown: {
      title: page.title(view),
      main: page.view(view),
      path: request.path,
      search: searchOf(request),
      form,
      tokenFor,
      ...(page.section && { section: page.section }),
      ...(page.within && { within: page.within(data) }),
      ...(page.standsAt && { standing: page.standsAt(data) }),
      ...(notice && { notice }),
    },
  }
}

/** What was typed, upon what the page is now; and what it would lead to. */
async function fill<K extends Kind>(
  served: PageOnSite<K>,
  guest: Guest<K>,
  { loaded, draft }: { loaded: PageState<K>; draft: FormValues | undefined },
): Promise<{ loaded: PageState<K>; kept: FormValues | undefined; conflict?: readonly Conflict[] }> {
  const { page } = served
  if (!draft) return { loaded, kept: undefined }
  const rebased = rebase({ page, data: loaded.data }, draft)
  const kept = rebased?.values ?? draft
  const shown = await withPreview(served, guest, { loaded, values: kept })
  if (!rebased || rebased.changed.length === 0) return { loaded: shown, kept }
  return { loaded: shown, kept, conflict: conflictOf({ page, data: shown.data }, rebased, guest.reader.language) }
}

function formView(
  request: WebRequest,
  { tokenFor, ...filled }: Pick<FormView, 'values' | 'problems' | 'conflict'> & { tokenFor: (path: string) => string },
): FormView {
  return {
    action: hereOf(request),
    // Made where a page puts it into a form.
    get token() {
      return tokenFor(request.path)
    },
    ...filled,
  }
}

/** What waits to be shown again at this address. */
async function readDraft<K extends Kind>(
  served: PageOnSite<K>,
  guest: Guest<K>,
  request: WebRequest,
): Promise<Partial<FormDraft>> {
  const { visitor, actor } = guest
  if (request.again !== undefined) return readAgain(served, guest, request)
  if (!served.page.form || !actor?.draftPaths.includes(request.path)) return {}
  const { values = {} } = (await served.site.keep?.drafts?.read(visitor, actor, request.path)) ?? {}
  return Object.keys(values).length > 0 ? { values } : {}
}

const restored = {
  ja: '入力していた内容を復元しました。',
  en: 'What you had entered is here again.',
}

/** With what the page shows beside a form that was filled in so. */
async function withPreview<K extends Kind>(
  { page }: PageOnSite<K>,
  { ctx }: Guest<K>,
  { loaded, values }: { loaded: PageState<K>; values: FormValues },
): Promise<PageState<K>> {
  const preview = await page.preview?.(ctx, { data: loaded.data, values })
  return preview ? { ...loaded, data: preview.data } : loaded
}
