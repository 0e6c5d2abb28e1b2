import { redeemHandOver } from '#features/hand-over/redeem.ts'
import { serviceLabels } from '#sites/frame/guide-labels.ts'
import { ButtonLink } from '#platform/ui/form/button.tsx'
import { PageHeading } from '#platform/ui/layout/page-heading.tsx'
import { Panel } from '#platform/ui/layout/panel.tsx'
import { type Redirect, redirect } from '#platform/web/page.ts'
import { ownPath, paths } from '../paths.ts'
import { settings } from '../site.tsx'

const words = {
  title: { ja: `${serviceLabels.settingsSite.ja}を開けませんでした`, en: 'The settings site could not be opened' },
  why: {
    ja: 'ビジネスポータルからの引き継ぎに時間がかかったか、同じURLがもう一度開かれたか、ブラウザがCookieを保存しない設定になっています。',
    en: 'The hand-over from the portal took too long, its URL was opened once more, or your browser keeps no cookies.',
  },
  again: { ja: 'もう一度開く', en: 'Try again' },
}

interface Data {
  to: string
}

/**
 * Where the portal sends a browser back to: the code becomes a cookie of this site, for the browser that asked for it. A browser
 * that is signed on already, by another of its tabs, goes on as it is.
 */
export const finishSignOnPage = settings.page({
  path: paths.finishSignOn,
  allow: 'anybody',
  isBeforeLogin: true,
  changesByLooking: true,
  words,
  async load(ctx, { query, cookies }): Promise<Data | Redirect> {
    const to = ownPath(query.to ?? '') ?? paths.front
    const redeemed = await redeemHandOver(ctx, { code: query.code ?? '', verifier: cookies['sign-on'] ?? '' })
    if (redeemed.ok)
      return redirect(to, {
        cookies: [
          { name: 'session', value: redeemed.value },
          { name: 'sign-on', value: null },
          { name: 'visit', value: null },
        ],
      })
    return ctx.actor && redeemed.problem !== 'used' ? redirect(to) : { to }
  },
  title: ({ words: text }) => text.title,
  view: ({ data: { to }, words: text }) => (
    <Panel roomy>
      <PageHeading heading={text.title} lead={text.why} tall />
      <div>
        <ButtonLink href={to}>{text.again}</ButtonLink>
      </div>
    </Panel>
  ),
})
