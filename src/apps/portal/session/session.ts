import { endOf, extendSession } from '#features/sessions/use.ts'
import { redirect } from '#platform/web/page.ts'
import { paths } from '../paths.ts'
import { portalPage } from '../portal-page.ts'

/** Tells the script when the session ends; asking does not prolong it. */
export const sessionPage = portalPage({
  path: paths.session,
  allow: 'user',
  words: {},
  isUse: false,
  load: async ({ actor }) => ({ endsAt: endOf(actor) }),
  json: ({ data }) => ({ endsAt: data.endsAt.getTime() }),
})

/** Target of 「延長」. */
export const extendSessionPage = portalPage({
  path: paths.extendSession,
  allow: 'user',
  words: {},
  load: async ({ actor }) => ({ endsAt: endOf(actor) }),
  async submit(ctx) {
    await extendSession(ctx)
    return redirect(paths.serviceMenu)
  },
})
