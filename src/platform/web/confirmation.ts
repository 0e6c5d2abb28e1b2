import type { VNode } from 'preact'
import { type Confirmed, confirmedOf, type Context } from '../context.ts'
import type { FormValues, KeptForm } from '../form.ts'
import type { Words } from '../words.ts'
import {
  type FormFields,
  type Input,
  notFound,
  type Page,
  type Problem,
  type Redirect,
  redirect,
  type Submission,
  type View,
} from './page.ts'
import type { Route } from './paths.ts'
import type { WebRequest } from './request.ts'
import { type Admitted, findRequester, type Requester } from './requester.ts'
import type { Result, WholeSite } from './serve.ts'
import type { SignedIn, Site } from './site.ts'

/** The page of a site on which somebody who is signed in shows the second factor, so that a critical form is sent. */
export interface ConfirmationPage<Ctx, Audience, W extends Words, Factor, F extends FormFields> {
  path: Route<'id'>
  allow: Audience
  words: W
  /** Finds the confirmation that `begin` began: the form of this session, or what became of it; undefined when the actor has none. */
  find: (ctx: Ctx, id: string) => Promise<Confirmation<Factor> | undefined>
  form: F
  /** Judges what was typed. A redirect: the confirmation is over. */
  judge: (
    ctx: Ctx,
    given: Submission<W, Input<F>, 'id'> & { confirmation: AwaitedConfirmation<Factor> },
  ) => Promise<ShownFactor | Problem | Redirect>
  title: (view: View<Confirmation<Factor>, W>) => string
  view: (view: View<Confirmation<Factor>, W>) => VNode
}

export interface AwaitedConfirmation<Factor> {
  state: 'awaited'
  form: KeptForm
  /** What the page tells of the factor, and what it is judged by. */
  factor: Factor
}

export type Confirmation<Factor> =
  | AwaitedConfirmation<Factor>
  /** `sent`: the factor was shown. `over`: it was not, and nothing was done. `back`: where the form was. */
  | { state: 'sent' | 'over'; back: string }

interface ShownFactor {
  /** Under which the session goes on: whoever has the old token is out. */
  session: string
}

/** Where the form of a confirmation was. */
export function backOf(confirmation: Confirmation<unknown>): string {
  if (confirmation.state !== 'awaited') return confirmation.back
  const { path, search } = confirmation.form
  return path + search
}

/** A confirmation as the page that it is. */
export function pageOfConfirmation<C, Audience, W extends Words, Factor, F extends FormFields>({
  find,
  judge,
  ...confirmation
}: ConfirmationPage<C, Audience, W, Factor, F>): Page<C, Audience, W, Confirmation<Factor>, F, undefined, 'id'> {
  return {
    ...confirmation,
    load: async (ctx, { params }) => (await find(ctx, params.id)) ?? notFound,
    standsAt: (data) => (data.state === 'awaited' ? data.form : { path: data.back, search: '' }),
    async submit(ctx, { data, input, words, asked }) {
      if (data.state !== 'awaited') return redirect(confirmation.path({ id: asked.params.id }))
      const judged = await judge(ctx, { confirmation: data, input, words, asked })
      return 'session' in judged ? { kind: 'send-kept', form: data.form, session: judged.session } : judged
    },
  }
}

/** The context of a guest who has shown the second factor lately. */
export function confirmedGuest<A extends SignedIn, C>({ ctx, actor }: Admitted<A, C>): Confirmed<C> | undefined {
  if (!actor) throw new Error('Who is not signed in does nothing critical')
  // Whatever else an audience knows of its people, who is signed in is the actor.
  return confirmedOf(ctx as C & Context<A>)
}

interface FormToKeep {
  request: WebRequest
  form: Pick<KeptForm, 'pattern' | 'title' | 'values' | 'section' | 'within'>
  /** What is shown again to a user who goes back without having shown the factor. */
  draft?: FormValues
}

/** Keeps a critical form and leads to where its user shows the second factor. */
export async function askFirst<A extends SignedIn>(
  { confirmation, keep }: Site<A>,
  { visitor, actor }: Requester<A>,
  { request, form, draft = {} }: FormToKeep,
): Promise<Redirect> {
  if (!confirmation || !actor) throw new Error(`${form.pattern} is critical, and nobody can be asked`)
  const { path, search, again, asked } = request
  const { params, query } = asked
  const id = await confirmation.begin({ ...visitor, actor }, { ...form, path, search, again, params, query })
  const owner = { customerId: actor.customer.id, userId: actor.userId }
  if (Object.keys(draft).length > 0) await keep?.drafts?.keep(visitor, { owner, path, values: draft })
  return redirect(confirmation.path({ id }))
}

/**
 * Sends a form that was kept: as if it were posted in the session as it goes on, to whoever may be let in now. Nobody comes here
 * twice with the same form, for the factor is shown once.
 */
export async function sendKept<A extends SignedIn>(
  site: WholeSite<A>,
  { visitor }: Requester<A>,
  { request, form, session }: { request: WebRequest; form: KeptForm; session: string },
): Promise<Result> {
  const send = site.critical.get(form.pattern)
  if (!send) throw new Error(`${form.pattern} is not critical any longer`)
  const { path, search, again, params, query, values } = form
  const cookies = { ...request.asked.cookies, session }
  const kept: WebRequest = { ...request, path, search, again, asked: { params, query, cookies }, browserToken: session }
  const result = await send(site, await findRequester(site, kept, visitor.tx), { request: kept, values })
  return { ...result, cookies: [{ name: 'session', value: session }, ...(result.cookies ?? [])] }
}
