import { endOf, extendSession } from '#features/sessions/use.ts'
import { redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portalAction, portalAnswer } from '../portal-page.ts'

/** Tells the script when the session ends; asking does not prolong it. */
export const sessionAnswer = portalAnswer({
  path: paths.session,
  allow: 'user',
  words: {},
  isUse: false,
  load: async ({ actor }) => ({ endsAt: endOf(actor).getTime() }),
})

/** Target of 「延長」, which only a script can press: it is led to what the session has become. */
export const extendSessionAction = portalAction({
  path: paths.extendSession,
  allow: 'user',
  words: {},
  back: paths.session,
  async submit(ctx) {
    await extendSession(ctx)
    return redirect(paths.session)
  },
})
