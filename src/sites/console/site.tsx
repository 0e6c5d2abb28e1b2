import { ErrorPage, errorTitle, type Forbidden } from '#sites/frame/error-page.tsx'
import { visitorTimeZone } from '#sites/frame/time-zone.ts'
import type { Actor } from '#features/actor.ts'
import { findOperator, type Operator } from '#features/operators/find.ts'
import { keepDraft, readDraft, removeDraft } from '#features/sessions/drafts.ts'
import { openStaffSession } from '#features/sessions/open.ts'
import { endOf, extendSession, noteUse } from '#features/sessions/use.ts'
import type { StaffContext } from '#features/staff/context.ts'
import { findStaff } from '#features/staff/find.ts'
import type { StaffRole } from '#features/house.ts'
import { defineSite, type SitePath } from '#platform/web/define-site.ts'
import { redirect } from '#platform/web/page.ts'
import type { Admit, Program, SiteFrame } from '#platform/web/site.ts'
import { signedInDocument, visitorDocument } from './frame.tsx'
import { ownPath, paths } from './paths.ts'

/** Who of the staff may open a page: everybody may read, the rest have a role for it. */
type Audiences = Record<'read' | StaffRole, StaffContext>

export type ConsolePath = SitePath<Actor>

/** The console of the staff: what its pages are made by. */
export const staffConsole = defineSite<Actor, Audiences>({
  name: 'console',
  home: paths.queues,
  front: paths.signIn,
  ownPath,
  // Opened only where it is configured (program/open-sites.ts).
  urlIn: ({ consoleUrl, portalUrl }) => consoleUrl ?? portalUrl,
  timeZone: visitorTimeZone,
  session: { open: openStaffSession, endOf, extend: extendSession, noteUse },
  toSignIn: ({ query }) => redirect(query.size > 0 ? `${paths.signIn}?${query}` : paths.signIn),
  audiences: {
    read: admit(),
    support: admit('support'),
    content: admit('content'),
    provisioning: admit('provisioning'),
    security: admit('security'),
  },
  frameOf,
  keep: { drafts: { keep: keepDraft, read: readDraft, remove: removeDraft } },
})

/** Lets in whoever has the role, which is read anew each time. */
function admit(role?: StaffRole): Admit<Actor, StaffContext> {
  return async (visitor, actor) => {
    if (!actor) return 'sign-in'
    const staff = await findStaff(visitor.tx, actor)
    return staff && (!role || staff.roles.includes(role)) ? { ctx: { ...visitor, actor, staff } } : 'forbidden'
  }
}

function frameOf({ assets }: Program): SiteFrame<Actor> {
  // What a page without the database still carries.
  let lastOperator: Operator | null = null
  return {
    async load({ tx, language, now }, actor) {
      const [operator, staff] = await Promise.all([findOperator(tx), actor ? findStaff(tx, actor) : undefined])
      lastOperator = operator
      if (!actor) return (shown) => visitorDocument({ assets, language, shown }, operator)
      const roles = staff?.roles ?? []
      return (shown) => signedInDocument({ assets, language, now, shown }, { actor, roles }, operator)
    },
    bare: (language) => (shown) => visitorDocument({ assets, language, shown }, lastOperator),
    error: (error, { language, isSignedIn }) => ({
      title: errorTitle(error, language),
      main: <ErrorPage language={language} error={error} wayOn={isSignedIn ? toQueues : toLogin} forbidden={noRole} />,
    }),
  }
}

const noRole: Forbidden = {
  lead: {
    ja: 'このページを開くための役割が、あなたにはありません。',
    en: 'You have not the role that this page is for.',
  },
  remedy: {
    ja: '必要な場合は、セキュリティの担当者に役割の追加を依頼してください。',
    en: 'If you need it, ask those responsible for security for the role.',
  },
}
const toQueues = { label: { ja: 'キューに戻る', en: 'Back to the queues' }, href: paths.queues }
const toLogin = { label: { ja: 'ログイン画面に戻る', en: 'Back to the login' }, href: paths.signIn }
