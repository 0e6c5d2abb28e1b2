import type { Context } from '#features/actor.ts'
import { type Draft, keepDraft, takeDraft } from '#features/sessions/drafts.ts'
import { minutes } from '#platform/time/duration.ts'

/** How long codes wait, sealed, for the page that shows them. */
const waitForPage = 5 * minutes

/** Of the session in which they were made: no other one of the same user is shown them. */
const pathOf = ({ actor }: Context): string => `recovery codes of ${actor.sessionId}`

/** Keeps codes that were just made until the page asks that follows the form. */
export async function keepMadeCodes(ctx: Context, codes: readonly string[]): Promise<void> {
  const { customer, userId } = ctx.actor
  const draft: Draft = { owner: { customerId: customer.id, userId }, path: pathOf(ctx), values: { codes } }
  await keepDraft(ctx, draft, waitForPage)
}

/** The codes that were made a moment ago in this session: to whoever asks first. */
export async function takeMadeCodes(ctx: Context): Promise<readonly string[]> {
  const path = pathOf(ctx)
  // What the session was found with says whether there is any.
  if (!ctx.actor.draftPaths.includes(path)) return []
  const { codes = [] } = (await takeDraft(ctx, ctx.actor, path)) ?? {}
  return [codes].flat()
}
