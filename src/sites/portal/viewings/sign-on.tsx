import { challengeOf } from '#features/hand-over/redeem.ts'
import { beginViewing } from '#features/viewings/begin.ts'
import { isId } from '#platform/form.ts'
import { newToken } from '#platform/security/secrets.ts'
import { minutes } from '#platform/time/duration.ts'
import { ButtonLink } from '#platform/ui/form/button.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Panel } from '#platform/ui/layout/panel.tsx'
import { type Redirect, redirect } from '#platform/web/page.ts'
import { addressOn, consoleLinks } from '#sites/frame/between-sites.ts'
import { paths } from '../paths.ts'
import { portal } from '../site.tsx'

const words = {
  title: { ja: 'お客様画面を開けませんでした', en: 'The customer’s screens could not be opened' },
  why: {
    ja: '担当者コンソールからの引き継ぎに時間がかかったか、同じURLがもう一度開かれたか、お客様の許可が終わりました。担当者コンソールからやり直してください。',
    en: 'The hand-over from the console took too long, its URL was opened once more, or the customer no longer allows it. Begin again from the console.',
  },
  home: { ja: 'ビジネスポータルに戻る', en: 'Back to the portal' },
}

/** How long the way to the console and back may take. */
const handOverTakes = 10 * minutes

/**
 * Where a member of staff comes from the console: the browser gets what the look is bound to, loses what session it had here, and is
 * sent back for the code.
 */
export const beginViewingPage = portal.page({
  path: paths.beginViewing,
  allow: 'anybody',
  isBeforeLogin: true,
  words,
  async load(ctx, { query: { viewing = '' } }): Promise<object | Redirect> {
    if (!ctx.consoleUrl || !isId(viewing)) return {}
    const verifier = newToken()
    return redirect(
      addressOn(ctx.consoleUrl, consoleLinks.signOnToPortal, { viewing, challenge: challengeOf(verifier) }),
      {
        cookies: [
          { name: 'viewing', value: verifier, lastsMs: handOverTakes },
          ...(ctx.actor?.onlyLooks ? [{ name: 'session', value: null }] : []),
        ],
      },
    )
  },
  title: ({ words: text }) => text.title,
  view: ({ words: text }) => <CouldNot {...text} />,
})

/** Where the console sends the browser back to: the code becomes a session that can only read. */
export const finishViewingPage = portal.page({
  path: paths.finishViewing,
  allow: 'anybody',
  isBeforeLogin: true,
  isClosedToLooks: true,
  changesByLooking: true,
  words,
  async load(ctx, { query: { code = '' }, cookies }): Promise<object | Redirect> {
    const begun = await beginViewing(ctx, { code, verifier: cookies['viewing'] ?? '' })
    if (!begun.ok) return {}
    return redirect(paths.serviceMenu, {
      cookies: [
        { name: 'session', value: begun.value },
        { name: 'viewing', value: null },
        { name: 'visit', value: null },
      ],
    })
  },
  title: ({ words: text }) => text.title,
  view: ({ words: text }) => <CouldNot {...text} />,
})

function CouldNot({ title, why, home }: { title: string; why: string; home: string }) {
  return (
    <Panel roomy>
      <PageHeading heading={title} lead={why} tall />
      <div>
        <ButtonLink href={paths.landing}>{home}</ButtonLink>
      </div>
    </Panel>
  )
}
