import { withSavepoint } from '../database/database.ts'
import { inLanguage, type Words } from '../words.ts'
import { type Action, type Answer, type FormFields, redirect } from './page.ts'
import { receiveForm } from './posted.ts'
import { readRequest } from './request.ts'
import { type Handler, serve } from './serve.ts'
import type { Admit, SignedIn, Site } from './site.ts'

/** Makes what answers the button: whatever comes of it, the reader is led to a page. */
export function actionOn<A extends SignedIn, C, W extends Words, F extends FormFields>(
  site: Site<A>,
  action: Action<C, unknown, W, F>,
  admit: Admit<A, C>,
): Handler {
  return async (c) => {
    const request = readRequest(c, site)
    const { parsed } = await receiveForm(c, request, action.form)
    return serve(
      {
        site,
        admit,
        enter: async ({ ctx, visitor }) => {
          if (!parsed.ok) {
            const problems = parsed.problemsIn(visitor.language)
            return redirect(action.back, { notice: problems.map(({ text }) => text).join(' ') })
          }
          const words = inLanguage(action.words, visitor.language)
          return withSavepoint(
            visitor.tx,
            () => action.submit(ctx, { input: parsed.input, words, asked: request.asked }),
            ({ undo }) => undo,
          )
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
