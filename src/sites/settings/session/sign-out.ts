import { endOwnSession } from '#features/sessions/end.ts'
import { redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { settings } from '../site.tsx'

const words = { done: { ja: 'ログアウトしました。', en: 'You are logged out.' } }

/** Target of 「ログアウトする」: the session ends here and on the portal. Whoever is not logged in has nothing to end. */
export const signOutAction = settings.action({
  path: paths.signOut,
  allow: 'anybody',
  words,
  back: paths.front,
  async submit(ctx, { words: text }) {
    if (ctx.actor) await endOwnSession({ ...ctx, actor: ctx.actor })
    return redirect(paths.front, {
      notice: text.done,
      cookies: [
        { name: 'session', value: null },
        { name: 'visit', value: null },
      ],
    })
  },
})
