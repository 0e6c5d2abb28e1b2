import { visitorTimeZone } from '#sites/frame/time-zone.ts'
import { ErrorPage, errorTitle, type Forbidden } from '#sites/frame/error-page.tsx'
import type { Actor, Context } from '#features/actor.ts'
import { findOperator, type Operator } from '#features/operators/find.ts'
import { findServiceMenu } from '#features/service-menu/find.ts'
import { noteRefusedSession } from '#features/address-limits/note-refusal.ts'
import { keepDraft, readDraft, removeDraft } from '#features/sessions/drafts.ts'
import { enterFence } from '#features/sessions/fence.ts'
import { expectReader, forgetReader, openSession } from '#features/sessions/open.ts'
import { endOf, extendSession, noteUse } from '#features/sessions/use.ts'
import { noteLook } from '#features/shortcuts/note-look.ts'
import { thingOf } from '#features/subjects/thing.ts'
import type { Visitor } from '#platform/context.ts'
import { defineSite, type SitePath } from '#platform/web/define-site.ts'
import { redirect } from '#platform/web/page.ts'
import type { Program, SiteFrame } from '#platform/web/site.ts'
import { signedInDocument, visitorDocument } from './frame.tsx'
import { ownPath, paths } from './paths.ts'

/** Who may open a page, and what its functions then get. */
interface Audiences {
  /** Signed in or not. */
  anybody: Visitor & { actor?: Actor }
  user: Context
  'portal-administrator': Context
}

export type PortalPath = SitePath<Actor>

/** The customer portal: what its pages are made by. */
export const portal = defineSite<Actor, Audiences>({
  name: 'portal',
  home: paths.serviceMenu,
  front: paths.landing,
  ownPath,
  urlIn: ({ portalUrl }) => portalUrl,
  formTargets: ({ settingsUrl }) => [settingsUrl],
  timeZone: visitorTimeZone,
  session: {
    open: openSession,
    expect: expectReader,
    forget: forgetReader,
    endOf,
    extend: extendSession,
    noteUse,
    noteRefusal: noteRefusedSession,
  },
  toSignIn: ({ query }) => redirect(query.size > 0 ? `${paths.signIn}?${query}` : paths.signIn),
  audiences: {
    anybody: (visitor, actor) => ({ ctx: { ...visitor, ...(actor && { actor }) } }),
    user: (visitor, actor) => (actor ? { ctx: { ...visitor, actor } } : 'sign-in'),
    'portal-administrator'(visitor, actor) {
      if (!actor) return 'sign-in'
      return actor.role === 'portal-administrator' ? { ctx: { ...visitor, actor } } : 'forbidden'
    },
  },
  frameOf,
  keep: {
    drafts: { keep: keepDraft, read: readDraft, remove: removeDraft },
    async noteLook(tx, actor, { at, now }) {
      // What staff look at is no look of the user's.
      if (actor.onlyLooks) return
      await enterFence(tx, actor.customer.id)
      await noteLook(tx, actor, { thing: thingOf(at), now })
    },
  },
})

function frameOf({ assets }: Program): SiteFrame<Actor> {
  // What a page without the database still carries.
  let lastOperator: Operator | null = null
  return {
    async load({ tx, language, now, secrets }, actor) {
      if (!actor) {
        lastOperator = await findOperator(tx)
        const operator = lastOperator
        return (shown) => visitorDocument({ assets, language, shown }, operator)
      }
      const menu = await findServiceMenu(tx, actor, now)
      return (shown) => signedInDocument({ assets, language, now, shown }, actor, { menu, secrets })
    },
    bare: (language) => (shown) => visitorDocument({ assets, language, shown }, lastOperator),
    error: (error, { language, isSignedIn }) => ({
      title: errorTitle(error, language),
      main: (
        <ErrorPage
          language={language}
          error={error}
          wayOn={isSignedIn ? backToMenu : backHome}
          forbidden={onlyAdministrators}
        />
      ),
    }),
  }
}

const onlyAdministrators: Forbidden = {
  lead: {
    ja: 'このページは、ポータル管理者の方だけがご覧になれます。あなたは一般ユーザーとしてログインしています。',
    en: 'Only portal administrators can open this page. You are logged in as a general user.',
  },
  remedy: {
    ja: '必要な場合は、御社のポータル管理者に操作を依頼するか、ユーザー権限の変更を依頼してください。',
    en: 'If you need it, ask a portal administrator to do it for you, or to change your role.',
  },
}
const backHome = { label: { ja: 'ビジネスポータルに戻る', en: 'Back to the portal' }, href: paths.landing }
const backToMenu = {
  label: { ja: 'サービスメニューに戻る', en: 'Back to the service menu' },
  href: paths.serviceMenu,
}
