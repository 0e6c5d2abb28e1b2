import { withSavepoint } from '../database/database.ts'
import type { FieldProblem, FormValues } from '../form.ts'
import { inLanguage, type Language } from '../words.ts'
import { parseFields } from './form-input.ts'
import { askFirst, confirmedGuest } from './confirmation.ts'
import type { Guest, Kind, PageCall, PageOnSite, PageState } from './page-on-site.ts'
import { rebase, type Rebased, withoutLoaded } from './meanwhile.ts'
import { doneAlready, sentenceOf } from './meanwhile-words.ts'
import { type FormResult, type Redirect, redirect } from './page.ts'
import { patternOf } from './paths.ts'
import { draftOf, type PostedForm } from './posted.ts'
import type { WebRequest } from './request.ts'
import { tokensOf } from './serve.ts'
import { removeDrafts } from './shown-again.ts'

/** What was posted, once the page is loaded. */
export type PageSubmission<K extends Kind> = PageCall<K> & { posted: PostedForm<K['fields']>; loaded: PageState<K> }

/** Submits what was posted; what is critical, for nobody but whoever has shown the second factor lately. */
export async function submitPage<K extends Kind>(
  served: PageOnSite<K>,
  guest: Guest<K>,
  submission: PageSubmission<K>,
): Promise<FormResult | { kind: 'problems'; problems: FieldProblem[] }> {
  const { page } = served
  const { request, prepared, loaded } = submission
  const rebased = submission.posted.isOurs ? rebase({ page, data: loaded.data }, submission.posted.values) : undefined
  if (rebased && rebased.changed.length > 0) return refuseChanged(served, guest, { submission, rebased })
  const posted = rebased ? { ...submission.posted, values: rebased.values } : submission.posted
  const parsed = judgedBeside(served, { ...submission, posted })
  if (!parsed.ok) return { kind: 'problems', problems: parsed.problemsIn(guest.visitor.language) }
  const input = withoutLoaded(parsed.input)
  const given = { data: loaded.data, input, words: loaded.words, asked: request.asked }
  const problem = page.check?.(given)
  if (problem) return problem
  const { critical } = page
  if (critical && (critical.when?.(given) ?? true)) {
    const confirmed = confirmedGuest(guest)
    if (!confirmed) return askForFactor(served, guest, submission)
    return orUndo(served, guest, { request, work: () => critical.submit(confirmed, given) })
  }
  const { submit } = page
  if (!submit) throw new Error(`${patternOf(page.path)} takes no forms`)
  return orUndo(served, guest, { request, work: () => submit(guest.ctx, { ...given, prepared }) })
}

/**
 * What a form says once it is known what it was shown with: that is not judged again. Where something was to be prepared of what
 * was typed, it is.
 */
function judgedBeside<K extends Kind>(
  { page }: PageOnSite<K>,
  { posted, loaded }: PageSubmission<K>,
): PostedForm<K['fields']>['parsed'] {
  const { isOurs, values } = posted
  // The version is that of the row as it is now, where nothing of the form has changed.
  const parsed = isOurs && page.changedBy ? parseFields(page.form, values) : posted.parsed
  if (parsed.ok || !isOurs || page.prepare || !page.initial) return parsed
  return parseFields(page.form, values, page.initial(loaded.data) as FormValues)
}

/** Nothing is done of a form that was made with what is no longer so; unless it asks for what others have done. */
async function refuseChanged<K extends Kind>(
  { page }: PageOnSite<K>,
  { ctx, actor, reader }: Guest<K>,
  { submission: { request, loaded }, rebased }: { submission: PageSubmission<K>; rebased: Rebased },
): Promise<Redirect | { kind: 'problems'; problems: FieldProblem[] }> {
  if (rebased.isDone) return redirect(request.path + request.search, { notice: doneAlready[reader.language] })
  const last = await page.changedBy?.(ctx, loaded.data)
  return { kind: 'problems', problems: [{ text: sentenceOf(last, reader, actor?.userId) }] }
}

/** Submits, and undoes what was written by a form that is refused. */
function orUndo<K extends Kind>(
  served: PageOnSite<K>,
  guest: Guest<K>,
  { request, work }: { request: WebRequest; work: () => Promise<FormResult> },
): Promise<FormResult> {
  return withSavepoint(
    guest.visitor.tx,
    async () => {
      await removeDrafts(served, guest, request)
      return work()
    },
    (ended) => 'undo' in ended && ended.undo,
  )
}

/** Leads to where the second factor is shown, which tells what it is asked for. */
function askForFactor<K extends Kind>(
  { site, page }: PageOnSite<K>,
  guest: Guest<K>,
  { request, posted, loaded }: PageSubmission<K>,
): Promise<Redirect> {
  const { values } = posted
  const titleIn = (language: Language): string => {
    const form = { action: request.path + request.search, token: '', values, problems: [] }
    const reader = { ...guest.reader, language }
    const words = inLanguage(page.words, language)
    return page.title({ data: loaded.data, form, words, reader, tokenFor: tokensOf(request) })
  }
  const title = { ja: titleIn('ja'), en: titleIn('en') }
  const place = { section: page.section, within: page.within?.(loaded.data) }
  const form = { pattern: patternOf(page.path), title, values, ...place }
  return askFirst(site, guest, { request, form, draft: draftOf(page.form ?? {}, values) })
}
