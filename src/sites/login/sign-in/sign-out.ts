import { endOwnSession } from '#features/sessions/end.ts'
import { hours } from '#platform/time/duration.ts'
import { redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { loginRoom } from '../pages.ts'

const words = { done: { ja: 'ログアウトしました。', en: 'You are logged out.' } }

/** Target of 「ログアウトする」. Whoever is not logged in has nothing to end. */
export const signOutAction = loginRoom.action({
  path: paths.signOut,
  allow: 'anybody',
  words,
  back: paths.signIn,
  async submit(ctx, { words: text, asked: { cookies } }) {
    if (ctx.actor) await endOwnSession({ ...ctx, actor: ctx.actor })
    return redirect(ctx.site.front, {
      notice: text.done,
      cookies: [
        { name: 'session', value: null },
        // Another tab, which does not know yet, is told why, and what was typed there is kept.
        ...(cookies.session ? [{ name: 'left', value: cookies.session, lastsMs: 2 * hours }] : []),
        { name: 'visit', value: null },
      ],
    })
  },
})
