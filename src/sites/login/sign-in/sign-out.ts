import { endOwnSession } from '#features/sessions/end.ts'
import { endOwnViewing } from '#features/viewings/end.ts'
import { hours } from '#platform/time/duration.ts'
import { redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { loginRoom } from '../pages.ts'

const words = {
  done: { ja: 'ログアウトしました。', en: 'You are logged out.' },
  lookDone: { ja: 'お客様画面の確認を終了しました。', en: 'You no longer look at the customer’s screens.' },
}

/** Target of 「ログアウトする」. Whoever is not logged in has nothing to end. */
export const signOutAction = loginRoom.action({
  path: paths.signOut,
  allow: 'anybody',
  words,
  back: paths.signIn,
  endLook: endOwnViewing,
  async submit(ctx, { words: text, asked: { cookies } }) {
    if (ctx.actor && !ctx.actor.onlyLooks) await endOwnSession({ ...ctx, actor: ctx.actor })
    return redirect(ctx.site.front, {
      notice: ctx.actor?.onlyLooks ? text.lookDone : text.done,
      cookies: [
        { name: 'session', value: null },
        // Another tab, which does not know yet, is told why, and what was typed there is kept.
        ...(cookies.session ? [{ name: 'left', value: cookies.session, lastsMs: 2 * hours }] : []),
        { name: 'visit', value: null },
      ],
    })
  },
})
