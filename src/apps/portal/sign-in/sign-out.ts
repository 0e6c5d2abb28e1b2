import { endOwnSession } from '#features/sessions/end.ts'
import { redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portalPage } from '../portal-page.ts'

const words = { done: { ja: 'ログアウトしました。', en: 'You are logged out.' } }

/** Target of 「ログアウトする」. Whoever is not logged in has nothing to end. */
export const signOutPage = portalPage({
  path: paths.signOut,
  allow: 'anybody',
  words,
  load: async () => ({}),
  async submit(ctx, { words: text }) {
    if (ctx.actor) await endOwnSession({ ...ctx, actor: ctx.actor })
    return redirect(paths.landing, {
      notice: text.done,
      cookies: [
        { name: 'session', value: null },
        { name: 'visit', value: null },
      ],
    })
  },
})
