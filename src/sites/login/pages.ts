import type { Actor, Context } from '#features/actor.ts'
import type { Visitor } from '#platform/context.ts'
import { definePages } from '#platform/web/define-site.ts'

/** Who may open a page that belongs to a login, on whatever site it stands. */
interface Audiences {
  /** Signed in or not. */
  anybody: Visitor & { actor?: Actor }
  user: Context
}

/** The pages of a login: those of each site that has one. Where they lead is the site's to say (`ctx.site`). */
export const loginRoom = definePages<Actor, Audiences>({
  anybody: (visitor, actor) => ({ ctx: { ...visitor, ...(actor && { actor }) } }),
  user: (visitor, actor) => (actor ? { ctx: { ...visitor, actor } } : 'sign-in'),
})
