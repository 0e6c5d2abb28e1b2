import { withSavepoint } from '../database/database.ts'
import { inLanguage, type Words } from '../words.ts'
import { askFirst, confirmedGuest } from './confirmation.ts'
import { type Action, type Answer, type FormFields, notFound, type Picture, type Redirect, redirect } from './page.ts'
import { keptForm, type PostedForm, receiveForm } from './posted.ts'
import { readRequest, type WebRequest } from './request.ts'
import { endLookOf } from './only-looks.ts'
import type { Admitted } from './requester.ts'
import { type Handler, letIn, type SendForm, serve, type WholeSite } from './serve.ts'
import type { Admit, SignedIn, Site } from './site.ts'

/** Makes what answers the button: whatever comes of it, the reader is led to a page. */
export function actionOn<A extends SignedIn, C, W extends Words, F extends FormFields>(
  site: WholeSite<A>,
  action: Action<C, unknown, W, F>,
  admit: Admit<A, C>,
): Handler {
  return async (c) => {
    const request = readRequest(c, site)
    const posted = await receiveForm(c, request, action.form)
    let entered: Admitted<A, C> | undefined
    const enter = (guest: Admitted<A, C>): Promise<Redirect> => {
      entered = guest
      return answerAction(action, guest, { site, request, posted })
    }
    const answer = await serve({ site, admit, enter }, c, request)
    await endLookOf(site, entered, action.endLook)
    return answer
  }
}

/** Makes what does with a form that was kept what the action does with one that was posted. */
export function sendToAction<A extends SignedIn, C, W extends Words, F extends FormFields>(
  action: Action<C, unknown, W, F>,
  admit: Admit<A, C>,
): SendForm<A> {
  return (site, requester, { request, values }) => {
    const posted = keptForm(action.form, values)
    const enter = (guest: Admitted<A, C>) => answerAction(action, guest, { site, request, posted })
    return letIn({ site, admit, enter }, requester, request)
  }
}

interface ActionCall<A extends SignedIn, F extends FormFields> {
  site: WholeSite<A>
  request: WebRequest
  posted: PostedForm<F>
}

async function answerAction<A extends SignedIn, C, W extends Words, F extends FormFields>(
  { path, words, back, submit, critical }: Action<C, unknown, W, F>,
  guest: Admitted<A, C>,
  { site, request, posted: { parsed, values } }: ActionCall<A, F>,
): Promise<Redirect> {
  const { ctx, visitor } = guest
  if (!parsed.ok) {
    const problems = parsed.problemsIn(visitor.language)
    return redirect(back, { notice: problems.map(({ text }) => text).join(' ') })
  }
  const given = { input: parsed.input, words: inLanguage(words, visitor.language), asked: request.asked }
  const orUndo = (work: () => Promise<Redirect>) => withSavepoint(visitor.tx, work, ({ undo }) => undo)
  if (critical && (critical.when?.(given) ?? true)) {
    const confirmed = confirmedGuest(guest)
    if (!confirmed) return askFirst(site, guest, { request, form: { pattern: path, title: critical.title, values } })
    return orUndo(() => critical.submit(confirmed, given))
  }
  if (!submit) throw new Error(`${path} does nothing`)
  return orUndo(() => submit(ctx, given))
}

/** Makes what answers with an image. */
export function pictureOn<A extends SignedIn, C, N extends string>(
  site: Site<A>,
  picture: Picture<C, unknown, N>,
  admit: Admit<A, C>,
): Handler {
  return async (c) => {
    const request = readRequest(c, site)
    return serve(
      {
        site,
        admit,
        isUse: false,
        async enter({ ctx, visitor, actor, reader }) {
          const file = await picture.load(ctx, request.asked)
          if (file !== notFound) return { kind: 'picture', ...file }
          return { kind: 'error', status: 404, frame: await site.frame.load(visitor, actor), reader, request }
        },
      },
      c,
      request,
    )
  }
}

/** Makes what answers a script. */
export function answerOn<A extends SignedIn, C, W extends Words>(
  site: Site<A>,
  answer: Answer<C, unknown, W>,
  admit: Admit<A, C>,
): Handler {
  return async (c) => {
    const request = readRequest(c, site)
    return serve(
      {
        site,
        admit,
        isUse: answer.isUse,
        enter: async ({ ctx, visitor }) => ({
          kind: 'json',
          body: await answer.load(ctx, request.asked, inLanguage(answer.words, visitor.language)),
        }),
      },
      c,
      request,
    )
  }
}
