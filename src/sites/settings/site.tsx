import type { Actor, Context } from '#features/actor.ts'
import { noteRefusedSession } from '#features/address-limits/note-refusal.ts'
import { challengeOf } from '#features/hand-over/redeem.ts'
import { type LineContext, openLine } from '#features/lines/open.ts'
import { findOperator, type Operator } from '#features/operators/find.ts'
import { findServiceMenu } from '#features/service-menu/find.ts'
import { keepDraft, readDraft, removeDraft } from '#features/sessions/drafts.ts'
import { expectReader, forgetReader, openSessionOn } from '#features/sessions/open.ts'
import { endOf, extendSession, noteUse } from '#features/sessions/use.ts'
import { findSiteState, type Maintenance, underWay } from '#features/site-state/find.ts'
import type { Visitor } from '#platform/context.ts'
import { isId } from '#platform/form.ts'
import { newToken } from '#platform/security/secrets.ts'
import { minutes } from '#platform/time/duration.ts'
import { defineSite, type SitePath } from '#platform/web/define-site.ts'
import { redirect } from '#platform/web/page.ts'
import type { Program, SiteFrame } from '#platform/web/site.ts'
import { addressOn, portalLinks } from '#sites/frame/between-sites.ts'
import { ErrorPage, errorTitle, type Forbidden } from '#sites/frame/error-page.tsx'
import { visitorTimeZone } from '#sites/frame/time-zone.ts'
import { signedInDocument, visitorDocument } from './frame.tsx'
import { ownPath, paths } from './paths.ts'

/** Who may open a page, and what its functions then get. */
interface Audiences {
  /** Signed in or not. */
  anybody: Visitor & { actor?: Actor }
  user: Context
  /** Whoever may view the contract of the address; a form needs the right to edit it, which nobody has during maintenance. */
  line: LineContext & { maintenance: Maintenance | undefined }
}

export type SettingsPath = SitePath<Actor>

/** How long a login at the portal may take. */
const signOnTakes = 30 * minutes

/** The settings site of the services that have one: what its pages are made by. */
export const settings = defineSite<Actor, Audiences>({
  name: 'settings',
  home: paths.front,
  front: paths.front,
  ownPath,
  urlIn: ({ settingsUrl }) => settingsUrl,
  formTargets: ({ portalUrl }) => [portalUrl],
  timeZone: visitorTimeZone,
  session: {
    open: openSessionOn('settings'),
    expect: expectReader,
    forget: forgetReader,
    endOf,
    extend: extendSession,
    noteUse,
    noteRefusal: noteRefusedSession,
  },
  // Two tabs may sign on at once: they share what the browser holds, and each knows where it wants to go.
  toSignIn({ query, cookies, settings: { portalUrl } }) {
    const to = ownPath(query.get('return') ?? '')
    if (to === undefined) return redirect(paths.front)
    const verifier = cookies['sign-on'] ?? newToken()
    return redirect(addressOn(portalUrl, portalLinks.signOnToSettings, { challenge: challengeOf(verifier), to }), {
      cookies: [{ name: 'sign-on', value: verifier, lastsMs: signOnTakes }],
    })
  },
  audiences: {
    anybody: (visitor, actor) => ({ ctx: { ...visitor, ...(actor && { actor }) } }),
    user: (visitor, actor) => (actor ? { ctx: { ...visitor, actor } } : 'sign-in'),
    async line(visitor, actor, { asked, method }) {
      if (!actor) return 'sign-in'
      const { contract: id = '' } = asked.params
      if (!isId(id)) return 'not-found'
      const [ctx, state] = await Promise.all([
        openLine({ ...visitor, actor }, id),
        findSiteState(visitor.tx, 'settings'),
      ])
      if (!ctx) return 'not-found'
      const maintenance = underWay(state, visitor.now)
      const contract = maintenance ? { ...ctx.contract, mayEdit: false } : ctx.contract
      return method === 'POST' && !contract.mayEdit ? 'forbidden' : { ctx: { ...ctx, contract, maintenance } }
    },
  },
  frameOf,
  keep: { drafts: { keep: keepDraft, read: readDraft, remove: removeDraft } },
})

const onlyEditors: Forbidden = {
  title: { ja: '設定を変更できません', en: 'You cannot change these settings' },
  lead: {
    ja: 'このご契約の権限が「参照のみ」か、工事のため参照だけになっています。何も変更されていません。',
    en: 'You may only view this contract, or the site is under maintenance. Nothing was changed.',
  },
  remedy: {
    ja: '変更が必要な場合は、御社のポータル管理者に「参照・編集」の権限を依頼してください。',
    en: 'If you need to change them, ask your portal administrator for the right to edit.',
  },
}

function frameOf({ assets, config: { portalUrl } }: Program): SiteFrame<Actor> {
  // What a page without the database still carries.
  let lastOperator: Operator | null = null
  return {
    async load({ tx, language, now }, actor) {
      if (!actor) {
        lastOperator = await findOperator(tx)
        const operator = lastOperator
        return (shown) => visitorDocument({ assets, language, shown }, operator, portalUrl)
      }
      const menu = await findServiceMenu(tx, actor, now)
      return (shown) => signedInDocument({ assets, language, now, shown }, { actor, menu, portalUrl })
    },
    bare: (language) => (shown) => visitorDocument({ assets, language, shown }, lastOperator, portalUrl),
    error: (error, { language }) => ({
      title: errorTitle(error, language),
      main: <ErrorPage language={language} error={error} wayOn={wayOn(portalUrl)} forbidden={onlyEditors} />,
    }),
  }
}

function wayOn(portalUrl: URL) {
  return {
    label: { ja: 'ビジネスポータルに戻る', en: 'Back to the portal' },
    href: addressOn(portalUrl, portalLinks.serviceMenu),
  }
}
