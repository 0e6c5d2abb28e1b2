import { Hono } from 'hono'
import { ErrorPage, errorTitle } from '#apps/frame/error-page.tsx'
import { findLogo, findOperator, type Operator } from '#features/operators/find.ts'
import { findServiceMenu } from '#features/service-menu/find.ts'
import type { Actor } from '#features/sessions/actor.ts'
import { keepDraft, readDraft, removeDraft } from '#features/sessions/drafts.ts'
import { openSession } from '#features/sessions/open.ts'
import { noteUse } from '#features/sessions/use.ts'
import { siteApp } from '#platform/web/site-app.ts'
import type { Bindings, Program, Site } from '#platform/web/site.ts'
import { fenceOf } from '#features/sessions/fence.ts'
import { signedInDocument, visitorDocument } from './frame.tsx'
import { paths } from './paths.ts'
import type { PortalPage } from './portal-page.ts'
import { confirmPage } from './confirm/confirm.tsx'
import { displayPage } from './profile/display.tsx'
import { recoveryCodesPage } from './profile/recovery-codes.tsx'
import { passwordPage } from './profile/password.tsx'
import { profilePage } from './profile/profile.tsx'
import { endSessionPage, sessionsPage } from './profile/sessions.tsx'
import { serviceMenuPage } from './service-menu/service-menu.tsx'
import { extendSessionPage, sessionPage } from './session/session.ts'
import { firstStepPage } from './sign-in/first-step.tsx'
import { landingPage } from './sign-in/landing.tsx'
import { recoveryCodePage } from './sign-in/recovery-code.tsx'
import { resendCodePage } from './sign-in/resend-code.ts'
import { secondStepPage } from './sign-in/second-step.tsx'
import { signOutPage } from './sign-in/sign-out.ts'

/** The table of contents: every page of the portal. */
export const portalPages: readonly PortalPage[] = [
  landingPage,
  firstStepPage,
  secondStepPage,
  resendCodePage,
  recoveryCodePage,
  signOutPage,
  sessionPage,
  extendSessionPage,
  serviceMenuPage,
  profilePage,
  passwordPage,
  sessionsPage,
  endSessionPage,
  displayPage,
  recoveryCodesPage,
  confirmPage,
]

/** The portal as one function of requests. `more` answers beside its pages. */
export function portalApp(program: Program, more: Hono<Bindings>): Hono<Bindings> {
  const site = portalSite(program)
  const pages = portalPages.map(({ serverOn, ...page }) => ({ ...page, handler: serverOn(site) }))
  return siteApp(site, pages, more.route('/', logoRoute(program)))
}

function portalSite(program: Program): Site<Actor> {
  const { database, assets, config } = program
  // What a page without the database still carries.
  let lastOperator: Operator | undefined
  return {
    name: 'portal',
    url: config.portalUrl,
    signInPath: paths.signIn,
    program,
    open: openSession,
    async loadFrame({ tx, language, now }, actor) {
      if (!actor) {
        lastOperator = await findOperator(tx)
        const operator = lastOperator
        return (shown) => visitorDocument({ assets, language, shown }, operator)
      }
      const menu = await findServiceMenu(tx, actor, now)
      return (shown) => signedInDocument({ assets, language, now, shown }, actor, menu)
    },
    bareFrame: (language) => (shown) => visitorDocument({ assets, language, shown }, lastOperator),
    errorContent: ({ status, number }, { language, isSignedIn }) => ({
      title: errorTitle(status, language),
      main: (
        <ErrorPage
          language={language}
          status={status}
          reference={number}
          links={[isSignedIn ? backToMenu : backHome]}
        />
      ),
    }),
    drafts: { keep: keepDraft, read: readDraft, remove: removeDraft },
    noteUse: (actor, now) =>
      database.transaction(async (tx) => {
        await fenceOf(tx, actor.customer.id)
        await noteUse(tx, actor, now)
      }),
  }
}

const backHome = { label: { ja: 'ビジネスポータルに戻る', en: 'Back to the portal' }, href: paths.landing }
const backToMenu = {
  label: { ja: 'サービスメニューに戻る', en: 'Back to the service menu' },
  href: paths.serviceMenu,
}

/** The operator's logo. It may be an SVG, so it may do nothing but be looked at. */
function logoRoute({ database }: Program): Hono<Bindings> {
  const routes = new Hono<Bindings>()
  routes.get(paths.logo, async (c) => {
    const logo = await database.transaction((tx) => findLogo(tx))
    if (!logo) return c.body(null, 404)
    c.header('Content-Type', logo.type)
    c.header('Cache-Control', 'public, max-age=86400')
    c.header('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
    return c.body(new Uint8Array(logo.bytes))
  })
  return routes
}
