import type { Hono } from 'hono'
import { findLogo } from '#features/operators/find.ts'
import type { Bindings, Program } from '#platform/web/site.ts'
import { logoRoute } from '#sites/frame/logo.ts'
import { companyLogo } from './company-logo.ts'
import { frontPage } from './front.tsx'
import { paths } from './paths.ts'
import { signOutAction } from './session/sign-out.ts'
import { finishSignOnPage } from './sign-on/finish.tsx'
import { settings, type SettingsPath } from './site.tsx'
import { topPage } from './top/top.tsx'

/** The table of contents: every path of the settings site. */
export const settingsPages: readonly SettingsPath[] = [
  frontPage,
  finishSignOnPage,
  signOutAction,
  ...settings.session({ allow: 'user', state: paths.session, extend: paths.extendSession }),
  companyLogo,
  topPage,
]

/** The settings site as one function of requests. */
export function settingsApp(program: Program): Hono<Bindings> {
  return settings.app(program, settingsPages, logoRoute(paths.logo, program, findLogo))
}
