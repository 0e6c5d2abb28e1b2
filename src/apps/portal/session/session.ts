import { endOf, extendSession } from '#features/sessions/use.ts'
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

/** Target of 「延長」, which only a script can press. */
export const extendSessionPage = portalPage({
  path: paths.extendSession,
  allow: 'user',
  words: {},
  load: async ({ actor }) => ({ endsAt: endOf(actor) }),
  submit: async (ctx) => ({ show: { endsAt: await extendSession(ctx) } }),
  json: ({ data }) => ({ endsAt: data.endsAt.getTime() }),
})
